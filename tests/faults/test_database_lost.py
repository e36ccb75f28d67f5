"""A web process that cannot reach its database, asked over WSGI as a server asks it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.env import ROOT
from config.maintenance import close_site
from tests.faults.site import own_environment

NOWHERE = "127.0.0.1:1"
ASK = """
import io, json, sys
from config.wsgi import application
found = {}
for path in sys.argv[1:]:
    said = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }
    body = b"".join(application(environ, lambda status, headers, *rest: said.extend([status, dict(headers)])))
    found[path] = [said[0], said[1], body.decode()]
print(json.dumps(found))
"""
Answers = dict[str, tuple[str, dict[str, str], str]]


def ask(*paths: str, data_dir: Path) -> Answers:
    environment = own_environment(
        data_dir,
        DATABASE_URL=f"postgres://nobody@{NOWHERE}/nothing",
        REDIS_URL=f"redis://{NOWHERE}/0",
        IYADA_DEBUG="1",  # static files need not have been collected
        DJANGO_SETTINGS_MODULE="tests.faults.without_servers",
    )
    done = subprocess.run(
        [sys.executable, "-c", ASK, *paths],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    answers: Answers = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    paths = ("/en/", "/ar/doctors/", "/en/search/", "/ar/nothing/here/", "/health/live/", "/.well-known/security.txt")
    return ask(*paths, data_dir=tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("path", ["/en/", "/ar/doctors/", "/en/search/", "/ar/nothing/here/"])
def test_without_its_database_every_page_asks_to_be_tried_again_in_both_languages(lost: Answers, path: str) -> None:
    status, headers, html = lost[path]
    assert status.startswith("503")
    assert headers["Retry-After"] == "60"
    assert headers["Cache-Control"] == "no-store"
    assert "Booked visits are safe" in html
    assert "مواعيدكم المحجوزة محفوظة" in html
    assert f'<html lang="{path[1:3]}"' in html


def test_without_its_database_the_process_is_alive_and_can_be_written_to(lost: Answers) -> None:
    assert lost["/health/live/"][0].startswith("200")
    assert "Contact: mailto:" in lost["/.well-known/security.txt"][2]


def test_a_closed_site_without_its_database_shows_the_page_for_maintenance(tmp_path: Path) -> None:
    close_site(tmp_path, minutes=5)
    status, headers, html = ask("/ar/", data_dir=tmp_path)["/ar/"]
    assert status.startswith("503")
    assert headers["Retry-After"] == "300"
    assert "نعمل على الموقع" in html
