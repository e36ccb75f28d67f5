"""Limits need to know who comes again, and no more."""

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from clinic.booking.visitors import address_of, comes_from_elsewhere, holder_of


def test_the_address_of_a_visitor_is_never_stored_in_clear(rf: RequestFactory) -> None:
    holder = holder_of(rf.get("/", REMOTE_ADDR="192.0.2.7"))

    assert len(holder) == 64
    assert "192.0.2.7" not in holder
    assert holder == holder_of(rf.post("/", REMOTE_ADDR="192.0.2.7"))
    assert holder != holder_of(rf.get("/", REMOTE_ADDR="192.0.2.8"))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "192.0.2.7"),
        (1, "203.0.113.66, 203.0.113.5", "203.0.113.5"),
        (2, "203.0.113.66, 203.0.113.5, 198.51.100.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.7"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: LazySettings, proxies: int, forwarded: str, address: str
) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = proxies

    assert address_of(rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)) == address


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "http://testserver"}, False),
        ({"Origin": "https://elsewhere.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://[broken"}, True),
    ],
)
def test_a_form_sent_by_another_site_is_noticed(rf: RequestFactory, headers: dict[str, str], elsewhere: bool) -> None:
    assert comes_from_elsewhere(rf.post("/", headers=headers)) is elsewhere
