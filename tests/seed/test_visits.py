from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F, Q

from clinic.audit.models import AuditEvent
from clinic.directory.enums import ResourceKind
from clinic.directory.models import Closure, WorkingHours
from clinic.lib import clock
from clinic.lib.phone import to_e164
from clinic.messaging.models import Message
from clinic.patients.matching import matches
from clinic.patients.models import Patient
from clinic.scheduling.actions import change_status
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment, Reservation, WaitlistEntry
from clinic.scheduling.waitlist.offers import work_through
from home.starter.people import ADULT, age
from home.starter.visits import days_covered
from tests.seed.conftest import MOMENT

pytestmark = pytest.mark.usefixtures("clinic")
AMMAN = ZoneInfo("Asia/Amman")


def test_three_hundred_patients_are_invented_and_say_so() -> None:
    assert Patient.objects.count() == Patient.objects.filter(is_synthetic=True).count() == 300
    assert not Patient.objects.filter(Q(name_en="") | Q(name_ar="")).exists()
    assert not Patient.objects.exclude(email="").exclude(email__endswith="@example.com").exists()


def test_their_phones_can_be_dialled_and_their_names_found() -> None:
    for person in Patient.objects.all()[:40]:
        assert to_e164(person.phone) == person.phone
        stored = person.search_text
        person.save()
        assert person.search_text == stored


def test_one_of_them_booked_on_the_site_once_more_and_waits_to_be_matched() -> None:
    assert len(matches(among=Patient.objects.all(), at_most=9)) == 1


def test_visits_fill_six_weeks_around_today() -> None:
    days = [visit.starts_at.astimezone(AMMAN).date() for visit in Appointment.objects.all()]
    first, last = days_covered(MOMENT.today)
    assert first <= min(days) < MOMENT.today < max(days) <= last
    assert (last - first).days == 41
    assert 800 < len(days) < 2500
    near = sum(abs((day - MOMENT.today).days) <= 7 for day in days)
    far = sum(abs((day - MOMENT.today).days) > 14 for day in days)
    assert near > far


def test_what_is_over_is_settled_and_what_comes_is_booked_or_asked_for() -> None:
    past = Counter(Appointment.objects.filter(ends_at__lte=MOMENT.now).values_list("status", flat=True))
    assert set(past) == {AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW, AppointmentStatus.CANCELLED}
    assert past[AppointmentStatus.FULFILLED] > 5 * past[AppointmentStatus.NOSHOW]
    soon = MOMENT.now + timedelta(minutes=20)
    assert set(Appointment.objects.filter(starts_at__gt=soon).values_list("status", flat=True)) == {
        AppointmentStatus.BOOKED,
        AppointmentStatus.PENDING,
        AppointmentStatus.CANCELLED,
    }
    today = Appointment.objects.filter(starts_at__date=MOMENT.today).values_list("status", flat=True)
    assert {AppointmentStatus.FULFILLED, AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED} <= set(today)


def test_no_visit_lies_outside_working_hours_or_on_a_closure() -> None:
    hours = list(WorkingHours.objects.all())
    closures = list(Closure.objects.all())
    for visit in Appointment.objects.select_related("service"):
        begin, end = visit.starts_at.astimezone(AMMAN), visit.ends_at.astimezone(AMMAN)
        assert any(
            row.practitioner_id == visit.practitioner_id
            and row.location_id == visit.location_id
            and row.weekday == begin.isoweekday()
            and row.starts <= begin.time()
            and end.time() <= row.ends
            for row in hours
        ), visit
        assert not any(
            row.first_day <= begin.date() <= row.last_day and row.location_id in {None, visit.location_id}
            for row in closures
        ), visit


def test_the_branch_in_irbid_is_closed_for_works_while_amman_is_open() -> None:
    works = Closure.objects.get(location__slug="irbid").first_day
    assert MOMENT.today < works < days_covered(MOMENT.today)[1]
    on_the_day = Appointment.objects.filter(starts_at__date=works)
    assert not on_the_day.filter(location__slug="irbid").exists()
    assert on_the_day.filter(location__slug="amman").exists()


def test_each_visit_has_all_its_reservations_and_a_cancelled_one_none() -> None:
    for visit in Appointment.objects.select_related("service").prefetch_related("reservations__resource"):
        kinds = sorted(row.resource.kind for row in visit.reservations.all())
        if visit.status == AppointmentStatus.CANCELLED:
            assert kinds == []
            continue
        needs = [ResourceKind.PRACTITIONER]
        needs += [ResourceKind.ROOM] * bool(visit.service.room_kind)
        needs += [ResourceKind.DEVICE] * bool(visit.service.device_kind)
        assert kinds == sorted(needs)
        for row in visit.reservations.all():
            assert row.during.lower == visit.starts_at - timedelta(minutes=visit.service.buffer_before)
            assert row.during.upper == visit.ends_at + timedelta(minutes=visit.service.buffer_after)


def test_rooms_and_devices_are_of_the_right_kind_and_place() -> None:
    visits = Reservation.objects.filter(appointment__isnull=False)
    rooms = visits.filter(resource__room__isnull=False)
    assert rooms.exists()
    assert not rooms.exclude(
        resource__room__location=F("appointment__location"),
        resource__room__room_kind=F("appointment__service__room_kind"),
    ).exists()
    devices = visits.filter(resource__device__isnull=False)
    assert devices.values("resource").distinct().count() == 2
    assert not devices.exclude(
        resource__device__location=F("appointment__location"),
        resource__device__device_kind=F("appointment__service__device_kind"),
    ).exists()


def test_a_visit_that_was_free_before_could_have_been_booked_by_a_visitor() -> None:
    """Take one visit away, and availability offers exactly that time again."""
    visit = Appointment.objects.filter(status=AppointmentStatus.BOOKED, starts_at__gt=MOMENT.now + timedelta(days=3))[0]
    change_status(appointment=visit, status=AppointmentStatus.CANCELLED, by=None)
    slots = free_slots(
        service=visit.service,
        first_day=visit.starts_at.astimezone(AMMAN).date(),
        days=1,
        practitioners=[visit.practitioner_id],
        now=MOMENT.now,
    )
    assert visit.starts_at in {slot.starts_at for slot in slots}


def test_nobody_is_in_two_places_on_a_day_and_each_service_suits_its_patient() -> None:
    seen = set()
    for visit in Appointment.objects.exclude(status=AppointmentStatus.CANCELLED).select_related("patient", "service"):
        key = (visit.patient_id, visit.starts_at.date())
        assert key not in seen
        seen.add(key)
        if visit.service.specialty.slug == "womens-health":
            assert visit.patient.gender == "female"
        if visit.service.specialty.slug == "childrens-health":
            assert age(visit.patient, MOMENT.today) < ADULT


def test_every_visit_has_a_history_that_ends_in_its_status() -> None:
    told: dict[str, list[AuditEvent]] = {}
    for event in AuditEvent.objects.filter(subject_type="appointment").order_by("occurred_at", "pk"):
        told.setdefault(event.subject, []).append(event)
    for visit in Appointment.objects.all():
        first, *rest = told[visit.reference]
        begun = {"appointment.booked": "booked", "appointment.requested": "pending"}[first.verb]
        assert first.occurred_at == visit.created_at <= MOMENT.now
        assert visit.created_at < visit.starts_at
        assert len(rest) == visit.revision
        assert all(event.occurred_at <= MOMENT.now for event in rest)
        assert (rest[-1].detail["to"] if rest else begun) == visit.status


def test_a_few_callers_wait_for_a_time_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = WaitlistEntry.objects.all()
    asked_for = list(waiting.values_list("practitioner__slug", flat=True))
    assert asked_for == ["maha-qasem", "tariq-momani", "hanan-issa"]
    for entry in waiting:
        assert entry.first_day == MOMENT.today < entry.last_day
        assert AuditEvent.objects.get(subject=entry.reference).occurred_at == entry.created_at < MOMENT.now

    monkeypatch.setattr(clock, "now", lambda: MOMENT.now)

    assert work_through() == 0


def test_nobody_is_written_to() -> None:
    assert not Message.objects.exists()
