"""The closed door, over WSGI: no Django and no database stand behind it here."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.maintenance import Maintenance, close_site, minutes_closed

Answer = tuple[str, dict[str, str], bytes]


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    """A function that asks a site whose data folder is `tmp_path`; the site itself answers "open"."""

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"open"]

    door = Maintenance(site, data_dir=tmp_path, session_cookie="sessionid")

    def ask(path: str, *, method: str = "GET", cookie: str = "") -> Answer:
        said: list[Any] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_COOKIE": cookie}
        body = b"".join(door(environ, lambda status, headers: said.extend([status, dict(headers)])))
        return said[0], said[1], body

    return ask


def test_an_open_site_is_not_touched(ask: Any) -> None:
    assert ask("/en/") == ("200 OK", {}, b"open")


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_a_closed_site_says_so_in_both_languages_and_when_to_come_back(ask: Any, tmp_path: Path, method: str) -> None:
    close_site(tmp_path, minutes=45)
    status, headers, body = ask("/ar/book/", method=method)
    assert status == "503 Service Unavailable"
    assert headers["Retry-After"] == "2700"
    assert headers["Cache-Control"] == "no-store"
    assert "script-src" not in headers["Content-Security-Policy"]
    assert (b"Booked visits are safe" in body) == (method != "HEAD")
    assert ("مواعيدكم المحجوزة محفوظة".encode() in body) == (method != "HEAD")


@pytest.mark.parametrize("path", ["/health/ready/", "/admin/login/", "/static/css/tokens.css", "/robots.txt"])
def test_probes_and_the_back_office_stay_open(ask: Any, tmp_path: Path, path: str) -> None:
    close_site(tmp_path)
    assert ask(path)[0] == "200 OK"


def test_staff_who_are_signed_in_see_the_site(ask: Any, tmp_path: Path) -> None:
    close_site(tmp_path)
    assert ask("/en/", cookie="language=ar; sessionid=abc")[0] == "200 OK"
    assert ask("/en/", cookie="language=ar")[0].startswith("503")
    assert ask("/en/", cookie="\x00; =;=")[0].startswith("503")


def test_a_damaged_door_is_closed_all_the_same(ask: Any, tmp_path: Path) -> None:
    close_site(tmp_path)
    (tmp_path / "run" / "maintenance").write_text("soon")
    assert ask("/en/")[1]["Retry-After"] == "1800"


def test_the_command_closes_and_opens_the_site(tmp_path: Path, settings: Settings, capsys: Any) -> None:
    settings.DATA_DIR = tmp_path
    call_command("maintenance", "on", minutes=10)
    assert minutes_closed(tmp_path) == 10
    call_command("maintenance", "status")
    call_command("maintenance", "off")
    call_command("maintenance", "off")
    assert minutes_closed(tmp_path) == 0
    assert "closed; visitors are told to come back in 10 minutes" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("maintenance", "on", minutes=0)
