"""What a patient in the waiting room reads on the page of their visit."""

from datetime import timedelta

import pytest
from django.test import Client

from clinic.lib import clock
from clinic.scheduling.actions import call_next, change_status, tell_lateness
from clinic.scheduling.links import view_token
from clinic.scheduling.models import Appointment
from tests.booking.conftest import SmallClinic


@pytest.fixture
def waiting(small_clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch) -> Appointment:
    """Layla, who has come ten minutes early, and whose doctor is late."""
    visit = small_clinic.book()
    early = visit.starts_at - timedelta(minutes=10)
    monkeypatch.setattr(clock, "now", lambda: early)
    tell_lateness(practitioner=visit.practitioner, location=visit.location, minutes=25, by=None)
    return change_status(appointment=visit, status="arrived", by=None)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Your number is <b>1</b>.", "0 people are before you.", "is running about 25 minutes late.")),
        ("ar", ("رقمكم <b>1</b>.", "لا أحد قبلكم.", "نحو 25 دقيقة.")),
    ],
)
def test_the_patient_reads_their_number_and_the_delay(
    client: Client, waiting: Appointment, language: str, told: tuple[str, ...]
) -> None:
    page = client.get(f"/{language}/book/visit/{view_token(waiting)}/").text
    for text in told:
        assert text in page, text


def test_whoever_is_called_is_asked_to_come_in(client: Client, waiting: Appointment) -> None:
    call_next(practitioner=waiting.practitioner, location=waiting.location, seen=waiting.reference, by=None)
    page = client.get(f"/en/book/visit/{view_token(waiting)}/").text
    assert "Please come in: your number has been called." in page
    assert "25 minutes late" not in page


def test_before_the_day_there_is_no_line(client: Client, small_clinic: SmallClinic) -> None:
    visit = small_clinic.book()
    tell_lateness(practitioner=visit.practitioner, location=visit.location, minutes=25, by=None)
    assert "In the waiting room" not in client.get(f"/en/book/visit/{view_token(visit)}/").text
