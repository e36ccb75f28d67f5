"""The file `run` on machines that lack something: one clear line, exit code 1."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded.identity import choose_identity
from config.env import ROOT, inherited

TOOLS = ("sh", "dirname", "date", "cmp", "cp", "rm", "mkdir", "cat", "tail", "grep", "touch")
OLD = 'case $1 in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac'
BARE = f'case "$2" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"'
WHOLE = f'exec {sys.executable} "$@"'
ABLE = "exit 0"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with `run`, its lock files, and a bin folder with next to nothing."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    shutil.copy(ROOT / "run", tmp_path / "run")
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / lock).write_text("nothing-like-it==1.0 --hash=sha256:" + "0" * 64 + "\n")
    return tmp_path


def give_python(machine: Path, script: str) -> None:
    script_file = machine / "bin" / "python3"
    script_file.write_text(f"#!/bin/sh\n{script}\n")
    script_file.chmod(0o755)


def give_installed_python(machine: Path, script: str) -> None:
    (machine / ".venv" / "bin").mkdir(parents=True)
    python = machine / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)


def run(machine: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(machine / "run"), *arguments],
        env=inherited(PATH=str(machine / "bin"), PIP_NO_INDEX="1"),
        capture_output=True,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def complaint(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1, answer.stderr
    return answer.stderr


def test_an_old_python_is_named_beside_the_one_that_is_needed(machine: Path) -> None:
    give_python(machine, OLD)
    said = complaint(run(machine))
    assert "Python 3.11 or newer" in said
    assert "Python 3.9.2" in said


def test_no_python_at_all_is_said(machine: Path) -> None:
    assert "no python3" in complaint(run(machine))


def test_a_missing_ensurepip_is_a_package_to_install(machine: Path) -> None:
    give_python(machine, BARE)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt install python{version}-venv" in complaint(run(machine))
    assert not (machine / ".venv").exists()


def test_a_read_only_folder_is_named(machine: Path) -> None:
    give_python(machine, ABLE)
    identity = choose_identity(Path("/"))  # somebody who is not stopped by nothing, as root is
    for folder in (machine, *machine.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/") and "pytest" in str(folder):
            folder.chmod(0o755)
    machine.chmod(0o555)
    said = complaint(run(machine, **(identity.as_process() if identity else {})))
    machine.chmod(0o755)
    assert f"cannot write to {machine}" in said


def test_a_failed_installation_says_why_and_is_tried_again(machine: Path) -> None:
    give_python(machine, WHOLE)
    assert "nothing-like-it" in complaint(run(machine))
    assert "nothing-like-it" in complaint(run(machine))


def test_what_is_installed_is_installed_again_only_when_the_lock_changes(machine: Path) -> None:
    give_installed_python(machine, 'echo "$@"')
    assert "Installing" in run(machine, "env").stdout
    assert run(machine, "env").stdout == "-m config.commands env\n"
    (machine / "requirements.txt").write_text("another==1.0\n")
    assert "Installing" in run(machine, "env").stdout
    assert run(machine, "manage", "shell", "-c", "1 + 1").stdout == "-m config.commands manage shell -c 1 + 1\n"


def test_a_machine_that_forbids_compiled_files_compiles_once_all_the_same(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_installed_python(machine, 'echo "${PYTHONDONTWRITEBYTECODE-may be written}"')
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert run(machine, "env").stdout.splitlines()[-1] == "may be written"


def test_help_needs_nothing(machine: Path) -> None:
    answer = run(machine, "help")
    assert answer.returncode == 0
    assert "./run manage" in answer.stdout


def test_an_unknown_command_installs_nothing(machine: Path) -> None:
    assert "'strat'" in complaint(run(machine, "strat"))
