"""Mail that is kept instead of sent: each one a file that any mail program opens."""

import os
from collections.abc import Sequence
from datetime import UTC
from email.generator import BytesGenerator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from clinic.lib.references import new_reference


class MailFolderBackend(BaseEmailBackend):
    """Writes each mail to `settings.MAIL_FOLDER` as `20261122T143000123456Z-K7QMW4TZDH.eml`, newest name last.

    A file appears whole or not at all, and only its owner may read it. Raises `OSError` when it cannot be written.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            name = f"{timezone.now().astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{new_reference()}"
            write_whole(folder / f"{name}.eml", as_file(mail))
        return len(email_messages)


def as_file(mail: EmailMessage) -> bytes:
    """The mail as RFC 5322 writes it down, with CRLF at the end of each line."""
    file = BytesIO()
    BytesGenerator(file, mangle_from_=False).flatten(mail.message(), linesep="\r\n")
    return file.getvalue()


def write_whole(target: Path, content: bytes) -> None:
    """Write `target` beside its place and move it there, so that no reader meets half a file."""
    draft = target.with_suffix(".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
