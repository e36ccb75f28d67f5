"""Keys of programs: made and revoked by administrators, proved by requests."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from clinic.accounts.enums import Scope
from clinic.accounts.models import ApiKey, User
from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.lib.references import new_reference

HEAD = "iyada"
USE_IS_NOTED_EVERY = timedelta(minutes=1)
NO_HASH = "0" * 64


@transaction.atomic
def make_key(*, name: str, scopes: list[Scope], expires_at: datetime | None, by: User | None) -> tuple[ApiKey, str]:
    """A new key and its text, "iyada_<prefix>_<secret>", which nobody can be told again."""
    secret = secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name,
        prefix=new_reference(),
        secret_hash=hash_of(secret),
        scopes=[scope.value for scope in scopes],
        expires_at=expires_at,
        created_by=by,
    )
    detail = {"name": name, "scopes": key.scopes}
    record_event("apikey.created", subject_type="apikey", subject=key.prefix, by=by, detail=detail)
    return key, f"{HEAD}_{key.prefix}_{secret}"


@transaction.atomic
def revoke_key(*, key: ApiKey, by: User | None) -> None:
    """Nothing happens when it is revoked already."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now()):
        record_event("apikey.revoked", subject_type="apikey", subject=key.prefix, by=by)


def find_key(text: str) -> ApiKey | None:
    """The working key that `text` is; None for a wrong, revoked or expired one. Takes the same time for each."""
    head, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    key = ApiKey.objects.filter(prefix=prefix).first() if len(prefix) <= 10 and prefix.isalnum() else None
    is_right = hmac.compare_digest(hash_of(secret), key.secret_hash if key else NO_HASH)
    if head != HEAD or not is_right or key is None or not key.works:
        return None
    now = clock.now()
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(long_ago, pk=key.pk).update(last_used_at=now)
    return key


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
