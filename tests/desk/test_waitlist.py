"""The waitlist at the desk: seen, filled and answered for those who call."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from clinic.scheduling.models import Appointment, WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.offers import work_through
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.factories.waitlist import WaitlistEntryFactory

LIST = "/admin/appointments/waitlist/"
TOMORROW = NOW.date() + timedelta(days=1)


def waits(clinic: Clinic, **fields: Any) -> WaitlistEntry:
    return WaitlistEntryFactory(**{"service": clinic.service, "first_day": TOMORROW, "last_day": TOMORROW, **fields})


def told(**changes: Any) -> dict[str, Any]:
    return {
        "service": "",
        "first_day": TOMORROW.isoformat(),
        "last_day": TOMORROW.isoformat(),
        "contact_name": "Layla Haddad",
        "contact_phone": "079 123 4567",
        "language": "ar",
        "key": "6f6a4f0e-5a0b-4b53-9a52-0d1f6b0f8f11",
        **changes,
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_list_shows_who_waits_in_turn_and_what_they_are_offered(
    desk: Client, clinic: Clinic, receptionist: Any, language: str
) -> None:
    UserProfile.objects.create(user=receptionist, preferred_language=language)
    waits(clinic, contact_name="Layla Haddad")
    waits(clinic, contact_name="Omar Said", contact_email="")
    work_through()
    page = desk.get(LIST)
    assert page.status_code == 200
    assert page.text.index("Layla Haddad") < page.text.index("Omar Said")
    assert {"en": "No e-mail address: please call now.", "ar": "لا بريد إلكتروني: يرجى الاتصال الآن."}[
        language
    ] in page.text
    assert [line.place for line in page.context["lines"]] == [1, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    desk: Client, clinic: Clinic, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        waits(clinic)
    work_through()
    desk.get(LIST)  # what is remembered for the next request
    with django_assert_num_queries(QUERIES):
        assert len(desk.get(LIST).context["lines"]) == count


QUERIES = 14


def test_a_caller_is_put_on_the_list_and_the_same_form_twice_is_once(desk: Client, clinic: Clinic) -> None:
    form = desk.get(f"{LIST}new/?patient={clinic.layla.reference}&service={clinic.service.pk}")
    assert "Layla Haddad" in form.text
    data = told(service=clinic.service.pk, practitioner=clinic.salma.slug, patient=clinic.layla.reference)
    for _ in range(2):
        assert "Layla Haddad is on the waitlist." in desk.post(f"{LIST}new/", data, follow=True).text
    entry = WaitlistEntry.objects.get()
    assert (entry.patient, entry.practitioner, entry.source) == (clinic.layla, clinic.salma, "desk")
    assert AuditEvent.objects.get(verb="waitlist.joined").actor_name == "Rania Staff"


def test_a_fault_is_told_and_keeps_what_was_typed(desk: Client, clinic: Clinic) -> None:
    page = desk.post(f"{LIST}new/", told(service=clinic.service.pk, contact_phone=""))
    assert page.status_code == 422
    assert "Enter a phone number or an e-mail address" in page.text
    assert "Layla Haddad" in page.text


def test_the_desk_accepts_for_a_caller(desk: Client, clinic: Clinic) -> None:
    entry = waits(clinic, contact_email="")
    work_through()
    offer = WaitlistOffer.objects.get()
    answer = desk.post(f"{LIST}{entry.reference}/", {"answer": "accept", "offer": offer.reference}, follow=True)
    visit = Appointment.objects.get()
    assert visit.spoken_reference in answer.text
    assert (visit.starts_at, visit.source) == (offer.starts_at, "desk")


def test_the_desk_declines_and_takes_off_the_list(desk: Client, clinic: Clinic) -> None:
    entry = waits(clinic)
    work_through()
    offer = WaitlistOffer.objects.get()
    desk.post(f"{LIST}{entry.reference}/", {"answer": "decline", "offer": offer.reference})
    offer.refresh_from_db()
    assert offer.status == "declined"
    twice = desk.post(f"{LIST}{entry.reference}/", {"answer": "accept", "offer": offer.reference}, follow=True)
    assert "This offer was already answered." in twice.text
    desk.post(f"{LIST}{entry.reference}/", {"answer": "leave"})
    entry.refresh_from_db()
    assert entry.status == "left"
    assert "Nobody waits." in desk.get(LIST).text
    assert entry.contact_name in desk.get(LIST, {"status": "all", "service": clinic.service.pk}).text


def test_an_offer_of_somebody_else_and_an_unknown_entry_are_not_found(desk: Client, clinic: Clinic) -> None:
    first, second = waits(clinic), waits(clinic)
    work_through()
    other = WaitlistOffer.objects.get(entry=second)
    assert desk.post(f"{LIST}{first.reference}/", {"answer": "accept", "offer": other.reference}).status_code == 404
    assert desk.post(f"{LIST}AAAAAAAAAA/", {"answer": "leave"}).status_code == 404
    assert not Appointment.objects.exists()


def test_who_has_no_business_there_sees_and_changes_nothing(clinic: Clinic) -> None:
    entry = waits(clinic)
    stranger = signed_in(person("sami", role=Role.CLINICIAN))
    for answer in (
        stranger.get(LIST),
        stranger.get(f"{LIST}new/"),
        stranger.post(f"{LIST}{entry.reference}/", {"answer": "leave"}),
    ):
        assert answer.status_code == 302
        assert entry.contact_name not in answer.text
    entry.refresh_from_db()
    assert entry.status == "waiting"


@pytest.mark.parametrize("query", ["service=x", "service=\0", "status=zzz", "p=-1", "p=999", "service=99999999999999"])
def test_whatever_stands_in_the_address_the_list_is_shown(desk: Client, clinic: Clinic, query: str) -> None:
    assert desk.get(f"{LIST}?{query}").status_code == 200
