"""Django's SMTP, which also knows when it cannot know."""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Unanswered(Exception):
    """The text was on its way when the connection broke: the server may or may not have taken it."""


def watched(send: Callable[[Any], tuple[int, bytes]], text: Any) -> tuple[int, bytes]:
    """`send(text)`. Raises `Unanswered` when no reply came; a refusal is raised as smtplib does."""
    try:
        return send(text)
    except smtplib.SMTPResponseException:
        raise
    except OSError as fault:  # a time-out or a lost connection: smtplib's own faults are OSErrors too
        raise Unanswered(str(fault)) from fault


class WatchedSMTP(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        return watched(super().data, msg)


class WatchedSMTPS(smtplib.SMTP_SSL):
    def data(self, msg: Any) -> tuple[int, bytes]:
        return watched(super().data, msg)


class SmtpBackend(EmailBackend):
    """SMTP as Django's settings describe it. Raises `Unanswered` where a second try could be a second mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return WatchedSMTPS if self.use_ssl else WatchedSMTP
