"""Which time fits whom, and how long it is kept. Pure functions of rows and clocks."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.scheduling.models.waitlist import WaitlistEntry

LASTS = timedelta(hours=1)
SHORTEST = timedelta(minutes=30)  # nobody reads their mail faster, reliably
TRAVEL = timedelta(minutes=30)  # between the end of an offer and the visit
# By the clock on the location's wall. An offer that would end in the night lasts until the morning.
NIGHT, MORNING = time(21), time(9)
# When somebody without an e-mail address can be called.
OPENS, SHUTS = time(8), time(18)
MOST_UNANSWERED = 3  # in a row; then others come first
# Of one phone number or one e-mail address, at a time.
MOST_WAITING = 5


def fits(entry: WaitlistEntry, *, practitioner: int, location: int, local: datetime) -> bool:
    """Whether a visit that begins at `local`, on the wall clock of its location, is what `entry` waits for."""
    if entry.practitioner_id not in (None, practitioner) or entry.location_id not in (None, location):
        return False
    if not entry.first_day <= local.date() <= entry.last_day:
        return False
    if entry.weekdays and local.isoweekday() not in entry.weekdays:
        return False
    begins = local.time()
    return (entry.earliest or time.min) <= begins <= (entry.latest or time.max)


def offer_ends(*, now: datetime, starts_at: datetime, zone: str) -> datetime | None:
    """Until when a visit at `starts_at` is kept for whoever is asked at `now`; None when it is too near to ask.

    Nobody is asked to be awake: what would end in the night of `zone` lasts until the morning.
    """
    local = (now + LASTS).astimezone(ZoneInfo(zone))
    ends = now + LASTS
    if local.time() >= NIGHT or local.time() < MORNING:
        day = local.date() + timedelta(days=1 if local.time() >= NIGHT else 0)
        ends = datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)
    ends = min(ends, starts_at - TRAVEL)
    return ends if ends - now >= SHORTEST else None


def can_be_asked(entry: WaitlistEntry, *, local: datetime) -> bool:
    """Whether somebody can be told of a time at `local`: by e-mail always, by phone while the desk is open."""
    return bool(entry.contact_email) or OPENS <= local.time() < SHUTS
