"""Leave and closures at the desk: nothing is saved before it was seen, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.directory.models import Closure
from clinic.messaging.emails import compose
from clinic.messaging.models import Message
from clinic.messaging.registry import kind_of
from clinic.scheduling.models import Absence, Appointment
from tests.accounts.cast import person, somebody_without_role
from tests.desk.conftest import Clinic, signed_in
from tests.desk.test_anything_typed import ODD

LEAVE = "/admin/leave/"
TODAY = "2026-11-23"


def typed(clinic: Clinic, **more: Any) -> dict[str, Any]:
    return {"what": f"resource.{clinic.salma.pk}", "first_day": TODAY, "do": "look", **more}


def row(visit: Appointment, decision: str, time: str = "") -> dict[str, Any]:
    key = visit.reference
    return {
        "visit": [key],
        f"revision-{key}": visit.revision,
        f"decision-{key}": decision,
        f"time-{key}": time,
    }


def test_who_is_affected_is_shown_and_nothing_is_saved(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    page = desk.post(f"{LEAVE}new/", typed(clinic)).text
    assert "1 visit is affected" in page
    assert "Layla Haddad" in page
    assert "Dr. Omar Khalil" in page  # free at the same time
    assert not Absence.objects.exists()
    visit.refresh_from_db()
    assert visit.revision == 0


def test_what_was_confirmed_is_done(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    time = f"{clinic.omar.pk}.{clinic.location.pk}.{int(visit.starts_at.timestamp())}"
    sent = typed(clinic, note="Conference", **row(visit, "moved", time)) | {"do": "save"}
    answer = desk.post(f"{LEAVE}new/", sent)
    absence = Absence.objects.get()
    assert answer["Location"] == f"{LEAVE}{absence.reference}/"
    visit.refresh_from_db()
    assert visit.practitioner == clinic.omar
    page = desk.get(answer["Location"]).text
    for text in ("Conference", "Nothing left to do", "Layla Haddad", "Entered; visits affected: 1"):
        assert text in page


def test_a_visit_that_was_booked_meanwhile_is_shown_before_anything_is_saved(desk: Client, clinic: Clinic) -> None:
    seen, unseen = clinic.visit(), clinic.visit(minutes=120)
    answer = desk.post(f"{LEAVE}new/", typed(clinic, **row(seen, "cancelled"), note="Congress") | {"do": "save"})
    assert answer.status_code == 409
    assert "This visit is new, or has changed" in answer.text
    assert "2 visits are affected" in answer.text
    assert "Congress" in answer.text
    assert unseen.reference in answer.text
    seen.refresh_from_db()
    assert seen.status == "booked"
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"first_day": ""}, "This field is required."),
        ({"what": "resource.0"}, "Select a valid choice."),
        ({"last_day": "2026-11-22"}, "The last day must not come before the first."),
        ({"starts": "12:00", "ends": "11:00"}, "The end must come after the start."),
        ({"first_day": "2026-11-20"}, "This time is already over."),
        ({"last_day": "2028-11-20"}, "An absence lasts a year at most."),
    ],
)
def test_a_fault_is_explained_and_what_was_typed_stays(
    desk: Client, clinic: Clinic, fault: dict[str, str], words: str
) -> None:
    answer = desk.post(f"{LEAVE}new/", typed(clinic, note="Two days in Aqaba") | fault)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Two days in Aqaba" in answer.text


def test_a_closure_needs_words_for_visitors_and_whole_days(desk: Client, clinic: Clinic) -> None:
    closing = typed(clinic) | {"what": f"location.{clinic.location.pk}"}
    assert "Visitors read why" in desk.post(f"{LEAVE}new/", closing).text
    named = {"name_en": "Feast", "name_ar": "عيد"}
    assert "whole days" in desk.post(f"{LEAVE}new/", closing | named | {"starts": "10:00"}).text
    assert desk.post(f"{LEAVE}new/", closing | named | {"do": "save"}).status_code == 302
    assert Closure.objects.get().name == "Feast"


def test_sick_today_leads_to_the_list_and_the_list_is_worked_off(desk: Client, clinic: Clinic) -> None:
    visit, other = clinic.visit(), clinic.visit(minutes=120)
    page = desk.post(f"{LEAVE}sick/", {"practitioner": clinic.salma.pk}, follow=True).text
    assert "2 visits to work off" in page
    absence = Absence.objects.get()
    address = f"{LEAVE}{absence.reference}/"
    both = row(visit, "cancelled") | row(other, "cancelled") | {"visit": [visit.reference, other.reference]}
    page = desk.post(address, {**both, "only": visit.reference}, follow=True).text
    assert "1 visit was dealt with." in page
    assert "1 visit to work off" in page
    assert [Appointment.objects.get(pk=each.pk).status for each in (visit, other)] == ["cancelled", "booked"]
    assert "1 visit to work off" in desk.get(LEAVE).text


def test_a_visit_that_somebody_else_changed_is_marked_on_the_list(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    desk.post(f"{LEAVE}sick/", {"practitioner": clinic.salma.pk})
    Appointment.objects.filter(pk=visit.pk).update(revision=4)
    answer = desk.post(f"{LEAVE}{Absence.objects.get().reference}/", row(visit, "cancelled"))
    assert answer.status_code == 409
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_withdrawing_gives_the_time_back(desk: Client, clinic: Clinic) -> None:
    desk.post(f"{LEAVE}new/", typed(clinic) | {"do": "save"})
    absence = Absence.objects.get()
    assert "Withdrawn" in desk.post(f"{LEAVE}{absence.reference}/withdraw/", follow=True).text
    assert not absence.reservations.exists()
    assert "Nobody and nothing is away." in desk.get(LEAVE).text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_mail_asks_for_another_time_in_the_patients_language(desk: Client, clinic: Clinic, language: str) -> None:
    visit = clinic.visit(minutes=300, language=language, contact_email="layla@patients.example")
    desk.post(f"{LEAVE}new/", typed(clinic, **row(visit, "asked")) | {"do": "save"})
    message = Message.objects.get(kind="appointment_displaced")
    mail = compose(message, kind_of(message.kind))
    asks = {"en": "Please choose another time for your visit", "ar": "يُرجى اختيار موعد آخر"}[language]
    assert asks in mail.subject
    assert visit.spoken_reference in mail.body


def test_the_pages_ask_the_same_number_of_questions_for_one_visit_and_for_many(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk.get(LEAVE)
    for _ in (1, 2, 3):
        clinic.visit(minutes=60 + 60 * Appointment.objects.count())
        with django_assert_num_queries(20):
            desk.post(f"{LEAVE}new/", typed(clinic))


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.EDITOR, Role.AUDITOR, None])
def test_strangers_learn_nothing_and_change_nothing(clinic: Clinic, role: Role | None) -> None:
    clinic.visit()
    stranger = signed_in(person("stranger", role=role) if role else somebody_without_role())
    for url in (LEAVE, f"{LEAVE}new/", f"{LEAVE}NOSUCHREFX/"):
        answer = stranger.get(url)
        assert answer.status_code == 302
        assert "Layla" not in stranger.get(url, follow=True).text
    stranger.post(f"{LEAVE}sick/", {"practitioner": clinic.salma.pk})
    stranger.post(f"{LEAVE}new/", typed(clinic) | {"do": "save"})
    assert not Absence.objects.exists()


def test_a_nurse_reads_and_changes_nothing(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    desk.post(f"{LEAVE}sick/", {"practitioner": clinic.salma.pk})
    address = f"{LEAVE}{Absence.objects.get().reference}/"
    nurse = signed_in(person("dana", role=Role.NURSE))
    assert "Layla Haddad" in nurse.get(address).text
    assert nurse.get(f"{LEAVE}new/").status_code == 302
    assert nurse.post(address, row(visit, "cancelled")).status_code in (302, 404)
    assert nurse.post(f"{address}withdraw/").status_code in (302, 404)
    visit.refresh_from_db()
    assert visit.status == "booked"
    assert Absence.objects.get().withdrawn_at is None


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_typed_the_answer_is_a_page(desk: Client, clinic: Clinic, odd: str) -> None:
    visit = clinic.visit()
    for name in ("what", "first_day", "starts", "last_day", "ends", "note", "name_en", "do"):
        assert desk.post(f"{LEAVE}new/", typed(clinic) | {name: odd}).status_code in (200, 422), name
    for name in ("visit", f"revision-{visit.reference}", f"decision-{visit.reference}", f"time-{visit.reference}"):
        sent = typed(clinic, **row(visit, "moved")) | {"do": "save", name: odd}
        assert desk.post(f"{LEAVE}new/", sent).status_code == 409, name
    assert desk.get(f"{LEAVE}new/", {"what": odd, "day": odd}).status_code == 200
    assert desk.get(LEAVE, {"p": odd}).status_code == 200
    assert desk.post(f"{LEAVE}sick/", {"practitioner": odd}).status_code == 302
    assert desk.get(f"{LEAVE}NOSUCHREFX/").status_code in (302, 404)


def test_half_a_day_follows_the_wall_clock_of_the_practitioner(desk: Client, clinic: Clinic) -> None:
    desk.post(f"{LEAVE}new/", typed(clinic, starts="12:00", ends="14:30") | {"do": "save"})
    noon = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    during = Absence.objects.get().during
    assert (during.lower, during.upper) == (noon, noon + timedelta(hours=2, minutes=30))
