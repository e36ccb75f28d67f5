"""Whatever stands in an address or a form of the desk, the answer is a page, never a fault of the server."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from clinic.scheduling.models import Appointment
from tests.desk.conftest import NOW, Clinic

ODD = [
    "\0",
    "a\0b",
    "-1",
    "0001-01-01",
    "9999-12-31",
    "9" * 400,
    "٣",
    "<script>",
    "1.1.253402300799",
    "a\r\nb: c",
    "²²²²",
]


@pytest.mark.parametrize("odd", ODD)
def test_the_filters_of_the_day(desk: Client, clinic: Clinic, odd: str) -> None:
    for name in ("day", "span", "location", "practitioner", "status", "q", "p"):
        assert desk.get("/admin/appointments/", {name: odd}).status_code == 200, name


@pytest.mark.parametrize("odd", ODD)
def test_looking_for_a_time(desk: Client, clinic: Clinic, odd: str) -> None:
    asked = {"service": clinic.service.pk}
    names = ("service", "practitioner", "location", "day", "go", "open", "time", "patient", "query", "key")
    for name in names:
        assert desk.get("/admin/appointments/book/times/", {**asked, name: odd}).status_code == 200, name
    assert desk.get("/admin/appointments/book/", dict.fromkeys(names, odd) | asked).status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_booking_and_finding_a_caller(desk: Client, clinic: Clinic, odd: str) -> None:
    typed = {"service": clinic.service.pk, "contact_name": "Rana", "contact_phone": "079 123 4567", "do": "book"}
    for name in ("day", "patient", "key", "time", "query", "pick", "week", "note", "contact_name", "language", "do"):
        assert desk.post("/admin/appointments/book/", {**typed, name: odd}).status_code in (200, 409, 422), name
    assert desk.post("/admin/appointments/book/patients/", {"query": odd}).status_code == 200


@pytest.mark.parametrize("odd", [*ODD, "//evil.example", "https://evil.example", "x"])
def test_a_change_leads_back_to_a_page_of_the_clinic(desk: Client, clinic: Clinic, odd: str) -> None:
    visit = clinic.visit()
    for change in ("step", "cancel"):
        typed = {"revision": 7, "status": "arrived", "reason": "Ill", "next": odd}
        answer = desk.post(f"/admin/appointments/{visit.reference}/{change}/", typed)
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]


def test_a_visit_put_aside_under_half_a_letter_is_booked_under_a_whole_one(desk: Client, clinic: Clinic) -> None:
    starts_at = NOW + timedelta(days=1)
    aside = {
        "service": clinic.service.pk,
        "time": f"{clinic.salma.pk}.{clinic.location.pk}.{int(starts_at.timestamp())}",
        "contact_name": "Rana \ud800",
        "contact_phone": "079 123 4568",
        "language": "en",
    }
    typed = {"item": json.dumps(aside), "key": "6f6a4f0e-5a0b-4b53-9a52-0d1f6b0f8f11"}
    assert desk.post("/admin/appointments/book/", typed).status_code == 200
    assert desk.post("/admin/appointments/book/", {**typed, "do": "book"}).status_code == 302
    assert Appointment.objects.get().contact_name == "Rana ?"
