"""Who writes to visitors: the clinic's name in the reader's language, and the address of the settings."""

from collections.abc import Callable
from email.utils import formataddr, parseaddr

from django.conf import settings

_sources: list[Callable[[], str]] = []


def name_comes_from(source: Callable[[], str]) -> None:
    """Ask `source` for the clinic's name in the active language. The site above tells us, because we may not ask it."""
    _sources[:] = [source]


def clinic_name() -> str:
    """The clinic's name in the active language; that of the sender's address when nobody knows a better one."""
    known = next((source() for source in _sources), "")
    return known or parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or settings.WAGTAIL_SITE_NAME


def sender() -> str:
    """The From of a mail in the active language."""
    return formataddr((clinic_name(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
