from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.directory.models import Practitioner
from clinic.patients.enums import PatientOrigin
from clinic.patients.models import Patient
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment
from tests.desk.conftest import Clinic
from tests.factories.directory import ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory

BOOK = "/admin/appointments/book/"
ELEVEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # on Amman's clock


def chosen(clinic: Clinic, starts_at: datetime = ELEVEN, practitioner: Practitioner | None = None) -> str:
    return f"{(practitioner or clinic.salma).pk}.{clinic.location.pk}.{int(starts_at.timestamp())}"


def typed(clinic: Clinic, **changes: Any) -> dict[str, Any]:
    return {
        "do": "book",
        "key": str(uuid4()),
        "service": clinic.service.pk,
        "practitioner": "",
        "location": "",
        "day": "2026-11-23",
        "time": chosen(clinic),
        "contact_name": "Yousef Mansour",
        "contact_phone": "٠٧٩ ٨٨٨ ٧٧٦٦",
        "contact_email": "yousef@patients.example",
        "language": "ar",
        "note": "",
        **changes,
    }


def test_a_new_caller_is_booked_and_registered(desk: Client, clinic: Clinic) -> None:
    answer = desk.post(BOOK, typed(clinic), follow=True)
    visit = Appointment.objects.get()
    assert visit.patient.name_en == "Yousef Mansour"
    assert (visit.patient.phone, visit.patient.origin) == ("+962798887766", PatientOrigin.DESK)
    assert (visit.starts_at, visit.source, visit.language) == (ELEVEN, BookingSource.DESK, "ar")
    assert visit.practitioner == clinic.salma
    assert visit.spoken_reference in answer.text
    assert visit.reservations.exists()


def test_a_known_patient_is_booked_under_their_own_file(desk: Client, clinic: Clinic) -> None:
    desk.post(BOOK, typed(clinic, patient=clinic.layla.reference, contact_name="Layla's mother"))
    visit = Appointment.objects.get()
    assert visit.patient == clinic.layla
    assert visit.contact_name == "Layla's mother"
    clinic.layla.refresh_from_db()
    assert clinic.layla.name_en == "Layla Haddad"


def test_the_desk_needs_no_notice(desk: Client, clinic: Clinic) -> None:
    clinic.service.notice = 24 * 60
    clinic.service.save()
    desk.post(BOOK, typed(clinic))
    assert Appointment.objects.exists()


def test_a_phone_of_a_known_patient_is_asked_about_first(desk: Client, clinic: Clinic) -> None:
    data = typed(clinic, contact_phone="0791234567")
    answer = desk.post(BOOK, data)
    assert answer.status_code == 422
    assert "Layla Haddad" in answer.text
    assert 'value="Yousef Mansour"' in answer.text
    assert not Appointment.objects.exists()
    desk.post(BOOK, {**data, "is_other_person": "on"})
    assert Appointment.objects.get().patient != clinic.layla


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"contact_phone": "12"}, "Enter a phone number that we can call"),
        ({"contact_name": ""}, "This field is required."),
        ({"time": ""}, "Choose one of the free times."),
        ({"time": "1.2"}, "Choose one of the free times."),
        ({"time": f"1.1.{10**30}"}, "Choose one of the free times."),
        ({"time": f"999999.1.{int(ELEVEN.timestamp())}"}, "Choose one of the free times."),
        ({"patient": "UNKNOWN"}, "This patient is not known any more."),
        ({"service": "999999"}, "Select a valid choice."),
        ({"key": "nonsense"}, "Book an appointment"),
    ],
)
def test_a_fault_is_named_and_nothing_typed_is_lost(
    desk: Client, clinic: Clinic, changes: dict[str, str], words: str
) -> None:
    answer = desk.post(BOOK, typed(clinic, note="Needs a ramp", **changes))
    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert "Needs a ramp" in answer.text
    assert not Appointment.objects.exists()


def test_a_time_that_was_taken_meanwhile_offers_the_nearest(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=60)
    answer = desk.post(BOOK, typed(clinic))
    assert answer.status_code == 409
    assert "This time has just been taken." in answer.text
    assert "The nearest free times:" in answer.text
    assert 'value="Yousef Mansour"' in answer.text
    nearest = chosen(clinic, ELEVEN.replace(minute=30))
    assert f'value="{nearest}"' in answer.text
    assert desk.post(BOOK, typed(clinic, time=nearest)).status_code == 302


def test_the_same_form_twice_is_one_appointment(desk: Client, clinic: Clinic) -> None:
    data = typed(clinic)
    first, second = desk.post(BOOK, data), desk.post(BOOK, data)
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_the_same_key_with_another_time_is_refused_in_words(desk: Client, clinic: Clinic) -> None:
    data = typed(clinic)
    desk.post(BOOK, data)
    answer = desk.post(BOOK, {**data, "time": chosen(clinic, ELEVEN.replace(hour=10))})
    assert answer.status_code == 409
    assert "This form was sent before" in answer.text
    assert Appointment.objects.count() == 1


def test_free_times_are_shown_without_the_script_and_leave_out_what_is_taken(desk: Client, clinic: Clinic) -> None:
    clinic.visit(minutes=60)
    page = desk.post(BOOK, typed(clinic, do="times", time="")).text
    assert f'value="{chosen(clinic)}"' not in page
    assert f'value="{chosen(clinic, practitioner=clinic.omar)}"' in page
    assert not Appointment.objects.filter(contact_name="Yousef Mansour").exists()


def test_pressing_enter_books_nothing(desk: Client, clinic: Clinic) -> None:
    page = desk.get(BOOK).text
    assert page.index('value="times"') < page.index('value="book"')


def test_the_week_can_be_turned_and_a_day_opened(desk: Client, clinic: Clinic) -> None:
    page = desk.post(BOOK, typed(clinic, do="", week="2026-11-30", time="")).text
    assert 'value="2026-11-30" aria-current="date"' in " ".join(page.split())
    page = desk.post(BOOK, typed(clinic, do="", go="2026-11-25", time="")).text
    assert 'value="2026-11-25" aria-current="date"' in " ".join(page.split())


def test_a_practitioner_who_does_not_offer_the_service_is_a_fault(desk: Client, clinic: Clinic) -> None:
    other = ServiceFactory(name_en="Laser")
    page = desk.get("/admin/appointments/book/times/", {"service": other.pk, "practitioner": clinic.salma.pk}).text
    assert "Dr. Salma Nasser does not offer Laser." in page


@pytest.mark.parametrize("practitioners", [1, 3])
def test_free_times_take_the_same_number_of_queries_for_each_number_of_people(
    desk: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries, practitioners: int
) -> None:
    for _number in range(practitioners):
        WorkingPractitionerFactory(services=[clinic.service], hours__location=clinic.location)
    desk.get("/admin/appointments/book/times/", {"service": clinic.service.pk})
    with django_assert_num_queries(10):
        desk.get("/admin/appointments/book/times/", {"service": clinic.service.pk})


@pytest.mark.parametrize("text", ["layla had", "ليلي", "0791234567", "٠٧٩١٢٣٤٥٦٧", "Laila Hadad"])
def test_the_search_finds_a_caller_in_either_script_by_phone_and_nearly(
    desk: Client, clinic: Clinic, text: str
) -> None:
    PatientFactory(name_en="Yousef Mansour", name_ar="يوسف منصور", phone="+962790000000", email="y@patients.example")
    answer = desk.post("/admin/appointments/book/patients/", {"query": text})
    assert [patient["name"] for patient in answer.json()["patients"]] == ["Layla Haddad"]
    assert "no-store" in answer["Cache-Control"]
    assert "Layla Haddad" in desk.post(BOOK, typed(clinic, do="find", query=text)).text


def test_the_search_finds_a_caller_by_file_number(desk: Client, clinic: Clinic) -> None:
    answer = desk.post("/admin/appointments/book/patients/", {"query": clinic.layla.file_number})
    assert [patient["reference"] for patient in answer.json()["patients"]] == [clinic.layla.reference]


def test_one_letter_finds_nobody(desk: Client, clinic: Clinic) -> None:
    assert desk.post("/admin/appointments/book/patients/", {"query": "l"}).json() == {"patients": []}


def test_picking_a_patient_fills_in_the_contact(desk: Client, clinic: Clinic) -> None:
    data = typed(clinic, do="", contact_name="", contact_phone="", pick=clinic.layla.reference, note="Kept")
    page = desk.post(BOOK, data).text
    assert f'name="patient" value="{clinic.layla.reference}"' in page
    assert 'value="+962 79 123 4567"' in page or 'value="+962 7 9123 4567"' in page
    assert "Kept" in page
    page = desk.post(BOOK, {**data, "pick": "NOBODY"}).text
    assert 'name="patient"' not in page


def test_booking_from_a_patients_page_starts_with_that_patient(desk: Client, clinic: Clinic) -> None:
    page = desk.get(BOOK, {"patient": clinic.layla.reference}).text
    assert 'value="Layla Haddad"' in page


def test_a_cancelled_time_can_be_booked_again(desk: Client, clinic: Clinic) -> None:
    clinic.visit(status=AppointmentStatus.CANCELLED)
    assert desk.post(BOOK, typed(clinic)).status_code == 302
    assert Patient.objects.filter(name_en="Yousef Mansour").count() == 1
