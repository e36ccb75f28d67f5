"""The environment, read once and typed: no other module looks at `os.environ`.

Each field of `Environment` is one variable. A wrong value raises `EnvironmentFault`, whose text says
which variable is wrong and what to set.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from config.values import (
    EnvironmentFault,
    boolean,
    choice,
    clock_range,
    level,
    path,
    port,
    text,
    time_zone,
    url,
    whole_number,
    words,
)

ROOT = Path(__file__).resolve().parent.parent


def variable(name: str, parse: Callable[[str], Any], default: Any, meaning: str, *, secret: bool = False) -> Any:
    """One documented variable; `default` is used as it is when the variable is unset or empty."""
    return field(default=default, metadata={"name": name, "parse": parse, "meaning": meaning, "secret": secret})


@dataclass(frozen=True)
class Environment:
    settings_module: str = variable(
        "DJANGO_SETTINGS_MODULE",
        text,
        "config.settings.dev",
        "config.settings.production for a public site",
    )
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
    socket_port: int = variable(
        "IYADA_SOCKET_PORT", port, 0, "the port of live updates; empty: any free one, found again at the next start"
    )
    port: int = variable("IYADA_PORT", port, 8000, "the port of the web server")
    bind: str = variable("IYADA_BIND", text, "127.0.0.1", "the address that the web server listens on")
    data_dir: Path = variable(
        "IYADA_DATA_DIR", path, ROOT / "site" / "var", "the folder of databases, mail, media and logs"
    )
    test_template: str = variable(
        "IYADA_TEST_TEMPLATE", text, "", "for tests: a database with all migrations applied; empty: they apply them"
    )
    secret_key: str = variable(
        "IYADA_SECRET_KEY",
        text,
        "",
        "signs sessions and links; at least 50 random characters; empty makes one and keeps it (not in production)",
        secret=True,
    )
    secret_key_fallbacks: tuple[str, ...] = variable(
        "IYADA_SECRET_KEY_FALLBACKS", words, (), "earlier secret keys whose links still hold", secret=True
    )
    hosts: tuple[str, ...] = variable(
        "IYADA_HOSTS", words, ("localhost", "127.0.0.1", "[::1]"), "the host names that the site answers to"
    )
    site_url: str = variable(
        "IYADA_SITE_URL",
        url("http", "https"),
        "",
        "the public address, as it stands in e-mails; empty: the port on localhost",
    )
    debug: bool = variable("IYADA_DEBUG", boolean, False, "show faults in the browser; never on a public site")
    insecure_cookies: bool = variable(
        "IYADA_INSECURE_COOKIES", boolean, False, "allow cookies over plain HTTP; production refuses it"
    )
    proxies: int = variable("IYADA_PROXIES", whole_number, 0, "how many trusted proxies stand before the web server")
    web_workers: int = variable("IYADA_WEB_WORKERS", whole_number, 2, "web processes")
    web_threads: int = variable("IYADA_WEB_THREADS", whole_number, 4, "threads of each web process")
    worker_threads: int = variable("IYADA_WORKER_THREADS", whole_number, 4, "threads of the background worker")
    email_url: str = variable(
        "EMAIL_URL",
        url("smtp", "smtps", "smtp+tls"),
        "",
        "smtp+tls://user:password@host:587; empty keeps sent mail in the data folder",
        secret=True,
    )
    time_zone: str = variable(
        "IYADA_TIME_ZONE",
        time_zone,
        "Asia/Amman",
        "the time zone in which staff read times; visits follow their location's",
    )
    email_from: str = variable("IYADA_EMAIL_FROM", text, "Iyada Clinic <clinic@iyada.example>", "the sender of e-mails")
    sms_url: str = variable(
        "SMS_URL",
        url("http", "https"),
        "",
        "where text messages are posted to; empty keeps them in the data folder, and sends none in production",
        secret=True,
    )
    sms_key: str = variable("IYADA_SMS_KEY", text, "", "the bearer token for SMS_URL", secret=True)
    sms_sender: str = variable("IYADA_SMS_SENDER", text, "Iyada", "the sender of text messages")
    quiet_hours: str = variable(
        "IYADA_QUIET_HOURS",
        clock_range,
        "21:00-08:00",
        "when nobody is reminded, by the clock on the wall of the visit's location; 00:00-00:00 for never",
    )
    s3_bucket: str = variable("IYADA_S3_BUCKET", text, "", "keep media in this S3 bucket instead of a folder")
    s3_endpoint: str = variable("IYADA_S3_ENDPOINT", url("http", "https"), "", "the S3 address when it is not Amazon's")
    s3_region: str = variable("IYADA_S3_REGION", text, "us-east-1", "the region of the bucket")
    s3_key: str = variable("IYADA_S3_KEY", text, "", "the access key of the bucket", secret=True)
    s3_secret: str = variable("IYADA_S3_SECRET", text, "", "the secret key of the bucket", secret=True)
    s3_public_url: str = variable(
        "IYADA_S3_PUBLIC_URL",
        url("http", "https"),
        "",
        "where browsers fetch images from; empty: this site passes them on",
    )
    cdn: str = variable(
        "IYADA_CDN", choice("cloudfront", "cloudflare"), "", "the network that keeps pages before us; empty: none"
    )
    cdn_id: str = variable("IYADA_CDN_ID", text, "", "CloudFront's distribution or Cloudflare's zone")
    cdn_key: str = variable(
        "IYADA_CDN_KEY", text, "", "CloudFront's access key; empty: the rights of this machine", secret=True
    )
    cdn_secret: str = variable(
        "IYADA_CDN_SECRET", text, "", "CloudFront's secret key, or Cloudflare's API token", secret=True
    )
    log_level: str = variable("IYADA_LOG_LEVEL", level, "INFO", "DEBUG, INFO, WARNING or ERROR")
    no_color: str = variable("NO_COLOR", text, "", "anything here turns the colours of the terminal off")


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


def variables() -> list[tuple[Field[Any], bool]]:
    """Every variable of `Environment`, and whether it is set in this process."""
    return [(each, bool(os.environ.get(each.metadata["name"], "").strip())) for each in fields(Environment)]


def point_at_settings(module: str = "config.settings.dev") -> None:
    """Make `module` Django's settings unless DJANGO_SETTINGS_MODULE already names some."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        os.environ["DJANGO_SETTINGS_MODULE"] = module


def inherited(**changes: str) -> dict[str, str]:
    """The environment of a child process: this one's, with `changes`."""
    return {**os.environ, **changes}


env = read(os.environ)
