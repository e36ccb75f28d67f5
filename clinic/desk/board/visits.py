"""The visits of a board, read as plain rows: a day has hundreds of them, and the board shows little of each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from clinic.directory.enums import ResourceKind
from clinic.lib.bilingual import in_language
from clinic.scheduling.models import Appointment, Reservation

READ = (
    "pk",
    "reference",
    "revision",
    "status",
    "starts_at",
    "ends_at",
    "overbooked",
    "patient__name_en",
    "patient__name_ar",
    "practitioner",
    "practitioner__name_en",
    "practitioner__name_ar",
    "service",
    "service__name_en",
    "service__name_ar",
    "service__room_kind",
)
READ_OF_PLACES = ("pk", "appointment", "resource", "resource__kind", "resource__name_en", "resource__name_ar", "during")


@dataclass(frozen=True, slots=True)
class Place:
    """A room or device that a visit has reserved from `begin` to `end`, its buffers included."""

    reservation: int
    resource: int
    name: str
    is_room: bool
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit with the names that the reader sees."""

    reference: str
    revision: int
    status: str
    starts_at: datetime
    ends_at: datetime
    patient: str
    practitioner: int
    practitioner_name: str
    service: int
    service_name: str
    room_kind: str
    is_extra: bool
    places: list[Place] = field(default_factory=list)

    @property
    def room_name(self) -> str:
        return next((place.name for place in self.places if place.is_room), "")

    @property
    def length(self) -> int:
        """In minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def buffers(self) -> Iterator[tuple[str, int, datetime, datetime]]:
        """What it keeps free around itself in its room and device: a name, the resource, begin and end."""
        for place in self.places:
            if place.begin < self.starts_at:
                yield f"b{place.reservation}", place.resource, place.begin, self.starts_at
            if self.ends_at < place.end:
                yield f"a{place.reservation}", place.resource, self.ends_at, place.end


def read_visits(visits: QuerySet[Appointment]) -> list[Visit]:
    """`visits` in the order of their time, in two queries."""
    language = get_language()
    rows = list(visits.order_by("starts_at", "pk").values_list(*READ, named=True))
    places = places_of([row.pk for row in rows])
    return [
        Visit(
            reference=row.reference,
            revision=row.revision,
            status=row.status,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            patient=in_language(row, "patient__name", language),
            practitioner=row.practitioner,
            practitioner_name=in_language(row, "practitioner__name", language),
            service=row.service,
            service_name=in_language(row, "service__name", language),
            room_kind=row.service__room_kind,
            is_extra=bool(row.overbooked),
            places=places[row.pk],
        )
        for row in rows
    ]


def places_of(visits: list[int]) -> defaultdict[int, list[Place]]:
    """The rooms and devices of `visits`, ids both, in the order in which they were reserved."""
    language = get_language()  # once: it is asked for each name
    kinds = [ResourceKind.ROOM, ResourceKind.DEVICE]
    reserved = Reservation.objects.filter(appointment__in=visits, resource__kind__in=kinds).order_by("pk")
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for row in reserved.values_list(*READ_OF_PLACES, named=True):
        found[row.appointment].append(
            Place(
                reservation=row.pk,
                resource=row.resource,
                name=in_language(row, "resource__name", language),
                is_room=row.resource__kind == ResourceKind.ROOM,
                begin=row.during.lower,
                end=row.during.upper,
            )
        )
    return found
