"""The whole way: a change is committed, the broker rings, a real Celery worker sends."""

import threading
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.db import connection, transaction

from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from config.celery import app
from tests.messaging.conftest import Queue


@pytest.mark.django_db(transaction=True)
def test_a_committed_message_reaches_the_mail_folder_through_a_worker(confirmation: Queue, mail_folder: Path) -> None:
    arrived = threading.Event()

    def look(**kwargs: Any) -> None:
        connection.close()  # the thread's own
        if any(mail_folder.glob("*.eml")):
            arrived.set()

    task_postrun.connect(look, weak=False)
    try:
        with start_worker(app, pool="solo", perform_ping_check=False, queues=["messages"], shutdown_timeout=30):
            with transaction.atomic():
                message = confirmation(language="ar")
            assert arrived.wait(20)
    finally:
        task_postrun.disconnect(look)

    [file] = mail_folder.glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["To"] == message.recipient
    assert letter["Content-Language"] == "ar"
    assert Message.objects.get().status == MessageStatus.SENT
