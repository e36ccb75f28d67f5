"""Six weeks of invented visits around today: three that are over, today, and three to come.

They are loaded once, as a whole. A load on a later day adds nothing, so that what the clinic booked by then
is never mixed with invention. No message is queued for them: their people cannot be reached.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clinic.directory.models import Closure, Practitioner, Service, WorkingHours
from clinic.patients.models import Patient
from clinic.scheduling.enums import AppointmentStatus, BookingSource, ReservationReason
from clinic.scheduling.models import Appointment, Reservation
from clinic.scheduling.rules import deadline
from home.starter.files import read_data
from home.starter.history import steps_to, write_history
from home.starter.ledger import Ledger
from home.starter.packing import Calendar, Interval, Period, Place, fit, periods_of, read_equipment
from home.starter.people import ADULT, Moment, age, reference

KEY = "visits"
DAYS_BEFORE, DAYS_AFTER = 21, 20
LONGEST_LEAD = 24  # days between booking and visit


@dataclass(slots=True)
class Diary:
    """The visits invented so far, with what each takes up."""

    moment: Moment
    dice: random.Random
    calendar: Calendar
    people: dict[str, list[Patient]]
    audience: dict[str, str]
    remarks: dict[str, dict[str, list[str]]]
    visits: list[tuple[Appointment, Place]] = field(default_factory=list)
    busy: dict[int, list[Interval]] = field(default_factory=lambda: defaultdict(list))


def load_visits(ledger: Ledger, *, moment: Moment) -> None:
    if ledger.has(KEY):
        return
    diary = open_diary(moment)
    equipment, offers, hours = read_equipment(), read_offers(), read_hours_of_everybody()
    closures = list(Closure.objects.all())
    for offset in range(-DAYS_BEFORE, DAYS_AFTER + 1):
        day = moment.today + timedelta(days=offset)
        for period in periods_of(day, hours, closures):
            fill(diary, period, fullness(offset), offers.get(period.practitioner.pk, []), equipment)
    store(diary)
    ledger.write([KEY], created=len(diary.visits))


def open_diary(moment: Moment) -> Diary:
    calendar = Calendar()
    begin, end = (moment.now + timedelta(days=days) for days in (-DAYS_BEFORE - 2, DAYS_AFTER + 2))
    for row in Reservation.objects.filter(during__overlap=(begin, end)):
        calendar.take([row.resource_id], (row.during.lower, row.during.upper))
    everybody = list(Patient.objects.filter(is_synthetic=True).order_by("pk"))
    adults = [person for person in everybody if age(person, moment.today) >= ADULT]
    return Diary(
        moment=moment,
        dice=moment.dice("visits"),
        calendar=calendar,
        people={
            "all": everybody,
            "adults": adults,
            "children": [person for person in everybody if age(person, moment.today) < ADULT],
            "women": [person for person in adults if person.gender == "female"],
            "mothers": [p for p in adults if p.gender == "female" and age(p, moment.today) < 45],
        },
        audience=read_audience(),
        remarks=read_data("patients/remarks"),
    )


def read_offers() -> dict[int, list[Service]]:
    """The services of each practitioner."""
    offers: dict[int, list[Service]] = defaultdict(list)
    for person in Practitioner.objects.filter(is_active=True).prefetch_related("services"):
        offers[person.pk] = sorted(person.services.all(), key=lambda service: service.pk)
    return offers


def read_hours_of_everybody() -> list[WorkingHours]:
    active = WorkingHours.objects.filter(practitioner__is_active=True, location__is_active=True)
    return list(active.select_related("practitioner", "location").order_by("practitioner", "weekday", "starts"))


def fullness(offset: int) -> float:
    """The share of a day that is booked: two thirds of today, less the further away, least far ahead."""
    return 0.7 + offset * 0.022 if offset <= 0 else max(0.05, 0.5 - offset * 0.03)


def fill(
    diary: Diary, period: Period, share: float, offers: list[Service], equipment: dict[tuple[int, str], list[int]]
) -> None:
    dice, cursor = diary.dice, period.opens
    while offers and cursor < period.closes:
        # Short visits are more common than long ones.
        service = dice.choices(offers, weights=[3600 / each.duration**1.5 for each in offers])[0]
        place = fit(service, period, after=cursor, calendar=diary.calendar, equipment=equipment)
        if dice.random() > share or place is None:
            cursor += timedelta(minutes=service.duration)
            continue
        person = choose_person(diary, service, place)
        cursor = place.taken[1]
        if person is None:
            continue
        visit = invent_visit(diary, service, period, place, person)
        diary.visits.append((visit, place))
        if visit.status != AppointmentStatus.CANCELLED:
            diary.calendar.take(place.resources, place.taken)
            diary.busy[person.pk].append((place.starts_at, place.ends_at))


def choose_person(diary: Diary, service: Service, place: Place) -> Patient | None:
    """Somebody whom the service is for and who is not elsewhere on that day."""
    group = diary.people[diary.audience.get(service.slug, "all")] or diary.people["all"]
    for person in diary.dice.sample(group, k=min(len(group), 12)):
        day = place.starts_at.date()
        if all(begin.date() != day for begin, _end in diary.busy[person.pk]):
            return person
    return None


def read_audience() -> dict[str, str]:
    """Whom each service is for, by slug: a group of `Diary.people`."""
    return {row["slug"]: row.get("patients", "all") for row in read_data("directory/services")["service"]}


def invent_visit(diary: Diary, service: Service, period: Period, place: Place, person: Patient) -> Appointment:
    dice = diary.dice
    status = invent_status(dice, place, diary.moment.now)
    remarks = diary.remarks
    language = person.language
    visit = Appointment(
        reference=reference(dice),
        patient=person,
        practitioner=period.practitioner,
        service=service,
        location=period.location,
        starts_at=place.starts_at,
        ends_at=place.ends_at,
        status=status,
        revision=len(steps_to(status)),
        source=dice.choices([BookingSource.SITE, BookingSource.DESK], weights=[55, 45])[0],
        language=language,
        contact_name=person.name_ar if language == "ar" else person.name_en,
        contact_phone=person.phone,
        contact_email=person.email,
        note=dice.choice(remarks["notes"][language]) if dice.random() < 0.12 else "",
        cancel_reason=dice.choice(remarks["reasons"][language]) if status == AppointmentStatus.CANCELLED else "",
    )
    # Booked some days ahead, and never after now.
    latest = min(place.starts_at - timedelta(hours=3), diary.moment.now - timedelta(minutes=20))
    visit.created_at = latest - timedelta(minutes=int(dice.triangular(0, LONGEST_LEAD * 1440, 3000)))
    if service.needs_approval and status == AppointmentStatus.BOOKED and visit.source == BookingSource.SITE:
        ask_for_approval(visit, dice, diary.moment.now)
    return visit


def ask_for_approval(visit: Appointment, dice: random.Random, now: datetime) -> None:
    """Let a visit that is far enough away have been asked for in the last hours, and wait for its answer."""
    asked = now - timedelta(minutes=dice.randint(20, 600))
    until = deadline(visit.service, starts_at=visit.starts_at, now=asked)
    if until > now + timedelta(hours=1):
        visit.status, visit.created_at, visit.approve_by = AppointmentStatus.PENDING, asked, until


def invent_status(dice: random.Random, place: Place, now: datetime) -> AppointmentStatus:
    """Visits that are over were mostly kept; somebody may already sit in the waiting room for the next ones."""
    chance = dice.random()
    if chance < 0.07:
        return AppointmentStatus.CANCELLED
    if place.ends_at <= now:
        return AppointmentStatus.NOSHOW if chance < 0.13 else AppointmentStatus.FULFILLED
    if place.starts_at <= now or (place.starts_at <= now + timedelta(minutes=20) and chance < 0.6):
        return AppointmentStatus.ARRIVED
    return AppointmentStatus.BOOKED


def store(diary: Diary) -> None:
    """All visits, their reservations and their histories, in a few statements. A cancelled visit takes no time."""
    visits = [visit for visit, _place in diary.visits]
    booked_at = {visit.reference: visit.created_at for visit in visits}
    Appointment.objects.bulk_create(visits, batch_size=1000)
    for visit in visits:
        visit.created_at = booked_at[visit.reference]  # auto_now_add has put the present there
    Appointment.objects.bulk_update(visits, ["created_at"], batch_size=1000)
    Reservation.objects.bulk_create(
        [
            Reservation(
                resource_id=resource, during=place.taken, reason=ReservationReason.APPOINTMENT, appointment=visit
            )
            for visit, place in diary.visits
            if visit.status != AppointmentStatus.CANCELLED
            for resource in place.resources
        ],
        batch_size=1000,
    )
    write_history(visits, moment=diary.moment)


def days_covered(today: date) -> tuple[date, date]:
    """The first and the last day that invented visits may lie on."""
    return today - timedelta(days=DAYS_BEFORE), today + timedelta(days=DAYS_AFTER)
