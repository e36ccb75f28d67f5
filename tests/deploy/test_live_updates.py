"""nginx hands sockets on to the process of live updates."""

import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from clinic.accounts.enums import Role
from clinic.lib.live import EVERYTHING, publish
from tests.accounts.cast import person
from tests.deploy.nginx import clinic_behind_nginx, lacking
from tests.desk.conftest import signed_in
from tests.desk.live.conftest import cookie_of
from tests.desk.live.page import LivePage, Refused
from tests.desk.live.server import listening

pytestmark = pytest.mark.django_db(transaction=True)
HOST = "localhost:9999"


@pytest.fixture(scope="module")
def nginx_port(django_db_setup: None) -> Iterator[int]:
    if reason := lacking():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Pages are not asked for here: the web server may be away.
    with listening() as port, clinic_behind_nginx("http://127.0.0.1:9", socket_port=port) as address:
        yield int(urlsplit(address).port or 0)


def test_a_change_reaches_a_page_through_nginx(nginx_port: int) -> None:
    cookie = cookie_of(signed_in(person("rania", role=Role.RECEPTIONIST)))
    with LivePage(nginx_port, cookie=cookie, host=HOST) as page:
        page.settle()
        publish([EVERYTHING])
        assert page.hear(within=1)["changes"] == [EVERYTHING.as_data()]


def test_a_stranger_is_refused_behind_nginx_too(nginx_port: int) -> None:
    for options in ({"origin": "https://evil.example"}, {"host": "evil.example"}, {}):
        with pytest.raises(Refused) as refusal:
            LivePage(nginx_port, **{"cookie": "sessionid=x", "host": HOST, **options})
        assert refusal.value.status == 403


def test_whoever_opens_sockets_without_end_is_told_to_wait(nginx_port: int) -> None:
    answers = set()
    for _attempt in range(200):
        with socket.create_connection(("127.0.0.1", nginx_port), timeout=10) as link:
            link.sendall(b"GET /ws/live/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answers.add(link.makefile("rb").readline().split()[1])
    assert answers == {b"404", b"429"}
