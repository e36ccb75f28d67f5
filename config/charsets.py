"""The letters of a request are UTF-8: what says otherwise is turned away before Django reads it.

Django takes any codec of Python's that Content-Type names. Some are none of text ("hex"), and a request that names
one cannot even be made; others make halves of letters ("utf-7"), which no database holds. Browsers send UTF-8.
"""

import codecs
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.utils.http import parse_header_parameters
from django.utils.translation import gettext, override

from config.maintenance import Application

LANGUAGES = ("en", "ar")


class OnlyUtf8:
    """A WSGI application around another one, which is asked only what is UTF-8."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if is_utf8(environ.get("CONTENT_TYPE", "")):
            return self.application(environ, start_response)
        words = "\n".join(map(refusal, LANGUAGES)).encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(words))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        start_response(f"{status} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [words]


def is_utf8(content_type: str) -> bool:
    """Also without a charset, and with one that nobody knows: Django passes over it."""
    try:
        charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return True
    except ValueError:  # a NUL, or too long to be read
        return False


def refusal(language: str) -> str:
    with override(language):
        return gettext("This site reads UTF-8 only. Send the request once more in UTF-8.")
