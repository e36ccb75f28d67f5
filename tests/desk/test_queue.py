"""The queue as reception and clinicians see it, and who may lead whose."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.scheduling.models import Appointment, Lateness
from tests.accounts.cast import person, somebody_without_role
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.factories.directory import LocationFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import LatenessFactory

QUEUE = "/admin/appointments/queue/"
QUERIES = 9


def waiting(clinic: Clinic, token: int = 1, *, minutes: int = -20, **fields: Any) -> Appointment:
    """Somebody who has arrived twenty minutes ago."""
    since = NOW + timedelta(minutes=-20)
    return clinic.visit(
        minutes=minutes, status="arrived", arrived_at=since, token=token, token_day=NOW.date(), **fields
    )


def next_one(clinic: Clinic, visit: Appointment, **more: Any) -> dict[str, Any]:
    return {"practitioner": clinic.salma.pk, "location": clinic.location.pk, "seen": visit.reference, **more}


def late(clinic: Clinic, minutes: object) -> dict[str, Any]:
    return {"practitioner": clinic.salma.pk, "location": clinic.location.pk, "minutes": minutes}


def state(visit: Appointment) -> str:
    visit.refresh_from_db()
    return visit.status


@pytest.fixture
def salma(clinic: Clinic) -> Client:
    user = person("salma", role=Role.CLINICIAN)
    clinic.salma.user = user
    clinic.salma.save()
    return signed_in(user)


def test_the_queue_tells_who_waits_how_long_and_who_is_next(desk: Client, clinic: Clinic) -> None:
    waiting(clinic, token=7)
    clinic.visit(minutes=60, patient=PatientFactory(name_en="Yousef Mansour"))
    page = desk.get(QUEUE).text
    for text in ("Layla Haddad", "for 20 minutes", "Call next: 7", "Yousef Mansour", "Has arrived", "20 min"):
        assert text in page


def test_a_day_in_the_queue_from_arrival_to_completion(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    steps = f"/admin/appointments/{visit.reference}/step/"
    desk.post(steps, {"status": "arrived", "revision": 0, "next": QUEUE})
    answer = desk.post(f"{QUEUE}next/", next_one(clinic, visit, next=QUEUE), follow=True)
    assert "Called: number 1, Layla Haddad." in answer.text
    assert state(visit) == "called"
    again = f"/admin/appointments/{visit.reference}/again/"
    assert "Called again: number 1" in desk.post(again, {"revision": visit.revision}, follow=True).text
    visit.refresh_from_db()
    desk.post(steps, {"status": "consulting", "revision": visit.revision})
    visit.refresh_from_db()
    desk.post(steps, {"status": "fulfilled", "revision": visit.revision})
    assert state(visit) == "fulfilled"
    assert "waited 0 minutes" in desk.get(QUEUE).text


def test_one_press_completes_the_visit_before_and_calls_the_next(desk: Client, clinic: Clinic) -> None:
    before = waiting(clinic, token=1, minutes=-60)
    Appointment.objects.update(status="consulting", began_at=NOW)
    second = waiting(clinic, token=2, patient=PatientFactory(name_en="Yousef Mansour"))
    assert "Complete, and call 2" in desk.get(QUEUE).text
    desk.post(f"{QUEUE}next/", next_one(clinic, second, finish=before.reference, revision=before.revision))
    assert (state(before), state(second)) == ("fulfilled", "called")


def test_what_another_desk_did_meanwhile_is_told_and_nobody_is_called(desk: Client, clinic: Clinic) -> None:
    waiting(clinic, token=1, minutes=-60)
    second = waiting(clinic, token=2, patient=PatientFactory())
    answer = desk.post(f"{QUEUE}next/", next_one(clinic, second), follow=True)
    assert "The queue has just changed. Nobody was called" in answer.text
    assert state(second) == "arrived"


def test_a_delay_is_told_and_taken_back(desk: Client, clinic: Clinic) -> None:
    waiting(clinic)
    page = desk.post(f"{QUEUE}late/", late(clinic, 25), follow=True).text
    assert "Dr. Salma Nasser is about 25 minutes late." in page
    assert "25 minutes late" in desk.get(QUEUE).text
    assert "Dr. Salma Nasser is on time again." in desk.post(f"{QUEUE}late/", late(clinic, 0), follow=True).text
    assert not Lateness.objects.exists()


@pytest.mark.parametrize(("behind", "suggested"), [(22, 25), (25, 25), (500, 480)])
def test_the_delay_of_whoever_waits_longest_is_suggested(
    desk: Client, clinic: Clinic, behind: int, suggested: int
) -> None:
    waiting(clinic, minutes=-behind)
    field = f'id="minutes-{clinic.salma.pk}" name="minutes" min="0" max="480" value="{suggested}"'
    assert field in desk.get(QUEUE).text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("soon", "Say by how many minutes"),
        ("", "Say by how many minutes"),
        ("-5", "between 0 and 480"),
        ("9999", "between 0 and 480"),
        ("\0", "Say by how many minutes"),
    ],
)
def test_a_delay_that_makes_no_sense_is_explained_and_kept(
    desk: Client, clinic: Clinic, typed: str, fault: str
) -> None:
    waiting(clinic)
    answer = desk.post(f"{QUEUE}late/", late(clinic, typed))
    assert answer.status_code == 422
    assert fault in answer.text
    if typed.isprintable():
        assert f'value="{typed}" aria-invalid="true"' in answer.text
    assert not Lateness.objects.exists()


def test_a_clinician_leads_her_own_queue_and_sees_no_other(salma: Client, clinic: Clinic) -> None:
    own = waiting(clinic)
    other = waiting(clinic, token=2, practitioner=clinic.omar, patient=PatientFactory(name_en="Yousef Mansour"))
    page = salma.get(QUEUE).text
    assert "Layla Haddad" in page
    assert "Yousef Mansour" not in page
    salma.post(f"{QUEUE}next/", next_one(clinic, own))
    salma.post(f"{QUEUE}late/", late(clinic, 25))
    assert state(own) == "called"
    assert Lateness.objects.get().practitioner == clinic.salma
    theirs = {"practitioner": clinic.omar.pk, "location": clinic.location.pk}
    assert salma.post(f"{QUEUE}next/", {**theirs, "seen": other.reference}).status_code == 404
    assert salma.post(f"{QUEUE}late/", {**theirs, "minutes": 25}).status_code == 404
    assert salma.post(f"/admin/appointments/{other.reference}/again/", {"revision": 0}).status_code in (302, 404)
    taken = next_one(clinic, own, finish=other.reference, revision=0)
    assert salma.post(f"{QUEUE}next/", taken).status_code == 404
    assert state(other) == "arrived"
    assert Lateness.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, None])
def test_strangers_learn_nothing_of_the_queue_and_change_nothing(clinic: Clinic, role: Role | None) -> None:
    visit = waiting(clinic)
    stranger = signed_in(person("stranger", role=role) if role else somebody_without_role())
    assert "Layla" not in stranger.get(QUEUE, follow=True).text
    assert stranger.get(f"{QUEUE}screens/").status_code == 302
    stranger.post(f"{QUEUE}next/", next_one(clinic, visit))
    stranger.post(f"{QUEUE}late/", late(clinic, 25))
    stranger.post(f"{QUEUE}screens/", {"location": clinic.location.pk, "do": "open"})
    assert state(visit) == "arrived"
    assert not Lateness.objects.exists()
    assert not hasattr(clinic.location, "waiting_screen")


@pytest.mark.parametrize("odd", ["\0", "a\0b", "-1", "9" * 400, "٣", "<script>", ""])
def test_nonsense_is_answered_with_a_page(desk: Client, clinic: Clinic, odd: str) -> None:
    visit = waiting(clinic)
    for name in ("location", "practitioner", "part"):
        assert desk.get(QUEUE, {name: odd}).status_code == 200, name
    for name in ("location", "practitioner", "seen", "finish", "revision", "next"):
        answer = desk.post(f"{QUEUE}next/", {**next_one(clinic, visit), name: odd})
        assert answer.status_code in (302, 404), name
    for name in ("location", "practitioner", "next"):
        answer = desk.post(f"{QUEUE}late/", {**late(clinic, 5), name: odd})
        assert answer.status_code in (302, 404), name
    assert desk.post(f"{QUEUE}screens/", {"location": odd}).status_code == 302
    assert desk.post(f"/admin/appointments/{visit.reference}/again/", {"revision": odd}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_the_same_number_of_queries_for_each_length(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        patient = PatientFactory()
        waiting(clinic, token=number + 1, minutes=-20 - 30 * number, patient=patient)
        clinic.visit(minutes=60 + 30 * number, practitioner=clinic.omar, patient=patient)
        LatenessFactory(location=clinic.location, day=NOW.date())
    desk.get(QUEUE, {"part": "board"})
    with django_assert_num_queries(QUERIES):
        page = desk.get(QUEUE, {"part": "board"})
    assert page.text.count("iyada-row--arrived") == count
    assert "<html" not in page.text


def test_the_location_with_visits_today_is_shown_first(desk: Client, clinic: Clinic) -> None:
    LocationFactory(name_en="Empty Branch", sort_order=0)
    busy = LocationFactory(name_en="Busy Branch", sort_order=5)
    clinic.visit(location=busy)
    assert "Layla Haddad" in desk.get(QUEUE).text


def test_the_queue_speaks_arabic(desk: Client, receptionist: User, clinic: Clinic) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(receptionist)
    profile.preferred_language = "ar"
    profile.save()
    waiting(clinic, token=7)
    page = desk.get(QUEUE).text
    assert '<html lang="ar" dir="rtl"' in page
    assert "ليلى حداد" in page
    assert "Call next" not in page
