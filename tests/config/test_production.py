"""The web server with production settings, as a stranger meets it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.db import connection

from config.env import ROOT, env, inherited
from tests.config.test_safety import KEY
from tests.faults.site import free_port

pytestmark = pytest.mark.xdist_group("production")  # one process collects the static files for all

STARTS = 40  # seconds that a busy machine may take


def production(**changes: str) -> dict[str, str]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "IYADA_SECRET_KEY": KEY,
        "IYADA_HOSTS": "clinic.example",
        "IYADA_SITE_URL": "https://clinic.example",
        "IYADA_PROXIES": "1",
    }
    return inherited(**{**settings, **changes})


class Server:
    """gunicorn on a port of its own, with production settings."""

    def __init__(self, **changes: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--no-control-socket"]
        self.process = subprocess.Popen(
            [*command, "--worker-class", "gthread", "--bind", f"127.0.0.1:{self.port}", "--log-level", "error"],
            env=production(**changes),
            cwd=ROOT,
        )

    def get(self, path: str, *, secure: bool = True, method: str = "GET") -> HTTPResponse:
        until = time.monotonic() + STARTS
        while True:
            link = HTTPConnection("127.0.0.1", self.port, timeout=STARTS)
            headers = {"Host": "clinic.example", **({"X-Forwarded-Proto": "https"} if secure else {})}
            try:
                link.request(method, path, headers=headers)
                answer = link.getresponse()
            except ConnectionRefusedError:
                assert self.process.poll() is None, "the server has ended"
                assert time.monotonic() < until, "the server does not start"
                continue
            answer.read()
            return answer

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def static_files() -> None:
    assert manage("collectstatic", "--noinput", "--verbosity=0").returncode == 0


@pytest.fixture(scope="module")
def server(django_db_setup: None, static_files: None) -> Iterator[Server]:
    # The database of this test process, migrated like a real one.
    name = connection.settings_dict["NAME"]
    served = Server(DATABASE_URL=env.database_url.rpartition("/")[0] + f"/{name}")
    yield served
    served.stop()


@pytest.fixture(scope="module")
def lost_server() -> Iterator[Server]:
    """One whose database cannot be reached."""
    served = Server(DATABASE_URL="postgres://iyada:x@127.0.0.1:1/iyada")
    yield served
    served.stop()


@pytest.mark.parametrize("path", ["/health/live/", "/admin/login/", "/nowhere/", "/en/nowhere/"])
def test_every_answer_tells_the_browser_what_to_forbid(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"


def test_the_cookies_of_signing_in_belong_to_this_host_and_to_https_alone(server: Server) -> None:
    cookies = server.get("/admin/login/").headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert "SameSite=Lax" in cookie


def test_plain_http_is_led_to_https_but_machines_may_ask_for_health(server: Server) -> None:
    answer = server.get("/en/", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://clinic.example/en/")
    assert server.get("/health/ready/", secure=False).status == 200


def test_without_a_declared_proxy_nobody_may_claim_to_have_come_by_https() -> None:
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "from config.settings import production as p; print(hasattr(p, 'SECURE_PROXY_SSL_HEADER'))",
        ],
        env=production(IYADA_PROXIES="0"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "False"


def test_without_its_database_a_process_is_alive_but_not_ready(lost_server: Server) -> None:
    assert lost_server.get("/health/live/").status == 200
    assert lost_server.get("/health/ready/").status == 503


@pytest.mark.parametrize(
    "changes", [{"IYADA_SECRET_KEY": "short"}, {"IYADA_DEBUG": "yes"}, {"IYADA_INSECURE_COOKIES": "yes"}]
)
def test_the_server_refuses_to_start_and_names_the_variable(changes: dict[str, str]) -> None:
    answer = manage("check", **changes)
    assert answer.returncode != 0
    assert answer.stderr.strip().splitlines()[-1].startswith(f"Iyada: {next(iter(changes))}: ")


def test_the_deployment_check_finds_nothing() -> None:
    answer = manage("check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=production(**changes), cwd=ROOT, capture_output=True, text=True, check=False)
