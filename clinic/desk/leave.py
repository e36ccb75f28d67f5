"""A visit of an absence as a line of its list, with what may become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from clinic.desk.forms.booking import ChosenTime
from clinic.desk.forms.leave import DECISIONS, ChoicesReader
from clinic.desk.rows import local
from clinic.desk.times import named
from clinic.scheduling import rules
from clinic.scheduling.absences import proposals
from clinic.scheduling.enums import Decision
from clinic.scheduling.models import Absence, Appointment


@dataclass(frozen=True, slots=True)
class Option:
    """A time that is proposed. `starts` is on the wall clock of its location."""

    value: str
    starts: datetime
    practitioner: str
    location: str
    is_same_time: bool


@dataclass(frozen=True, slots=True)
class ToDecide:
    """`starts` and `ends` are on the wall clock of the location; `fault` is why it could not be done."""

    visit: Appointment
    starts: datetime
    ends: datetime
    decisions: Sequence[tuple[str, str | Promise]]
    options: Sequence[Option]
    decision: str
    time: str
    fault: str | Promise = ""


def rows_to_decide(
    absence: Absence,
    visits: Sequence[Appointment],
    *,
    now: datetime,
    usual: Decision,
    sent: ChoicesReader | None = None,
    faults: Mapping[int, str | Promise] | None = None,
) -> list[ToDecide]:
    """A line for each of `visits`, as it was `sent` before, else with the `usual` decision where that is possible."""
    found = proposals(absence, [visit for visit in visits if rules.can_move(visit, now)], now=now)
    places, people = named(slot for slots in found.values() for slot in slots)
    rows = []
    for visit in visits:
        options = [
            Option(
                value=str(ChosenTime(slot.practitioner_id, slot.location_id, slot.starts_at)),
                starts=slot.starts_at.astimezone(ZoneInfo(places[slot.location_id].time_zone)),
                practitioner=people[slot.practitioner_id].name,
                location=places[slot.location_id].name,
                is_same_time=slot.starts_at == visit.starts_at,
            )
            for slot in found.get(visit.pk, [])
        ]
        possible = decisions_for(visit, can_move=bool(options), now=now)
        wanted = sent.decisions.get(visit.reference, usual) if sent else usual
        rows.append(
            ToDecide(
                visit,
                *local(visit),
                decisions=[(decision.value, DECISIONS[decision]) for decision in possible],
                options=options,
                decision=wanted if wanted in possible else Decision.CALL,
                time=sent.times.get(visit.reference, "") if sent else "",
                fault=(faults or {}).get(visit.pk, ""),
            )
        )
    return rows


def decisions_for(visit: Appointment, *, can_move: bool, now: datetime) -> list[Decision]:
    """Who is here already is neither moved nor written to, nor is whoever could not use the link any more."""
    possible = [Decision.CALL, Decision.CANCELLED, Decision.KEPT]
    if visit.contact_email and rules.can_move_online(visit, now):
        possible.insert(0, Decision.ASKED)
    if can_move:
        possible.insert(0, Decision.MOVED)
    return possible
