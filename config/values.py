"""What the text of a variable can mean. Each function returns a typed value or raises `ValueError`,

whose text completes the sentence "… is not …".
"""

import zoneinfo
from collections.abc import Callable
from datetime import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

MASK = "•••"


class EnvironmentFault(Exception):
    """A variable holds something that cannot be used. The text is one line, fit for a terminal."""


def text(value: str) -> str:
    return value.strip()


def boolean(value: str) -> bool:
    answer = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return answer[value.strip().lower()]
    except KeyError:
        raise ValueError("yes or no") from None


def whole_number(value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise ValueError("a whole number") from None
    if number < 0:
        raise ValueError("zero or more")
    return number


def port(value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = 0
    if not 1 <= number <= 65535:
        raise ValueError("a port from 1 to 65535")
    return number


def words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def time_zone(value: str) -> str:
    name = value.strip()
    if name not in zoneinfo.available_timezones():
        raise ValueError("a time zone such as Asia/Amman")
    return name


def clock_range(value: str) -> str:
    """Two times of a day, as in "21:00-08:00"; the second may be the smaller one, past midnight."""
    try:
        first, second = (time.fromisoformat(part.strip()).replace(tzinfo=None) for part in value.split("-"))
    except ValueError:
        raise ValueError("two times such as 21:00-08:00") from None
    return f"{first:%H:%M}-{second:%H:%M}"


def level(value: str) -> str:
    name = value.strip().upper()
    if name not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("DEBUG, INFO, WARNING or ERROR")
    return name


def choice(*values: str) -> Callable[[str], str]:
    """A parser for one of `values`, in small or capital letters."""

    def parse(value: str) -> str:
        if value.strip().lower() not in values:
            raise ValueError(" or ".join(values))
        return value.strip().lower()

    return parse


def url(*schemes: str) -> Callable[[str], str]:
    """A parser for addresses that start with one of `schemes`."""

    def parse(value: str) -> str:
        try:
            parts = urlsplit(value.strip())
            usable = parts.scheme in schemes and bool(parts.hostname or parts.path.strip("/")) and parts.port != 0
        except ValueError:  # a port that is no number, a bracket that never closes
            usable = False
        if not usable:
            raise ValueError("an address that starts with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return value.strip()

    return parse


def mask(value: object) -> str:
    """`value` without what it keeps secret: of an address only the password goes, of anything else all."""
    shown = str(value)
    try:
        parts = urlsplit(shown)
    except ValueError:
        return MASK
    if not (parts.scheme and parts.netloc):
        return MASK if value else ""
    name, _, place = parts.netloc.rpartition("@")
    if ":" in name:
        name = f"{name.partition(':')[0]}:{MASK}"
    netloc = f"{name}@{place}" if name else place
    # A password may also stand in the query (`?password=`).
    return urlunsplit(parts._replace(netloc=netloc, query=MASK if parts.query else ""))
