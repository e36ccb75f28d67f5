"""Accounts to try each role with. Their passwords are made here, once, and known only to this machine."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from wagtail.users.models import UserProfile

from clinic.accounts.actions import give_role
from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.directory.models import Practitioner
from home.starter.files import read_data
from home.starter.ledger import Ledger

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def new_password() -> str:
    """Fifteen letters in three groups (74 bits), as in "k7qmw-4tzdh-9xbnp"."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def load_accounts(ledger: Ledger) -> None:
    """Create the accounts that were never created, and add them to `accounts.json` in the data folder.

    An account that exists is never changed, and its password never made anew.
    """
    made = []
    for row in read_data("accounts")["account"]:
        key = f"account:{row['username']}"
        if ledger.has(key):
            continue
        known = User.objects.filter(username=row["username"]).exists()
        if not known:
            made.append(create_account(row))
        ledger.write([key], created=int(not known))
    if made:
        keep(made)


def create_account(row: dict[str, str]) -> dict[str, str]:
    """Create one account; the answer is what `accounts.json` keeps of it."""
    role, password = Role(row["role"]), new_password()
    user = User(
        username=row["username"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        email=f"{row['username']}@iyada.example",
    )
    validate_password(password, user)
    user.set_password(password)
    user.save()
    give_role(user=user, role=role, by=None)
    if "language" in row:
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": row["language"]})
    if "practitioner" in row:
        Practitioner.objects.filter(slug=row["practitioner"], user=None).update(user=user)
    return {"role": role.value, "username": user.username, "password": password, "name": str(user)}


def keep(made: list[dict[str, str]]) -> None:
    """Add accounts to the file that only its owner can read; all or nothing."""
    place: Path = settings.DATA_DIR / "accounts.json"
    known = json.loads(place.read_text(encoding="utf-8")) if place.exists() else []
    names = {account["username"] for account in made}
    accounts = [account for account in known if account["username"] not in names] + made
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"accounts.{os.getpid()}.json")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
    draft.replace(place)
