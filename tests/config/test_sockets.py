"""Where pages look for live updates, and what the content policy of the back office lets them reach."""

from dataclasses import replace

import pytest

from config.env import Environment
from config.settings.headers import (
    ADMIN_CONTENT_SECURITY_POLICY,
    CONTENT_SECURITY_POLICY,
    socket_address,
    socket_sources,
)

BARE = Environment(hosts=("localhost", "[::1]", "*", ".clinic.example"))


@pytest.mark.parametrize(
    ("changes", "address", "sources"),
    [
        ({}, "", []),
        ({"socket_port": 8001}, ":8001/ws/live/", ["ws://localhost:8001", "ws://clinic.example:8001"]),
        ({"socket_port": 8001, "proxies": 1}, "/ws/live/", ["wss://localhost", "wss://clinic.example"]),
    ],
)
def test_pages_look_where_the_sockets_are(changes: dict[str, int], address: str, sources: list[str]) -> None:
    env = replace(BARE, **changes)
    assert (socket_address(env), socket_sources(env)) == (address, sources)


def test_only_the_back_office_may_open_a_socket() -> None:
    assert "'self'" in ADMIN_CONTENT_SECURITY_POLICY["connect-src"]
    assert "connect-src" not in CONTENT_SECURITY_POLICY["DIRECTIVES"]
