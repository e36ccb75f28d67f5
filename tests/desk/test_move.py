"""The form that moves a visit, and the same asked by a drag on the board."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.directory.models import Practitioner
from clinic.messaging.models import Message
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Reservation
from tests.accounts.cast import person
from tests.desk.conftest import NOW, Clinic, signed_in
from tests.factories.directory import LocationFactory, RoomFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory


def address(visit: Appointment) -> str:
    return f"/admin/appointments/{visit.reference}/move/"


def typed(visit: Appointment, clinic: Clinic, **values: Any) -> dict[str, Any]:
    """The form as it opens for a visit at 11:00, with `values` changed."""
    return {
        "revision": visit.revision,
        "day": "2026-11-23",
        "time": "11:00",
        "length": 30,
        "practitioner": visit.practitioner_id,
        "location": clinic.location.pk,
        "tell": "on",
        **values,
    }


def drag(desk: Client, visit: Appointment, clinic: Clinic, **values: Any) -> Any:
    return desk.post(address(visit), typed(visit, clinic, **values), headers={"X-Requested-With": "XMLHttpRequest"})


def stands(visit: Appointment) -> tuple[str, str, int]:
    visit.refresh_from_db()
    return f"{visit.starts_at:%H:%M}", visit.practitioner.name_en, visit.revision


def test_the_form_opens_with_the_visit_as_it_stands(desk: Client, clinic: Clinic) -> None:
    page = desk.get(address(clinic.visit())).text
    for value in ('value="2026-11-23"', 'value="11:00"', 'value="30"', "Layla Haddad"):
        assert value in page


def test_a_visit_is_moved_to_another_time_and_person(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(patient=PatientFactory(email="layla@patients.example"))
    answer = desk.post(address(visit), typed(visit, clinic, time="14:30", practitioner=clinic.omar.pk), follow=True)
    assert "now on 23 November at" in answer.text
    assert stands(visit) == ("11:30", "Dr. Omar Khalil", 1)
    assert Reservation.objects.get(appointment=visit).resource_id == clinic.omar.pk
    assert Message.objects.filter(recipient="layla@patients.example").exists()


def test_the_patient_is_not_told_when_the_desk_says_so(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(patient=PatientFactory(email="layla@patients.example"))
    desk.post(address(visit), typed(visit, clinic, time="14:30", tell=""))
    assert stands(visit)[0] == "11:30"
    assert not Message.objects.exists()


def test_a_drag_makes_a_visit_longer(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    assert drag(desk, visit, clinic, length=55).status_code == 200
    visit.refresh_from_db()
    assert visit.ends_at - visit.starts_at == timedelta(minutes=55)


def test_a_time_that_is_taken_is_refused_in_words_and_the_old_time_stays(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    clinic.visit(minutes=120)
    answer = drag(desk, visit, clinic, time="12:00")
    assert answer.status_code == 409
    assert answer.json() == {"fault": "This time has just been taken. Please choose another one."}
    assert stands(visit) == ("08:00", "Dr. Salma Nasser", 0)


def test_beside_a_refusal_the_form_offers_the_nearest_free_times(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    clinic.visit(minutes=120)
    answer = desk.post(address(visit), typed(visit, clinic, time="12:00", length=40))
    assert answer.status_code == 409
    assert "The nearest free times:" in answer.text
    assert "time=12%3A30" in answer.text
    assert 'value="40"' in answer.text
    page = desk.get(f"{address(visit)}?time=12:30&length=40").text
    assert 'value="12:30"' in page


def test_what_somebody_else_changed_meanwhile_is_told_and_kept(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    drag(desk, visit, clinic, time="12:00")
    answer = drag(desk, visit, clinic, time="13:00", revision=0)
    assert answer.status_code == 409
    assert "Somebody else has changed this appointment meanwhile. It is now: Booked." in answer.json()["fault"]
    assert stands(visit)[0] == "09:00"


@pytest.mark.parametrize(
    "values",
    [
        {"day": ""},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"time": "25:00"},
        {"length": "0"},
        {"length": "9" * 40},
        {"practitioner": "0"},
        {"practitioner": "\0"},
        {"location": ""},
        {"revision": "x"},
    ],
)
def test_nonsense_is_refused_in_words_and_kept_on_the_page(
    desk: Client, clinic: Clinic, values: dict[str, str]
) -> None:
    visit = clinic.visit()
    answer = drag(desk, visit, clinic, **values)
    assert answer.status_code == 422
    assert answer.json()["fault"]
    assert desk.post(address(visit), typed(visit, clinic, **values)).status_code == 422
    assert desk.get(address(visit), values).status_code == 200
    assert stands(visit)[2] == 0


def test_a_time_that_the_clock_skips_is_refused(desk: Client, clinic: Clinic) -> None:
    berlin = LocationFactory(time_zone="Europe/Berlin")
    WorkingPractitionerFactory(services=[clinic.service], hours__location=berlin)
    visit = clinic.visit()
    answer = drag(desk, visit, clinic, location=berlin.pk, day="2027-03-28", time="02:30")
    assert (answer.status_code, answer.json()["fault"]) == (
        422,
        "The clock skips this time on that day. Choose another one.",
    )


def test_nobody_moves_what_is_over_or_under_way(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit(minutes=-120)
    assert desk.get(address(visit), follow=True).text.count("This visit cannot be changed in this way.") == 1
    arrived = clinic.visit(status=AppointmentStatus.ARRIVED)
    assert drag(desk, arrived, clinic, time="15:00").status_code == 409
    assert stands(arrived)[2] == 0


def test_a_visit_goes_into_the_room_that_it_is_dragged_to(desk: Client, clinic: Clinic) -> None:
    service = ServiceFactory(room_kind="consultation")
    clinic.salma.services.add(service)
    clinic.salma.save()
    first, second = (RoomFactory(location=clinic.location, name_en=name) for name in ("Room 1", "Room 2"))
    visit = clinic.visit(service=service)
    assert drag(desk, visit, clinic, time="11:30", room=first.pk).status_code == 200
    visit.refresh_from_db()
    assert drag(desk, visit, clinic, time="11:30", room=second.pk).status_code == 200
    held = set(Reservation.objects.filter(appointment=visit).values_list("resource", flat=True))
    assert held == {clinic.salma.pk, second.pk}


def test_a_room_that_is_taken_or_elsewhere_is_refused(desk: Client, clinic: Clinic) -> None:
    service = ServiceFactory(room_kind="consultation")
    for practitioner in (clinic.salma, clinic.omar):
        practitioner.services.add(service)
        practitioner.save()
    first, second = (RoomFactory(location=clinic.location, name_en=name) for name in ("Room 1", "Room 2"))
    visit, other = clinic.visit(service=service), clinic.visit(service=service, practitioner=clinic.omar)
    assert drag(desk, other, clinic, time="12:00", room=second.pk).status_code == 200
    answer = drag(desk, visit, clinic, time="12:00", room=second.pk)
    assert (answer.status_code, answer.json()["fault"]) == (
        409,
        "No room is free at this time. Please choose another one.",
    )
    elsewhere = RoomFactory(room_kind="consultation")
    assert drag(desk, visit, clinic, time="12:00", room=elsewhere.pk).status_code == 422
    assert drag(desk, visit, clinic, time="12:00", room=first.pk).status_code == 200


def test_a_clinician_moves_her_own_visits_and_to_nobody_else(clinic: Clinic) -> None:
    user = person("salma", role=Role.CLINICIAN)
    Practitioner.objects.filter(pk=clinic.salma.pk).update(user=user)
    salma, visit = signed_in(user), clinic.visit()
    assert "Dr. Omar Khalil" not in salma.get(address(visit)).text
    assert drag(salma, visit, clinic, practitioner=clinic.omar.pk).status_code == 422
    assert drag(salma, visit, clinic, time="12:00").status_code == 200
    foreign = clinic.visit(minutes=180, practitioner=clinic.omar)
    assert drag(salma, foreign, clinic, time="15:00").status_code == 404
    assert salma.get(address(foreign)).status_code == 404
    assert stands(foreign)[2] == 0


def test_strangers_move_nothing(clinic: Clinic) -> None:
    visit = clinic.visit()
    stranger = signed_in(person("stranger", role=Role.EDITOR))
    nowhere = drag(stranger, Appointment(reference="NOSUCHREFX"), clinic, practitioner=1)
    answer = drag(stranger, visit, clinic, time="12:00")
    assert (answer.status_code, "Layla" in answer.text) == (nowhere.status_code, False)
    assert stands(visit) == ("08:00", "Dr. Salma Nasser", 0)


def test_after_the_move_the_board_comes_back(desk: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    there = "/admin/appointments/board/?view=week"
    assert desk.post(address(visit), typed(visit, clinic, time="12:00", next=there))["Location"] == there
    evil = typed(visit, clinic, time="13:00", revision=1, next="https://evil.example/")
    assert desk.post(address(visit), evil)["Location"] == f"/admin/appointments/{visit.reference}/"
    assert NOW.hour == 7
