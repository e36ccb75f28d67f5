"""The environment, read once and typed: no other module looks at `os.environ`.

Each field of `Environment` is one variable. A wrong value raises `EnvironmentFault`, whose text says
which variable is wrong and what to set.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


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
        return int(value)
    except ValueError:
        raise ValueError("a whole number") from None


def port(value: str) -> int:
    number = whole_number(value)
    if not 1 <= number <= 65535:
        raise ValueError("a port from 1 to 65535")
    return number


def words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        parts = urlsplit(value.strip())
        try:
            usable = parts.scheme in schemes and bool(parts.hostname or parts.path.strip("/")) and parts.port != 0
        except ValueError:  # a port that is no number
            usable = False
        if not usable:
            raise ValueError("an address that starts with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return value.strip()

    return parse


def variable(name: str, parse: Callable[[str], Any], default: Any, meaning: str, *, secret: bool = False) -> Any:
    """One documented variable; `default` is used as it is when the variable is unset or empty."""
    return field(
        default=default, metadata={"name": name, "parse": parse, "meaning": meaning, "secret": secret}
    )


@dataclass(frozen=True)
class Environment:
    database_url: str = variable(
        "DATABASE_URL",
        url("postgres", "postgresql"),
        "",
        "PostgreSQL 15 or newer; empty starts the embedded server",
        secret=True,
    )
    redis_url: str = variable(
        "REDIS_URL", url("redis", "rediss"), "", "Valkey or Redis; empty starts the embedded server", secret=True
    )
    port: int = variable("IYADA_PORT", port, 8000, "the port of the web server")
    bind: str = variable("IYADA_BIND", text, "127.0.0.1", "the address that the web server listens on")
    data_dir: Path = variable(
        "IYADA_DATA_DIR", path, ROOT / "site" / "var", "the folder of databases, mail, media and logs"
    )
    secret_key: str = variable(
        "IYADA_SECRET_KEY", text, "", "signs sessions and links; at least 50 random characters", secret=True
    )
    secret_key_fallbacks: tuple[str, ...] = variable(
        "IYADA_SECRET_KEY_FALLBACKS", words, (), "earlier secret keys whose links still hold", secret=True
    )
    hosts: tuple[str, ...] = variable(
        "IYADA_HOSTS", words, ("localhost", "127.0.0.1", "[::1]"), "the host names that the site answers to"
    )
    site_url: str = variable(
        "IYADA_SITE_URL", url("http", "https"), "", "the public address, as it stands in e-mails; empty: the port on localhost"
    )
    debug: bool = variable("IYADA_DEBUG", boolean, False, "show faults in the browser; never on a public site")
    insecure_cookies: bool = variable(
        "IYADA_INSECURE_COOKIES", boolean, False, "allow cookies over plain HTTP; production refuses it"
    )
    proxies: int = variable(
        "IYADA_PROXIES", whole_number, 0, "how many trusted proxies stand before the web server"
    )
    web_workers: int = variable("IYADA_WEB_WORKERS", whole_number, 2, "web processes")
    web_threads: int = variable("IYADA_WEB_THREADS", whole_number, 4, "threads of each web process")
    email_url: str = variable(
        "EMAIL_URL",
        url("smtp", "smtps", "smtp+tls", "folder"),
        "",
        "smtp://user:password@host:587; empty keeps sent mail in the data folder",
        secret=True,
    )
    email_from: str = variable(
        "IYADA_EMAIL_FROM", text, "Iyada Clinic <clinic@iyada.example>", "the sender of e-mails"
    )
    s3_bucket: str = variable("IYADA_S3_BUCKET", text, "", "keep media in this S3 bucket instead of a folder")
    s3_endpoint: str = variable("IYADA_S3_ENDPOINT", url("http", "https"), "", "the S3 address when it is not Amazon's")
    log_level: str = variable("IYADA_LOG_LEVEL", text, "INFO", "DEBUG, INFO, WARNING or ERROR")


def read(source: Mapping[str, str]) -> Environment:
    """Read `source`. Raises `EnvironmentFault` for the first variable that cannot be used."""
    values = {}
    for each in fields(Environment):
        name, raw = each.metadata["name"], source.get(each.metadata["name"], "")
        if raw.strip():
            try:
                values[each.name] = each.metadata["parse"](raw)
            except ValueError as fault:
                shown = "what it holds" if each.metadata["secret"] else repr(raw)
                raise EnvironmentFault(f"{name}: {shown} is not {fault}.") from None
    return Environment(**values)


env = read(os.environ)
