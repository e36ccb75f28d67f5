"""nginx answers a page straight from Valkey, by the same rules as the site itself."""

import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from config.env import ROOT
from config.maintenance import close_site, open_site
from home.models import HomePage
from tests.concurrency.server import free_port, serving
from tests.deploy.conftest import Visitor
from tests.deploy.nginx import LOADED, MODULES, clinic_behind_nginx, lacking, nginx, shipped
from tests.home.website import Website

pytestmark = pytest.mark.django_db(transaction=True)
OWN = {"connection", "date", "server", "age", "keep-alive"}  # of the server that answers


def test_a_stored_page_is_sent_by_nginx_as_the_site_would_send_it(visitor: Visitor, django: str) -> None:
    assert visitor.get("/en/").headers["X-Cache"] == "miss"
    theirs, mine = Visitor(django).get("/en/"), visitor.get("/en/")
    assert (theirs.headers["X-Cache"], mine.headers["X-Cache"]) == ("hit", "hit")
    assert mine.content == theirs.content
    assert {n: v for n, v in mine.headers.items() if n not in OWN} == {
        n: v for n, v in theirs.headers.items() if n not in OWN
    }


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity", "gzip, deflate, br, zstd"])
def test_each_browser_gets_the_page_as_it_likes_it(visitor: Visitor, django: str, encoding: str) -> None:
    visitor.get("/ar/")
    mine, theirs = (each.get("/ar/", Accept_Encoding=encoding) for each in (visitor, Visitor(django)))
    assert mine.headers["X-Cache"] == "hit"
    assert mine.headers.get("Content-Encoding") == theirs.headers.get("Content-Encoding")
    assert (mine.text, mine.headers["ETag"]) == (theirs.text, theirs.headers["ETag"])


def test_a_publication_is_seen_by_the_next_request(visitor: Visitor, website: Website) -> None:
    visitor.get("/en/")
    assert visitor.get("/en/").headers["X-Cache"] == "hit"
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.title = "A clinic by the sea"
    page.save_revision().publish()
    answer = visitor.get("/en/")
    assert answer.headers["X-Cache"] == "miss"
    assert "A clinic by the sea" in answer.text
    assert visitor.get("/en/").headers["X-Cache"] == "hit"


def test_who_has_the_page_already_is_told_so(visitor: Visitor) -> None:
    visitor.get("/en/")
    known = visitor.get("/en/").headers["ETag"]
    again = visitor.get("/en/", If_None_Match=f'"other", {known}')
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", known)
    assert visitor.get("/en/", If_None_Match='"other"').status_code == 200


def test_a_question_about_a_page_gets_no_body(visitor: Visitor) -> None:
    length = visitor.get("/en/").headers["Content-Length"]
    answer = visitor.get("/en/", method="HEAD")
    assert (answer.status_code, answer.headers["X-Cache"], answer.content) == (200, "hit", b"")
    assert answer.headers["Content-Length"] == length


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/", {"Cookie": "a=b; sessionid=of-somebody"}),
        ("/en/", {"Authorization": "Bearer x"}),
        ("/en/?q=heart", {}),
        ("/en/doctors/?q=heart", {}),
    ],
)
def test_what_is_for_one_person_is_left_to_the_site(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    visitor.get("/en/")
    assert visitor.get(path, **headers).headers["X-Cache"] == "bypass"


def test_what_advertisers_add_to_an_address_makes_no_other_page(visitor: Visitor) -> None:
    visitor.get("/en/")
    assert visitor.get("/en/?utm_source=letter&fbclid=1").headers["X-Cache"] == "hit"


@pytest.mark.parametrize(("letters", "state"), [(40, "hit"), (41, "bypass")])
def test_the_marks_of_advertisers_are_as_long_here_as_there(
    visitor: Visitor, django: str, letters: int, state: str
) -> None:
    visitor.get("/en/")
    for each in (visitor, Visitor(django)):
        assert each.get(f"/en/?utm_{'a' * letters}=1").headers["X-Cache"] == state


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example;proto=http"},
        {"X-Original-URL": "/en/search/", "X-Rewrite-URL": "/en/search/"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Forwarded-Prefix": "/evil", "Script-Name": "/evil", "SCRIPT_NAME": "/evil", "X_FORWARDED_PROTO": "evil"},
        {"Range": "bytes=0-9"},
        {"Content-Length": "0", "Origin": "https://evil.example"},
    ],
)
@pytest.mark.parametrize("is_stored", [True, False])
def test_what_strangers_say_of_themselves_changes_no_page_for_others(
    visitor: Visitor, headers: dict[str, str], is_stored: bool
) -> None:
    if is_stored:
        visitor.get("/en/")
    answer = visitor.client.get("/en/", headers=headers)
    assert answer.status_code in {200, 206, 400}
    assert "evil" not in answer.text
    after = visitor.get("/en/")
    assert after.status_code == 200
    assert after.headers["Content-Type"].startswith("text/html")
    assert "evil" not in after.text
    assert "</html>" in after.text


@pytest.mark.parametrize(
    "lines",
    [
        ("GET /en/ HTTP/1.1", "Host: localhost", "Host: evil.example"),
        ("GET /en/ HTTP/1.1",),
        ("GET /en/ HTTP/1.1", "Host: localhost", "Cookie: " + "a" * 40_000),
        ("GET /en/ HTTP/1.1", "Host: localhost", "Content-Length: 5", "Transfer-Encoding: chunked"),
        ("GET /en/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked, identity"),
        ("GET /static/../../../../etc/passwd HTTP/1.1", "Host: localhost"),
        ("GET /static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "Host: localhost"),
        ("GET /static..%2f..%2fvar/secret HTTP/1.1", "Host: localhost"),
    ],
)
def test_requests_that_no_browser_sends_are_turned_away(
    website: Website, nginx_address: str, lines: tuple[str, ...]
) -> None:
    place = urlsplit(nginx_address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as link:
        link.sendall("".join(f"{line}\r\n" for line in (*lines, "Connection: close", "")).encode())
        status = link.makefile("rb").readline().split()[1]
    assert status in {b"400", b"404", b"501"}


def test_a_slash_in_disguise_is_the_same_address_for_nginx_and_for_the_site(visitor: Visitor, website: Website) -> None:
    website.page("about")
    plain = visitor.get("/en/about/").text
    for path in ("/en%2Fabout%2F", "/en/about%2f", "/%65n/about/"):
        first, again = visitor.get(path), visitor.get(path)
        assert first.status_code == again.status_code
        assert first.status_code != 200 or again.text == plain


def test_whoever_comes_without_https_is_led_to_the_clinics_own_name() -> None:
    if reason := lacking():
        pytest.skip(reason)
    text = shipped("iyada.conf")
    words = text[text.index("server_name") : text.index("}\n\nserver", text.index("server_name"))]
    with nginx(server=words) as address:
        answer = httpx.get(f"{address}/en/?a=b", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://clinic.example/en/?a=b")


@pytest.mark.parametrize("path", ["/en/%00/", "/en/%ff/", "/en/../ar/", "//en/", "/en/" + "a" * 3000, "/en/%2e%2e/"])
def test_a_strange_address_is_no_fault(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code in {200, 301, 302, 400, 404}


def test_nobody_gives_themselves_an_address_or_https(visitor: Visitor) -> None:
    """nginx overwrites what Django would believe of a proxy."""
    text = shipped("locations.conf")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    assert visitor.get("/en/", X_Forwarded_Proto="https", X_Forwarded_For="10.0.0.1").status_code == 200


def test_without_django_stored_pages_are_served_and_the_rest_says_when_to_come_back(website: Website) -> None:
    with ExitStack() as running:
        django = running.enter_context(serving())
        with clinic_behind_nginx(django) as address:
            visitor = Visitor(address)
            visitor.get("/en/")
            running.close()
            assert visitor.get("/en/").headers["X-Cache"] == "hit"
            away = visitor.get("/en/book/")
    assert (away.status_code, away.headers["Retry-After"]) == (503, "60")
    assert away.content == (ROOT / "site" / "public" / "maintenance.html").read_bytes()


def test_a_closed_site_is_closed_here_too(visitor: Visitor, settings: Any) -> None:
    visitor.get("/en/")
    close_site(settings.DATA_DIR)
    try:
        answer = visitor.get("/en/")
    finally:
        open_site(settings.DATA_DIR)
    assert (answer.status_code, "X-Cache" in answer.headers) == (503, False)
    assert visitor.get("/en/").headers["X-Cache"] == "hit"


def test_without_valkey_the_site_serves(website: Website, django: str) -> None:
    with clinic_behind_nginx(django, cache=f"redis://127.0.0.1:{free_port()}/0") as address:
        visitor = Visitor(address)
        assert [visitor.get("/en/").status_code for _ in range(3)] == [200, 200, 200]


def test_the_shipped_configuration_is_sound(tmp_path: Path, website: Website) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    argv = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=clinic.example", "-days", "1"]
    argv += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(argv, check=True, capture_output=True)
    text = shipped("iyada.conf")
    text = text.replace("/etc/ssl/iyada/fullchain.pem", str(certificate)).replace(
        "/etc/ssl/iyada/privkey.pem", str(key)
    )
    locations = tmp_path / "locations.conf"
    locations.write_text(shipped("locations.conf"))
    text = text.replace(f"{ROOT}/site/deploy/nginx/locations.conf", str(locations))
    modules = "\n".join(f"load_module {MODULES}/{name}.so;" for name in LOADED)
    main = tmp_path / "nginx.conf"
    main.write_text(f"{modules}\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(main), "-e", f"{tmp_path}/errors"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
