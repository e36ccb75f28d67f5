"""Text messages by HTTP: one POST for each, to the address of the settings.

    POST /send HTTP/1.1
    Authorization: Bearer <SMS_KEY>
    Idempotency-Key: K7QMW4TZDH
    Content-Type: application/json

    {"id": "K7QMW4TZDH", "to": "+962790000000", "from": "Iyada", "text": "…"}

2xx is consent, with the carrier's id as "id" or "message_id" if it answers in JSON.
"""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from clinic.messaging.faults import NotTaken, Undeliverable
from clinic.messaging.sms.texts import TextMessage
from clinic.messaging.smtp import Unanswered

LONGEST_ANSWER = 65_536  # bytes
# The text or the number is wrong. A wrong key or address (401, 403, 404) is the clinic's, and is mended some day.
FINAL = {400, 410, 413, 422}
# A server, or a proxy before it, that broke off: the text may have gone out.
UNKNOWN = {500, 502, 504}


class WebGateway:
    """Raises `Undeliverable`, `NotTaken`, `OSError`, or `Unanswered` where a second try could be a second SMS."""

    def send(self, message: TextMessage) -> str:
        line = _line_to(settings.SMS_URL)
        try:
            line.connect()
            with _patience(line):
                answer, text = _ask(line, message)
        finally:
            line.close()
        if 200 <= answer.status < 300:
            return _id_in(text)
        said = " ".join(f"{answer.status} {answer.reason} {text.decode('utf-8', 'replace')}".split())[:200]
        if answer.status in FINAL:
            raise Undeliverable(said)
        if answer.status in UNKNOWN:
            raise Unanswered(said)
        raise NotTaken(said)


def _line_to(address: str) -> HTTPConnection:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=settings.SMS_TIMEOUT)


@contextmanager
def _patience(line: HTTPConnection) -> Iterator[None]:
    """Hang up on a server that answers so slowly, byte by byte, that no single wait is too long."""

    wire = line.sock  # the line forgets it once the answer has begun

    def hang_up() -> None:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(2 * settings.SMS_TIMEOUT, hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _ask(line: HTTPConnection, message: TextMessage) -> tuple[HTTPResponse, bytes]:
    """The answer and its text. Raises `Unanswered` when the line breaks: the text was on its way."""
    parts = urlsplit(settings.SMS_URL)
    place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    content = {"id": message.reference, "to": message.to, "from": settings.SMS_SENDER, "text": message.text}
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": message.reference}
    if settings.SMS_KEY:
        headers["Authorization"] = f"Bearer {settings.SMS_KEY}"
    try:
        line.request("POST", place, json.dumps(content).encode(), headers)
        answer = line.getresponse()
    except (OSError, HTTPException) as fault:
        raise Unanswered(f"{type(fault).__name__}: {fault}") from fault
    try:
        return answer, answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException):
        return answer, b""  # the status has said all that matters


def _id_in(text: bytes) -> str:
    try:
        answer = json.loads(text)
    except ValueError:
        return ""
    known = answer.get("id") or answer.get("message_id") if isinstance(answer, dict) else ""
    return str(known or "")[:200]
