"""The promise to come, behind a signed link."""

from datetime import timedelta

import pytest
from django.test import Client

from clinic.audit.models import AuditEvent
from clinic.lib import clock
from clinic.scheduling.actions import ChangeRefused, cancel_appointment, move_appointment
from clinic.scheduling.actions.confirmations import confirm_attendance
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import cancel_token, confirm_token, view_token
from clinic.scheduling.models import Appointment
from tests.booking.conftest import SmallClinic
from tests.factories.scheduling import rewrite


def address(appointment: Appointment, language: str = "en") -> str:
    return f"/{language}/book/confirm/{confirm_token(appointment)}/"


@pytest.mark.parametrize(
    ("language", "asked", "thanks"),
    [
        ("en", "Will you come?", "Thank you, we expect you"),
        ("ar", "هل ستحضرون؟", "شكرًا لكم، نحن بانتظاركم"),
    ],
)
def test_a_patient_promises_to_come(
    client: Client, small_clinic: SmallClinic, language: str, asked: str, thanks: str
) -> None:
    appointment = small_clinic.book(language=language)
    page = client.get(address(appointment, language))

    done = client.post(address(appointment, language), {"revision": "0"}, follow=True)

    assert asked in page.text
    assert thanks in done.text
    assert "no-store" in page["Cache-Control"]
    appointment.refresh_from_db()
    assert appointment.confirmed_at is not None
    assert (appointment.status, appointment.revision) == (AppointmentStatus.BOOKED, 0)
    assert AuditEvent.objects.filter(verb="appointment.confirmed", subject=appointment.reference).count() == 1


def test_a_mail_scanner_that_follows_the_link_promises_nothing(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()

    assert client.get(address(appointment)).status_code == 200
    assert client.head(address(appointment)).status_code == 200

    appointment.refresh_from_db()
    assert appointment.confirmed_at is None


def test_promising_twice_is_promising_once(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    client.post(address(appointment), {"revision": "0"})
    appointment.refresh_from_db()
    first = appointment.confirmed_at

    assert client.post(address(appointment), {"revision": "0"}).status_code == 303

    appointment.refresh_from_db()
    assert appointment.confirmed_at == first
    assert AuditEvent.objects.filter(verb="appointment.confirmed").count() == 1


@pytest.mark.parametrize("revision", ["0", "", "x", "٠", "9" * 30, "-1", "\0"])
def test_nobody_promises_to_come_at_a_time_that_they_were_not_shown(
    client: Client, small_clinic: SmallClinic, revision: str
) -> None:
    appointment = small_clinic.book()
    moved = move_appointment(appointment=appointment, starts_at=small_clinic.choice(3).starts_at, by=None)

    page = client.post(address(appointment), {"revision": revision})

    assert page.status_code == 409
    assert "Somebody else has just changed this visit" in page.text
    assert moved.starts_at.strftime('datetime="%Y-%m-%d') in page.text
    moved.refresh_from_db()
    assert moved.confirmed_at is None


def test_a_promise_ends_with_the_time_that_it_was_given_for(small_clinic: SmallClinic) -> None:
    appointment = confirm_attendance(appointment=small_clinic.book(), by=None)

    moved = move_appointment(appointment=appointment, starts_at=small_clinic.choice(3).starts_at, by=None)

    assert moved.confirmed_at is None


def test_a_cancelled_visit_cannot_be_confirmed(client: Client, small_clinic: SmallClinic) -> None:
    appointment = cancel_appointment(appointment=small_clinic.book(), by=None)

    assert "Your visit is cancelled" in client.get(address(appointment)).text
    assert client.post(address(appointment), {"revision": "1"}).status_code == 409
    with pytest.raises(ChangeRefused, match="not_allowed"):
        confirm_attendance(appointment=appointment, by=None)


def test_after_the_visit_has_begun_the_link_is_over(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    start = clock.now() - timedelta(minutes=1)
    rewrite(starts_at=start, ends_at=start + timedelta(minutes=30))

    assert client.get(address(appointment)).status_code == 410


def test_a_stranger_confirms_nothing(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()

    for token in (view_token(appointment), cancel_token(appointment), appointment.reference, "x" * 3000, "%00"):
        for answer in (client.get(f"/en/book/confirm/{token}/"), client.post(f"/en/book/confirm/{token}/")):
            assert answer.status_code == 404
            assert appointment.spoken_reference not in answer.text
    appointment.refresh_from_db()
    assert appointment.confirmed_at is None


def test_another_site_cannot_make_a_browser_promise(small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()

    answer = Client(enforce_csrf_checks=True).post(address(appointment), {"revision": "0"})

    assert answer.status_code == 403
    appointment.refresh_from_db()
    assert appointment.confirmed_at is None
