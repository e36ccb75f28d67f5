"""Small clinics drawn by hypothesis, around days on which the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from hypothesis import strategies as st

from clinic.directory.enums import DeviceKind, RoomKind
from clinic.directory.models import Location, Practitioner, Resource, Service
from clinic.scheduling.models import Hold
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    ExtraHoursFactory,
    HoursTemplateFactory,
    LocationFactory,
    OpeningHoursFactory,
    PractitionerFactory,
    RoomFactory,
    ServiceFactory,
    WorkingHoursFactory,
)
from tests.factories.scheduling import HoldFactory

ZONES = ["Asia/Amman", "Europe/London", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "America/Nuuk"]


def changes_of(zone: str) -> list[date]:
    """The days of 2027 on which the clock of `zone` changes."""
    wall, days = ZoneInfo(zone), [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    offset = {day: datetime.combine(day, time.min, tzinfo=wall).utcoffset() for day in days}
    return [day for day in days[:-1] if offset[day] != offset[day + timedelta(days=1)]]


DAYS = [(zone, day) for zone in ZONES for day in [*changes_of(zone), date(2027, 6, 2)]]
local_times = st.integers(0, 287).map(lambda n: time(n // 12, n % 12 * 5))


class World:
    """What was drawn: its service, the local day in its middle, and the present."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.zone, self.day = draw(st.sampled_from(DAYS))
        midnight = datetime.combine(self.day, time.min, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        self.now = midnight + timedelta(minutes=draw(st.integers(-1500, 600)))
        self.service = self.draw_service()
        self.locations = [LocationFactory(time_zone=self.zone)]
        if draw(st.booleans()):
            self.locations.append(
                LocationFactory(time_zone=draw(st.sampled_from(ZONES)), is_active=draw(st.integers(0, 5)) > 0)
            )
        self.resources: list[Resource] = []
        for _ in range(draw(st.integers(1, 2))):
            self.draw_practitioner()
        self.draw_pools()
        for _ in range(draw(st.integers(0, 1))):
            self.draw_closure()
        for location in self.locations:
            if draw(st.integers(0, 2)) == 0:
                self.draw_doors(location)
            if draw(st.booleans()):
                self.draw_template(location)
        for _ in range(draw(st.integers(0, 12))):
            self.draw_reservation()

    def draw_service(self) -> Service:
        draw = self.draw
        return ServiceFactory(
            duration=draw(st.sampled_from([5, 20, 30, 45, 60, 240])),
            buffer_before=draw(st.sampled_from([0, 0, 5, 30])),
            buffer_after=draw(st.sampled_from([0, 0, 10, 45])),
            step=draw(st.sampled_from([5, 15, 20, 30, 60])),
            notice=draw(st.sampled_from([0, 60, 1440])),
            horizon_days=draw(st.integers(1, 3)),
            room_kind=draw(st.sampled_from(["", "", RoomKind.IMAGING])),
            device_kind=draw(st.sampled_from(["", "", DeviceKind.LASER])),
        )

    def place(self) -> Location:
        return self.draw(st.sampled_from(self.locations))

    def near(self) -> date:
        return self.day + timedelta(days=self.draw(st.integers(-1, 2)))

    def hours(self) -> tuple[time, time]:
        starts, ends = sorted(self.draw(st.lists(local_times, min_size=2, max_size=2, unique=True)))
        return starts, ends

    def draw_practitioner(self) -> None:
        draw = self.draw
        practitioner = PractitionerFactory(
            seats=draw(st.sampled_from([1, 1, 2])),
            is_active=draw(st.integers(0, 9)) > 0,
            services=[self.service] if draw(st.integers(0, 9)) > 0 else [],
        )
        self.resources.append(practitioner)
        for _ in range(draw(st.integers(1, 4))):
            starts, ends = self.hours()
            bounds = sorted([self.near(), self.near()])
            WorkingHoursFactory(
                practitioner=practitioner,
                location=self.place(),
                weekday=self.near().isoweekday(),
                starts=starts,
                ends=ends,
                valid_from=draw(st.sampled_from([None, None, bounds[0]])),
                valid_until=draw(st.sampled_from([None, None, bounds[1]])),
            )
        for _ in range(draw(st.integers(0, 2))):
            starts, ends = self.hours()
            ExtraHoursFactory(
                practitioner=practitioner, location=self.place(), day=self.near(), starts=starts, ends=ends
            )

    def draw_pools(self) -> None:
        for factory, kind in (
            (RoomFactory, {"room_kind": RoomKind.IMAGING}),
            (DeviceFactory, {"device_kind": "laser"}),
        ):
            for _ in range(self.draw(st.integers(0, 2))):
                seats, is_active = self.draw(st.integers(1, 2)), self.draw(st.integers(0, 5)) > 0
                self.resources.append(factory(location=self.place(), seats=seats, is_active=is_active, **kind))

    def draw_closure(self) -> None:
        days = sorted([self.near(), self.near()])
        place = self.draw(st.sampled_from([None, *self.locations]))
        ClosureFactory(location=place, first_day=days[0], last_day=days[1])

    def draw_doors(self, location: Location) -> None:
        """Doors that the hours of the people stay within; the afternoon may follow the morning without a break."""
        location.keeps_to_hours = True
        location.save(update_fields=["keeps_to_hours"])
        for weekday in {self.near().isoweekday() for _ in range(3)}:
            first, noon, last = sorted(
                self.draw(st.lists(local_times, min_size=3, max_size=3, unique=True)),
            )
            OpeningHoursFactory(location=location, weekday=weekday, starts=first, ends=noon)
            if self.draw(st.booleans()):
                OpeningHoursFactory(location=location, weekday=weekday, starts=noon, ends=last)

    def draw_template(self, location: Location) -> None:
        draw, days = self.draw, sorted([self.near(), self.near()])
        people = Practitioner.objects.filter(pk__in=[each.pk for each in self.resources])
        rows = {self.near().isoweekday(): self.hours() for _ in range(2)}
        HoursTemplateFactory(
            location=location,
            first_day=days[0],
            last_day=days[1],
            keeps_days=draw(st.booleans()),
            for_doors=draw(st.booleans()),
            hours=[(weekday, *span) for weekday, span in rows.items()],
            practitioners=[each for each in people if draw(st.booleans())],
        )

    def draw_reservation(self) -> None:
        draw = self.draw
        begin = self.now + timedelta(minutes=5 * draw(st.integers(-100, 900)))
        length = timedelta(minutes=draw(st.sampled_from([5, 30, 60, 235, 240, 245, 600, 3000])))
        hold = draw(st.sampled_from([None, None, -5, 0, 5]))
        insert_if_free(
            resource=draw(st.sampled_from(self.resources)),
            seat=draw(st.integers(1, 3)),
            begin=begin,
            end=begin + length,
            hold=None if hold is None else HoldFactory(expires_at=self.now + timedelta(minutes=hold)),
        )


def insert_if_free(*, resource: Resource, seat: int, begin: datetime, end: datetime, hold: Hold | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scheduling_reservation (resource_id, seat, during, reason, hold_id, note)"
            " VALUES (%s, %s, tstzrange(%s, %s), %s, %s, '') ON CONFLICT DO NOTHING",
            [resource.pk, seat, begin, end, "hold" if hold else "leave", hold.pk if hold else None],
        )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return World(draw)
