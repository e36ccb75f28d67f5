"""Senders killed in the middle of their work, against a mail server and a carrier that count what reaches them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from random import Random
from typing import IO, cast

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from clinic.accounts.models import User
from clinic.directory.models import Location, Service
from clinic.messaging.actions import discard_message, queue_message, retry_message
from clinic.messaging.enums import Channel, MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.messages import queue_booked
from clinic.scheduling.reminders.messages import REMINDER
from clinic.scheduling.reminders.moments import due_reminders
from config.env import ROOT
from tests.concurrency.server import database_url
from tests.factories.directory import LocationFactory, ReminderRuleFactory, ServiceFactory
from tests.factories.scheduling import AppointmentFactory
from tests.messaging import gateway, postoffice
from tests.messaging.gateway import Carrier, open_carrier
from tests.messaging.postoffice import PostOffice, open_post_office

EACH = 2  # messages of one run, every second one an SMS
LONGEST = 0.6  # seconds of work until a sender is killed
PATIENCE = 300.0  # seconds for the last sender, which nobody kills
SETTLED = (MessageStatus.SENT, MessageStatus.SKIPPED, MessageStatus.DISCARDED)
# How mail servers and carriers may feel: mostly well.
MAIL_MOODS = [
    {},
    {},
    {},
    {"RCPT": ["451 4.7.1 Greylisted, come back later"]},
    {".": [postoffice.HANG_UP]},
    {".": [postoffice.NEVER]},
    {"EHLO": [postoffice.NEVER]},
]
SMS_MOODS = [[], [], [], [503], [500], [gateway.HANG_UP], [gateway.NEVER]]


@dataclass(slots=True)
class Outcome:
    """`in_doubt`: messages whose sender died, or was not answered, while they were sent; a person decided each.

    `arrived_in_doubt` of them had arrived. `lost` and `doubled` are the broken promises.
    """

    kills: int = 0
    messages: int = 0
    in_doubt: int = 0
    arrived_in_doubt: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.lost and not self.doubled

    def __str__(self) -> str:
        return (
            f"{self.kills} senders killed, {self.messages} messages: {self.in_doubt} in doubt, of which "
            f"{self.arrived_in_doubt} had arrived; lost {len(self.lost)}, doubled {len(self.doubled)}"
        )


class Nursery:
    """Makes senders. `kill` ends one, at once."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.orders, self.answers = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        if self.answers.readline().strip() != "ready":
            raise RuntimeError("The nursery of senders does not start; its words stand in the output.")

    def make(self) -> int:
        self.orders.write("\n")
        self.orders.flush()
        return int(self.answers.readline())


@contextlib.contextmanager
def open_nursery(office: PostOffice, carrier: Carrier) -> Iterator[Nursery]:
    """Senders as a clinic runs them, with this mail server and this carrier."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "EMAIL_URL": f"smtp://127.0.0.1:{office.server_address[1]}",
        "SMS_URL": carrier.address,
        "IYADA_QUIET_HOURS": "00:00-00:00",
        "IYADA_LOG_LEVEL": "ERROR",
    }
    argv = [sys.executable, "-m", "tests.simulation.kills.nursery"]
    with subprocess.Popen(
        argv,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield Nursery(process)
        finally:
            process.terminate()


def kill_senders(*, runs: int, dice: Random) -> Outcome:
    """Kill `runs` senders, each at a moment of its own; then let one live, and count what arrived."""
    outcome = Outcome(kills=runs)
    with open_post_office() as office, open_carrier() as carrier, open_nursery(office, carrier) as nursery:
        service, location = ServiceFactory(), LocationFactory(time_zone="UTC")
        ReminderRuleFactory(service=service, hours_before=3, channel=Channel.SMS)
        for _run in range(runs):
            office.replies, carrier.replies = dict(dice.choice(MAIL_MOODS)), list(dice.choice(SMS_MOODS))
            queue(service, location)
            sender = nursery.make()
            time.sleep(dice.uniform(0, LONGEST))
            os.kill(sender, signal.SIGKILL)
        office.replies, carrier.replies = {}, []
        pass_time()
        send_the_rest(nursery)
        decide(office, carrier, outcome)
        send_the_rest(nursery)
        count(office, carrier, outcome)
    return outcome


def queue(service: Service, location: Location) -> None:
    """Messages about visits in two hours: confirmations by e-mail, and reminders by SMS."""
    begins = timezone.now() + timedelta(hours=2)
    for number in range(EACH):
        visit = AppointmentFactory(service=service, location=location, starts_at=begins)
        if number % 2:
            queue_booked(visit)
            continue
        [reminder] = due_reminders(begins, [(3, "sms")], zone="UTC", now=timezone.now())
        queue_message(
            kind=REMINDER,
            subject_type="appointment",
            subject=visit.reference,
            rule=reminder.rule,
            revision=0,
            recipient="+962791234567",
            language="en",
            channel=Channel.SMS,
        )


def pass_time() -> None:
    """The five minutes of each claim, and the pause before each new attempt."""
    now = timezone.now()
    Message.objects.filter(status=MessageStatus.SENDING).update(claimed_until=now - timedelta(seconds=1))
    Message.objects.filter(status=MessageStatus.PENDING).update(due_at=now)


def send_the_rest(nursery: Nursery) -> None:
    """Raises `TimeoutError`."""
    sender, until = nursery.make(), time.monotonic() + PATIENCE
    left = Message.objects.filter(Q(status=MessageStatus.PENDING) | Q(status=MessageStatus.SENDING))
    while left.exists():
        if time.monotonic() > until:
            raise TimeoutError(f"After {PATIENCE:.0f} s {left.count()} messages still wait.")
        time.sleep(0.1)
    os.kill(sender, signal.SIGKILL)


def arrivals(office: PostOffice, carrier: Carrier) -> Counter[str]:
    """How often each message, by its reference, was taken by whoever carries it.

    What a carrier refused for now reached it, and was not taken: the same key tells it so.
    """
    letters = (str(message_from_bytes(each)["Message-ID"]) for each in office.letters)
    mails = (each.strip("<>").partition("@")[0].upper() for each in letters)
    return Counter([*mails, *(str(each["id"]) for each in carrier.taken)]) - Counter(carrier.refused)


def decide(office: PostOffice, carrier: Carrier, outcome: Outcome) -> None:
    """What staff do about each message in doubt: ask the receiver, then discard it or send it again."""
    arrived, person = arrivals(office, carrier), User.objects.create_user("decider")
    for message in Message.objects.filter(status=MessageStatus.UNCONFIRMED):
        outcome.in_doubt += 1
        if arrived[message.reference]:
            outcome.arrived_in_doubt += 1
            discard_message(message=message, by=person)
        else:
            retry_message(message=message, by=person)


def count(office: PostOffice, carrier: Carrier, outcome: Outcome) -> None:
    arrived = arrivals(office, carrier)
    for message in Message.objects.order_by("pk"):
        outcome.messages += 1
        times = arrived[message.reference]
        if times < 1 or message.status not in SETTLED:
            outcome.lost.append(f"{message.reference}: {message.status}, arrived {times} times")
        if times > 1:
            outcome.doubled.append(f"{message.reference}: {message.status}, arrived {times} times")
