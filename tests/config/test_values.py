from pathlib import Path

import pytest

from config.env import Environment, read
from config.values import MASK, EnvironmentFault, mask


def test_nothing_needs_to_be_set() -> None:
    assert read({}) == Environment()


def test_an_empty_variable_counts_as_unset() -> None:
    assert read({"IYADA_PORT": " ", "DATABASE_URL": ""}) == Environment()


def test_each_variable_has_its_type() -> None:
    env = read(
        {
            "IYADA_PORT": "9000",
            "IYADA_DEBUG": "Yes",
            "IYADA_HOSTS": "clinic.example, www.clinic.example,",
            "IYADA_DATA_DIR": "/srv/iyada/../clinic",
            "IYADA_LOG_LEVEL": "debug",
        }
    )
    assert (env.port, env.debug, env.data_dir, env.log_level) == (9000, True, Path("/srv/clinic"), "DEBUG")
    assert env.hosts == ("clinic.example", "www.clinic.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IYADA_PORT", "0"),
        ("IYADA_PORT", "65536"),
        ("IYADA_PORT", "8000.5"),
        ("IYADA_PROXIES", "-1"),
        ("IYADA_DEBUG", "2"),
        ("IYADA_LOG_LEVEL", "loud"),
        ("IYADA_TIME_ZONE", "Mars/Amman"),
        ("IYADA_SITE_URL", "clinic.example"),
        ("DATABASE_URL", "sqlite:///clinic.db"),
        ("DATABASE_URL", "postgres://host:port/name"),
        ("REDIS_URL", "redis://"),
        ("EMAIL_URL", "http://[::1/"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(EnvironmentFault, match=f"^{name}: "):
        read({name: value})


def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(EnvironmentFault) as raised:
        read({"DATABASE_URL": "my-secret-password"})
    assert "my-secret-password" not in str(raised.value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("postgres://iyada:pass@host:5432/name", f"postgres://iyada:{MASK}@host:5432/name"),
        ("postgres://iyada:p@ss@host/name", f"postgres://iyada:{MASK}@host/name"),
        ("redis://:pass@host/0", f"redis://:{MASK}@host/0"),
        ("redis://host/0", "redis://host/0"),
        ("postgres://host/name?password=pass", f"postgres://host/name?{MASK}"),
        ("a key of many characters", MASK),
        ("http://[broken", MASK),
        ("", ""),
    ],
)
def test_a_secret_is_masked(value: str, shown: str) -> None:
    assert mask(value) == shown
