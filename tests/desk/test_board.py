"""The board of a day and of a week: what stands where, for whom, and at what cost."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.desk.board.blocks import Block, pieces, side_by_side
from clinic.directory.models import Practitioner
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Reservation
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    ExtraHoursFactory,
    LocationFactory,
    PractitionerFactory,
    RoomFactory,
    ServiceFactory,
    WorkingHoursFactory,
    WorkingPractitionerFactory,
)
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import HoldFactory, ReservationFactory

BOARD = "/admin/appointments/board/"
DATA = f"{BOARD}data/"
QUERIES = 14


def data_of(desk: Client, **asked: Any) -> dict[str, Any]:
    answer = desk.get(DATA, asked)
    assert answer.status_code == 200
    return dict(answer.json())


def titles(data: dict[str, Any]) -> list[str]:
    return [column["title"] for column in data["columns"]]


def test_a_day_has_a_column_for_each_who_works_and_their_visits_in_it(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    data = data_of(desk)
    assert titles(data) == ["Dr. Salma Nasser", "Dr. Omar Khalil"]
    (block,) = data["blocks"]
    assert block["column"] == f"{clinic.salma.pk}.2026-11-23"
    assert (block["from"], block["until"]) == (11 * 60, 11 * 60 + 30)
    assert (block["name"], block["label"], block["icon"]) == ("Layla Haddad", "Booked", "time")
    assert (block["reference"], block["moves"]) == (visit.reference, True)
    assert (data["today"], data["now"]) == ("2026-11-23", 10 * 60)
    assert data["reach"] == [9 * 60, 17 * 60]


def test_who_does_not_work_here_on_the_day_has_no_column_unless_somebody_comes(desk: Client, clinic: Clinic) -> None:
    away = PractitionerFactory(name_en="Dr. Away")
    assert "Dr. Away" not in titles(data_of(desk))
    clinic.visit(practitioner=away)
    assert "Dr. Away" in titles(data_of(desk))


def test_weekly_and_extra_hours_and_closures_are_shown(desk: Client, clinic: Clinic) -> None:
    ExtraHoursFactory(practitioner=clinic.salma, location=clinic.location, starts=time(18), ends=time(20, 30))
    WorkingHoursFactory(
        practitioner=clinic.omar,
        location=clinic.location,
        starts=time(19),
        ends=time(20),
        valid_until=NOW.date() - timedelta(1),
    )
    data = data_of(desk)
    assert [column["hours"] for column in data["columns"]] == [[[540, 1020], [1080, 1230]], [[540, 1020]]]
    assert data["reach"] == [540, 21 * 60]
    ClosureFactory(location=clinic.location, name_en="Public holiday")
    assert data_of(desk)["columns"][0]["closed"] == "Public holiday"


def test_devices_have_columns_and_visits_show_the_buffers_around_them(desk: Client, clinic: Clinic) -> None:
    laser = DeviceFactory(location=clinic.location, name_en="Laser")
    visit = clinic.visit()
    Reservation.objects.create(
        resource=laser,
        seat=1,
        during=DateTimeTZRange(visit.starts_at - timedelta(minutes=5), visit.ends_at + timedelta(minutes=10)),
        reason="appointment",
        appointment=visit,
    )
    data = data_of(desk, by="rooms")
    assert titles(data) == ["Laser"]
    told = sorted((block["from"], block["until"], block.get("reason", "visit")) for block in data["blocks"])
    assert told == [(655, 660, "buffer"), (660, 690, "visit"), (690, 700, "buffer")]


def test_cancelled_visits_have_given_their_place_away(desk: Client, clinic: Clinic) -> None:
    clinic.visit(status=AppointmentStatus.CANCELLED)
    assert data_of(desk)["blocks"] == []


def test_a_time_that_somebody_is_booking_is_shown_until_its_hold_ends(desk: Client, clinic: Clinic) -> None:
    for minutes, left in ((60, 5), (120, -1)):
        starts = NOW + timedelta(minutes=minutes)
        hold = HoldFactory(
            practitioner=clinic.salma, location=clinic.location, expires_at=NOW + timedelta(minutes=left)
        )
        ReservationFactory(
            resource=clinic.salma, reason="hold", hold=hold, starts_at=starts, ends_at=starts + timedelta(minutes=30)
        )
    (block,) = data_of(desk)["blocks"]
    assert (block["reason"], block["label"], block["from"]) == ("hold", "Being booked", 11 * 60)


def test_leave_and_visits_elsewhere_take_the_time_without_a_name(desk: Client, clinic: Clinic) -> None:
    ReservationFactory(resource=clinic.salma, starts_at=NOW, ends_at=NOW + timedelta(hours=1), note="Has a cold")
    clinic.visit(minutes=120, location=LocationFactory(name_en="Irbid"))
    answer = desk.get(DATA, {"location": clinic.location.pk})
    leave, elsewhere = answer.json()["blocks"]
    assert (leave["label"], elsewhere["label"]) == ("Leave", "At Irbid")
    assert "Layla" not in answer.text
    assert "cold" not in answer.text


def test_leave_takes_all_seats_and_stands_once_below_the_visits_that_stay(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=30)
    ends = NOW + timedelta(hours=3)
    spans = [(1, NOW, visit.starts_at), (1, visit.ends_at, ends), (2, NOW, ends), (3, NOW, ends)]
    for seat, starts_at, ends_at in spans:
        ReservationFactory(resource=clinic.salma, seat=seat, starts_at=starts_at, ends_at=ends_at)
    leave, stays = data_of(desk)["blocks"]
    assert (leave["label"], leave["from"], leave["until"], leave["lanes"]) == ("Leave", 10 * 60, 13 * 60, 1)
    assert (stays["reference"], stays["lanes"]) == (visit.reference, 1)


def test_columns_by_room_show_who_is_where(desk: Client, clinic: Clinic) -> None:
    room = RoomFactory(name_en="Room 7", location=clinic.location)
    RoomFactory(name_en="Room elsewhere")
    visit = clinic.visit()
    ReservationFactory(
        resource=room, reason="appointment", appointment=visit, starts_at=visit.starts_at, ends_at=visit.ends_at
    )
    clinic.visit(minutes=120, practitioner=clinic.omar)
    data = data_of(desk, by="rooms")
    assert titles(data) == ["Room 7", "Without a room"]
    placed = {block["reference"]: block["column"] for block in data["blocks"]}
    assert placed[visit.reference] == f"{room.pk}.2026-11-23"
    assert set(placed.values()) == {f"{room.pk}.2026-11-23", "0.2026-11-23"}
    assert data["blocks"][-1]["who"] == "Dr. Salma Nasser" or data["blocks"][0]["who"] == "Dr. Omar Khalil"


def test_a_week_shows_the_days_of_one_practitioner(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=60 + 2 * 24 * 60, practitioner=clinic.omar)
    clinic.visit(minutes=60)
    data = data_of(desk, view="week", who=clinic.omar.pk)
    assert titles(data)[:3] == ["Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov"]
    (block,) = data["blocks"]
    assert block["column"] == f"{clinic.omar.pk}.2026-11-25"


def test_a_week_of_a_room(desk: Client, clinic: Clinic) -> None:
    room = RoomFactory(location=clinic.location)
    visit = clinic.visit(minutes=60 + 24 * 60)
    ReservationFactory(
        resource=room, reason="appointment", appointment=visit, starts_at=visit.starts_at, ends_at=visit.ends_at
    )
    clinic.visit(minutes=120)
    data = data_of(desk, view="week", by="rooms", who=room.pk)
    assert [(block["reference"], block["column"]) for block in data["blocks"]] == [
        (visit.reference, f"{room.pk}.2026-11-24")
    ]


def test_a_clinician_sees_her_own_column_and_no_other(clinic: Clinic) -> None:
    user = person("salma", role=Role.CLINICIAN)
    Practitioner.objects.filter(pk=clinic.salma.pk).update(user=user)
    clinic.visit()
    clinic.visit(practitioner=clinic.omar, patient=PatientFactory(name_en="Yousef Mansour"))
    salma = signed_in(user)
    for asked in ({}, {"by": "rooms"}, {"view": "week", "who": clinic.omar.pk}, {"view": "week", "by": "rooms"}):
        answer = salma.get(DATA, asked)
        assert "Yousef" not in answer.text
        assert {block["name"] for block in answer.json()["blocks"]} == {"Layla Haddad"}, asked
        assert "Omar" not in salma.get(BOARD, asked).text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_strangers_see_no_board(clinic: Clinic, role: Role) -> None:
    clinic.visit()
    stranger = signed_in(person("stranger", role=role))
    for address in (BOARD, DATA, f"{BOARD}book/"):
        answer = stranger.get(address)
        assert answer.status_code == 302
        assert "Layla" not in answer.text
    assert Client().get(DATA).status_code == 302


@pytest.mark.parametrize(("columns", "visits"), [(1, 1), (8, 40)])
def test_the_board_takes_the_same_number_of_queries_for_each_size(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries, columns: int, visits: int
) -> None:
    fill(clinic, columns=columns, visits=visits)
    desk.get(DATA)
    with django_assert_num_queries(QUERIES):
        data = data_of(desk)
    assert len(data["blocks"]) == visits
    with django_assert_num_queries(QUERIES - 3):
        data_of(desk, by="rooms")


def fill(clinic: Clinic, *, columns: int, visits: int) -> None:
    people = [
        WorkingPractitionerFactory(services=[clinic.service], hours__location=clinic.location) for _ in range(columns)
    ]
    for number in range(visits):
        at = 30 * (number // columns)
        clinic.visit(minutes=at, practitioner=people[number % columns], patient=PatientFactory())


def test_a_day_on_which_the_clock_changes_keeps_to_the_clock(desk: Client, clinic: Clinic) -> None:
    # Berlin, 25 October 2026: 02:00 to 03:00 comes twice.
    berlin = LocationFactory(time_zone="Europe/Berlin")
    at = datetime(2026, 10, 25, 8, 0, tzinfo=UTC)  # nine o'clock in winter
    clinic.visit(location=berlin, minutes=int((at - NOW).total_seconds() // 60))
    (block,) = data_of(desk, location=berlin.pk, day="2026-10-25")["blocks"]
    assert (block["from"], block["until"]) == (9 * 60, 9 * 60 + 30)


def test_a_visit_over_midnight_stands_on_both_days_and_is_dragged_by_the_first(desk: Client, clinic: Clinic) -> None:
    service = ServiceFactory(duration=60)
    clinic.visit(minutes=13 * 60 + 30, service=service)
    first, second = data_of(desk, view="week", who=clinic.salma.pk)["blocks"]
    assert (first["from"], first["until"], first["moves"]) == (23 * 60 + 30, 24 * 60, True)
    assert (second["from"], second["until"], second["moves"]) == (0, 30, False)


def test_visits_at_the_same_time_stand_side_by_side() -> None:
    blocks = [Block("a", "1", 0, 60), Block("b", "1", 30, 90), Block("c", "1", 60, 120), Block("d", "1", 120, 150)]
    placed = {block.id: (block.lane, block.lanes) for block in side_by_side([*blocks, Block("e", "2", 0, 60)])}
    assert placed == {"a": (0, 2), "b": (1, 2), "c": (0, 2), "d": (0, 1), "e": (0, 1)}


def test_what_ends_at_midnight_does_not_reach_into_the_next_day() -> None:
    from zoneinfo import ZoneInfo

    day = datetime(2026, 11, 23, tzinfo=UTC)
    found = list(pieces(day, day + timedelta(days=1), ZoneInfo("UTC")))
    assert found == [(day.date(), (0, 1440))]


def test_the_page_leads_to_the_list_of_the_same_days_and_back(desk: Client, clinic: Clinic) -> None:
    page = desk.get(BOARD, {"day": "2026-11-25", "view": "week"}).text
    assert f"/admin/appointments/?day=2026-11-25&amp;span=7&amp;location={clinic.location.pk}" in page
    assert "/admin/appointments/board/" in desk.get("/admin/appointments/").text


def test_a_click_leads_to_booking_at_that_time(desk: Client, clinic: Clinic) -> None:
    asked = {"location": clinic.location.pk, "day": "2026-11-24", "minute": 615, "practitioner": clinic.salma.pk}
    address = desk.get(f"{BOARD}book/", asked)["Location"]
    moment = int(datetime(2026, 11, 24, 7, 15, tzinfo=UTC).timestamp())
    assert address.startswith("/admin/appointments/book/?")
    assert f"time={clinic.salma.pk}.{clinic.location.pk}.{moment}" in address
    assert "day=2026-11-24" in address
    assert desk.get(address).status_code == 200


ODD = ["\0", "-1", "0001-01-01", "9999-12-31", "9" * 400, "٣", "<script>", "a\r\nb: c", "1440"]


@pytest.mark.parametrize("odd", ODD)
def test_nonsense_in_the_address_is_left_out(desk: Client, clinic: Clinic, odd: str) -> None:
    for name in ("location", "day", "view", "by", "who", "minute", "practitioner"):
        asked = {"minute": "600", "practitioner": "1", name: odd}
        assert desk.get(DATA, asked).status_code == 200, name
        assert desk.get(f"{BOARD}book/", asked).status_code == 302, name
    everywhere = dict.fromkeys(("location", "day", "view", "by", "who"), odd)
    for asked in (everywhere, everywhere | {"view": "week"}, everywhere | {"by": "rooms"}):
        assert desk.get(BOARD, asked).status_code == 200, asked


def test_without_a_location_the_page_says_so(desk: Client) -> None:
    assert "There is no location yet." in desk.get(BOARD).text
    assert desk.get(DATA).status_code == 404


def test_the_board_speaks_arabic(desk: Client, receptionist: User, clinic: Clinic) -> None:
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=receptionist, preferred_language="ar")
    clinic.visit()
    data = data_of(desk)
    assert (data["blocks"][0]["name"], data["blocks"][0]["label"]) == ("ليلى حداد", "محجوز")
    assert "لوحة المواعيد" in desk.get(BOARD).text
