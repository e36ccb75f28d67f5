"""Beat, which rings for all that recurs, is killed while patients are being reminded."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.core import mail
from django.db import connection
from pytest_django import Settings

from clinic.lib import clock
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.scheduling.models import Appointment
from config.celery import app
from config.env import inherited
from config.supervisor import processes
from config.supervisor.keeper import Keeper
from config.supervisor.service import Service
from tests.concurrency.server import database_url
from tests.factories.directory import LocationFactory, ReminderRuleFactory, ServiceFactory
from tests.factories.scheduling import AppointmentFactory
from tests.faults.valkey import KillableValkey

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beat(valkey: KillableValkey, broker_at: Any, tmp_path: Path, settings: Settings) -> Service:
    """Beat as `./run` starts it, in a hurry, with a broker of the test's own, and in a clinic without nights."""
    settings.QUIET_HOURS = (time(0), time(0))
    broker_at(valkey.url)
    (tmp_path / "run").mkdir()
    environment = inherited(
        DATABASE_URL=database_url(),
        REDIS_URL=valkey.url,
        DJANGO_SETTINGS_MODULE="",
        IYADA_DATA_DIR=str(tmp_path),
    )
    real = processes.beat(environment)
    return replace(real, argv=[each.replace("config.celery", "tests.faults.hasty_clock") for each in real.argv])


@contextmanager
def kept(process: Service) -> Iterator[Keeper]:
    """`process` under the supervisor's keeper, in a thread of its own."""
    loop, keeper = asyncio.new_event_loop(), Keeper(process)
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(keeper.start(), loop).result(60)
        yield keeper
        asyncio.run_coroutine_threadsafe(keeper.stop(), loop).result(60)
    finally:
        keeper.kill()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@contextmanager
def working() -> Iterator[Event]:
    """A worker at both queues; the event is set whenever it has done something."""
    done = Event()

    def tell(**kwargs: Any) -> None:
        connection.close()  # the worker's own
        done.set()

    task_postrun.connect(tell, weak=False)
    try:
        with start_worker(
            app, pool="solo", perform_ping_check=False, queues=["default", "messages"], shutdown_timeout=30
        ):
            yield done
    finally:
        task_postrun.disconnect(tell)


class Reminded:
    """A service whose patients are reminded three hours before, and its visits in two hours, booked a week ago."""

    def __init__(self) -> None:
        self.service, self.location = ServiceFactory(), LocationFactory()
        ReminderRuleFactory(service=self.service, hours_before=3)
        self.visits: list[Appointment] = []

    def is_booked_once_more(self) -> None:
        now = clock.now()
        visit = AppointmentFactory(service=self.service, location=self.location, starts_at=now + timedelta(hours=2))
        Appointment.objects.filter(pk=visit.pk).update(created_at=now - timedelta(days=7))
        self.visits.append(visit)

    @property
    def by_now(self) -> set[str]:
        """The visits whose reminders have left."""
        return set(Message.objects.filter(status=MessageStatus.SENT).values_list("subject", flat=True))

    def wait_for_all(self, work: Event) -> None:
        while self.by_now != {visit.reference for visit in self.visits}:
            assert work.wait(30), "Nobody rings any more."
            work.clear()


def test_beat_is_started_again_when_it_was_killed_and_every_patient_is_reminded_once(beat: Service) -> None:
    clinic = Reminded()
    clinic.is_booked_once_more()
    with kept(beat) as keeper, working() as work:
        clinic.wait_for_all(work)
        assert keeper.process
        killed = keeper.process.pid
        # One reminder becomes due just before beat dies, perhaps rung for already, and one just after it.
        clinic.is_booked_once_more()
        os.kill(killed, signal.SIGKILL)
        clinic.is_booked_once_more()
        clinic.wait_for_all(work)
        assert keeper.process.pid != killed

    each_once = dict.fromkeys((visit.reference for visit in clinic.visits), 1)
    assert Counter(Message.objects.values_list("subject", flat=True)) == each_once
    assert Counter(letter.to[0] for letter in mail.outbox) == Counter(visit.contact_email for visit in clinic.visits)
