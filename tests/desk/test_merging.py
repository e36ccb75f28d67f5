"""Matching people at the desk: side by side, field by field, and back."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.patients.models import Patient
from tests.accounts.cast import person
from tests.desk.conftest import Clinic, signed_in
from tests.factories.patients import PatientFactory

LIST = "/admin/patient/match/"


@pytest.fixture
def newcomer(clinic: Clinic) -> Patient:
    return PatientFactory(
        name_en="Laila Hadad", name_ar="", phone=clinic.layla.phone, email="new@patients.example", origin="site"
    )


def pair(clinic: Clinic, newcomer: Patient) -> str:
    return f"/admin/patient/{clinic.layla.reference}/merge/{newcomer.reference}/"


def choices(page: str, **changes: str) -> dict[str, str]:
    """What the page sends when nothing is touched but `changes`."""
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)" checked', page))
    found["seen"] = re.search(r'name="seen" value="([^"]*)"', page).group(1)  # type: ignore[union-attr]
    return {**found, "do": "merge", **changes}


def test_who_is_perhaps_known_waits_to_be_matched(desk: Client, clinic: Clinic, newcomer: Patient) -> None:
    page = desk.get(LIST).text
    assert "Laila Hadad" in page
    assert pair(clinic, newcomer) in page
    for reference in (clinic.layla.reference, newcomer.reference):
        assert "Perhaps this person has two files" in desk.get(f"/admin/patient/{reference}/").text


def test_differences_are_marked_and_the_known_file_stays(desk: Client, clinic: Clinic, newcomer: Patient) -> None:
    page = desk.get(pair(clinic, newcomer)).text
    assert page.count("iyada-compare__mark") == 3  # both names and the e-mail
    asked = choices(page)
    assert {asked[name] for name in ("keep", "name_en", "email")} == {clinic.layla.reference}
    assert "phone" not in asked


def test_the_same_person_becomes_one_file_with_the_chosen_details(
    desk: Client, clinic: Clinic, newcomer: Patient
) -> None:
    visit = clinic.visit(patient=newcomer)
    url = pair(clinic, newcomer)
    answer = desk.post(url, choices(desk.get(url).text, email=newcomer.reference), follow=True)
    assert answer.redirect_chain[-1][0] == f"/admin/patient/{clinic.layla.reference}/"
    assert "The two files are one now." in answer.text
    visit.refresh_from_db()
    clinic.layla.refresh_from_db()
    assert visit.patient == clinic.layla
    assert (clinic.layla.name_en, clinic.layla.email) == ("Layla Haddad", "new@patients.example")
    assert "Nobody is waiting to be matched." in desk.get(LIST).text

    # Old links lead on, the list has one, and a stale page says so.
    assert desk.get(f"/admin/patient/{newcomer.reference}/")["Location"].endswith(f"/{clinic.layla.reference}/")
    assert "Laila Hadad" not in desk.get("/admin/patients/").text
    assert "These are one file already." in desk.get(url, follow=True).text
    assert desk.get(f"/admin/appointments/book/?patient={newcomer.reference}").text.count("Layla Haddad")

    undo = re.search(r'action="([^"]*/undo/)"', answer.text).group(1)  # type: ignore[union-attr]
    answer = desk.post(undo, follow=True)
    assert "are two files again" in answer.text
    visit.refresh_from_db()
    assert visit.patient == newcomer
    assert "This merge has been undone already." in desk.post(undo, follow=True).text


def test_two_people_are_two_and_nobody_is_asked_again(desk: Client, clinic: Clinic, newcomer: Patient) -> None:
    answer = desk.post(pair(clinic, newcomer), {"do": "apart"}, follow=True)
    assert "are two people" in answer.text
    assert "Nobody is waiting to be matched." in answer.text


def test_what_was_changed_meanwhile_is_shown_again_with_what_was_chosen(
    desk: Client, clinic: Clinic, newcomer: Patient
) -> None:
    url = pair(clinic, newcomer)
    sent = choices(desk.get(url).text, email=newcomer.reference)
    Patient.objects.filter(pk=newcomer.pk).update(email="later@patients.example")
    answer = desk.post(url, sent)
    assert answer.status_code == 409
    assert "later@patients.example" in answer.text
    again = choices(answer.text)
    assert again["email"] == newcomer.reference
    assert desk.post(url, again).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"keep": ""}, {"keep": "NOBODYNOBO"}, {"email": "x"}, {"name_en": "\0"}, {"seen": ""}]
)
def test_nonsense_merges_nothing(desk: Client, clinic: Clinic, newcomer: Patient, changes: dict[str, str]) -> None:
    url = pair(clinic, newcomer)
    assert desk.post(url, choices(desk.get(url).text, **changes)).status_code == 422
    assert not Patient.objects.exclude(merged_into=None).exists()


def test_any_two_patients_are_merged_from_the_patients_page(desk: Client, clinic: Clinic) -> None:
    other = PatientFactory(name_en="", name_ar="ليلا الحداد", phone="", email="")
    here = f"/admin/patient/{clinic.layla.reference}/"
    assert f"{here}merge/" in desk.get(here).text
    page = desk.get(f"{here}merge/", {"q": "Layla Hadad"}).text
    assert f"{here}merge/{other.reference}/" in page
    assert f"{here}merge/{clinic.layla.reference}/" not in page


def test_the_pages_are_in_arabic_too(desk: Client, clinic: Clinic, newcomer: Patient, receptionist: User) -> None:
    UserProfile.objects.create(user=receptionist, preferred_language="ar")
    for url in (LIST, pair(clinic, newcomer), f"/admin/patient/{newcomer.reference}/merge/"):
        assert 'dir="rtl"' in desk.get(url).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_each_length(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    PatientFactory.create_batch(count, name_en="Layla Haddad", phone=clinic.layla.phone, origin="site")
    desk.get(LIST)
    with django_assert_num_queries(11):
        desk.get(LIST)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.NURSE, Role.EDITOR, Role.AUDITOR])
def test_who_may_not_merge_learns_and_changes_nothing(clinic: Clinic, newcomer: Patient, role: Role) -> None:
    stranger = signed_in(person("stranger", role=role))
    url = pair(clinic, newcomer)
    for answer in (stranger.get(LIST), stranger.get(url), stranger.post(url, {"do": "apart"})):
        assert answer.status_code == 302
        assert "Hadad" not in answer.text
    assert not Patient.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("odd", ["NOBODYNOBO", "x", "%00"])
def test_nobodys_reference_is_not_found(desk: Client, clinic: Clinic, odd: str) -> None:
    here = f"/admin/patient/{clinic.layla.reference}/merge/"
    for url in (f"{here}{odd}/", f"/admin/patient/{odd}/merge/"):
        assert desk.get(url, follow=True).status_code == 404
    assert desk.post(f"{here}{odd}/undo/", follow=True).status_code == 404
