"""Reads of people who sign in."""

from typing import Any

from django.db.models import QuerySet

from clinic.accounts.models import User


def people_within_rank(user: Any) -> QuerySet[User]:
    """Those whom `user` may change: nobody rises above their own rank, and only a superuser touches one."""
    return User.objects.all() if user.is_superuser else User.objects.filter(is_superuser=False)
