"""The button that takes back what was just done, and who may press it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Deed
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.desk.test_move import address, drag, stands, typed

UNDO = "/admin/appointments/undo/"


def arrive(desk: Client, visit: Appointment, **extra: Any) -> str:
    data = {"status": "arrived", "revision": visit.revision, **extra}
    return desk.post(f"/admin/appointments/{visit.reference}/step/", data, follow=True).text


def state(visit: Appointment) -> tuple[str, int]:
    visit.refresh_from_db()
    return visit.status, visit.revision


def deed_in(page: str) -> str:
    found = re.search(r'name="deed" value="(\w+)"', page)
    assert found
    return found.group(1)


def test_the_button_beside_the_message_takes_it_back(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    page = arrive(desk, visit, next="/admin/appointments/?span=7")
    assert 'name="next" value="/admin/appointments/?span=7"' in page
    answer = desk.post(UNDO, {"deed": deed_in(page), "next": "/admin/appointments/?span=7"}, follow=True)
    assert state(visit) == ("booked", 2)
    assert answer.redirect_chain[0][0] == "/admin/appointments/?span=7"
    assert "Undone." in answer.text
    assert "Undone: change of status" in desk.get(f"/admin/appointments/{visit.reference}/").text


def test_a_cancellation_is_taken_back_with_its_time(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    url = f"/admin/appointments/{visit.reference}/cancel/"
    page = desk.post(url, {"reason": "The patient is ill", "revision": 0}, follow=True).text
    desk.post(UNDO, {"deed": deed_in(page)})
    visit.refresh_from_db()
    assert (visit.status, visit.cancel_reason) == (AppointmentStatus.BOOKED, "")
    assert visit.reservations.exists()


def test_a_time_that_was_taken_meanwhile_is_told_and_kept(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    url = f"/admin/appointments/{visit.reference}/cancel/"
    desk.post(url, {"reason": "The patient is ill", "revision": 0})
    theirs = clinic.visit()
    answer = desk.post(UNDO, follow=True)
    assert "This time has been taken meanwhile, so nothing was undone." in answer.text
    assert (state(visit)[0], state(theirs)[0]) == ("cancelled", "booked")


def test_after_half_a_minute_it_is_too_late(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    page = arrive(desk, visit)
    Deed.objects.update(done_at=NOW - timedelta(seconds=31))
    answer = desk.post(UNDO, {"deed": deed_in(page)}, follow=True)
    assert "This can no longer be undone." in answer.text
    assert state(visit) == ("arrived", 1)


def test_a_drag_offers_the_way_back_and_so_does_the_form(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    moved = drag(desk, visit, clinic, time="14:30").json()
    assert stands(visit)[0] == "11:30"
    desk.post(UNDO, {"deed": deed_in(moved["undo"])})
    assert stands(visit) == ("08:00", "Dr. Salma Nasser", 2)
    page = desk.post(address(visit), typed(visit, clinic, time="14:30"), follow=True).text
    desk.post(UNDO, {"deed": deed_in(page)})
    assert stands(visit)[0] == "08:00"


def test_a_program_gets_json(desk: Client, clinic: Clinic) -> None:
    arrive(desk, clinic.visit(minutes=10))
    answers = [desk.post(UNDO, headers={"accept": "application/json"}) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[0].json() == {"undone": True, "message": "Undone."}


def test_nobody_takes_back_what_a_colleague_did(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    deed = deed_in(arrive(desk, visit))
    for role in (Role.RECEPTIONIST, Role.CLINICIAN, Role.EDITOR):
        stranger = signed_in(person(f"the-{role}", role=role))
        stranger.post(UNDO, {"deed": deed})
        stranger.post(UNDO)
    assert state(visit) == ("arrived", 1)


@pytest.mark.parametrize("odd", ["\0", "9" * 400, "<script>", "٣"])
def test_nonsense_undoes_nothing(desk: Client, clinic: Clinic, odd: str) -> None:
    visit = clinic.visit(minutes=10)
    arrive(desk, visit)
    assert desk.post(UNDO, {"deed": f"x{odd}", "next": odd}).status_code == 302
    assert desk.get(UNDO).status_code == 405
    assert state(visit) == ("arrived", 1)
