"""House rules of the roles: a grant that names nothing is a misspelling that somebody would discover too late."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning

from clinic.accounts.grants import GRANTS


def check_grants(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """accounts.E001: no such model. accounts.E002: no such permission. accounts.W001: no such app."""
    return [
        fault
        for role, grants in GRANTS.items()
        for key, actions in grants.items()
        for fault in faults_of(role, key, actions)
    ]


def faults_of(role: str, key: str, actions: str) -> list[CheckMessage]:
    app, name = key.split(".")
    if not apps.is_installed(app) and app not in apps.app_configs:
        return [Warning(f"The role “{role}” names the app “{app}”, which is not installed.", id="accounts.W001")]
    if name == "*" or key == "wagtailadmin.admin":
        return []
    try:
        options = apps.get_model(app, name)._meta
    except LookupError:
        hint = "See clinic/accounts/grants.py."
        return [
            Error(f"The role “{role}” names the model “{key}”, which does not exist.", hint=hint, id="accounts.E001")
        ]
    known = {f"{action}_{options.model_name}" for action in options.default_permissions}
    known |= {codename for codename, _name in options.permissions}
    wanted = {
        action if "_" in action else f"{action}_{options.model_name}" for action in actions.split() if action != "*"
    }
    return [
        Error(
            f"The role “{role}” names the permission “{codename}” of “{key}”, which does not exist.", id="accounts.E002"
        )
        for codename in sorted(wanted - known)
    ]
