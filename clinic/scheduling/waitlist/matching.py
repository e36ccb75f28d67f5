"""Which free time may be offered to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.directory.models import Location, Service
from clinic.scheduling.actions.deeds import WINDOW
from clinic.scheduling.availability import Slot, free_slots
from clinic.scheduling.models import Deed
from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.waitlist.rules import can_be_asked, fits, offer_ends


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A slot, its start on the wall clock of its place (`local`), and until when it would be kept."""

    slot: Slot
    place: Location
    local: datetime
    ends: datetime


def free_times(service: Service, line: list[WaitlistEntry], *, now: datetime) -> list[FreeTime]:
    """The times that may be offered on the days that those in `line` ask for, the soonest first."""
    today = now.astimezone(UTC).date() - timedelta(days=1)  # somewhere it is still yesterday
    first = max(min(entry.first_day for entry in line), today)
    last = max(entry.last_day for entry in line)
    if last < first:
        return []
    asked = {entry.practitioner_id for entry in line}
    slots = free_slots(
        service=service,
        first_day=first,
        days=(last - first).days + 1,
        practitioners=None if None in asked else [pk for pk in asked if pk],
        now=now,
    )
    places = {place.pk: place for place in Location.objects.all()}
    length = timedelta(minutes=service.duration)
    resting = can_be_undone(now)
    times = []
    for slot in slots:
        place = places[slot.location_id]
        ends = offer_ends(now=now, starts_at=slot.starts_at, zone=place.time_zone)
        wanted_back = any(
            who == slot.practitioner_id and starts < slot.starts_at + length and slot.starts_at < until
            for who, starts, until in resting
        )
        if ends and not wanted_back:
            times.append(FreeTime(slot, place, slot.starts_at.astimezone(ZoneInfo(place.time_zone)), ends))
    return times


def can_be_undone(now: datetime) -> list[tuple[int, datetime, datetime]]:
    """Times that staff gave away a moment ago and may still take back: whose, from when, until when."""
    recent = Deed.objects.filter(done_at__gt=now - WINDOW).values_list("before", flat=True)
    return [
        (state["practitioner_id"], datetime.fromisoformat(state["starts_at"]), datetime.fromisoformat(state["ends_at"]))
        for state in recent
        if state
    ]


def matches(
    line: list[WaitlistEntry], times: list[FreeTime], *, now: datetime
) -> Iterator[tuple[WaitlistEntry, FreeTime]]:
    """What fits whom, by turn and then by time, without what somebody was offered before."""
    for entry in line:
        known = {(each.practitioner_id, each.starts_at) for each in entry.offers.all()}
        for time in times:
            if (
                fits(entry, practitioner=time.slot.practitioner_id, location=time.place.pk, local=time.local)
                and (time.slot.practitioner_id, time.slot.starts_at) not in known
                and can_be_asked(entry, local=now.astimezone(time.local.tzinfo))
            ):
                yield entry, time
