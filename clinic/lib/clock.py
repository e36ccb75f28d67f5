"""Instants and local days. Instants are aware datetimes in UTC; a location's days follow its own wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of `instant` on the wall clock of `zone` (an IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first instant of `day` in `zone` and of the day after, in UTC: 23, 24 or 25 hours apart."""
    wall = ZoneInfo(zone)
    begin = datetime.combine(day, time.min, tzinfo=wall)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=wall)
    return begin.astimezone(UTC), end.astimezone(UTC)


def shown(local: datetime) -> str:
    """What the wall clock shows: "09:30", and "01:30 UTC+2" in an hour that it shows twice."""
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    if first is None or second is None or first <= second:
        return f"{local:%H:%M}"
    ahead = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, minutes = divmod(abs(ahead), 60)
    return f"{local:%H:%M} UTC{'−' if ahead < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''}"


def clock_range(starts: time, ends: time) -> str:
    """ "09:00–12:00" as plain text, isolated so that an Arabic sentence does not turn it round."""
    return f"\u2066{starts:%H:%M}–{ends:%H:%M}\u2069"
