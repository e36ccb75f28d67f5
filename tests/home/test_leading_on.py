"""Nobody is led from the clinic's site to a place that a stranger has chosen."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from clinic.accounts.enums import Role
from tests.accounts.cast import PASSWORD, person
from tests.home.website import Website

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
]


def leads_home(location: str) -> bool:
    place = urlsplit(location)
    own = not place.scheme and not place.netloc
    return own and not re.match(r"[\x00-\x20]*[/\\][\x00-\x20]*[/\\]", location)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/doctors",
        "/\\evil.example",
        "///evil.example/..",
        "/en//evil.example",
        "/en/%2f%2fevil.example",
        "/%2f%2fevil.example",
        "/en/doctors?next=//evil.example",
        "/%0d%0aLocation:%20https://evil.example",
    ],
)
def test_no_path_is_answered_with_the_address_of_another_site(client: Client, website: Website, path: str) -> None:
    answer = client.generic("GET", path)
    assert answer.status_code < 500
    assert leads_home(answer.headers.get("Location", "/"))


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_who_has_signed_in_stays_here(client: Client, website: Website, elsewhere: str) -> None:
    person("layla", role=Role.EDITOR)
    typed = {"username": "layla", "password": PASSWORD, "next": elsewhere}
    answer = client.post("/admin/login/", typed)
    assert answer.status_code == 302
    assert leads_home(answer["Location"])


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_who_has_given_the_password_of_a_page_stays_here(client: Client, website: Website, elsewhere: str) -> None:
    page = website.page("minutes")
    closed = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    address = f"/en/_util/authenticate_with_password/{closed.pk}/{page.pk}/"
    answer = client.post(address, {"password": "x", "return_url": elsewhere})
    assert answer.status_code == 302
    assert leads_home(answer["Location"])
