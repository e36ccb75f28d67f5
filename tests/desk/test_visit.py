from unittest import mock

import pytest
from django.test import Client

from clinic.audit.models import AuditEvent
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from tests.desk.conftest import Clinic


def step(desk: Client, visit: Appointment, status: str, *, revision: int | None = None, **extra: object):
    data = {"status": status, "revision": visit.revision if revision is None else revision, **extra}
    return desk.post(f"/admin/appointments/{visit.reference}/step/", data, follow=True)


def test_the_page_shows_everything_about_the_visit(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(note="Brings a letter")
    page = desk.get(f"/admin/appointments/{visit.reference}/").text
    for text in (
        "Layla Haddad",
        visit.spoken_reference,
        "Dr. Salma Nasser",
        "Consultation",
        "Brings a letter",
        "11:00",
    ):
        assert text in page


def test_arrived_then_completed_then_undone(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    for status in ("arrived", "fulfilled", "booked"):
        step(desk, visit, status)
        visit.refresh_from_db()
        assert visit.status == status
    page = desk.get(f"/admin/appointments/{visit.reference}/").text
    assert "Arrived (before: Booked)" in page
    assert "Completed (before: Arrived)" in page
    assert "Rania Staff" in page


def test_the_history_is_told_in_the_readers_language(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    step(desk, visit, "arrived")
    event = AuditEvent.objects.get(subject=visit.reference)
    assert (event.verb, event.actor_name) == ("appointment.status", "Rania Staff")


def test_what_another_desk_changed_meanwhile_is_told_and_kept(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    step(desk, visit, "arrived")
    answer = step(desk, visit, "booked", revision=0)
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.ARRIVED
    assert "Somebody else has changed this appointment meanwhile. It is now: Arrived." in answer.text


def test_nobody_arrives_on_another_day(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=24 * 60)
    page = desk.get(f"/admin/appointments/{visit.reference}/").text
    assert "Has arrived" not in page
    assert "on the day of their visit only" in step(desk, visit, "arrived").text


def test_a_visit_is_cancelled_with_a_reason(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    data = {"reason": "The patient is ill", "revision": 0}
    page = desk.post(f"/admin/appointments/{visit.reference}/cancel/", data, follow=True).text
    visit.refresh_from_db()
    assert (visit.status, visit.cancel_reason) == (AppointmentStatus.CANCELLED, "The patient is ill")
    assert not visit.reservations.exists()
    assert "The patient is ill" in page


def test_cancelling_asks_for_a_reason_and_keeps_the_page(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    answer = desk.post(f"/admin/appointments/{visit.reference}/cancel/", {"reason": "", "revision": 0})
    visit.refresh_from_db()
    assert answer.status_code == 422
    assert visit.status == AppointmentStatus.BOOKED


def test_a_visit_that_has_arrived_meanwhile_is_not_cancelled_by_an_old_page(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    step(desk, visit, "arrived")
    data = {"reason": "Booked by mistake", "revision": 0}
    page = desk.post(f"/admin/appointments/{visit.reference}/cancel/", data, follow=True).text
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.ARRIVED
    assert "It is now: Arrived." in page


def test_nothing_is_changed_when_the_event_cannot_be_written(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    fault = RuntimeError("no room for events")
    with mock.patch("clinic.scheduling.actions.changes.record_event", side_effect=fault), pytest.raises(RuntimeError):
        step(desk, visit, "arrived")
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == (AppointmentStatus.BOOKED, 0)


def test_changes_need_a_token_and_a_post(clinic: Clinic, desk: Client) -> None:
    visit = clinic.visit(minutes=10)
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = desk.cookies
    url = f"/admin/appointments/{visit.reference}/step/"
    assert careful.post(url, {"status": "arrived", "revision": 0}).status_code == 403
    assert desk.get(url).status_code == 405
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.BOOKED


@pytest.mark.parametrize("data", [{}, {"status": "cancelled", "revision": 0}, {"status": "arrived", "revision": "x"}])
def test_nonsense_changes_nothing(desk: Client, clinic: Clinic, data: dict[str, object]) -> None:
    visit = clinic.visit(minutes=10)
    assert desk.post(f"/admin/appointments/{visit.reference}/step/", data).status_code == 302
    visit.refresh_from_db()
    assert visit.revision == 0


def test_after_a_step_in_the_list_the_list_comes_back(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    data = {"status": "arrived", "revision": 0, "next": "/admin/appointments/?span=7"}
    assert desk.post(f"/admin/appointments/{visit.reference}/step/", data)["Location"] == "/admin/appointments/?span=7"
    data = {"status": "booked", "revision": 1, "next": "https://evil.example/"}
    assert desk.post(f"/admin/appointments/{visit.reference}/step/", data)["Location"].endswith(f"/{visit.reference}/")
