"""Noting what somebody of the staff does to a visit, so that it can be taken back for a moment.

Visitors have signed links instead; what they do is told at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from clinic.lib import clock
from clinic.lib.references import new_reference
from clinic.scheduling.enums import DeedKind
from clinic.scheduling.models import Appointment, Deed, Reservation

WINDOW = timedelta(seconds=30)

# What an action changes of a visit. Its number in the queue is not among them: it was perhaps read out already.
KEPT = (
    "practitioner_id",
    "location_id",
    "starts_at",
    "ends_at",
    "status",
    "approve_by",
    "ending",
    "confirmed_at",
    "overbooked",
    "cancel_reason",
    "arrived_at",
    "called_at",
    "began_at",
    "finished_at",
)

_group: ContextVar[str] = ContextVar("deed", default="")


@contextmanager
def as_one_deed() -> Iterator[None]:
    """Whatever is done in this block is undone in one go."""
    token = _group.set(_group.get() or new_reference())
    try:
        yield
    finally:
        _group.reset(token)


def told_from(by: AbstractBaseUser | None) -> datetime | None:
    """When a patient hears of what `by` does: when it can no longer be undone; at once (None) if nobody can undo it."""
    return clock.now() + WINDOW if by else None


def state_of(visit: Appointment, *, by: AbstractBaseUser | None) -> dict[str, Any]:
    """The visit as it is, for `remember`; call it before the visit or its reservations are changed."""
    if by is None:
        return {}
    values = {name: getattr(visit, name) for name in KEPT}
    state = {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values.items()}
    held = Reservation.objects.filter(appointment=visit).order_by("pk").values_list("resource", flat=True)
    return state | {"held": list(held)}


def remember(
    kind: DeedKind, visit: Appointment, *, by: AbstractBaseUser | None, before: dict[str, Any] | None = None
) -> None:
    """Note what `by` has just done; what they did before that can be undone no more. In the caller's transaction."""
    if by is None:
        return
    group = _group.get() or new_reference()
    Deed.objects.filter(actor=by.pk).exclude(group=group).delete()
    Deed.objects.create(
        group=group,
        actor_id=by.pk,
        appointment=visit,
        kind=kind,
        revision=visit.revision,
        before=before or {},
        done_at=clock.now(),
    )


def forget_deeds() -> int:
    """Delete what can be undone no more; how many."""
    return Deed.objects.filter(done_at__lte=clock.now() - WINDOW).delete()[0]
