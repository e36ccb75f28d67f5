from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from clinic.accounts.keyring import KeyViewSet
from clinic.accounts.models import User


@hooks.register("before_bulk_action")
def change_people_one_by_one(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Wagtail's actions on many users at once leave no event and reach above one's own rank."""
    if any(isinstance(each, User) for each in objects):
        raise PermissionDenied


@hooks.register("register_log_actions")
def keep_the_staff_out_of_the_site_history(actions: Any) -> None:
    """Wagtail shows its log of accounts to whoever holds any permission on them; our own trail asks auditors."""
    actions.log_entry_models_by_type.register(User, value=None)


@hooks.register("register_admin_viewset")
def register_keys() -> KeyViewSet:
    return KeyViewSet()
