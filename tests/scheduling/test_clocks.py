"""Clocks that change, in four zones: at two in the night, at midnight (Cairo), by half an hour (Lord Howe)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from clinic.desk.board.blocks import pieces
from clinic.directory.models import Practitioner, Service
from clinic.lib import clock
from clinic.patients.forms import PatientForm
from clinic.scheduling.actions import Contact, Wish, book_appointment, move_appointment
from clinic.scheduling.availability import free_slots, next_free
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.recurrence import occurrences
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.scheduling.worlds import ZONES, changes_of

FOUR = ["Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe"]
CHANGES = [(zone, day) for zone in FOUR for day in changes_of(zone)]
every_change = pytest.mark.parametrize(("zone", "day"), CHANGES, ids=str)
HALF_HOUR = timedelta(minutes=30)


class Clinic:
    """Open around the clock but for the last half hour of the day, which no weekly hours can name."""

    def __init__(self, zone: str, day: date) -> None:
        self.zone = zone
        self.location = LocationFactory(time_zone=zone)
        self.service: Service = ServiceFactory(horizon_days=400)
        hours = {"hours__location": self.location, "hours__starts": time(0), "hours__ends": time(23, 30)}
        self.doctor: Practitioner = WorkingPractitionerFactory(services=[self.service], **hours)
        self.day = day
        self.begins, self.ends = clock.day_bounds(day, zone)

    def book(self, starts_at: datetime) -> Appointment:
        return book_appointment(
            service=self.service,
            practitioner=self.doctor,
            location=self.location,
            starts_at=starts_at,
            contact=Contact(name="Layla Haddad", email="layla@patients.example"),
            language="en",
            source="site",
            by=None,
        )

    def starts(self, day: date) -> list[datetime]:
        found = free_slots(service=self.service, first_day=day, days=1, now=self.begins - timedelta(days=2))
        return [slot.starts_at.astimezone(ZoneInfo(self.zone)) for slot in found]


@pytest.fixture
def clinic(zone: str, day: date, monkeypatch: pytest.MonkeyPatch, db: None) -> Clinic:
    clinic = Clinic(zone, day)
    monkeypatch.setattr(clock, "now", lambda: clinic.begins - timedelta(days=2))
    return clinic


def test_each_of_the_four_changes_twice_a_year() -> None:
    for zone in FOUR:
        bounds = [clock.day_bounds(day, zone) for day in changes_of(zone)]
        hours = sorted((end - begin) / timedelta(hours=1) for begin, end in bounds)
        assert hours == ([23.5, 24.5] if zone == "Australia/Lord_Howe" else [23, 25])


@pytest.mark.django_db
@pytest.mark.parametrize("zone", sorted({*FOUR, *ZONES, "Asia/Beirut", "America/Havana"}))
def test_the_database_and_python_read_the_clock_alike(zone: str) -> None:
    for day in changes_of(zone):
        first = datetime.combine(day - timedelta(days=1), time(), tzinfo=UTC)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t, t AT TIME ZONE %s FROM generate_series(%s, %s + interval '3 days', interval '15 minutes') t",
                [zone, first, first],
            )
            read = cursor.fetchall()
        assert [shown for _instant, shown in read] == [
            instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for instant, _shown in read
        ]


@every_change
def test_a_day_offers_each_half_hour_that_its_clock_shows_once(clinic: Clinic) -> None:
    starts = clinic.starts(clinic.day)
    assert len(starts) == (clinic.ends - clinic.begins - HALF_HOUR) // HALF_HOUR
    assert all(later.astimezone(UTC) - earlier.astimezone(UTC) == HALF_HOUR for earlier, later in pairwise(starts))
    labels = [clock.shown(start) for start in starts]
    assert len(labels) == len(set(labels))
    assert (f"{starts[0].date()} {labels[0][:5]}", f"{starts[-1].date()} {labels[-1][:5]}") == (
        f"{clinic.begins.astimezone(ZoneInfo(clinic.zone)):%Y-%m-%d %H:%M}",
        f"{clinic.day} 23:00",
    )


@pytest.mark.parametrize(
    ("zone", "instant", "shown"),
    [
        ("Europe/Berlin", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02:30 UTC+2"),
        ("Europe/Berlin", datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "02:30 UTC+1"),
        ("Europe/Berlin", datetime(2027, 10, 31, 2, 30, tzinfo=UTC), "03:30"),
        ("Europe/Berlin", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "03:00"),
        ("America/New_York", datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "01:30 UTC−4"),
        ("Australia/Lord_Howe", datetime(2027, 4, 3, 15, 0, tzinfo=UTC), "01:30 UTC+10:30"),
    ],
)
def test_an_hour_that_comes_twice_is_named_with_its_distance_to_utc(zone: str, instant: datetime, shown: str) -> None:
    assert clock.shown(instant.astimezone(ZoneInfo(zone))) == shown


@every_change
def test_a_visit_over_the_change_lasts_as_long_as_any_other(clinic: Clinic) -> None:
    clinic.service.duration, clinic.service.buffer_after = 300, 15
    clinic.service.save()
    start = clinic.starts(clinic.day)[0]  # in the time of the wall, as a form has it
    wish = Wish(clinic.service, clinic.doctor, clinic.location, start)
    assert wish.ends_at - start.astimezone(UTC) == timedelta(hours=5)
    visit = clinic.book(start)
    visit.refresh_from_db()
    assert visit.ends_at - visit.starts_at == timedelta(hours=5)
    during = Reservation.objects.get().during
    assert (during.lower, during.upper - during.lower) == (visit.starts_at, timedelta(hours=5, minutes=15))


@every_change
def test_a_visit_that_is_moved_over_the_change_keeps_its_length(clinic: Clinic) -> None:
    before, after = clinic.starts(clinic.day - timedelta(days=1))[20], clinic.starts(clinic.day + timedelta(days=1))[20]
    assert before.time() == after.time()
    moved = move_appointment(appointment=clinic.book(before), starts_at=after, by=None)
    assert (moved.starts_at, moved.ends_at - moved.starts_at) == (after.astimezone(UTC), HALF_HOUR)


@every_change
def test_the_board_has_room_for_each_visit_of_the_day(clinic: Clinic) -> None:
    for start in clinic.starts(clinic.day):
        found = list(pieces(start, start.astimezone(UTC) + HALF_HOUR, ZoneInfo(clinic.zone)))
        ((day, (first, last)),) = found
        assert day == start.date()
        assert first == start.hour * 60 + start.minute
        assert first < last <= 24 * 60


@pytest.mark.parametrize("zone", FOUR)
def test_a_weekly_visit_keeps_to_the_clock_on_the_wall(zone: str) -> None:
    first = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = occurrences("FREQ=WEEKLY", first=first, zone=zone)
    assert len(found) == 52
    assert {moment.astimezone(ZoneInfo(zone)).time() for moment in found} == {time(9)}
    assert len({moment.time() for moment in found}) == 2


def test_a_series_that_begins_in_the_second_of_two_hours_begins_there() -> None:
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    found = occurrences("FREQ=DAILY;COUNT=2", first=second, zone="Europe/Berlin")
    assert found == [second, datetime(2027, 11, 1, 1, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        ("FREQ=YEARLY;COUNT=3", date(2028, 2, 29), [date(2028, 2, 29), date(2032, 2, 29), date(2036, 2, 29)]),
        ("FREQ=MONTHLY;COUNT=3", date(2028, 1, 30), [date(2028, 1, 30), date(2028, 3, 30), date(2028, 4, 30)]),
        ("FREQ=MONTHLY;COUNT=2", date(2028, 1, 29), [date(2028, 1, 29), date(2028, 2, 29)]),
    ],
)
def test_months_and_years_without_the_day_are_left_out(rule: str, first: date, days: list[date]) -> None:
    begin = datetime.combine(first, time(9), tzinfo=UTC)
    assert [moment.date() for moment in occurrences(rule, first=begin, zone="Asia/Amman")] == days


@pytest.mark.parametrize(("zone", "day"), [("Asia/Amman", date(2028, 2, 29))])
def test_the_leap_day_is_a_day_like_any_other(clinic: Clinic) -> None:
    assert len(clinic.starts(clinic.day)) == 47
    assert clinic.book(clinic.starts(clinic.day)[0]).starts_at == clinic.begins
    born = PatientForm({"name_en": "Layla Haddad", "birth_date": "2024-02-29"})
    born.is_valid()
    assert "birth_date" not in born.errors


@pytest.mark.parametrize(("zone", "day"), [("Asia/Riyadh", date(2027, 6, 3))])  # a Thursday
def test_a_weekend_of_friday_and_saturday_is_stepped_over(clinic: Clinic) -> None:
    clinic.doctor.working_hours.filter(weekday__in=[5, 6]).delete()
    assert [bool(clinic.starts(clinic.day + timedelta(days=n))) for n in range(4)] == [True, False, False, True]
    found = next_free(service=clinic.service, practitioners=[clinic.doctor.pk], now=clinic.ends - HALF_HOUR)
    assert clock.local_day(found[clinic.doctor.pk].starts_at, clinic.zone) == date(2027, 6, 6)


@pytest.mark.parametrize(("zone", "day"), [("Asia/Amman", date(2027, 6, 2))])
def test_a_location_with_another_clock_keeps_its_visits_and_shifts_its_hours(clinic: Clinic) -> None:
    visit = clinic.book(clinic.begins + timedelta(hours=9))
    before, held = clinic.starts(clinic.day)[0], Reservation.objects.get().during
    clinic.location.time_zone = clinic.zone = "Asia/Dubai"
    clinic.location.save()
    visit.refresh_from_db()
    assert visit.starts_at == clinic.begins + timedelta(hours=9)
    assert Reservation.objects.get().during == held
    after = clinic.starts(clinic.day)
    assert before.astimezone(UTC) - after[0].astimezone(UTC) == timedelta(hours=1)
    assert visit.starts_at not in [start.astimezone(UTC) for start in after]
