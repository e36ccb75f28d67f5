"""A request in other letters than UTF-8 is turned away before Django would stumble over it."""

from typing import Any

import pytest

from config.charsets import OnlyUtf8


@pytest.fixture
def ask() -> Any:
    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"open"]

    def ask(content_type: str, *, method: str = "GET") -> tuple[str, str]:
        said: list[str] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": "/en/", "CONTENT_TYPE": content_type}
        body = b"".join(OnlyUtf8(site)(environ, lambda status, _headers: said.append(status)))
        return said[0], body.decode()

    return ask


@pytest.mark.parametrize("charset", ["hex", "rot13", "utf-7", "idna", "punycode", "utf-16", "undefined", "latin-1"])
def test_other_letters_are_refused_in_both_languages(ask: Any, charset: str) -> None:
    status, words = ask(f"application/x-www-form-urlencoded; charset={charset}")
    assert status == "415 Unsupported Media Type"
    english, arabic = words.splitlines()
    assert "UTF-8" in english
    assert "ترميز" in arabic
    assert ask(f"text/plain; charset={charset}", method="HEAD")[1] == ""


@pytest.mark.parametrize(
    "kind", ["", "text/html", "text/html; charset=UTF-8", "text/html; charset=utf8", "text/html; charset=odd", "x;;=;"]
)
def test_what_browsers_send_passes(ask: Any, kind: str) -> None:
    assert ask(kind) == ("200 OK", "open")


def test_what_no_header_may_hold_is_refused_too(ask: Any) -> None:
    assert ask("text/html; charset=a\0b")[0].startswith("415")
