"""Every way to reserve, for `harness`."""

from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.directory.models import Resource
from clinic.scheduling.actions import (
    Booking,
    Choice,
    Contact,
    Wish,
    book_together,
    cancel_appointment,
    hold_time,
    move_appointment,
    report_sick,
    settle_visits,
    take_absence,
    undo_last,
)
from clinic.scheduling.enums import AbsenceKind, BookingSource, Decision
from clinic.scheduling.models import Absence, Appointment, WaitlistOffer
from clinic.scheduling.recurrence import occurrences
from clinic.scheduling.waitlist.answers import accept_offer
from clinic.scheduling.waitlist.offers import work_through
from tests.concurrency.harness import Contest, Deed, Path
from tests.factories.accounts import UserFactory
from tests.factories.waitlist import WaitlistEntryFactory, WaitlistOfferFactory

CALLER = Contact(name="Layla Haddad", phone="+962791234567")
PATHS: list[Path] = []


def path(prepare: Path) -> Path:
    PATHS.append(prepare)
    return prepare


@path
def visitor(contest: Contest, number: int) -> Deed:
    return lambda: contest.visit().reference


@path
def visitor_who_keeps_the_time_first(contest: Contest, number: int) -> Deed:
    def book() -> str:
        hold = hold_time(
            service=contest.with_room,
            practitioner=contest.doctor,
            location=contest.location,
            starts_at=contest.time,
            holder=f"visitor {number}",
        )
        return contest.visit(hold=hold).reference

    return book


@path
def request_for_approval(contest: Contest, number: int) -> Deed:
    """What is asked for holds the time until the clinic has answered."""
    return lambda: contest.visit(service=contest.approved).reference


@path
def reschedule_by_link(contest: Contest, number: int) -> Deed:
    visit = contest.visit(720 + 30 * number)
    return lambda: move_appointment(appointment=visit, starts_at=contest.time, by=None, enforce_cutoff=True).reference


@path
def drag(contest: Contest, number: int) -> Deed:
    visit, by = contest.visit(720 + 30 * number), UserFactory()
    return lambda: move_appointment(appointment=visit, starts_at=contest.time, by=by, ignore_notice=True).reference


@path
def undo(contest: Contest, number: int) -> Deed:
    by = UserFactory()
    cancel_appointment(appointment=contest.visit(source="desk", by=by), by=by)
    return lambda: undo_last(by=by)[0].reference


def together(contest: Contest, wishes: list[Wish]) -> Deed:
    """A desk that books all of `wishes` or none."""
    by = UserFactory()
    bookings = [Booking(wish=wish, contact=CALLER, language="en") for wish in wishes]

    def book() -> str:
        visits = book_together(bookings=bookings, source=BookingSource.DESK, by=by)
        return next(each.reference for each in visits if each.starts_at == contest.time)

    return book


def wish(contest: Contest) -> Wish:
    return Wish(contest.with_room, contest.doctor, contest.location, contest.time)


@path
def reception(contest: Contest, number: int) -> Deed:
    return together(contest, [wish(contest)])


@path
def recurring(contest: Contest, number: int) -> Deed:
    """Three days; every second desk asks for them the other way round."""
    starts = occurrences("FREQ=DAILY;COUNT=3", first=contest.time, zone="UTC")
    wishes = [Wish(contest.with_room, contest.doctor, contest.location, each) for each in starts]
    return together(contest, wishes[:: 1 - number % 2 * 2])


@path
def family(contest: Contest, number: int) -> Deed:
    """Two at the same time with two doctors; every second family asks for them the other way round."""
    relative = Wish(contest.service, contest.other, contest.location, contest.at(630))
    return together(contest, [wish(contest), relative][:: 1 - number % 2 * 2])


@path
def waitlist_offer(contest: Contest, number: int) -> Deed:
    at = contest.time.time()
    entry = WaitlistEntryFactory(
        service=contest.with_room, first_day=contest.day, last_day=contest.day, earliest=at, latest=at
    )

    def offer() -> str | None:
        work_through(contest.with_room.pk)
        made = WaitlistOffer.objects.filter(entry=entry).first()
        return made.holder if made else None

    return offer


@path
def waitlist_acceptance(contest: Contest, number: int) -> Deed:
    """Of a time that was let go of meanwhile: the one that is still kept nobody else can have."""
    offer = WaitlistOfferFactory(
        entry=WaitlistEntryFactory(service=contest.with_room, first_day=contest.day, last_day=contest.day),
        practitioner=contest.doctor,
        location=contest.location,
        starts_at=contest.time,
        made_at=contest.at(0),
        expires_at=contest.at(60),
    )
    return lambda: accept_offer(offer=offer, by=None).reference


def absence_of(contest: Contest, resource: int, kind: AbsenceKind = AbsenceKind.LEAVE) -> Absence:
    """The half hour that is contested, not saved yet."""
    during = DateTimeTZRange(contest.time, contest.time + timedelta(minutes=30))
    return Absence(kind=kind, resource=Resource.objects.get(pk=resource), during=during, time_zone="UTC")


@path
def leave(contest: Contest, number: int) -> Deed:
    absence = absence_of(contest, contest.doctor.pk)
    return lambda: taken_by(take_absence(absence=absence, choices=[], by=None), contest)


@path
def sick_today(contest: Contest, number: int) -> Deed:
    return lambda: taken_by(report_sick(practitioner=contest.doctor, zone="UTC", by=None), contest)


def taken_by(absence: Absence, contest: Contest) -> str | None:
    """The absence, if it got the time: a visit stays and stands on the list, and nobody is away twice."""
    return absence.reference if absence.reservations.filter(during__contains=contest.time).exists() else None


def displaced(contest: Contest) -> Choice:
    """A visit to a colleague that is to move to the contested doctor, at the same time."""
    colleague = contest.new_doctor(contest.service)
    visit = contest.book(colleague, 600)
    return Choice(visit, Decision.MOVED, contest.doctor, contest.location, contest.time)


@path
def leave_with_a_move(contest: Contest, number: int) -> Deed:
    choice = displaced(contest)
    absence = absence_of(contest, choice.visit.practitioner_id)

    def enter() -> str:
        take_absence(absence=absence, choices=[choice], by=None)
        return choice.visit.reference

    return enter


@path
def list_worked_off(contest: Contest, number: int) -> Deed:
    choice = displaced(contest)
    absence = report_sick(practitioner=choice.visit.practitioner, zone="UTC", by=None)

    def settle() -> str:
        settle_visits(absence=absence, choices=[choice], by=None)
        return choice.visit.reference

    return settle


@path
def maintenance_that_sends_a_visit_to_another_room(contest: Contest, number: int) -> Deed:
    room, colleague = contest.new_room(), contest.new_doctor(contest.with_room)
    Resource.objects.filter(pk=contest.room.pk).update(is_active=False)
    visit: Appointment = contest.book(colleague, 600, service=contest.with_room)
    Resource.objects.filter(pk=contest.room.pk).update(is_active=True)
    choice = Choice(visit, Decision.MOVED, colleague, contest.location, contest.time)
    absence = absence_of(contest, room.pk, AbsenceKind.MAINTENANCE)

    def enter() -> str:
        take_absence(absence=absence, choices=[choice], by=None)
        return visit.reference

    return enter
