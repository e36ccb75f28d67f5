"""The list of what waits for the clinic's answer, and answering it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in

LIST = "/admin/appointments/approvals/"
QUERIES = 12


def asked(clinic: Clinic, *, minutes: int = 24 * 60, **fields: Any) -> Appointment:
    """Layla's request for a visit so many minutes from now, to be answered within two hours."""
    return clinic.visit(minutes=minutes, status="pending", approve_by=NOW + timedelta(hours=2), **fields)


def answer(desk: Client, visit: Appointment, word: str, **data: Any) -> Any:
    sent = {f"{visit.reference}-{name}": value for name, value in {"revision": visit.revision, **data}.items()}
    return desk.post(f"/admin/appointments/{visit.reference}/{word}/", {**sent, "next": LIST}, follow=True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_each_request_in_a_constant_number_of_queries(
    desk: Client, clinic: Clinic, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        asked(clinic, minutes=1440 + 60 * number, note="With a stick")
    clinic.visit()
    desk.get(LIST)

    with django_assert_num_queries(QUERIES):
        page = desk.get(LIST)

    assert page.text.count('<li class="iyada-request ') == count
    assert "With a stick" in page.text
    assert f"To approve ({count})" in page.text, "the menu counts them"


def test_the_first_page_and_the_day_list_name_what_waits(desk: Client, clinic: Clinic) -> None:
    visit = asked(clinic, minutes=120)

    assert "1 request waits for your answer." in desk.get("/admin/").text
    day = desk.get("/admin/appointments/").text
    assert "Waiting for approval" in day
    assert "Approve or refuse" in day
    board = desk.get(f"/admin/appointments/board/data/?day=2026-11-23&location={clinic.location.pk}")
    assert '"status": "pending"' in board.text
    assert visit.reference in board.text


def test_a_desk_approves_and_takes_it_back(desk: Client, clinic: Clinic) -> None:
    visit = asked(clinic)

    page = answer(desk, visit, "approve")

    visit.refresh_from_db()
    assert visit.status == "booked"
    assert "The appointment of Layla Haddad is booked." in page.text
    assert "Nothing waits for an answer." in page.text
    desk.post("/admin/appointments/undo/")
    visit.refresh_from_db()
    assert visit.status == "pending"
    assert "Undone: approval" in desk.get(f"/admin/appointments/{visit.reference}/").text


def test_a_desk_refuses_with_a_reason_that_the_history_shows(desk: Client, clinic: Clinic) -> None:
    visit = asked(clinic, language="ar")
    assert "الرجاء" in desk.get(LIST).text, "reasons are offered in the patient's language"

    answer(desk, visit, "refuse", reason="Please send a referral first.")

    visit.refresh_from_db()
    assert (visit.status, visit.ending) == ("cancelled", "refused")
    page = desk.get(f"/admin/appointments/{visit.reference}/").text
    assert page.count("Please send a referral first.") == 2
    assert "Not approved" in page


def test_a_refusal_without_a_reason_is_asked_for_one_in_place(desk: Client, clinic: Clinic) -> None:
    visit, other = asked(clinic), asked(clinic, minutes=3000)

    page = answer(desk, visit, "refuse", reason=" ")

    assert page.status_code == 422
    assert page.text.count('<details class="iyada-cancel" open>') == 1
    assert other.reference in page.text
    visit.refresh_from_db()
    assert visit.status == "pending"


def test_what_another_desk_answered_meanwhile_is_told(desk: Client, clinic: Clinic) -> None:
    visit = asked(clinic)
    answer(signed_in(person("sami", role=Role.RECEPTIONIST)), visit, "approve")

    page = answer(desk, visit, "refuse", reason="No")

    assert "Somebody else has changed this appointment meanwhile. It is now: Booked." in page.text


def test_a_request_past_its_deadline_is_not_offered_any_more(
    desk: Client, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = asked(clinic)
    monkeypatch.setattr("clinic.lib.clock.now", lambda: NOW + timedelta(hours=2))

    assert "Nothing waits for an answer." in desk.get(LIST).text
    assert "The time to approve this request has run out." in answer(desk, visit, "approve").text


def test_a_clinician_answers_their_own_requests_and_nobody_elses(clinic: Clinic) -> None:
    doctor = person("salma", role=Role.CLINICIAN)
    clinic.salma.user = doctor
    clinic.salma.save(update_fields=["user"])
    own, other = asked(clinic), asked(clinic, practitioner=clinic.omar)
    desk = signed_in(doctor)

    page = desk.get(LIST).text

    assert own.reference in page
    assert other.reference not in page
    assert answer(desk, other, "approve").status_code == 404
    assert answer(desk, own, "approve").status_code == 200
    other.refresh_from_db()
    assert other.status == "pending"


@pytest.mark.parametrize("address", [LIST, "/admin/appointments/AAAAAAAAAA/approve/"])
def test_who_may_not_change_visits_answers_nothing(clinic: Clinic, address: str) -> None:
    author = signed_in(person("aya", role=Role.AUTHOR))

    assert author.get(address).status_code in (302, 405)
    assert "To approve" not in author.get("/admin/").text


@pytest.mark.parametrize("data", [{}, {"revision": "x"}, {"revision": "9" * 400}])
def test_an_approval_that_names_no_revision_is_refused(desk: Client, clinic: Clinic, data: dict[str, str]) -> None:
    visit = asked(clinic)
    sent = {f"{visit.reference}-{name}": value for name, value in data.items()}

    assert desk.post(f"/admin/appointments/{visit.reference}/approve/", sent).status_code in (302, 403)
    visit.refresh_from_db()
    assert visit.status == "pending"
