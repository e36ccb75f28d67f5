"""Many coming visits under one number or address: with a code its owner goes on, and no stranger can stop them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from pytest_django import Settings

from clinic.booking import forms
from clinic.booking.models import ContactCode
from clinic.booking.rules import MOST_COMING_VISITS, MOST_PROVEN_VISITS
from clinic.messaging.delivery import deliver_due
from clinic.scheduling.models import Appointment
from tests.booking.conftest import TYPED, SmallClinic
from tests.booking.test_codes import ADDRESS, asks_by, form, hidden, right

OTHER = {"email": "nour@patients.example", "phone": "079 765 4321"}
NUMBER, MAILBOX = {"email": OTHER["email"]}, {"phone": OTHER["phone"]}  # what else is typed beside the crowded one


@pytest.fixture
def texting(settings: Settings, tmp_path: Path) -> Path:
    """The folder of what the clinic sends by SMS."""
    settings.SMS_GATEWAY = "clinic.messaging.sms.folder.FolderGateway"
    settings.SMS_FOLDER = tmp_path
    return tmp_path


def crowd(clinic: SmallClinic, *, visits: int = MOST_COMING_VISITS, proven: str = "") -> None:
    """Somebody has booked under Layla's name, number and address, again and again."""
    booked = [clinic.book().pk for _number in range(visits)]
    Appointment.objects.filter(pk__in=booked).update(proven=proven)


def ask(client: Client, clinic: SmallClinic, *, language: str = "en", **typed: str) -> Any:
    return client.post(f"/{language}/book/skin-check/details/", form(clinic, **typed))


@pytest.mark.parametrize("others", [{}, NUMBER, MAILBOX])
def test_whoever_typed_a_number_eight_times_is_asked_for_a_code(
    client: Client, small_clinic: SmallClinic, others: dict[str, str]
) -> None:
    answers = [
        client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED, **others}) for _ in range(MOST_COMING_VISITS + 1)
    ]

    assert [answer.status_code for answer in answers] == [303] * MOST_COMING_VISITS + [200]
    assert "Enter the code" in answers[-1].text
    assert Appointment.objects.count() == MOST_COMING_VISITS


@pytest.mark.parametrize(
    ("language", "why"), [("en", "many coming visits under this number already"), ("ar", "لذا نتأكد أولًا من أنه رقمكم")]
)
def test_a_stranger_who_typed_a_number_does_not_stop_its_owner(
    client: Client, small_clinic: SmallClinic, texting: Path, language: str, why: str
) -> None:
    crowd(small_clinic)

    page = ask(client, small_clinic, language=language, **NUMBER)
    deliver_due()
    [text] = [each.read_text() for each in texting.glob("*.json") if right() in each.read_text()]
    booked = client.post(page.request["PATH_INFO"], {**hidden(page), "code": right()})

    assert why in page.text
    assert "+962791234567" in text
    assert booked.status_code == 303
    assert Appointment.objects.latest("pk").proven == "sms"


@pytest.mark.parametrize("others", [{}, MAILBOX])
def test_a_crowded_mailbox_is_asked_by_mail(
    client: Client, small_clinic: SmallClinic, texting: Path, others: dict[str, str]
) -> None:
    crowd(small_clinic)

    page = ask(client, small_clinic, **{**others, "email": "Layla@patients.example"})

    assert ContactCode.objects.get().channel == "email"
    assert client.post(ADDRESS, {**hidden(page), "code": right()}).status_code == 303
    assert Appointment.objects.latest("pk").proven == "email"


def test_a_number_that_no_sms_reaches_is_asked_by_mail(client: Client, small_clinic: SmallClinic) -> None:
    crowd(small_clinic)

    page = ask(client, small_clinic, **NUMBER)

    assert "many coming visits under this number" in page.text
    assert "nour@patients.example" in page.text
    assert client.post(ADDRESS, {**hidden(page), "code": right()}).status_code == 303


def test_without_the_code_nothing_is_booked(client: Client, small_clinic: SmallClinic, settings: Settings) -> None:
    settings.CODES_PER_CONTACT = 1
    crowd(small_clinic)
    page = ask(client, small_clinic)

    wrong = client.post(ADDRESS, {**hidden(page), "code": f"{(int(right()) + 1) % 10**6:06}"})
    again = ask(client, small_clinic, key="another-form")

    assert (wrong.status_code, again.status_code) == (422, 429)
    assert "Too many codes" in again.text
    assert Appointment.objects.count() == MOST_COMING_VISITS


def test_confirmed_visits_crowd_nobody(client: Client, small_clinic: SmallClinic) -> None:
    crowd(small_clinic, proven="email")

    assert ask(client, small_clinic).status_code == 303


@pytest.mark.parametrize("prepare", [lambda clinic: asks_by(clinic, "email"), crowd])
def test_confirmed_visits_have_an_end_too(
    client: Client, small_clinic: SmallClinic, prepare: Callable[[SmallClinic], Any]
) -> None:
    crowd(small_clinic, visits=MOST_PROVEN_VISITS, proven="email")
    prepare(small_clinic)

    page = ask(client, small_clinic, phone=OTHER["phone"], email="Layla@Patients.example")

    assert page.status_code == 422
    assert "many coming visits under this e-mail address" in page.text
    assert "Please call us" in page.text
    assert not ContactCode.objects.exists()


def test_unconfirmed_visits_are_nothing_where_each_is_confirmed(client: Client, small_clinic: SmallClinic) -> None:
    crowd(small_clinic, visits=MOST_PROVEN_VISITS)
    asks_by(small_clinic, "email")

    page = ask(client, small_clinic)

    assert "many coming visits" not in page.text
    assert client.post(ADDRESS, {**hidden(page), "code": right()}).status_code == 303


def test_the_form_that_made_the_last_visit_gets_the_same_answer(client: Client, small_clinic: SmallClinic) -> None:
    crowd(small_clinic, visits=MOST_COMING_VISITS - 1)
    typed = form(small_clinic)

    first, second = client.post(ADDRESS, typed), client.post(ADDRESS, typed)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]


def test_without_that_code_a_flood_would_go_on(
    client: Client, small_clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "channel_to_owner", Mock(return_value=""))
    crowd(small_clinic)

    assert ask(client, small_clinic).status_code == 303
