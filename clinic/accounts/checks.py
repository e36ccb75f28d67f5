"""House rules of the roles: a grant that names nothing is a misspelling that somebody would discover too late."""

from typing import Any

from django.apps import apps
from django.core import checks
from django.core.checks import CheckMessage, Error

from clinic.accounts.grants import GRANTS


def check_grants(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """accounts.E001: no such model. accounts.E002: no such permission. accounts.W001: no such app."""
    named = [(role, key, actions) for role, grants in GRANTS.items() for key, actions in grants.items()]
    return [fault for grant in named for fault in faults_of(*grant)]


def faults_of(role: str, key: str, actions: str) -> list[CheckMessage]:
    app, name = key.split(".")
    said = f"The role “{role}” names"
    if app not in {config.label for config in apps.get_app_configs()}:
        return [checks.Warning(f"{said} the app “{app}”, which is not installed.", id="accounts.W001")]
    if name == "*" or key == "wagtailadmin.admin":
        return []
    try:
        options = apps.get_model(app, name)._meta
    except LookupError:
        hint = "See clinic/accounts/grants.py."
        return [Error(f"{said} the model “{key}”, which does not exist.", hint=hint, id="accounts.E001")]
    known = {f"{action}_{options.model_name}" for action in options.default_permissions}
    known |= {codename for codename, _name in options.permissions}
    words = [word for word in actions.split() if word != "*"]
    unknown = {word if "_" in word else f"{word}_{options.model_name}" for word in words} - known
    return [
        Error(f"{said} the permission “{codename}” of “{key}”, which does not exist.", id="accounts.E002")
        for codename in sorted(unknown)
    ]
