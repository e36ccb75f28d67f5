"""Is this process alive, and can it serve? Asked by supervisors and load balancers every few seconds.

Everybody learns the status. What is wrong in detail is for signed-in staff.
"""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.tasks import broker_answers, undelivered
from content.pagecache import faults
from content.pagecache.link import LinkFault
from content.pagecache.state import read_state


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served ("ok", or "degraded" without cache or broker), else 503 ("unavailable")."""
    found = {name: check() for name, check in CHECKS.items()}
    essential = found["database"] and found["migrations"]
    status = ("ok" if all(found.values()) else "degraded") if essential else "unavailable"
    answer: dict[str, Any] = {"status": status}
    if found["database"] and is_staff(request):
        answer["checks"] = {name: "ok" if fine else "failed" for name, fine in found.items()}
        answer["undelivered"] = dict(undelivered)
        answer["page_cache"] = page_cache()
    return JsonResponse(answer, status=200 if essential else 503)


def is_staff(request: HttpRequest) -> bool:
    # Without the cookie the session is left alone: probes have none.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    try:
        return bool(request.user.is_active and request.user.has_perm("wagtailadmin.access_admin"))
    except DatabaseError:
        return False


def page_cache() -> dict[str, Any]:
    """What the page cache does; without the cache, the faults of this process alone."""
    try:
        state = read_state()
    except LinkFault as fault:
        return {"answers": False, "fault": str(fault), "faults": dict(faults.counted)}
    told = asdict(state)
    return {"answers": True, **told, "since": state.since.isoformat() if state.since else None}


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    try:
        return newest_migrations() <= set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return False


@once
def newest_migrations() -> set[tuple[str, str]]:
    """The last migration of each app in the code of this process."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def cache_answers() -> bool:
    # The alias swallows faults, so only a value that comes back proves that it answers.
    cache.set("health", "here", 30)
    return cache.get("health") == "here"


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "cache": cache_answers,
    "broker": broker_answers,
}
