"""What production refuses to start with. Each fault names the variable and says what to set."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.env import Environment

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "0.0.0.0"}  # noqa: S104 - compared with, never bound
SECRET_LENGTH = 50
SECRET_VARIETY = 10  # different characters; "aaaa…" and "changeme changeme …" have fewer


def refuse_unsafe(env: Environment) -> None:
    """Raise `ImproperlyConfigured` for the first setting that a public site must not have."""
    for name, unsafe, advice in (
        ("IYADA_SECRET_KEY", not env.secret_key, "set at least 50 random characters"),
        ("IYADA_SECRET_KEY", weak(env.secret_key), "it is too short or guessable; set at least 50 random characters"),
        ("IYADA_SECRET_KEY_FALLBACKS", any(map(weak, env.secret_key_fallbacks)), "one of them is too short"),
        ("IYADA_DEBUG", env.debug, "it must be off: it shows faults, and patients, to strangers"),
        ("IYADA_INSECURE_COOKIES", env.insecure_cookies, "it must be off: sessions would travel in clear"),
        ("IYADA_HOSTS", "*" in env.hosts, "name the hosts; * lets anybody forge links in e-mails"),
        ("IYADA_HOSTS", not set(env.hosts) - LOOPBACK, "name the hosts that the site answers to"),
        ("IYADA_SITE_URL", urlsplit(env.site_url).scheme != "https", "set the public https:// address"),
        ("DATABASE_URL", not env.database_url, "set the address of PostgreSQL"),
        ("REDIS_URL", not env.redis_url, "set the address of Valkey or Redis"),
    ):
        if unsafe:
            raise ImproperlyConfigured(f"{name}: {advice}.")


def weak(secret: str) -> bool:
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY
