"""Giving and taking the address of a practitioner's calendar."""

from django.db import transaction

from clinic.accounts.models import User
from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.lib.references import new_reference
from clinic.scheduling.models import CalendarFeed


@transaction.atomic
def open_feed(*, user: User, shows_names: bool, by: User) -> CalendarFeed:
    """A new address for the calendar of `user`; the one that there was ends."""
    values = {"reference": new_reference(), "shows_names": shows_names, "opened_at": clock.now()}
    feed, _made = CalendarFeed.objects.update_or_create(user=user, defaults=values)
    _record("calendarfeed.opened", user, by=by, names=shows_names)
    return feed


@transaction.atomic
def show_names(*, user: User, shows_names: bool, by: User) -> None:
    """Let the calendar of `user` name patients, or no longer. Nothing happens when it is so already."""
    if CalendarFeed.objects.filter(user=user, shows_names=not shows_names).update(shows_names=shows_names):
        _record("calendarfeed.changed", user, by=by, names=shows_names)


@transaction.atomic
def close_feed(*, user: User, by: User) -> None:
    """End the address of `user`. Nothing happens when there is none."""
    deleted, _by_model = CalendarFeed.objects.filter(user=user).delete()
    if deleted:
        _record("calendarfeed.closed", user, by=by)


def _record(verb: str, user: User, *, by: User, names: bool | None = None) -> None:
    detail = {} if names is None else {"names": "yes" if names else "no"}
    record_event(verb, subject_type="user", subject=str(user.pk), by=by, detail=detail)
