"""Many guesses at one code, and many codes to one contact, at the same moment."""

import threading
from collections import Counter
from functools import partial
from unittest.mock import Mock

import pytest
from django.conf import settings

from clinic.booking import codes
from clinic.booking.codes import Claim, CodeRefused, digits_of, prove, send_code
from clinic.booking.models import ContactCode
from clinic.booking.rules import MOST_ATTEMPTS
from clinic.messaging.models import Message
from tests.concurrency.conftest import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = Claim("abcdefgh", "email", "layla@patients.example")


def guess() -> str:
    wrong = f"{(int(digits_of(ContactCode.objects.get())) + 1) % 10**6:06}"
    try:
        prove(CLAIM, wrong)
    except CodeRefused as refusal:
        return refusal.code
    return "right"


def ask(number: int) -> str:
    try:
        send_code(Claim(f"form-{number:04}", CLAIM.channel, CLAIM.address), language="en")
    except CodeRefused as refusal:
        return refusal.code
    return "sent"


def test_ten_guesses_at_once_are_five_attempts() -> None:
    send_code(CLAIM, language="en")

    outcomes = all_at_once([guess] * 10)

    assert set(outcomes) <= {"wrong", "over"}
    assert ContactCode.objects.get().attempts == MOST_ATTEMPTS


def test_many_forms_at_once_send_one_contact_no_more_than_it_may_get() -> None:
    outcomes = Counter(all_at_once([partial(ask, number) for number in range(8)]))

    assert outcomes == {"sent": settings.CODES_PER_CONTACT, "limit": 8 - settings.CODES_PER_CONTACT}
    assert Message.objects.count() == settings.CODES_PER_CONTACT


def test_without_its_lock_the_limit_would_be_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody counts before anybody writes, each under a lock of their own."""
    gate = threading.Barrier(8)
    count = codes.ContactCode.objects.filter

    def count_and_wait(**conditions: object) -> object:
        found = list(count(**conditions))
        gate.wait(timeout=60)
        return Mock(count=lambda: len(found))

    monkeypatch.setattr(codes, "LOCK", "SELECT %s")
    monkeypatch.setattr(codes.ContactCode.objects, "filter", count_and_wait)

    assert all_at_once([partial(ask, number) for number in range(8)]) == ["sent"] * 8
