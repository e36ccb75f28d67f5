"""Many visitors at once against the running server: nobody is booked twice, and nobody sees a fault."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from clinic.audit.models import AuditEvent
from clinic.booking.choices import Choice
from clinic.directory.enums import RoomKind
from clinic.directory.models import Practitioner, Service
from clinic.messaging.models import Message
from clinic.patients.models import Patient
from clinic.scheduling.actions import cancel_appointment
from clinic.scheduling.models import Appointment, Reservation
from tests.concurrency.conftest import Clinic, booked, overlaps, without_constraint
from tests.concurrency.server import serving
from tests.factories.directory import RoomFactory

TOKEN = "t" * 32
CROWD = 4  # who look at one time before anybody reserves it, in `unguarded`


@pytest.fixture(scope="module")
def unguarded_site(django_db_setup: None) -> Iterator[str]:
    """One worker, for those who meet must be in one process."""
    with serving(workers=1, application="tests.concurrency.unguarded:application") as address:
        yield address


def form(
    clinic: Clinic, doctor: Practitioner, minutes: int, *, number: int, service: Service | None = None, **more: str
) -> dict[str, str]:
    """What visitor `number` sends: details of their own, so that no limit for one person stands in the way."""
    choice = Choice(service or clinic.service, doctor, clinic.location, clinic.at(minutes))
    typed = {"name": f"Layla {chr(97 + number % 26)}", "phone": f"079 123 {4000 + number}", "note": ""}
    return choice.fields | typed | {"email": f"layla{number}@patients.example"} | more


def send_all(site: str, forms: list[tuple[Service, dict[str, str]]]) -> list[httpx.Response]:
    """The answers to all forms, sent at the same moment."""

    async def run() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=len(forms))
        headers = {"X-CSRFToken": TOKEN, "Cookie": f"csrftoken={TOKEN}"}
        async with httpx.AsyncClient(base_url=site, limits=limits, headers=headers, timeout=60) as client:
            return await asyncio.gather(
                *(client.post(f"/en/book/{service.slug}/details/", data=data) for service, data in forms)
            )

    return asyncio.run(run())


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_fifty_people_want_one_time_and_one_gets_it(clinic: Clinic, site: str) -> None:
    doctor = clinic.new_doctor(clinic.service)
    answers = send_all(site, [(clinic.service, form(clinic, doctor, 600, number=n)) for n in range(50)])
    assert statuses(answers) == {303: 1, 409: 49}
    assert booked() == Reservation.objects.count() == Patient.objects.count() == 1
    assert Message.objects.count() == AuditEvent.objects.filter(verb="appointment.booked").count() == 1
    refusal = next(answer for answer in answers if answer.status_code == 409)
    assert doctor.name_en in refusal.text


def test_without_lock_and_constraint_several_of_the_fifty_get_it(clinic: Clinic, unguarded_site: str) -> None:
    doctor = clinic.new_doctor(clinic.service)
    with without_constraint():
        answers = send_all(unguarded_site, [(clinic.service, form(clinic, doctor, 600, number=n)) for n in range(50)])
        assert set(statuses(answers)) == {303, 409}
        assert booked() == statuses(answers)[303] >= CROWD
        assert overlaps() > 0


def test_fifty_people_want_fifty_times_of_one_doctor_and_all_get_theirs(clinic: Clinic, site: str) -> None:
    service = clinic.new_service(duration=25)
    doctor = clinic.new_doctor(service)
    answers = send_all(site, [(service, form(clinic, doctor, 25 * n, number=n, service=service)) for n in range(50)])
    assert statuses(answers) == {303: 50}
    assert booked() == Reservation.objects.count() == 50
    assert overlaps() == 0


def test_visits_of_unequal_length_that_overlap_are_never_both_booked(clinic: Clinic, site: str) -> None:
    short, long = clinic.new_service(duration=20), clinic.new_service(duration=50, buffer_before=5, buffer_after=10)
    doctor = clinic.new_doctor(short, long)
    wanted = [(short, 600 + 5 * n) if n % 2 else (long, 600 + 5 * n) for n in range(24)]
    answers = send_all(
        site,
        [(service, form(clinic, doctor, at, number=n, service=service)) for n, (service, at) in enumerate(wanted)],
    )
    assert set(statuses(answers)) <= {303, 409}
    assert 1 <= booked() == statuses(answers)[303]
    assert overlaps() == 0


def test_without_a_room_nothing_is_reserved(clinic: Clinic, site: str) -> None:
    service = clinic.new_service(room_kind=RoomKind.IMAGING)
    rooms = [RoomFactory(location=clinic.location, room_kind=RoomKind.IMAGING) for _ in range(2)]
    doctors = [clinic.new_doctor(service) for _ in range(10)]
    answers = send_all(
        site, [(service, form(clinic, doctor, 600, number=n, service=service)) for n, doctor in enumerate(doctors)]
    )
    assert statuses(answers) == {303: 2, 409: 8}
    assert booked() == Patient.objects.count() == 2
    assert Reservation.objects.count() == 4
    assert {room.reservations.count() for room in rooms} == {1}


def test_one_form_that_is_sent_twenty_times_at_once_is_one_visit(clinic: Clinic, site: str) -> None:
    doctor = clinic.new_doctor(clinic.service)
    data = form(clinic, doctor, 600, number=1, key="the-same-form-again")
    answers = send_all(site, [(clinic.service, data)] * 20)
    assert statuses(answers) == {303: 20}
    assert len({place(answer) for answer in answers}) == 1
    assert booked() == Message.objects.count() == Patient.objects.count() == 1


def place(answer: httpx.Response) -> Any:
    return answer.headers["Location"]


@pytest.mark.parametrize("seats", [2, 5])
def test_as_many_people_as_there_are_seats_are_booked(clinic: Clinic, site: str, seats: int) -> None:
    doctor = clinic.new_doctor(clinic.service, seats=seats)
    answers = send_all(site, [(clinic.service, form(clinic, doctor, 600, number=n)) for n in range(20)])
    assert statuses(answers) == {303: seats, 409: 20 - seats}
    assert booked() == seats
    cancel_appointment(appointment=Appointment.objects.all()[0], by=None)
    again = send_all(site, [(clinic.service, form(clinic, doctor, 600, number=n)) for n in range(20, 25)])
    assert statuses(again) == {303: 1, 409: 4}
