"""What is wrong with the machine or the settings is one clear line, and exit code 1."""

from pathlib import Path

import pytest

from config.env import env
from tests.faults.site import free_port, run_command


def complaint(data_dir: Path, **changes: str) -> str:
    answer = run_command("start", data_dir=data_dir, **{"IYADA_PORT": str(free_port()), **changes})
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1, answer.stderr
    return answer.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATABASE_URL", "postgres://iyada:x@127.0.0.1:1/iyada", "Connection refused"),
        ("DATABASE_URL", "mysql://127.0.0.1/iyada", "an address that starts with postgres://"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "onnection refused"),
        ("REDIS_URL", "127.0.0.1:6379", "an address that starts with redis://"),
        ("IYADA_PORT", "eighty", "a port from 1 to 65535"),
        ("IYADA_DEBUG", "maybe", "yes or no"),
        ("IYADA_DATA_DIR", "/proc/iyada", "/proc/iyada"),
    ],
)
def test_a_wrong_setting_is_named(folder: Path, name: str, value: str, reason: str) -> None:
    said = complaint(folder / "wrong", **{name: value})
    assert name in said
    assert reason in said


def test_a_wrong_password_is_named_but_never_shown(folder: Path) -> None:
    before, _, after = env.database_url.partition("@")
    said = complaint(folder / "wrong", DATABASE_URL=f"{before}wrong@{after}")
    assert "DATABASE_URL" in said
    assert "password authentication failed" in said
    assert f"{before}wrong".rpartition(":")[2] not in said


def test_an_unknown_command_is_named(folder: Path) -> None:
    answer = run_command("strat", data_dir=folder / "wrong")
    assert (answer.returncode, "strat" in answer.stderr, answer.stderr.count("\n")) == (1, True, 1)
