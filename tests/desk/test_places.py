"""Rooms and devices at the desk: their weeks, their maintenance, and how much they are used."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.directory.maintenance import due
from clinic.directory.models import Device, MaintenanceRecord
from clinic.scheduling.enums import AppointmentStatus, ReservationReason
from clinic.scheduling.models import Appointment, Reservation
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    MaintenanceRecordFactory,
    OpeningHoursFactory,
    RoomFactory,
)
from tests.factories.scheduling import ReservationFactory

ROOMS = "/admin/rooms/"
USE = f"{ROOMS}use/"


@pytest.fixture
def laser(clinic: Clinic) -> Device:
    for weekday in range(1, 8):
        OpeningHoursFactory(location=clinic.location, weekday=weekday, starts=time(8), ends=time(18))
    return DeviceFactory(location=clinic.location, name_en="Laser")


@pytest.fixture
def office(db: None) -> Client:
    return signed_in(person("amal", role=Role.ADMINISTRATOR))


def with_laser(visit: Appointment, laser: Device, *, buffer: int = 15) -> Appointment:
    """`visit` takes the laser too, and keeps it free for `buffer` minutes afterwards."""
    during = DateTimeTZRange(visit.starts_at, visit.ends_at + timedelta(minutes=buffer))
    Reservation.objects.create(
        resource=laser, seat=1, during=during, reason=ReservationReason.APPOINTMENT, appointment=visit
    )
    return visit


def lines(page: str) -> list[str]:
    """The times of a week as a person reads them, without isolates and markup."""
    texts = []
    for part in page.split('<li class="iyada-span ')[1:]:
        kind, _quote, rest = part.partition('"')
        when = rest.split("\u2066")[1].split("\u2069")[0] if "\u2066" in rest.split("</li>")[0] else ""
        texts.append(f"{kind.removeprefix('iyada-span--')} {when}".strip())
    return texts


def test_the_week_of_a_device_shows_visits_buffers_maintenance_and_what_is_free(
    desk: Client, clinic: Clinic, laser: Device
) -> None:
    visit = with_laser(clinic.visit(), laser)  # at eleven
    ReservationFactory(
        resource=laser, reason="maintenance", starts_at=NOW + timedelta(hours=3), ends_at=NOW + timedelta(hours=4)
    )
    page = desk.get(f"{ROOMS}{laser.pk}/?day=2026-11-23").text
    assert f"/admin/appointments/{visit.reference}/" in page
    assert "Layla Haddad" in page
    monday = lines(page.split('id="day-3"')[1].split("</ol>")[0])
    assert monday == [
        "free 08:00–11:00",
        "visit 11:00–11:30",
        "buffer 11:30–11:45",
        "free 11:45–13:00",
        "maintenance 13:00–14:00",
        "free 14:00–18:00",
    ]


def test_a_clinician_reads_names_only_in_visits_to_them(clinic: Clinic, laser: Device) -> None:
    with_laser(clinic.visit(), laser)
    omar = person("omar", role=Role.CLINICIAN)
    clinic.omar.user = omar
    clinic.omar.save()
    page = signed_in(omar).get(f"{ROOMS}{laser.pk}/?day=2026-11-23").text
    assert "visit 11:00–11:30" in lines(page)
    assert "Layla" not in page
    clinic.salma.user, clinic.omar.user = omar, None
    clinic.omar.save()
    clinic.salma.save()
    assert "Layla Haddad" in signed_in(omar).get(f"{ROOMS}{laser.pk}/?day=2026-11-23").text


def test_a_closed_day_and_a_room_that_nobody_may_book_have_nothing_free(
    desk: Client, clinic: Clinic, laser: Device
) -> None:
    ClosureFactory(location=clinic.location, name_en="Feast", first_day=date(2026, 11, 21), last_day=date(2026, 11, 27))
    page = desk.get(f"{ROOMS}{laser.pk}/?day=2026-11-23").text
    assert page.count("Feast") == 7
    assert not [line for line in lines(page) if line.startswith("free")]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-29", "x"])
def test_beyond_the_calendar_is_this_week(desk: Client, clinic: Clinic, laser: Device, day: str) -> None:
    assert desk.get(f"{ROOMS}{laser.pk}/", {"day": day}).context["first_day"] == date(2026, 11, 21)


@pytest.mark.parametrize("address", ["999999/", "0/"])
def test_what_is_no_room_is_not_there(desk: Client, clinic: Clinic, address: str) -> None:
    assert desk.get(f"{ROOMS}{address}").status_code == 404
    assert desk.get(f"{ROOMS}{clinic.salma.pk}/").status_code == 404


def test_the_week_costs_the_same_for_each_number_of_visits(
    desk: Client, clinic: Clinic, laser: Device, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with_laser(clinic.visit(), laser)
    address = f"{ROOMS}{laser.pk}/?day=2026-11-23"
    desk.get(address)
    with django_assert_num_queries(22) as one:
        desk.get(address)
    for minutes in (120, 180, 240):
        with_laser(clinic.visit(minutes=minutes), laser)
    with django_assert_num_queries(len(one)):
        desk.get(address)


def test_work_is_due_by_its_last_record_only(clinic: Clinic, laser: Device) -> None:
    early = MaintenanceRecordFactory(resource=laser, done_on=date(2026, 5, 31), interval_months=6)
    early.refresh_from_db()
    assert early.next_due == date(2026, 11, 30)
    assert [record.pk for record in due(today=NOW.date())] == [early.pk]
    MaintenanceRecordFactory(resource=laser, done_on=date(2026, 11, 20), interval_months=6)
    assert due(today=NOW.date()) == []
    MaintenanceRecordFactory(resource=laser, task="Filter", interval_months=None)
    assert due(today=date(2030, 1, 1))[0].task == "Calibration"
    with pytest.raises(IntegrityError), transaction.atomic():
        MaintenanceRecord.objects.update(cost=-1)


def test_what_is_due_stands_at_the_top_and_leads_to_planning_and_to_the_next_record(
    desk: Client, clinic: Clinic, laser: Device
) -> None:
    record = MaintenanceRecordFactory(resource=laser, done_on=date(2026, 5, 1))
    page = desk.get(ROOMS).text
    assert "due since 1 November 2026" in page
    planning = f"/admin/leave/new/?what=resource.{laser.pk}&amp;note=Calibration"
    assert planning in page
    assert 'value="Calibration"' in desk.get(planning.replace("&amp;", "&")).text
    form = desk.get(f"/admin/maintenancerecord/new/?after={record.pk}").text
    assert 'value="Calibration"' in form
    sent = {
        "resource": laser.pk,
        "task": "Calibration",
        "done_on": "2026-11-22",
        "done_by": "Medtech",
        "interval_months": "6",
        "note": "",
        "cost": "",
    }
    desk.post("/admin/maintenancerecord/new/", sent)
    assert "due since" not in desk.get(ROOMS).text
    late = desk.post("/admin/maintenancerecord/new/", sent | {"done_on": "2027-11-22"})
    assert "This day is still to come." in late.text


@pytest.mark.parametrize("after", ["", "x", "9" * 30, "-1"])
def test_an_odd_beginning_is_an_empty_form(desk: Client, clinic: Clinic, after: str) -> None:
    address = f"/admin/maintenancerecord/new/?after={after}&resource={after}"
    assert desk.get(address).status_code == 200


def use(client: Client, **asked: Any) -> dict[str, list[str]]:
    """The lines of the CSV by name."""
    answer = client.get(USE, {"span": "week", "first_day": "2026-11-23", "format": "csv"} | asked)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = answer.content.decode("utf-8-sig").splitlines()
    return {row.split(",")[0]: row.split(",")[1:] for row in rows[1:]}


def test_use_counts_visits_buffers_and_maintenance_against_bookable_hours(
    office: Client, clinic: Clinic, laser: Device
) -> None:
    with_laser(clinic.visit(), laser, buffer=30)
    with_laser(clinic.visit(minutes=180, status=AppointmentStatus.NOSHOW), laser, buffer=0)
    ReservationFactory(
        resource=laser,
        reason="maintenance",
        starts_at=NOW + timedelta(hours=5),
        ends_at=NOW + timedelta(hours=24),  # until ten the next morning: five hours within the opening hours
    )
    ClosureFactory(location=clinic.location, first_day=date(2026, 11, 27), last_day=date(2026, 11, 27))
    rows = use(office)
    # Six open days of ten hours; visits of an hour, a buffer of half an hour.
    assert rows["Laser"] == ["Device", "60.00", "1.00", "0.50", "5.00", "2.5", "2", "1"]
    assert rows["Dr. Salma Nasser"] == ["Practitioner", "48.00", "1.00", "0.00", "0.00", "2.1", "2", "1"]
    assert rows["Dr. Omar Khalil"] == ["Practitioner", "48.00", "0.00", "0.00", "0.00", "0.0", "0", "0"]


def test_use_is_one_page_for_a_month_as_well_and_its_queries_do_not_grow(
    office: Client, clinic: Clinic, laser: Device, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.get(USE)
    with django_assert_num_queries(12) as one:
        page = office.get(USE).text
    assert "Laser" in page
    for hour in range(1, 4):
        with_laser(clinic.visit(minutes=60 * hour), RoomFactory(location=clinic.location))
    with django_assert_num_queries(len(one)):
        office.get(USE)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"span": "own", "first_day": "2026-11-23", "last_day": "2026-11-22"}, "must not come before"),
        ({"span": "own", "first_day": "2026-11-23", "last_day": "2028-11-24"}, "Choose a year at most."),
        ({"first_day": "9999-12-31"}, "Choose a day of this century."),
        ({"first_day": "0001-01-01", "span": "week"}, "Choose a day of this century."),
        ({"first_day": "tomorrow"}, "Enter a valid date."),
        ({"location": "0"}, "Select a valid choice."),
    ],
)
def test_odd_days_are_explained(office: Client, clinic: Clinic, asked: dict[str, str], words: str) -> None:
    answer = office.get(USE, asked)
    assert answer.status_code == 422
    assert words in answer.text


def test_use_is_for_whoever_may_read_all_reservations(desk: Client, clinic: Clinic) -> None:
    assert desk.get(USE).status_code == 302
    assert USE not in desk.get(ROOMS).text
