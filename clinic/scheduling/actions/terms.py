"""Whether a time may be booked at all: offered, not too soon nor too far, within working hours, not closed."""

from datetime import datetime, timedelta

from clinic.lib import clock
from clinic.lib.planned import ask_planned
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.availability.questions import periods_around
from clinic.scheduling.availability.sql import KINDS


def check_clock(wish: Wish, *, now: datetime, ignore_notice: bool) -> None:
    """Raises `BookingRefused` with "notice". Staff may still book a visit that has begun."""
    if ignore_notice:
        if wish.ends_at <= now:
            raise BookingRefused("notice")
        return
    if wish.starts_at < now + timedelta(minutes=wish.service.notice):
        raise BookingRefused("notice")


def check_hours(wish: Wish, *, now: datetime, ignore_notice: bool) -> None:
    """Raises `BookingRefused` with "not_offered", "not_working", "closed" or "horizon".

    Call it under the lock of the practitioner. `ignore_notice` is for staff, whom neither grid nor horizon binds.
    Closures and horizon count the days of working periods: where the clock skips the last hour of a day, a visit
    of that day's hours may begin on the next.
    """
    day = clock.local_day(wish.starts_at, wish.location.time_zone)
    found = ask_planned(
        periods_around(),
        {
            "service": wish.service.pk,
            "practitioners": [wish.practitioner.pk],
            "location": wish.location.pk,
            # A day more on each side: hours that the clock skips may reach over midnight.
            "first_day": day - timedelta(days=1),
            "last_day": day + timedelta(days=1),
            "now": now,
            "free_choice": ignore_notice,
            "starts_at": wish.starts_at,
            "length": (wish.ends_at - wish.starts_at).total_seconds(),
        },
        kinds=KINDS,
    )
    if not found:
        raise BookingRefused("not_offered")
    fitting = [
        (is_closed, is_beyond) for fits, is_closed, is_beyond, on_grid in found if fits and (on_grid or ignore_notice)
    ]
    if not fitting:
        raise BookingRefused("not_working")
    within_reach = [is_beyond for is_closed, is_beyond in fitting if not is_closed]
    if not within_reach:
        raise BookingRefused("closed")
    if all(within_reach):
        raise BookingRefused("horizon")
