"""Who may listen: whoever is signed in and may see visits. Run in a thread, for it asks the database."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import constant_time_compare
from wagtail.permissions import policy_registry

from clinic.scheduling.models import Appointment

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


def who_may_listen(key: str) -> int | None:
    """The id of the person whose session has this key; None for strangers, and while the database is away."""
    close_old_connections()
    try:
        user = person_of(key)
        return user.pk if user is not None and may_listen(user) else None
    except DatabaseError:
        return None
    finally:
        close_old_connections()


def person_of(key: str) -> Any:
    """As `django.contrib.auth.get_user`, which may give the session a new key: a socket cannot hand that on."""
    session = SessionStore(key)
    backend = session.get(BACKEND_SESSION_KEY)
    if SESSION_KEY not in session or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = load_backend(backend).get_user(session[SESSION_KEY])
    if user is None:
        return None
    proof = session.get(HASH_SESSION_KEY, "")
    known = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return user if proof and any(constant_time_compare(proof, each) for each in known) else None


def may_listen(user: Any) -> bool:
    visits = policy_registry.get_by_type(Appointment)
    return bool(user.has_perm("wagtailadmin.access_admin") and visits.user_has_permission(user, "view"))
