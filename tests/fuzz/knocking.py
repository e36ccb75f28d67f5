"""One request and what every answer must be, whoever asks for whatever."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.fuzz.addresses import BACK_OFFICE, Address
from tests.fuzz.odd import SCRIPT
from tests.fuzz.town import STRANGER, Town

FORM = "application/x-www-form-urlencoded"
# What of the back office answers a stranger by itself.
NOT_LET_IN = {301, 302, 400, 403, 404, 405}


@dataclass(frozen=True)
class Knock:
    """`query` and `body` hold pairs: a name may come twice. A body of bytes is sent as the `kind` that it claims."""

    who: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] | bytes = ()
    kind: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def at(self, town: Town) -> HttpResponse:
        return self.sent_by(town.client(self.who))

    def sent_by(self, client: Client) -> Any:
        body, kind = self.body, self.kind
        if isinstance(body, tuple):
            body, kind = encoded(body, kind)
        headers = dict(self.headers)
        if "HTTP_COOKIE" in headers:
            client.cookies.clear()
        return client.generic(
            self.method,
            self.path,
            body,
            content_type=kind,
            QUERY_STRING=encoded(self.query, FORM)[0].decode(),
            **headers,
        )


def encoded(pairs: tuple[tuple[str, str], ...], kind: str) -> tuple[bytes, str]:
    if kind == MULTIPART_CONTENT:
        plain: dict[str, list[str]] = {name: [] for name, _value in pairs}
        for name, value in pairs:
            plain[name].append(value.encode("utf-8", "replace").decode())
        return encode_multipart(BOUNDARY, plain), kind
    raw = [(name.encode("utf-8", "surrogatepass"), value.encode("utf-8", "surrogatepass")) for name, value in pairs]
    return urlencode(raw).encode(), kind


def check(town: Town, address: Address, knock: Knock) -> None:
    """Send `knock`, look at the answer, and take back whatever it has done. Raises what the view does not catch."""
    with transaction.atomic():
        answer = knock.at(town)
        assert answer.status_code < 500, answer.status_code
        # What only the commit would refuse is refused now.
        connection.check_constraints()
        content = answer.getvalue()
        transaction.set_rollback(True)
    assert b"Traceback (most recent call last)" not in content
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert SCRIPT.encode() not in content, "what was typed became a script"
    assert "odd.example" not in urlsplit(answer.headers.get("Location", "")).netloc
    if knock.who == STRANGER and f"/{address.route}".startswith(BACK_OFFICE):
        assert answer.status_code in NOT_LET_IN, answer.status_code
        assert b"Layla" not in content
