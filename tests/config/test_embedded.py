"""Folders, users, ports and leftovers of the embedded servers."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded import binaries, orphans, rooms
from config.embedded.binaries import find_binaries
from config.embedded.faults import StartFault
from config.embedded.identity import Identity, choose_identity
from config.embedded.ports import CHOICE, keep_port
from config.embedded.secrets import keep_secret
from config.embedded.state import Lock
from config.env import ROOT

SOMEBODY = Identity(uid=54321, gid=54321)


def test_a_secret_is_kept_and_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    secret = keep_secret(tmp_path / "var", "secret_key")
    assert keep_secret(tmp_path / "var", "secret_key") == secret
    assert keep_secret(tmp_path / "var", "other") != secret
    assert len(secret) >= 50
    assert (tmp_path / "var" / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_port_is_kept_until_somebody_else_has_it(tmp_path: Path) -> None:
    port = keep_port(tmp_path / "port")
    assert port in CHOICE
    assert keep_port(tmp_path / "port") == port
    with socket.create_server(("127.0.0.1", port)):
        assert keep_port(tmp_path / "port") != port


def test_only_one_process_may_start_servers_on_a_folder(tmp_path: Path) -> None:
    with Lock(tmp_path) as first:
        first.tell("site", address="http://localhost:8000/", database_url="", redis_url="")
        with pytest.raises(StartFault, match="already running: http://localhost:8000/"):
            Lock(tmp_path).__enter__()
    with Lock(tmp_path) as second:
        assert second.file


def test_a_private_folder_is_out_of_reach_for_others(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    assert not SOMEBODY.reaches(private / "var")
    assert SOMEBODY.reaches(Path("/usr/bin/env"))


def test_servers_that_cannot_reach_the_folder_keep_their_data_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir(mode=0o700)
    private = tmp_path / "private" / "var"
    assert rooms.server_home(private, None) == private
    assert rooms.server_home(private, SOMEBODY).parent == binaries.SHARED
    assert rooms.server_home(private, SOMEBODY) != rooms.server_home(private / "other", SOMEBODY)


def test_programs_out_of_reach_are_copied_once_and_the_copy_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "SHARED", tmp_path / "shared")
    monkeypatch.setattr(Identity, "reaches", lambda *_: False)
    found = find_binaries(SOMEBODY)
    assert found.postgres.is_relative_to(tmp_path)
    for program in (found.postgres / "initdb", found.postgres / "postgres", found.valkey):
        assert subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    made = found.valkey.stat().st_mtime_ns
    assert find_binaries(SOMEBODY) == found
    assert found.valkey.stat().st_mtime_ns == made


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the servers another name")
def test_root_never_runs_the_database_itself() -> None:
    identity = choose_identity(ROOT)
    assert identity
    assert identity.uid != 0


@pytest.mark.parametrize("content", ["", "nonsense\n", "99999999\n", "0\n", "{self}\n"])
def test_a_leftover_pid_file_is_removed_and_nobody_else_is_harmed(tmp_path: Path, content: str) -> None:
    pidfile = tmp_path / "pid"
    pidfile.write_text(content.format(self=os.getpid()))
    orphans.repair(pidfile, marks=("postgres", str(tmp_path)), signals=(signal.SIGINT,))
    assert not pidfile.exists()


def test_a_zombie_counts_as_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, and left uncollected
    assert orphans.command_of(child.pid) is None
    child.wait()


def test_a_server_that_lost_its_keeper_is_stopped(tmp_path: Path) -> None:
    mark = str(tmp_path)
    orphan = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()", mark])
    (tmp_path / "pid").write_text(f"{orphan.pid}\n")
    orphans.repair(tmp_path / "pid", marks=(mark,), signals=(signal.SIGTERM,))
    assert orphan.wait() == -signal.SIGTERM
