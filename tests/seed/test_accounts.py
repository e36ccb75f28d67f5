import json
import stat
from pathlib import Path

from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.directory.models import Practitioner


def test_there_is_an_account_for_each_role_and_its_password_works(clinic: dict[str, int], data_folder: Path) -> None:
    kept = json.loads((data_folder / "accounts.json").read_text(encoding="utf-8"))
    assert {account["role"] for account in kept} == set(Role.values)
    for account in kept:
        user = User.objects.get(username=account["username"])
        assert user.check_password(account["password"])
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [account["role"]]
        assert str(user) == account["name"]
    assert len({account["password"] for account in kept}) == len(kept) == 10


def test_only_its_owner_reads_the_file_of_passwords(clinic: dict[str, int], data_folder: Path) -> None:
    assert stat.S_IMODE((data_folder / "accounts.json").stat().st_mode) == 0o600


def test_the_clinician_is_one_of_the_doctors_and_one_receptionist_reads_arabic(clinic: dict[str, int]) -> None:
    assert Practitioner.objects.get(slug="layla-haddad").user == User.objects.get(username="layla")
    assert UserProfile.objects.get(user__username="istiqbal").preferred_language == "ar"
