"""Text messages that are kept instead of sent: each one a file of JSON."""

import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clinic.messaging.mailfolder import write_whole
from clinic.messaging.sms.texts import TextMessage, segments


class FolderGateway:
    """Writes each text to `settings.SMS_FOLDER` as `20261122T143000123456Z-K7QMW4TZDH.json`, newest name last.

    The second part of the name is the reference of the message. Raises `OSError` when it cannot be written.
    """

    def send(self, message: TextMessage) -> str:
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = {**asdict(message), "segments": segments(message.text)}
        name = f"{timezone.now().astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{message.reference}"
        write_whole(folder / f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
        return name
