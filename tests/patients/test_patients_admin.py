import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from clinic.patients.models import Patient
from tests.accounts.cast import person
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("rania", role=Role.RECEPTIONIST))
    return client


def typed(**changes: str) -> dict[str, str]:
    fields = {
        "name_en": "Layla Haddad",
        "name_ar": "",
        "phone": "079 123 4567",
        "email": "",
        "birth_date": "1990-02-01",
    }
    return {**fields, "gender": "female", "language": "ar", "origin": "desk", **changes}


def test_reception_registers_a_patient(desk: Client) -> None:
    answer = desk.post("/admin/patients/new/", typed())
    patient = Patient.objects.get()
    assert answer["Location"] == f"/admin/patient/{patient.reference}/"
    assert patient.phone == "+962791234567"
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject) == ("patient.created", patient.reference)
    assert "Layla" not in str(event.detail)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_en": ""}, "Enter the name in at least one script."),
        ({"phone": "12"}, "Enter a phone number that we can call"),
        ({"birth_date": "2999-01-01"}, "The date of birth lies in the future."),
        ({"email": "nonsense"}, "Enter a valid email address."),
    ],
)
def test_a_fault_is_named_at_its_field(desk: Client, changes: dict[str, str], words: str) -> None:
    assert words in desk.post("/admin/patients/new/", typed(**changes)).text
    assert not Patient.objects.exists()


def test_a_change_of_identity_is_recorded_by_field(desk: Client) -> None:
    patient = PatientFactory(name_en="Laila Hadad", phone="")
    desk.post(f"/admin/patients/edit/{patient.pk}/", typed(name_ar=patient.name_ar, email=patient.email))
    patient.refresh_from_db()
    assert patient.name_en == "Layla Haddad"
    assert set(AuditEvent.objects.get(verb="patient.changed").detail["fields"]) >= {"name_en", "phone", "birth_date"}


def test_a_patients_page_shows_identity_and_visits(desk: Client) -> None:
    patient = PatientFactory(name_en="Layla Haddad", name_ar="ليلى حداد")
    visit = AppointmentFactory(patient=patient)
    page = desk.get(f"/admin/patient/{patient.reference}/").text
    for text in ("Layla Haddad", "ليلى حداد", patient.file_number, visit.practitioner.name_en):
        assert text in page


@pytest.mark.parametrize("text", ["layla", "ليلي حداد", "Laila Hadad", "1234567"])
def test_the_list_is_searched_in_either_script(desk: Client, text: str) -> None:
    PatientFactory(name_en="Layla Haddad", name_ar="ليلى حداد", phone="+962791234567")
    PatientFactory(name_en="Yousef Mansour", name_ar="يوسف منصور", phone="+962780000000", email="y@patients.example")
    page = desk.get("/admin/patients/", {"q": text}).text
    assert "Layla Haddad" in page
    assert "Yousef Mansour" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_each_length(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    PatientFactory.create_batch(count)
    desk.get("/admin/patients/")
    with django_assert_num_queries(11):
        desk.get("/admin/patients/")


def test_patients_have_no_chooser_no_copy_and_no_deletion(desk: Client) -> None:
    patient = PatientFactory()
    for path in ("delete", "copy", "usage", "history"):
        assert desk.post(f"/admin/patients/{path}/{patient.pk}/", follow=True).status_code == 404
    assert desk.get("/admin/patient_chooser/", follow=True).status_code == 404
    assert Patient.objects.exists()
