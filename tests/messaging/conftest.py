from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic.messaging import registry
from clinic.messaging.models import Message
from clinic.scheduling.messages import queue_booked
from tests.factories.scheduling import AppointmentFactory
from tests.messaging.postoffice import PostOffice, open_post_office

Queue = Callable[..., Message]


@pytest.fixture
def mail_folder(settings: Settings, tmp_path: Path) -> Path:
    """Mail is kept here as files."""
    settings.EMAIL_BACKEND = "clinic.messaging.mailfolder.MailFolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_FOLDER.mkdir()
    return settings.MAIL_FOLDER


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """Mail goes by SMTP to this server; a test sets its `replies`."""
    with open_post_office() as office:
        settings.EMAIL_BACKEND = "clinic.messaging.smtp.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address[0], office.server_address[1]
        settings.EMAIL_TIMEOUT = 5
        yield office


@pytest.fixture
def confirmation(db: None) -> Queue:
    """`confirmation(language="ar", …)`: a visit in two days, and the queued message that confirms it."""

    def queue(**visit: Any) -> Message:
        visit.setdefault("starts_at", timezone.now() + timedelta(days=2))
        message = queue_booked(AppointmentFactory(**visit))
        assert message
        return message

    return queue


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> str:
    """A kind of message whose text can never be written."""

    def explode(message: Message) -> dict[str, Any]:
        raise ZeroDivisionError("no text")

    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    registry.register(
        registry.MessageKind(
            name="poison",
            label="Poison",
            template="emails/appointment_booked",
            still_holds=bool,
            context=explode,
        )
    )
    return "poison"
