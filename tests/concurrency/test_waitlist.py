"""Two workers, two answers, a visitor in between: no time is offered twice, and nobody is passed over."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from clinic.lib import clock
from clinic.messaging.models import Message
from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.models import Appointment, Hold, Reservation, WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist import offers
from clinic.scheduling.waitlist.answers import accept_offer, decline_offer, expire_offers
from clinic.scheduling.waitlist.entries import leave_waitlist
from clinic.scheduling.waitlist.offers import work_through
from clinic.scheduling.waitlist.refusals import WaitlistRefused
from tests.concurrency.conftest import Clinic, all_at_once, overlaps
from tests.factories.waitlist import WaitlistEntryFactory


@pytest.fixture
def line(clinic: Clinic) -> list[WaitlistEntry]:
    """Six who wait; there are three times, of half an hour."""
    service = clinic.service
    service.step = 30
    service.save()
    clinic.doctor = clinic.new_doctor(service)  # type: ignore[attr-defined]
    clinic.doctor.working_hours.update(starts="10:00", ends="11:30")  # type: ignore[attr-defined]
    return [WaitlistEntryFactory(service=service, first_day=clinic.day, last_day=clinic.day) for _ in range(6)]


def asked() -> list[int]:
    return list(WaitlistOffer.objects.filter(status="open").order_by("entry").values_list("entry", flat=True))


def test_many_workers_at_once_offer_each_time_once_and_in_turn(line: list[WaitlistEntry]) -> None:
    made = all_at_once([work_through] * 4)
    assert sum(made) == 3
    assert asked() == [entry.pk for entry in line[:3]]
    assert WaitlistOffer.objects.values("practitioner", "starts_at").distinct().count() == 3
    assert Hold.objects.count() == 3
    assert overlaps() == 0
    assert Message.objects.filter(kind="waitlist_offer").count() == 3


def test_without_taking_turns_people_are_asked_at_the_same_time(
    line: list[WaitlistEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The constraints still hold: no time is offered twice, and nobody is asked about two."""
    monkeypatch.setattr(offers, "TURN", "SELECT %s")
    all_at_once([lambda: _or_nothing(work_through)] * 4)
    assert len(asked()) == len(set(asked())) <= 3
    assert WaitlistOffer.objects.values("practitioner", "starts_at").distinct().count() == WaitlistOffer.objects.count()
    assert overlaps() == 0


def _or_nothing(work: Callable[[], int]) -> None:
    with suppress(IntegrityError):  # what a worker meets without its guard
        work()


def answer(offer: WaitlistOffer, how: str) -> str:
    try:
        if how == "accept":
            accept_offer(offer=offer, by=None)
        elif how == "decline":
            decline_offer(offer=offer, by=None)
        else:
            leave_waitlist(entry=offer.entry, by=None)
    except (WaitlistRefused, BookingRefused) as refusal:
        return refusal.code
    return how


def test_one_offer_is_answered_once(line: list[WaitlistEntry]) -> None:
    work_through()
    offer = WaitlistOffer.objects.order_by("pk").first()
    assert offer
    outcomes = all_at_once([partial(answer, offer, how) for how in ("accept", "decline", "leave") * 3])
    offer.refresh_from_db()
    accepted = offer.status == "accepted"
    assert Appointment.objects.count() == int(accepted)
    assert ("accept" in outcomes) == accepted
    assert not set(outcomes) - {"accept", "decline", "leave", "answered", "ended"}
    held = Reservation.objects.filter(during__startswith=offer.starts_at)
    assert held.count() == int(accepted)


def test_an_answer_in_the_last_moment_is_taken_or_refused_never_both(
    line: list[WaitlistEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    work_through()
    offer = WaitlistOffer.objects.order_by("pk").first()
    assert offer
    ends = offer.expires_at
    monkeypatch.setattr(clock, "now", lambda: ends - timedelta(microseconds=1))
    monkeypatch.setattr("clinic.scheduling.waitlist.answers.clock.now", lambda: ends)
    outcomes = all_at_once([lambda: answer(offer, "accept"), expire_offers])
    offer.refresh_from_db()
    assert (outcomes[0], offer.status) in (("over", "expired"), ("accept", "accepted"))
    assert Appointment.objects.count() == int(offer.status == "accepted")
