"""Changes to people who sign in, each with its audit event in the same transaction."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.audit.actions import record_event


@transaction.atomic
def end_sessions(*, user: User, by: User | None) -> None:
    """Sign `user` out everywhere at once: every session proves the epoch that it was opened in."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    record_event("user.signed_out", subject_type="user", subject=str(user.pk), by=by)


@transaction.atomic
def give_role(*, user: User, role: Role, by: User | None) -> None:
    """Add `user` to the group of `role`. Nothing happens when they have it already."""
    group, _made = Group.objects.get_or_create(name=role.value)
    if not user.groups.filter(pk=group.pk).exists():
        user.groups.add(group)
        record_event("user.role_given", subject_type="user", subject=str(user.pk), by=by, detail={"role": role.value})
