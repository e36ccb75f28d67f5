"""Several visits, visits that come again, patients who are here already, and those who are squeezed in."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from clinic.patients.models import Patient
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment
from tests.desk.conftest import Clinic
from tests.desk.test_booking import BOOK, ELEVEN, chosen, typed
from tests.factories.directory import ClosureFactory, LocationFactory, WorkingPractitionerFactory

WEEK = timedelta(weeks=1)
SIMILAR = "/admin/appointments/book/similar/"


def items_in(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'name="item" value="([^"]*)"', page)]


def preview_in(page: str) -> str:
    found = re.search(r'name="preview" value="([^"]*)"', page)
    assert found
    return unescape(found.group(1))


def dates_in(page: str) -> list[str]:
    """What is chosen for each date of the list; empty for one that is left out."""
    lists = re.findall(r'<select name="occurrence".*?</select>', page, re.DOTALL)
    return [re.search(r'<option value="([^"]*)" selected', each).group(1) for each in lists]  # type: ignore[union-attr]


def aside(desk: Client, clinic: Clinic, **changes: Any) -> list[str]:
    answer = desk.post(BOOK, typed(clinic, do="add", **changes))
    assert answer.status_code == 200
    return items_in(answer.text)


def test_a_family_is_booked_in_one_go(desk: Client, clinic: Clinic) -> None:
    items = aside(desk, clinic)
    assert not Appointment.objects.exists()
    child = {"contact_name": "Tala Mansour", "time": chosen(clinic, ELEVEN + timedelta(minutes=30))}
    answer = desk.post(BOOK, typed(clinic, item=items, **child), follow=True)
    assert "2 visits are booked." in answer.text
    assert [visit.patient.name_en for visit in Appointment.objects.all()] == ["Yousef Mansour", "Tala Mansour"]


def test_several_visits_of_one_caller_lead_to_the_patients_page(desk: Client, clinic: Clinic) -> None:
    items = aside(desk, clinic)
    answer = desk.post(BOOK, typed(clinic, item=items, time=chosen(clinic, ELEVEN + WEEK)))
    patient = Patient.objects.get(name_en="Yousef Mansour")
    assert answer["Location"] == f"/admin/patient/{patient.reference}/"
    assert patient.appointments.count() == 2


def test_what_was_put_aside_is_booked_without_another_visit(desk: Client, clinic: Clinic) -> None:
    items = aside(desk, clinic)
    desk.post(BOOK, typed(clinic, item=items, time="", service="", contact_name="", contact_phone=""))
    assert Appointment.objects.get().starts_at == ELEVEN


def test_a_visit_is_taken_off_the_list(desk: Client, clinic: Clinic) -> None:
    items = aside(desk, clinic)
    items = items_in(desk.post(BOOK, typed(clinic, do="add", item=items, time=chosen(clinic, ELEVEN + WEEK))).text)
    page = desk.post(BOOK, typed(clinic, do="", drop="0", item=items)).text
    assert items_in(page) == items[1:]


def test_all_or_none_and_the_one_that_fails_is_named(desk: Client, clinic: Clinic) -> None:
    items = aside(desk, clinic)
    clinic.visit(minutes=60)
    answer = desk.post(BOOK, typed(clinic, item=items, time=chosen(clinic, ELEVEN + WEEK)))
    assert answer.status_code == 409
    assert "Yousef Mansour, Monday, 23 November 2026, \u206611:00\u2069: This time has just been taken." in answer.text
    assert "None of the visits was booked." in answer.text
    assert items_in(answer.text) == items
    assert not Appointment.objects.filter(contact_name="Yousef Mansour").exists()


@pytest.mark.parametrize("odd", ["", "{", "[]", "{}", '{"time": []}', '{"time": "1.1.1"}', "\0", '"x"', "9" * 400])
def test_what_can_no_longer_be_read_is_told(desk: Client, clinic: Clinic, odd: str) -> None:
    answer = desk.post(BOOK, typed(clinic, do="times", item=[odd]))
    assert answer.status_code == 200
    assert "A visit that was put aside can no longer be read." in answer.text
    assert desk.post(BOOK, typed(clinic, item=[odd])).status_code == 302


def test_a_course_of_visits_is_shown_before_it_is_booked(desk: Client, clinic: Clinic) -> None:
    ClosureFactory(location=clinic.location, first_day=date(2026, 11, 30), last_day=date(2026, 11, 30))
    again = {"unit": "WEEKLY", "every": "1", "times": "3"}
    answer = desk.post(BOOK, typed(clinic, **again))
    assert answer.status_code == 200
    assert "Look at the dates, then book." in answer.text
    assert not Appointment.objects.exists()
    first, second, third = dates_in(answer.text)
    assert (first, second, third) == (chosen(clinic), "", chosen(clinic, ELEVEN + 2 * WEEK))
    assert "The clinic is closed on this day." in answer.text

    # The closed Monday becomes the day after, with the doctor who is free then.
    nearby = chosen(clinic, ELEVEN + WEEK + timedelta(days=1))
    dates = [first, nearby, third]
    desk.post(BOOK, typed(clinic, **again, preview=preview_in(answer.text), occurrence=dates))
    found = [visit.starts_at for visit in Appointment.objects.order_by("starts_at")]
    assert found == [ELEVEN, ELEVEN + WEEK + timedelta(days=1), ELEVEN + 2 * WEEK]
    assert Patient.objects.filter(name_en="Yousef Mansour").count() == 1


def test_a_date_may_be_left_out_but_not_all_of_them(desk: Client, clinic: Clinic) -> None:
    again = {"unit": "DAILY", "every": "2", "times": "2"}
    preview = preview_in(desk.post(BOOK, typed(clinic, do="preview", **again)).text)
    answer = desk.post(BOOK, typed(clinic, **again, preview=preview, occurrence=["", ""]))
    assert (answer.status_code, "Every date is left out." in answer.text) == (422, True)
    desk.post(BOOK, typed(clinic, **again, preview=preview, occurrence=[chosen(clinic), ""]))
    assert Appointment.objects.get().starts_at == ELEVEN


def test_dates_of_another_time_are_looked_at_again(desk: Client, clinic: Clinic) -> None:
    again = {"unit": "WEEKLY", "times": "2"}
    page = desk.post(BOOK, typed(clinic, do="preview", **again)).text
    other = chosen(clinic, ELEVEN + timedelta(hours=1))
    data = typed(clinic, **again, preview=preview_in(page), occurrence=dates_in(page), time=other)
    answer = desk.post(BOOK, data)
    assert dates_in(answer.text)[0] == other
    assert not Appointment.objects.exists()


def test_a_date_that_was_taken_meanwhile_is_shown_with_what_is_free_nearby(desk: Client, clinic: Clinic) -> None:
    again = {"unit": "WEEKLY", "times": "2"}
    page = desk.post(BOOK, typed(clinic, do="preview", **again)).text
    clinic.visit(minutes=60 + 7 * 24 * 60)
    answer = desk.post(BOOK, typed(clinic, **again, preview=preview_in(page), occurrence=dates_in(page)))
    assert answer.status_code == 409
    assert "None of the visits was booked." in answer.text
    assert dates_in(answer.text) == [chosen(clinic), ""]
    assert f'value="{chosen(clinic, ELEVEN + WEEK + timedelta(minutes=30))}"' in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "WEEKLY"}, "Say how many visits there are to be."),
        ({"unit": "WEEKLY", "times": "500"}, "Ensure this value is less than or equal to 52."),
        ({"unit": "YEARLY", "times": "2"}, "Select a valid choice."),
        ({"unit": "WEEKLY", "times": "2", "weekdays": ["XX"]}, "Select a valid choice."),
        ({"unit": ""}, "Say how often the visit comes again."),
    ],
)
def test_what_is_no_rule_is_a_fault(desk: Client, clinic: Clinic, changes: dict[str, Any], words: str) -> None:
    answer = desk.post(BOOK, typed(clinic, do="preview", **changes))
    assert answer.status_code == 422
    assert words in answer.text


def test_several_weekdays_are_one_course(desk: Client, clinic: Clinic) -> None:
    page = desk.post(BOOK, typed(clinic, do="preview", unit="WEEKLY", times="4", weekdays=["WE", "SA"])).text
    days = [datetime.fromtimestamp(int(value.rsplit(".", 1)[1]), UTC).strftime("%a") for value in dates_in(page)]
    assert days == ["Mon", "Wed", "Sat", "Mon"]


def test_who_walks_in_is_booked_and_has_arrived(desk: Client, clinic: Clinic) -> None:
    answer = desk.post(BOOK, typed(clinic, walk_in="on"), follow=True)
    visit = Appointment.objects.get()
    assert (visit.status, visit.source, visit.token) == (AppointmentStatus.ARRIVED, BookingSource.WALK_IN, 1)
    assert "Yousef Mansour is here, with the number 1." in answer.text


def test_nobody_who_is_here_is_booked_for_tomorrow(desk: Client, clinic: Clinic) -> None:
    answer = desk.post(BOOK, typed(clinic, walk_in="on", time=chosen(clinic, ELEVEN + timedelta(days=1))))
    assert (answer.status_code, "Whoever is here already is booked for today." in answer.text) == (422, True)
    assert not Appointment.objects.exists()


def squeezed(clinic: Clinic, **changes: Any) -> dict[str, Any]:
    values = {"squeeze_at": "2026-11-23T11:00", "overbooked": "Fever since the night", "time": ""}
    return typed(clinic) | {"practitioner": clinic.salma.pk} | values | changes


def test_a_visit_is_squeezed_in_with_a_reason(head: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=60)
    answer = head.post(BOOK, squeezed(clinic), follow=True)
    visit = Appointment.objects.get(contact_name="Yousef Mansour")
    assert (visit.starts_at, visit.overbooked) == (ELEVEN, "Fever since the night")
    assert visit.reservations.get(resource=clinic.salma.pk).seat == 2
    assert "Booked for Yousef Mansour." in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"overbooked": ""}, "Say why this visit cannot wait."),
        ({"practitioner": ""}, "Say who is to see the patient in between."),
        ({"unit": "WEEKLY", "times": "2"}, "A visit that is squeezed in comes once only."),
        ({"squeeze_at": "soon"}, "Enter a valid date/time."),
        ({"squeeze_at": "0001-01-01T00:00"}, ""),
        ({"squeeze_at": "2026-11-23T23:00"}, "This time is no longer offered."),
    ],
)
def test_squeezing_in_needs_person_time_and_reason(
    head: Client, clinic: Clinic, changes: dict[str, str], words: str
) -> None:
    answer = head.post(BOOK, squeezed(clinic, **changes))
    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert not Appointment.objects.exists()


def test_with_several_places_squeezing_in_asks_where(head: Client, clinic: Clinic) -> None:
    LocationFactory()
    assert "Say where." in head.post(BOOK, squeezed(clinic)).text
    assert head.post(BOOK, squeezed(clinic, location=clinic.location.pk)).status_code == 302


def test_without_the_permission_nobody_is_squeezed_in(desk: Client, head: Client, clinic: Clinic) -> None:
    items = aside(
        head, clinic, **{name: squeezed(clinic)[name] for name in ("squeeze_at", "overbooked", "practitioner")}
    )
    assert "Squeeze the visit in" in head.get(BOOK).text
    assert "Squeeze the visit in" not in desk.get(BOOK).text
    for data in (squeezed(clinic), typed(clinic, item=items)):
        answer = desk.post(BOOK, data)
        assert answer.status_code == 403
        assert "You may not give a visit an extra seat." in answer.text
    assert not Appointment.objects.exists()


def test_the_next_free_times_stand_in_one_list_over_people_and_places(desk: Client, clinic: Clinic) -> None:
    elsewhere = WorkingPractitionerFactory(services=[clinic.service], hours__location=LocationFactory(name_en="Irbid"))
    page = desk.get("/admin/appointments/book/times/", {"service": clinic.service.pk}).text
    soonest = page[page.index("iyada-soonest") : page.index("iyada-columns")]
    for who in (clinic.salma, clinic.omar, elsewhere):
        assert who.name_en in soonest
    assert soonest.count('type="radio"') == 6


def test_when_a_week_has_nothing_the_next_free_times_are_those_after_it(desk: Client, clinic: Clinic) -> None:
    ClosureFactory(location=clinic.location, first_day=date(2026, 11, 23), last_day=date(2026, 12, 6))
    page = desk.get("/admin/appointments/book/times/", {"service": clinic.service.pk}).text
    assert "7 December 2026" in page


def test_typing_a_known_phone_name_or_address_shows_whose_it_is(desk: Client, clinic: Clinic) -> None:
    clinic.layla.email = "Layla@patients.example"
    clinic.layla.save(update_fields=["email"])
    for asked in (
        {"contact_phone": "079 123 4567"},
        {"contact_name": "Laila Hadad"},
        {"contact_name": "ليلي حداد", "contact_phone": "0"},
        {"contact_name": "Rand", "contact_phone": "0798880000", "contact_email": " layla@Patients.example"},
        {"contact_name": "Laila Hadad", "contact_phone": "079 123 4567", "contact_email": "layla@patients.example"},
    ):
        found = desk.post(SIMILAR, asked).json()["patients"]
        assert [patient["reference"] for patient in found] == [clinic.layla.reference]
    for asked in (
        {},
        {"contact_name": "Layla"},
        {"contact_name": "Omar Khoury", "contact_phone": "0798880000"},
        {"contact_email": "layla@patients"},
    ):
        assert desk.post(SIMILAR, asked).json() == {"patients": []}


@pytest.mark.parametrize("odd", ["\0", "-1", "9999-12-31T23:59", "0001-01-01T00:00", "9" * 400, "<script>", "a b"])
def test_whatever_is_typed_there_is_a_page(head: Client, clinic: Clinic, odd: str) -> None:
    names = ["unit", "every", "times", "weekdays", "squeeze_at", "overbooked", "walk_in", "occurrence", "preview"]
    for number, name in enumerate([*names, "drop", "item"]):
        data = squeezed(clinic, do=("book", "add", "preview")[number % 3], unit="WEEKLY", times="2") | {name: odd}
        assert head.post(BOOK, data).status_code in {200, 302, 409, 422}, name
    assert head.post(SIMILAR, {"contact_name": odd, "contact_phone": odd, "contact_email": odd}).status_code == 200
