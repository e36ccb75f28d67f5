"""The cast: one person for each role, and one with none."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.accounts.roles import sync_roles

PASSWORD = "a long pass phrase"


def person(username: str, *, role: Role | None = None, **fields: Any) -> User:
    """A user who signs in with PASSWORD, in the group of `role`."""
    fields = {"first_name": username.title(), "last_name": "Staff", "email": f"{username}@clinic.example", **fields}
    user = User.objects.create_user(username, password=PASSWORD, **fields)
    if role:
        if not Group.objects.filter(name=role.value, permissions__isnull=False).exists():
            sync_roles()
        user.groups.add(Group.objects.get(name=role.value))
    return user


def somebody_without_role(username: str = "guest") -> User:
    """A person who may sign in to the admin and has no role at all."""
    user = person(username)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user
