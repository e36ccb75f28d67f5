"""The closed door: while `manage.py maintenance on` holds, visitors are told so before anything else is asked.

It stands before Django, and knows only a file: it holds with the database down, and during a migration. The
file is in the data folder, so each machine has its own. Staff go on: the back office stays open, and whoever
carries a session sees the site. Visitors have none (docs/decisions/0012-no-session-for-visitors.md).
"""

from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

from config.env import ROOT

PAGE = ROOT / "site" / "public" / "maintenance.html"
# Probes, the back office, and what its pages are made of.
OPEN = ("/health/", "/admin/", "/static/", "/media/", "/robots.txt", "/.well-known/")
# The page carries its styles in itself and needs nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
MINUTES = 30

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def door(data_dir: Path) -> Path:
    """The file whose presence closes the site; it holds the minutes after which to come back."""
    return data_dir / "run" / "maintenance"


def close_site(data_dir: Path, *, minutes: int = MINUTES) -> None:
    path = door(data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{minutes}\n")


def open_site(data_dir: Path) -> bool:
    """Whether it was closed."""
    try:
        door(data_dir).unlink()
    except FileNotFoundError:
        return False
    return True


def minutes_closed(data_dir: Path) -> int:
    """After how many minutes visitors are told to come back; 0 while the site is open."""
    try:
        text = door(data_dir).read_text()
    except OSError:
        return 0
    return int(text) if text.strip().isdigit() and int(text) else MINUTES


class Maintenance:
    """A WSGI application around another one, which it stands in for while the door is closed."""

    def __init__(self, application: Application, *, data_dir: Path, session_cookie: str) -> None:
        self.application, self.data_dir, self.session_cookie = application, data_dir, session_cookie
        self.door = door(data_dir)  # looked at in each request
        self.page = PAGE.read_bytes()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self.door.exists() or self.lets_through(environ):
            return self.application(environ, start_response)
        minutes = minutes_closed(self.data_dir) or MINUTES
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(self.page))),
            ("Retry-After", str(minutes * 60)),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", POLICY),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("503 Service Unavailable", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.page]

    def lets_through(self, environ: dict[str, Any]) -> bool:
        if environ.get("PATH_INFO", "").startswith(OPEN):
            return True
        try:
            return self.session_cookie in SimpleCookie(environ.get("HTTP_COOKIE", ""))
        except CookieError:
            return False
