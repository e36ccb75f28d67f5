"""Another time for a visit, behind a signed link."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from clinic.audit.models import AuditEvent
from clinic.booking.choices import Choice, slot_value
from clinic.lib import clock
from clinic.messaging.models import Message
from clinic.scheduling.actions import cancel_appointment, move_appointment
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import cancel_token, move_token, view_token
from clinic.scheduling.models import Appointment, Reservation
from tests.booking.conftest import SmallClinic
from tests.factories.directory import LocationFactory, WorkingPractitionerFactory
from tests.factories.scheduling import rewrite


def address(appointment: Appointment, language: str = "en") -> str:
    return f"/{language}/book/move/{move_token(appointment)}/"


def slot(choice: Choice) -> str:
    return slot_value(choice.practitioner, choice.location, choice.starts_at)


def stands(appointment: Appointment) -> tuple[Any, ...]:
    """What must not change when a move fails."""
    appointment.refresh_from_db()
    reserved = Reservation.objects.filter(appointment=appointment).values_list("resource", "during")
    return appointment.starts_at, appointment.practitioner_id, appointment.revision, appointment.status, list(reserved)


@pytest.mark.parametrize(
    ("language", "asked", "done"),
    [
        ("en", "When would you like to come instead?", "Your visit has a new time"),
        ("ar", "متى تودّون الحضور بدلًا من ذلك؟", "تغيّر وقت موعدكم"),
    ],
)
def test_a_patient_chooses_another_time(
    client: Client, small_clinic: SmallClinic, language: str, asked: str, done: str
) -> None:
    appointment = small_clinic.book(language=language)
    wanted = small_clinic.choice(4)

    times = client.get(address(appointment, language))
    question = client.get(address(appointment, language), {"slot": slot(wanted)})
    answer = client.post(address(appointment, language), {"slot": slot(wanted), "revision": "0"}, follow=True)

    assert asked in times.text
    assert f'value="{slot(wanted)}"' in times.text
    assert question.status_code == 200
    assert done in answer.text
    assert "no-store" in times["Cache-Control"]
    assert stands(appointment)[:4] == (wanted.starts_at, small_clinic.doctor.pk, 1, AppointmentStatus.BOOKED)
    assert small_clinic.choice().starts_at < wanted.starts_at  # the old time is free again
    event = AuditEvent.objects.get(verb="appointment.moved")
    assert event.actor_id is None
    [letter] = Message.objects.filter(kind="appointment_moved")
    assert (letter.revision, letter.language) == (1, language)


def test_looking_at_times_and_at_the_question_changes_nothing(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    before = stands(appointment)

    for path in ({}, {"doctor": "anyone"}, {"slot": slot(small_clinic.choice(2))}):
        assert client.get(address(appointment), path).status_code == 200

    assert stands(appointment) == before


def test_the_visit_may_go_to_another_doctor_and_place(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    place = LocationFactory(slug="irbid", name_en="Irbid branch")
    other = WorkingPractitionerFactory(slug="omar", services=[small_clinic.service], hours__location=place)
    at = small_clinic.choice(4).starts_at

    own = client.get(address(appointment))
    anyone = client.get(address(appointment), {"doctor": "anyone", "location": "irbid"})
    client.post(address(appointment), {"slot": slot_value(other, place, at), "revision": "0"})

    assert "omar~" not in own.text
    assert "omar~" in anyone.text
    appointment.refresh_from_db()
    assert (appointment.practitioner, appointment.location) == (other, place)


def test_a_time_that_is_taken_meanwhile_leaves_the_visit_where_it_was(
    client: Client, small_clinic: SmallClinic
) -> None:
    appointment = small_clinic.book()
    wanted = small_clinic.choice(4)
    small_clinic.book(4)
    before = stands(appointment)

    asked = client.get(address(appointment), {"slot": slot(wanted)})
    done = client.post(address(appointment), {"slot": slot(wanted), "revision": "0"})

    for page in (asked, done):
        assert page.status_code == 409
        assert "Your visit stays as it was" in page.text
        assert page.context["offers"]
        assert slot(wanted) not in [offer.value for offer in page.context["offers"]]
    assert stands(appointment) == before
    assert not Message.objects.filter(kind="appointment_moved").exists()


def test_pressing_the_button_twice_moves_once(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    sent = {"slot": slot(small_clinic.choice(4)), "revision": "0"}

    answers = [client.post(address(appointment), sent) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert stands(appointment)[2] == 1


@pytest.mark.parametrize("revision", ["0", "", "x", "9" * 30])
def test_a_visit_that_the_desk_has_moved_meanwhile_is_shown_first(
    client: Client, small_clinic: SmallClinic, revision: str
) -> None:
    appointment = small_clinic.book()
    move_appointment(appointment=appointment, starts_at=small_clinic.choice(2).starts_at, by=None)
    before = stands(appointment)

    page = client.post(address(appointment), {"slot": slot(small_clinic.choice(6)), "revision": revision})

    assert page.status_code == 409
    assert "Somebody else has just changed this visit" in page.text
    assert stands(appointment) == before


def test_after_the_cut_off_the_patient_is_asked_to_call(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    wanted = slot(small_clinic.choice(4))
    start = clock.now() + timedelta(minutes=30)  # the service's cut-off is an hour
    rewrite(starts_at=start, ends_at=start + timedelta(minutes=30))
    before = stands(appointment)

    asked = client.get(address(appointment))
    done = client.post(address(appointment), {"slot": wanted, "revision": "0"})

    assert (asked.status_code, done.status_code) == (200, 409)
    for page in (asked, done):
        assert "cannot be moved here any more" in page.text
        assert "tel:+96265550100" in page.text
    assert stands(appointment) == before


def test_what_a_person_arranged_is_moved_by_a_person(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    for change in ({"overbooked": "Fever"}, {"ends_at": appointment.ends_at + timedelta(minutes=30)}):
        Appointment.objects.filter(pk=appointment.pk).update(overbooked="", ends_at=appointment.ends_at)
        Appointment.objects.filter(pk=appointment.pk).update(**change)
        assert "cannot be moved here" in client.get(address(appointment)).text
    Appointment.objects.filter(pk=appointment.pk).update(overbooked="", ends_at=appointment.ends_at)
    small_clinic.service.is_public = False
    small_clinic.service.save()

    assert "cannot be moved here" in client.get(address(appointment)).text


def test_a_cancelled_visit_is_booked_again_rather_than_moved(client: Client, small_clinic: SmallClinic) -> None:
    appointment = cancel_appointment(appointment=small_clinic.book(), by=None)

    page = client.get(address(appointment))
    answer = client.post(address(appointment), {"slot": slot(small_clinic.choice(4)), "revision": "1"})

    assert "Your visit is cancelled" in page.text
    assert "/en/book/skin-check/" in page.text
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "x",
        "~~",
        "salma-odeh~amman~yesterday",
        "nobody~amman~2026-12-01T08:00Z",
        "salma-odeh~nowhere~2026-12-01T08:00Z",
    ],
)
def test_a_time_that_is_none_is_not_found(client: Client, small_clinic: SmallClinic, wanted: str) -> None:
    appointment = small_clinic.book()
    before = stands(appointment)

    assert client.get(address(appointment), {"slot": wanted}).status_code == 404
    assert client.post(address(appointment), {"slot": wanted, "revision": "0"}).status_code == 404
    assert client.get(address(appointment), {"from": "never"}).status_code == 404
    assert stands(appointment) == before


def test_a_time_outside_the_hours_is_refused_in_words(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    before = stands(appointment)
    at_night = appointment.starts_at + timedelta(days=3, hours=12)
    odd = Choice(small_clinic.service, small_clinic.doctor, small_clinic.location, at_night)

    page = client.post(address(appointment), {"slot": slot(odd), "revision": "0"})

    assert page.status_code == 409
    assert "This time is no longer offered" in page.text
    assert stands(appointment) == before


def test_a_stranger_moves_nothing(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    before = stands(appointment)
    sent = {"slot": slot(small_clinic.choice(4)), "revision": "0"}

    for token in (view_token(appointment), cancel_token(appointment), appointment.reference, "x" * 3000, "%00"):
        for answer in (client.get(f"/en/book/move/{token}/"), client.post(f"/en/book/move/{token}/", sent)):
            assert answer.status_code == 404
            assert appointment.spoken_reference not in answer.text
    assert stands(appointment) == before


def test_a_link_that_is_over_says_so(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    start = clock.now() - timedelta(minutes=1)
    rewrite(starts_at=start, ends_at=start + timedelta(minutes=30))

    assert client.get(address(appointment)).status_code == 410


def test_somebody_who_moves_without_end_is_stopped(
    another_browser: Client, small_clinic: SmallClinic, settings: Settings
) -> None:
    settings.BOOKINGS_PER_VISITOR = 1
    appointment = small_clinic.book()
    another_browser.post(address(appointment), {"slot": slot(small_clinic.choice(4)), "revision": "0"})

    page = another_browser.post(address(appointment), {"slot": slot(small_clinic.choice(6)), "revision": "1"})

    assert page.status_code == 429
    assert stands(appointment)[2] == 1


def test_the_times_take_the_same_number_of_queries_for_one_doctor_and_for_three(
    client: Client, small_clinic: SmallClinic, django_assert_num_queries: Any
) -> None:
    appointment = small_clinic.book()
    tomorrow = clock.local_day(clock.now(), small_clinic.location.time_zone) + timedelta(days=1)
    asked = {"doctor": "anyone", "from": tomorrow.isoformat()}
    client.get(address(appointment))
    with django_assert_num_queries(QUERIES):
        client.get(address(appointment), asked)
    for slug in ("omar", "rana"):
        WorkingPractitionerFactory(slug=slug, services=[small_clinic.service], hours__location=small_clinic.location)

    with django_assert_num_queries(QUERIES):
        client.get(address(appointment), asked)


QUERIES = 13
