"""When a visit is remembered. Pure functions of the visit's start, its service's rules and the wall clock there.

Instants are aware; a zone is the IANA name of the location's wall clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from clinic.lib import clock
from clinic.messaging.enums import Channel

DAILY_AT = time(8)  # on the day before, for services without rules
LAST_CALL = timedelta(hours=1)  # so shortly before the visit no reminder helps any more
BEFORE_QUIET = timedelta(minutes=30)  # a reminder of the night comes so long before the night begins

Rules = Iterable[tuple[int, str]]  # hours before the visit, channel


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of the visit at `starts_at`, due at `moment`; `hours` is 0 for the daily one."""

    starts_at: datetime
    moment: datetime
    hours: int
    channel: str

    @property
    def rule(self) -> str:
        """Its name in the outbox. It holds the start, so a visit that moves is reminded anew, and only then."""
        lead = f"{self.hours}h" if self.hours else "daily"
        return f"reminder {lead} {self.starts_at.astimezone(UTC):%Y%m%dT%H%MZ}"

    @property
    def useful_until(self) -> datetime:
        """Half of a short lead, an hour of a long one."""
        return self.starts_at - min(LAST_CALL, (self.starts_at - self.moment) / 2)


def due_reminders(starts_at: datetime, rules: Rules, *, zone: str, now: datetime) -> list[Reminder]:
    """What the patient should be told at `now`: the latest reminder whose moment has come, by each of its channels.

    An earlier one that was missed, as after an outage, is not made up for once a later one is due.
    """
    come = [reminder for reminder in planned(starts_at, rules, zone=zone) if reminder.moment <= now]
    if not come:
        return []
    last = max(come, key=lambda reminder: (reminder.moment, -reminder.hours))
    return [reminder for reminder in come if reminder.hours == last.hours and now < reminder.useful_until]


def planned(starts_at: datetime, rules: Rules, *, zone: str) -> list[Reminder]:
    """Every reminder of a visit. Without rules it is one mail, in the morning of the day before."""
    found = [
        Reminder(starts_at, before_the_night(starts_at - timedelta(hours=hours), zone), hours, channel)
        for hours, channel in rules
    ]
    return found or [Reminder(starts_at, before_the_night(morning_before(starts_at, zone), zone), 0, Channel.EMAIL)]


def morning_before(starts_at: datetime, zone: str) -> datetime:
    """`DAILY_AT` of the local day before the visit."""
    return on_the_wall(clock.local_day(starts_at, zone) - timedelta(days=1), DAILY_AT, zone)


def is_quiet(instant: datetime, zone: str) -> bool:
    """Whether it is night, by `settings.QUIET_HOURS`."""
    begins, ends = settings.QUIET_HOURS
    shown = instant.astimezone(ZoneInfo(zone)).time()
    return begins <= shown < ends if begins <= ends else shown >= begins or shown < ends


def before_the_night(moment: datetime, zone: str) -> datetime:
    """`moment`, or shortly before the quiet hours in which it would fall: too late would be worse than early."""
    if not is_quiet(moment, zone):
        return moment
    begins, _ends = settings.QUIET_HOURS
    shown = moment.astimezone(ZoneInfo(zone))
    day = shown.date() if shown.time() >= begins else shown.date() - timedelta(days=1)
    return on_the_wall(day, begins, zone) - BEFORE_QUIET


def end_of_night(instant: datetime, zone: str) -> datetime:
    """When the quiet hours end in which `instant` falls."""
    _begins, ends = settings.QUIET_HOURS
    shown = instant.astimezone(ZoneInfo(zone))
    day = shown.date() if shown.time() < ends else shown.date() + timedelta(days=1)
    return on_the_wall(day, ends, zone)


def on_the_wall(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
