"""The whole site is started, killed and started again, in one folder."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.site import SupervisedSite, copy_first_day, run_command, wait_until_gone

# With the whole clinic of the browser tests: both are copies of one first start, and neither waits for it beside
# the other.
pytestmark = pytest.mark.xdist_group("whole")


@pytest.fixture(scope="module")
def data_dir(folder: Path) -> Path:
    copy_first_day(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def running(data_dir: Path) -> Iterator[SupervisedSite]:
    """A site that is running when the test begins, whatever the one before did to it."""
    site = SupervisedSite(data_dir)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def site(running: SupervisedSite) -> SupervisedSite:
    if running.process is None or running.process.poll() is not None:
        running.start()
    return running


def test_both_languages_and_the_back_office_are_served(site: SupervisedSite) -> None:
    assert [site.status(path) for path in ("/en/", "/ar/", "/admin/login/", "/health/ready/")] == [200] * 4
    shown = "".join(site.lines)
    assert f"http://localhost:{site.port}/ar/" in shown
    assert "Traceback" not in shown


def test_a_second_start_says_where_the_first_one_is(site: SupervisedSite) -> None:
    second = run_command("start", data_dir=site.data_dir)
    assert second.returncode == 1
    assert f"http://localhost:{site.port}/" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_manage_uses_the_servers_of_the_running_site(site: SupervisedSite) -> None:
    code = "from django.db import connection as c; print('port', c.settings_dict['PORT'])"
    answer = run_command("manage", "shell", "--no-imports", "-c", code, data_dir=site.data_dir)
    assert answer.stdout.strip().endswith(f"port {site.state.database_url.rsplit(':', 1)[1].split('/')[0]}")


def test_the_settings_are_listed_with_their_secrets_masked(site: SupervisedSite) -> None:
    shown = run_command("env", data_dir=site.data_dir).stdout
    password = site.state.database_url.split(":")[2].split("@")[0]
    assert "DATABASE_URL=postgres://iyada:•••@127.0.0.1" in shown
    assert password not in shown


def test_a_dead_web_process_is_started_again(site: SupervisedSite) -> None:
    web = next(pid for pid in site.children() if "gunicorn" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(web, signal.SIGKILL)
    assert wait_until_gone([web], seconds=5) == []
    until = time.monotonic() + 40
    while site.status("/health/live/") != 200:
        assert time.monotonic() < until


def test_a_killed_supervisor_leaves_no_orphan_and_loses_no_data(site: SupervisedSite) -> None:
    site.query("CREATE TABLE IF NOT EXISTS kept (word text)")
    site.query("INSERT INTO kept VALUES ('here')")
    children = site.children()
    site.signal(signal.SIGKILL)
    site.wait()
    assert len(children) >= 6
    assert wait_until_gone(children, seconds=15) == []
    site.start()
    assert site.query("SELECT count(*) >= 1 FROM kept") == [(True,)]


def test_an_immediate_start_after_the_kill_waits_for_the_old_server(site: SupervisedSite) -> None:
    port = site.state.database_url
    site.signal(signal.SIGKILL)
    site.wait()
    site.start()
    assert site.state.database_url == port
    assert site.status("/health/ready/") == 200


def test_a_stale_pid_file_does_not_keep_the_database_from_starting(site: SupervisedSite) -> None:
    """Of a process that runs; the other kinds are in tests/config/test_embedded.py."""
    site.signal(signal.SIGTERM)
    assert site.wait() == 0
    pidfile = next(site.data_dir.glob("postgres/data/cluster/PG_VERSION")).with_name("postmaster.pid")
    pidfile.write_text(f"{os.getpid()}\n/elsewhere\n")
    site.start()
    assert site.status("/health/ready/") == 200


def test_ctrl_c_stops_every_child(site: SupervisedSite) -> None:
    children = site.children()
    site.signal(signal.SIGINT)
    assert site.wait() == 0
    assert wait_until_gone(children, seconds=1) == []
    assert not (site.data_dir / "run" / "state.json").exists()


def test_a_taken_port_is_named(data_dir: Path, running: SupervisedSite) -> None:
    running.stop()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = run_command("start", data_dir=data_dir, IYADA_PORT=port)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert f"Port {port}" in answer.stderr
    assert "IYADA_PORT" in answer.stderr
