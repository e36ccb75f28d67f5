"""Who is offered a time that became free, until when, and what comes next."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from clinic.audit.models import AuditEvent
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from clinic.scheduling.actions import BookingRefused, Contact, book_appointment, cancel_appointment, undo_last
from clinic.scheduling.links import LinkInvalid
from clinic.scheduling.models import Appointment, Hold, Reservation, WaitlistEntry, WaitlistOffer
from clinic.scheduling.tasks import forget_old_entries, offer_freed_times
from clinic.scheduling.waitlist import waking
from clinic.scheduling.waitlist.answers import accept_offer, decline_offer, expire_offers
from clinic.scheduling.waitlist.entries import join_waitlist, leave_waitlist
from clinic.scheduling.waitlist.links import entry_of, entry_token, offer_of, offer_token
from clinic.scheduling.waitlist.offers import work_through
from clinic.scheduling.waitlist.refusals import WaitlistRefused
from tests.accounts.cast import person
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory
from tests.factories.waitlist import WaitlistEntryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # Monday, ten o'clock in Amman
TOMORROW = date(2026, 11, 24)
ZONE = "Asia/Amman"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def ten_o_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    hands = Clock()
    monkeypatch.setattr(clock, "now", hands)
    return hands


class FullClinic:
    """One doctor, tomorrow from nine to ten: two visits of half an hour, both taken."""

    def __init__(self) -> None:
        self.location: Location = LocationFactory(time_zone=ZONE)
        self.service: Service = ServiceFactory()
        self.doctor: Practitioner = WorkingPractitionerFactory(
            services=[self.service], hours__location=self.location, hours__starts=time(9), hours__ends=time(10)
        )
        self.visits = [self.visit(hour, minute) for hour, minute in ((9, 0), (9, 30))]

    def visit(self, hour: int, minute: int, **fields: Any) -> Appointment:
        return AppointmentFactory(
            service=self.service,
            practitioner=self.doctor,
            location=self.location,
            starts_at=at(hour, minute),
            **fields,
        )

    def waits(self, **fields: Any) -> WaitlistEntry:
        return WaitlistEntryFactory(**{"service": self.service, "first_day": TOMORROW, "last_day": TOMORROW, **fields})

    def free(self, number: int = 0) -> datetime:
        """A patient cancels."""
        cancel_appointment(appointment=self.visits[number], by=None)
        return self.visits[number].starts_at


def at(hour: int, minute: int = 0, *, day: date = TOMORROW) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.fixture
def clinic(db: None) -> FullClinic:
    return FullClinic()


def offers() -> list[tuple[int, datetime, str]]:
    return [(each.entry_id, each.starts_at, each.status) for each in WaitlistOffer.objects.all()]


def test_nothing_is_offered_while_nothing_is_free(clinic: FullClinic) -> None:
    clinic.waits()
    assert work_through() == 0


def test_a_cancelled_time_is_kept_for_whoever_waits_longest_and_offered_by_mail(clinic: FullClinic) -> None:
    first, second = clinic.waits(contact_name="Layla Haddad"), clinic.waits()
    freed = clinic.free()

    assert work_through() == 1

    assert offers() == [(first.pk, freed, "open")]
    hold = Hold.objects.get()
    assert (hold.starts_at, hold.expires_at) == (freed, NOW + timedelta(hours=1))
    assert Reservation.objects.filter(hold=hold).count() == 1
    deliver_due()
    letter = mail.outbox[-1]
    assert letter.to == [first.contact_email]
    assert offer_token(WaitlistOffer.objects.get()) in str(letter.body)
    assert not Message.objects.filter(kind="waitlist_offer", recipient=second.contact_email).exists()


def test_a_time_that_is_offered_cannot_be_booked_by_another_visitor(clinic: FullClinic) -> None:
    clinic.waits()
    freed = clinic.free()
    work_through()
    with pytest.raises(BookingRefused, match="taken"):
        book_appointment(
            service=clinic.service,
            practitioner=clinic.doctor,
            location=clinic.location,
            starts_at=freed,
            contact=Contact(name="Somebody Else"),
            language="en",
            source="site",
            by=None,
        )


def test_two_free_times_are_offered_to_two_people(clinic: FullClinic) -> None:
    entries = [clinic.waits() for _ in range(3)]
    freed = [clinic.free(0), clinic.free(1)]
    assert work_through() == 2
    assert offers() == [(entries[0].pk, freed[0], "open"), (entries[1].pk, freed[1], "open")]
    assert work_through() == 0


def test_accepting_books_the_visit_for_whoever_waited(clinic: FullClinic) -> None:
    patient = PatientFactory()
    entry = clinic.waits(patient=patient, language="ar")
    freed = clinic.free()
    work_through()
    offer = WaitlistOffer.objects.get()

    visit = accept_offer(offer=offer, by=None)

    assert (visit.starts_at, visit.patient, visit.language, visit.source) == (freed, patient, "ar", "site")
    entry.refresh_from_db()
    offer.refresh_from_db()
    assert (entry.status, offer.status, offer.appointment) == ("booked", "accepted", visit)
    assert not Hold.objects.exists()
    assert accept_offer(offer=offer, by=None) == visit
    assert Appointment.objects.filter(starts_at=freed, status="booked").count() == 1
    assert Message.objects.filter(kind="appointment_booked", subject=visit.reference).count() == 1


def test_a_declined_time_goes_to_the_next_and_never_back(clinic: FullClinic) -> None:
    first, second = clinic.waits(), clinic.waits()
    freed = clinic.free()
    work_through()
    decline_offer(offer=WaitlistOffer.objects.get(), by=None)
    assert not Hold.objects.exists()

    assert work_through() == 1
    assert offers() == [(first.pk, freed, "declined"), (second.pk, freed, "open")]
    decline_offer(offer=WaitlistOffer.objects.get(status="open"), by=None)
    assert work_through() == 0  # both have had it

    other = clinic.free(1)
    assert work_through() == 1
    assert offers()[-1] == (first.pk, other, "open")  # who declined has kept their place


def test_an_offer_that_nobody_answers_goes_to_the_next(clinic: FullClinic, ten_o_clock: Clock) -> None:
    first, second = clinic.waits(), clinic.waits()
    freed = clinic.free()
    work_through()
    ten_o_clock.now += timedelta(minutes=59)
    assert expire_offers() == 0
    ten_o_clock.now += timedelta(minutes=1)

    with pytest.raises(WaitlistRefused, match="over"):
        accept_offer(offer=WaitlistOffer.objects.get(), by=None)
    assert work_through() == 1

    assert offers() == [(first.pk, freed, "expired"), (second.pk, freed, "open")]
    first.refresh_from_db()
    assert (first.status, first.unanswered) == ("waiting", 1)


def test_whoever_lets_three_offers_go_by_is_taken_off_the_list_and_told(clinic: FullClinic, ten_o_clock: Clock) -> None:
    entry = clinic.waits(last_day=TOMORROW + timedelta(days=5))  # each day but tomorrow is free
    for _ in range(3):
        assert work_through() == 1
        ten_o_clock.now += timedelta(hours=1)
    assert work_through() == 0
    entry.refresh_from_db()
    assert entry.status == "silent"
    deliver_due()
    assert mail.outbox[-1].subject == "You are not on the waitlist any more"


def test_a_mail_about_an_offer_that_is_over_is_never_sent(clinic: FullClinic) -> None:
    clinic.waits()
    clinic.free()
    work_through()
    decline_offer(offer=WaitlistOffer.objects.get(), by=None)
    deliver_due()
    assert Message.objects.get(kind="waitlist_offer").status == "skipped"


def test_leaving_the_list_gives_the_offered_time_to_the_next(clinic: FullClinic) -> None:
    first, second = clinic.waits(), clinic.waits()
    clinic.free()
    work_through()
    leave_waitlist(entry=first, by=None)
    leave_waitlist(entry=first, by=None)
    assert work_through() == 1
    assert WaitlistOffer.objects.get(status="open").entry == second
    assert AuditEvent.objects.filter(verb="waitlist.ended").count() == 1


def test_who_has_a_visit_cannot_leave_the_list_any_more(clinic: FullClinic) -> None:
    entry = clinic.waits()
    clinic.free()
    work_through()
    accept_offer(offer=WaitlistOffer.objects.get(), by=None)
    with pytest.raises(WaitlistRefused, match="ended"):
        leave_waitlist(entry=entry, by=None)


def test_a_time_that_the_clinic_took_back_is_refused_and_the_wait_goes_on(clinic: FullClinic) -> None:
    entry = clinic.waits()
    clinic.free()
    work_through()
    offer = WaitlistOffer.objects.get()
    Hold.objects.all().delete()
    clinic.visit(9, 0)
    with pytest.raises(BookingRefused, match="taken"):
        accept_offer(offer=offer, by=None)
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.status, entry.status) == ("gone", "waiting")


def test_what_staff_may_still_undo_is_not_offered_yet(clinic: FullClinic, ten_o_clock: Clock) -> None:
    clinic.waits()
    cancel_appointment(appointment=clinic.visits[0], by=person("rania"))
    assert work_through() == 0
    ten_o_clock.now += timedelta(seconds=30)
    assert work_through() == 1


def test_the_bell_rings_when_a_visit_is_cancelled_and_only_if_somebody_waits(
    clinic: FullClinic, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(waking.offer_freed_times, "apply_async", lambda asked, **_when: rung.extend(asked))
    with django_capture_on_commit_callbacks(execute=True):
        clinic.free(0)
    assert rung == []
    clinic.waits()
    with django_capture_on_commit_callbacks(execute=True):
        clinic.free(1)
    assert rung == [clinic.service.pk]


def test_joining_is_told_recorded_and_the_same_form_twice_is_one_entry(clinic: FullClinic) -> None:
    def join() -> WaitlistEntry:
        return join_waitlist(
            service=clinic.service,
            first_day=TOMORROW,
            last_day=TOMORROW,
            contact=Contact(name="Layla", email="layla@patients.example"),
            language="ar",
            source="site",
            key="form-1234",
            by=None,
        )

    entry = join()
    assert join() == entry
    assert AuditEvent.objects.filter(verb="waitlist.joined", subject=entry.reference).count() == 1
    deliver_due()
    [letter] = mail.outbox
    assert letter.subject == "أنتم على قائمة الانتظار"
    assert entry_token(entry) in str(letter.body)


def test_entries_end_with_their_last_day_and_are_forgotten_after_a_month(
    clinic: FullClinic, ten_o_clock: Clock
) -> None:
    clinic.waits()
    ten_o_clock.now += timedelta(days=3)
    offer_freed_times()
    assert WaitlistEntry.objects.get().status == "over"
    assert forget_old_entries() == 0
    ten_o_clock.now += timedelta(days=31)
    assert forget_old_entries() == 1


def test_somebody_without_an_e_mail_address_is_asked_only_while_the_desk_can_call(
    clinic: FullClinic, ten_o_clock: Clock
) -> None:
    entry = clinic.waits(contact_email="")
    clinic.free()
    ten_o_clock.now = at(20, day=NOW.date())
    assert work_through() == 0
    ten_o_clock.now = at(15, day=NOW.date())
    assert work_through() == 1
    ten_o_clock.now += timedelta(hours=1)
    work_through()
    entry.refresh_from_db()
    assert (entry.status, entry.unanswered) == ("waiting", 0)


def test_links_open_their_own_purpose_only(clinic: FullClinic) -> None:
    entry = clinic.waits()
    clinic.free()
    work_through()
    offer = WaitlistOffer.objects.get()
    assert entry_of(entry_token(entry)) == entry
    assert offer_of(offer_token(offer)) == offer
    for read, token in ((entry_of, offer_token(offer)), (offer_of, entry_token(entry)), (offer_of, offer.reference)):
        with pytest.raises(LinkInvalid):
            read(token)


def test_the_database_lets_nobody_have_two_open_offers(clinic: FullClinic) -> None:
    names = {each.name for each in WaitlistOffer._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'scheduling_waitlistoffer'")
        assert "waitlist_one_open_offer_for_an_entry" in names & {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("too_late", [False, True])
def test_an_acceptance_that_is_undone_is_an_offer_again(clinic: FullClinic, ten_o_clock: Clock, too_late: bool) -> None:
    # Given a colleague who has pressed "Accepts" for the wrong person
    rania = person("rania")
    entry = clinic.waits()
    starts_at = clinic.free()
    assert work_through() == 1
    offer = WaitlistOffer.objects.get()
    visit = accept_offer(offer=offer, by=rania)
    if too_late:
        WaitlistOffer.objects.update(made_at=NOW - timedelta(hours=2), expires_at=NOW)

    # When it is taken back, then the entry waits in its old place, and the time is kept for it as long as before
    undo_last(by=rania)
    entry.refresh_from_db()
    offer.refresh_from_db()
    visit.refresh_from_db()
    assert (visit.status, entry.status, entry.ended_at) == ("cancelled", "waiting", None)
    assert not visit.reservations.exists()
    assert (offer.status, offer.appointment) == ("expired" if too_late else "open", None)
    assert Hold.objects.filter(holder=offer.holder).exists() is not too_late
    assert AuditEvent.objects.filter(verb="waitlist.reopened", subject=entry.reference).count() == 1
    if not too_late:
        assert accept_offer(offer=offer, by=rania).starts_at == starts_at
