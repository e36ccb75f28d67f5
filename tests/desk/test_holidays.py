"""Holidays out of a calendar file."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic.accounts.enums import Role
from clinic.directory.holidays import Holiday, read_holidays
from clinic.directory.models import Closure
from tests.accounts.cast import person
from tests.desk.conftest import Clinic, signed_in
from tests.factories.directory import ClosureFactory

IMPORT = "/admin/special-hours/holidays/"
TODAY = date(2026, 11, 23)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


EID = event("UID:1", "DTSTART;VALUE=DATE:20270520", "DTEND;VALUE=DATE:20270523", "SUMMARY:عيد الأضحى")
CHRISTMAS = event(
    "UID:2", "DTSTART;VALUE=DATE:20101225", "DTEND;VALUE=DATE:20101226", "RRULE:FREQ=YEARLY", "SUMMARY:Christmas"
)


@pytest.fixture
def office(db: None) -> Client:
    return signed_in(person("amal", role=Role.ADMINISTRATOR))


def upload(client: Client, data: bytes) -> Any:
    return client.post(IMPORT, {"calendar": SimpleUploadedFile("holidays.ics", data)})


def test_the_end_of_an_event_is_not_a_holiday_any_more() -> None:
    assert read_holidays(calendar(EID), today=TODAY) == [Holiday(date(2027, 5, 20), date(2027, 5, 22), "عيد الأضحى")]


def test_a_yearly_event_is_a_holiday_of_each_year_to_come() -> None:
    found = read_holidays(calendar(CHRISTMAS), today=TODAY)
    assert [each.first_day.year for each in found] == [2026, 2027, 2028]


@pytest.mark.parametrize(
    "odd",
    [
        event("UID:3", "SUMMARY:No day"),
        event("UID:3", "DTSTART;VALUE=DATE:20270101"),
        event("UID:3", "DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20290101", "SUMMARY:Two years"),
        event("UID:3", "DTSTART;VALUE=DATE:20200101", "SUMMARY:Over"),
        event("UID:3", "DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=SECONDLY", "SUMMARY:Each second"),
    ],
)
def test_what_is_no_holiday_is_left_out(odd: str) -> None:
    assert len(read_holidays(calendar(EID, odd), today=TODAY)) == 1


def test_holidays_are_shown_before_they_are_entered_and_known_names_come_in_both_languages(
    office: Client, clinic: Clinic
) -> None:
    ClosureFactory(name_en="Eid al-Adha", name_ar="عيد الأضحى", first_day=date(2026, 5, 27), last_day=date(2026, 5, 29))
    page = upload(office, calendar(EID, CHRISTMAS)).text
    assert 'value="Eid al-Adha"' in page
    assert Closure.objects.count() == 1


def typed(**more: str) -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-chosen": "on",
        "form-0-first_day": "2027-05-20",
        "form-0-last_day": "2027-05-22",
        "form-0-name_en": "Eid al-Adha",
        "form-0-name_ar": "عيد الأضحى",
        **more,
    }


def test_chosen_holidays_close_all_locations_once(office: Client, clinic: Clinic) -> None:
    for _twice in range(2):
        assert office.post(IMPORT, typed()).status_code == 302
    closure = Closure.objects.get()
    assert (closure.location, closure.first_day, closure.last_day) == (None, date(2027, 5, 20), date(2027, 5, 22))


def test_or_only_some_of_them(office: Client, clinic: Clinic) -> None:
    office.post(IMPORT, typed(locations=str(clinic.location.pk)))
    assert Closure.objects.get().location == clinic.location


def test_a_name_that_is_missing_is_asked_for_and_what_was_typed_stays(office: Client, clinic: Clinic) -> None:
    answer = office.post(IMPORT, typed(**{"form-0-name_ar": ""}))
    assert answer.status_code == 422
    assert "Visitors read it in both languages." in answer.text
    assert 'value="Eid al-Adha"' in answer.text
    assert not Closure.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-29", "", "x"])
def test_a_day_that_no_calendar_has_is_refused(office: Client, clinic: Clinic, day: str) -> None:
    assert office.post(IMPORT, typed(**{"form-0-first_day": day})).status_code == 422
    assert office.post(IMPORT, typed(**{"form-TOTAL_FORMS": "1500"})).status_code == 422
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Hello", "This is no calendar."),
        (b"\xff\xfe\x00", "This is no calendar."),
        (calendar(), "There are no days to come in this calendar."),
        (calendar(event("DTSTART:yesterday", "SUMMARY:x")), "This is no calendar."),
        (b"x" * 1_000_001, "This file is too large"),
    ],
)
def test_what_is_no_calendar_is_refused_in_words(office: Client, data: bytes, words: str) -> None:
    answer = upload(office, data)
    assert answer.status_code == 422
    assert words in answer.text


def test_reception_imports_no_holidays(desk: Client) -> None:
    assert desk.get(IMPORT).status_code == 302
