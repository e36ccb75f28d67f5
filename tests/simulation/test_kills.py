"""A few of the kills of `./run simulate kills`, and that what they look for is found when it is there."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from clinic.messaging.models import Message
from tests.concurrency.conftest import found_site
from tests.factories.messaging import MessageFactory
from tests.messaging.gateway import open_carrier
from tests.messaging.postoffice import open_post_office
from tests.simulation.kills import senders
from tests.simulation.kills.senders import Outcome, count, decide, kill_senders
from tests.simulation.kills.web import kill_web

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[..., list[dict[str, Any]]]


def test_senders_that_are_killed_lose_and_double_no_message() -> None:
    found_site()

    outcome = kill_senders(runs=6, dice=Random("kills of the suite"))

    assert (outcome.lost, outcome.doubled) == ([], [])
    assert outcome.messages == 6 * senders.EACH


def test_a_message_that_arrives_twice_or_never_is_counted() -> None:
    twice, never = (
        Message.objects.create(
            kind="appointment_booked",
            subject_type="appointment",
            subject=each,
            rule="booked",
            revision=0,
            recipient="layla@patients.example",
            language="en",
            status="sent",
        )
        for each in ("twice", "never")
    )
    outcome = Outcome()
    with open_post_office() as office, open_carrier() as carrier:
        office.letters = [f"Message-ID: <{twice.reference.lower()}@localhost>\r\n\r\n".encode()] * 2
        count(office, carrier, outcome)

    assert outcome.lost == [f"{never.reference}: sent, arrived 0 times"]
    assert outcome.doubled == [f"{twice.reference}: sent, arrived 2 times"]


def test_a_text_that_the_carrier_refused_for_now_is_sent_again_by_who_asks_the_carrier() -> None:
    refused, taken = MessageFactory.create_batch(2, status="unconfirmed")
    outcome = Outcome()
    with open_post_office() as office, open_carrier() as carrier:
        carrier.taken = [{"id": refused.reference}, {"id": taken.reference}]
        carrier.refused = [refused.reference]
        decide(office, carrier, outcome)

    assert (outcome.in_doubt, outcome.arrived_in_doubt) == (2, 1)
    refused.refresh_from_db()
    taken.refresh_from_db()
    assert (refused.status, taken.status) == ("pending", "discarded")


def test_who_sends_a_booking_again_after_the_server_died_has_one_whole_visit(ask: Ask) -> None:
    outcome = kill_web(ask, runs=4, dice=Random("web of the suite"))

    assert outcome.broken == []
    assert outcome.booked
