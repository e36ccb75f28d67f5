"""Free times, the slow and obvious way: each candidate start of each working period, asked one question at a time.

It reads the same rows as the real query and shares no code with it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.directory.models import (
    Closure,
    Device,
    ExtraHours,
    HoursTemplate,
    Location,
    Practitioner,
    Resource,
    Room,
    Service,
)
from clinic.scheduling.models import Reservation


def instant(day: date, wall: time, zone: str) -> datetime:
    """When the wall clock of `zone` shows this. A time that is shown twice means the second; one that is skipped is
    read as if the clock had not changed yet.
    """
    local = datetime.combine(day, wall, tzinfo=ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    is_skipped = there_and_back.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0)
    return local.replace(fold=0 if is_skipped else 1).astimezone(UTC)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def next_minute(wall: time) -> time:
    """The minute after `wall`; hours never reach midnight."""
    return (datetime.combine(date.min, wall) + minutes(1)).time()


class Reference:
    def __init__(self, *, service: Service, now: datetime, ignore_notice: bool = False) -> None:
        self.service, self.now, self.ignore_notice = service, now, ignore_notice
        self.reservations = list(Reservation.objects.select_related("hold"))
        self.closures = list(Closure.objects.all())

    def free_slots(self, *, first_day: date, days: int) -> set[tuple[int, int, datetime]]:
        """(practitioner, location, start) of each visit that can be had."""
        found = set()
        for practitioner in Practitioner.objects.filter(services=self.service, is_active=True):
            for offset in range(days):
                day = first_day + timedelta(days=offset)
                for location, starts, ends in self.within_doors(self.hours(practitioner, day), day):
                    opens, closes = (instant(day, wall, location.time_zone) for wall in (starts, ends))
                    for start in self.candidates(opens, closes):
                        if self.is_free(practitioner, location, day, start):
                            found.add((practitioner.pk, location.pk, start))
        return found

    def hours(self, practitioner: Practitioner, day: date) -> Iterator[tuple[Location, time, time]]:
        """The weekly ones, or those of a template that stands in for them, and the extra ones."""
        rules = list(practitioner.working_hours.select_related("location"))
        usual = [
            rule
            for rule in rules
            if rule.weekday == day.isoweekday()
            and (rule.valid_from is None or rule.valid_from <= day)
            and (rule.valid_until is None or day <= rule.valid_until)
        ]
        templates = list(
            HoursTemplate.objects.filter(uses__practitioner=practitioner, first_day__lte=day, last_day__gte=day)
        )
        for rule in usual:
            if all(template.location != rule.location for template in templates):
                yield rule.location, rule.starts, rule.ends
        for template in templates:
            if not template.keeps_days or any(rule.location == template.location for rule in usual):
                for row in template.hours.filter(weekday=day.isoweekday()):
                    yield template.location, row.starts, row.ends
        for extra in ExtraHours.objects.filter(practitioner=practitioner, day=day).select_related("location"):
            yield extra.location, extra.starts, extra.ends

    def within_doors(
        self, hours: Iterator[tuple[Location, time, time]], day: date
    ) -> Iterator[tuple[Location, time, time]]:
        """What of `hours` lies within the doors' hours, minute by minute, where the location asks for it."""
        for location, starts, ends in hours:
            if not location.keeps_to_hours:
                yield location, starts, ends
                continue
            template = HoursTemplate.objects.filter(
                location=location, for_doors=True, first_day__lte=day, last_day__gte=day
            ).first()
            doors = template.hours if template else location.opening_hours
            rows = list(doors.filter(weekday=day.isoweekday()))
            open_minutes = [
                wall
                for wall in (time(minute // 60, minute % 60) for minute in range(24 * 60))
                if starts <= wall < ends and any(row.starts <= wall < row.ends for row in rows)
            ]
            begin: time | None = None
            for wall in open_minutes:
                begin = begin or wall
                after = next_minute(wall)
                if after not in open_minutes:
                    yield location, begin, after
                    begin = None

    def candidates(self, opens: datetime, closes: datetime) -> Iterator[datetime]:
        start = opens
        while start + minutes(self.service.duration) <= closes:
            yield start
            start += minutes(self.service.step)

    def is_free(self, practitioner: Practitioner, location: Location, day: date, start: datetime) -> bool:
        return (
            location.is_active
            and self.is_bookable_by_clock(location, day, start)
            and not self.is_closed(location, day)
            and self.has_seat([practitioner], start)
            and (not self.service.room_kind or self.has_seat(self.rooms(location), start))
            and (not self.service.device_kind or self.has_seat(self.devices(location), start))
        )

    def is_bookable_by_clock(self, location: Location, day: date, start: datetime) -> bool:
        if self.ignore_notice:
            return start >= self.now
        today = self.now.astimezone(ZoneInfo(location.time_zone)).date()
        last = today + timedelta(days=self.service.horizon_days)
        return start >= self.now + minutes(self.service.notice) and day <= last

    def is_closed(self, location: Location, day: date) -> bool:
        here = [closure for closure in self.closures if closure.location_id in (None, location.pk)]
        return any(closure.first_day <= day <= closure.last_day for closure in here)

    def rooms(self, location: Location) -> list[Room]:
        return list(Room.objects.filter(location=location, room_kind=self.service.room_kind, is_active=True))

    def devices(self, location: Location) -> list[Device]:
        return list(Device.objects.filter(location=location, device_kind=self.service.device_kind, is_active=True))

    def has_seat(self, resources: list[Resource], start: datetime) -> bool:
        return any(
            self.is_seat_free(resource, seat, start) for resource in resources for seat in range(1, resource.seats + 1)
        )

    def is_seat_free(self, resource: Resource, seat: int, start: datetime) -> bool:
        begin = start - minutes(self.service.buffer_before)
        end = start + minutes(self.service.duration + self.service.buffer_after)
        for reservation in self.reservations:
            if (reservation.resource_id, reservation.seat) != (resource.pk, seat):
                continue
            if reservation.hold is not None and reservation.hold.expires_at <= self.now:
                continue
            if begin < reservation.during.upper and reservation.during.lower < end:
                return False
        return True
