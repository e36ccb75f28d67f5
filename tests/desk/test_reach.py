"""The cast at the desk: who sees whose visits. A stranger gets 404 and the row stays as it is."""

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person, somebody_without_role
from tests.desk.conftest import Clinic, signed_in
from tests.factories.patients import PatientFactory

DAY = "/admin/appointments/"


@pytest.fixture
def salma(clinic: Clinic) -> Client:
    """Dr. Salma, signed in."""
    user = person("salma", role=Role.CLINICIAN)
    clinic.salma.user = user
    clinic.salma.save()
    return signed_in(user)


def state(visit: Appointment) -> tuple[str, int]:
    visit.refresh_from_db()
    return visit.status, visit.revision


def test_a_clinician_sees_the_visits_to_herself_only(salma: Client, clinic: Clinic) -> None:
    clinic.visit()
    clinic.visit(practitioner=clinic.omar, patient=PatientFactory(name_en="Yousef Mansour"))
    for url in (DAY, "/admin/", f"{DAY}?q=yousef", f"{DAY}?q=mansour", "/admin/patients/"):
        page = salma.get(url).text
        assert "Yousef Mansour" not in page
    assert "Layla Haddad" in salma.get(DAY).text
    assert "Layla Haddad" in salma.get("/admin/patients/").text


def test_a_clinician_changes_her_own_visits(salma: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=10)
    salma.post(f"{DAY}{visit.reference}/step/", {"status": "arrived", "revision": 0})
    assert state(visit) == ("arrived", 1)


def test_a_clinician_is_a_stranger_to_the_visits_of_a_colleague(salma: Client, clinic: Clinic) -> None:
    patient = PatientFactory(name_en="Yousef Mansour")
    visit = clinic.visit(minutes=10, practitioner=clinic.omar, patient=patient)
    assert salma.get(f"{DAY}{visit.reference}/", follow=True).status_code == 404
    assert salma.get(f"/admin/patient/{patient.reference}/", follow=True).status_code == 404
    for path, data in (("step", {"status": "arrived"}), ("cancel", {"reason": "No"})):
        answer = salma.post(f"{DAY}{visit.reference}/{path}/", {**data, "revision": 0})
        assert answer.status_code in {302, 404}
    assert state(visit) == ("booked", 0)


def test_a_clinician_books_for_nobody_and_searches_no_patients(salma: Client, clinic: Clinic) -> None:
    assert salma.get(f"{DAY}book/").status_code == 302
    assert salma.get(f"{DAY}book/times/", {"service": clinic.service.pk}).status_code == 302
    answer = salma.post(f"{DAY}book/patients/", {"query": "layla"})
    assert answer.status_code == 302
    assert "Layla" not in answer.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER, Role.AUDITOR, None])
def test_strangers_learn_nothing(clinic: Clinic, role: Role | None) -> None:
    visit = clinic.visit(minutes=10)
    stranger = signed_in(person("stranger", role=role) if role else somebody_without_role())
    urls = [DAY, f"{DAY}{visit.reference}/", f"{DAY}book/", "/admin/patients/", "/admin/"]
    urls += [f"/admin/patient/{clinic.layla.reference}/", f"/admin/patients/edit/{clinic.layla.pk}/"]
    for url in urls:
        answer = stranger.get(url, follow=True)
        assert "Layla" not in answer.text
    for path, data in (("step", {"status": "arrived"}), ("cancel", {"reason": "No"})):
        stranger.post(f"{DAY}{visit.reference}/{path}/", {**data, "revision": 0})
    stranger.post(f"/admin/patients/edit/{clinic.layla.pk}/", {"name_en": "Gone", "language": "en"})
    clinic.layla.refresh_from_db()
    assert clinic.layla.name_en == "Layla Haddad"
    assert state(visit) == ("booked", 0)


def test_a_stranger_cannot_tell_a_visit_that_exists_from_one_that_does_not(clinic: Clinic) -> None:
    stranger = signed_in(person("stranger", role=Role.EDITOR))
    visit = clinic.visit()
    there = stranger.get(f"{DAY}{visit.reference}/")
    nowhere = stranger.get(f"{DAY}NOSUCHREFX/")
    assert (there.status_code, there["Location"]) == (nowhere.status_code, nowhere["Location"])


def test_a_nurse_sees_everybody_and_books_for_nobody(clinic: Clinic) -> None:
    clinic.visit(practitioner=clinic.omar)
    nurse = signed_in(person("dana", role=Role.NURSE))
    assert "Layla Haddad" in nurse.get(DAY).text
    assert nurse.get(f"{DAY}book/").status_code == 302


WRITERS = {Role.ADMINISTRATOR, Role.AUTHOR, Role.EDITOR, Role.PUBLISHER, Role.ARABIC_PUBLISHER}
RECEPTION = {Role.RECEPTIONIST, Role.HEAD_OF_RECEPTION}
AREAS = {
    DAY: {Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, *RECEPTION},
    f"{DAY}book/": {Role.ADMINISTRATOR, *RECEPTION},
    "/admin/patients/": {Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, *RECEPTION},
    "/admin/patients/new/": {Role.ADMINISTRATOR, *RECEPTION},
    "/admin/practitioner/": {Role.ADMINISTRATOR},
    "/admin/location/": {Role.ADMINISTRATOR},
    "/admin/service/new/": {Role.ADMINISTRATOR},
    "/admin/closure/": {Role.ADMINISTRATOR},
    "/admin/users/": {Role.ADMINISTRATOR},
    "/admin/groups/": set(),
    "/admin/audit/": {Role.ADMINISTRATOR, Role.AUDITOR},
    "/admin/images/": WRITERS,
    "/admin/documents/": WRITERS,
    "/admin/pages/": WRITERS - {Role.ARABIC_PUBLISHER},  # whose tree is not there
    "/admin/redirects/": {Role.ADMINISTRATOR, Role.PUBLISHER},
    "/admin/sites/": {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_areas_and_no_others(db: None, role: Role) -> None:
    client = signed_in(person("somebody", role=role))
    opened = {url for url in AREAS if client.get(url).status_code == 200}
    assert opened == {url for url, roles in AREAS.items() if role in roles}
