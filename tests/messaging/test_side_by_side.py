"""Several workers, and workers that die: no message is sent twice by itself."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinic.messaging.delivery import claim_next, deliver_due
from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from tests.messaging.conftest import Queue

pytestmark = pytest.mark.django_db(transaction=True)


def side_by_side(work: Callable[[], Any]) -> list[Any]:
    """Do `work` in two threads at once, each with its own connection to the database."""
    together = threading.Barrier(2, timeout=10)

    def run(_: int) -> Any:
        try:
            together.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(run, range(2)))


def recipients(folder: Path) -> list[str]:
    return sorted(message_from_bytes(file.read_bytes())["To"] for file in folder.glob("*.eml"))


def test_two_workers_never_send_one_message_twice(confirmation: Queue, mail_folder: Path) -> None:
    expected = sorted(confirmation().recipient for _ in range(30))

    tried = side_by_side(deliver_due)

    assert sum(tried) == 30
    assert recipients(mail_folder) == expected
    assert set(Message.objects.values_list("status", "attempts")) == {(MessageStatus.SENT, 1)}


def test_without_the_lock_two_workers_would_take_the_same_message(
    confirmation: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above: the race is real."""
    confirmation()
    both_have_read = threading.Barrier(2, timeout=10)
    save = Message.save

    def save_late(message: Message, **options: Any) -> None:
        both_have_read.wait()
        save(message, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(Message, "save", save_late)

    first, second = side_by_side(claim_next)

    assert first == second


def test_a_worker_does_not_wait_for_a_message_that_another_one_holds(confirmation: Queue) -> None:
    held, free = confirmation(), confirmation()

    with transaction.atomic(), ThreadPoolExecutor(1) as threads:
        Message.objects.select_for_update().get(pk=held.pk)

        def claim() -> Message | None:
            try:
                return claim_next()
            finally:
                connection.close()

        assert threads.submit(claim).result(timeout=5) == free


DIE_BEFORE_NOTING = """
import os, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "clinic.messaging.mailfolder.MailFolderBackend"
settings.MAIL_FOLDER = Path(sys.argv[1])
from clinic.messaging import delivery
delivery.record = lambda *args, **kwargs: os.kill(os.getpid(), 9)
delivery.deliver_due()
"""


def database_address() -> str:
    """The address of the test database, for another process."""
    to = connection.settings_dict
    return f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"


def test_a_worker_that_dies_between_sending_and_noting_leaves_the_message_unconfirmed(
    confirmation: Queue, mail_folder: Path
) -> None:
    message = confirmation()

    worker = subprocess.run(
        [sys.executable, "-c", DIE_BEFORE_NOTING, str(mail_folder)],
        env={**os.environ, "DATABASE_URL": database_address()},
        check=False,
        timeout=60,
    )

    assert worker.returncode == -9
    assert recipients(mail_folder) == [message.recipient]
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.SENDING, 1)

    assert deliver_due() == 0  # its lease still runs: the worker might only be slow
    Message.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == 0

    message.refresh_from_db()
    assert message.status == MessageStatus.UNCONFIRMED
    assert recipients(mail_folder) == [message.recipient]


QUEUE_WITHOUT_BROKER = """
import time
import django
django.setup()
from django.db import transaction
from clinic.messaging.actions import queue_message
for revision in range(2):
    with transaction.atomic():
        queue_message(kind="appointment_booked", subject_type="appointment", subject="K7QMW4TZDH", rule="booked",
                      revision=revision, recipient="layla@patients.example", language="en")
        began = time.monotonic()
    print(time.monotonic() - began)
"""


def test_with_the_broker_down_the_message_waits_and_nobody_else_does() -> None:
    queued = subprocess.run(
        [sys.executable, "-c", QUEUE_WITHOUT_BROKER],
        env={**os.environ, "DATABASE_URL": database_address(), "REDIS_URL": "redis://127.0.0.1:1/0"},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    first, second = map(float, queued.stdout.split())
    assert first < 1  # the connection that is refused
    assert second < 0.1  # the breaker is open
    assert Message.objects.filter(status=MessageStatus.PENDING).count() == 2
