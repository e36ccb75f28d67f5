"""Limits need to know who comes again, and no more."""

import pytest
from django.test import RequestFactory

from clinic.booking.visitors import comes_from_elsewhere
from clinic.lib.visitors import holder_of


def test_the_address_of_a_visitor_is_never_stored_in_clear(rf: RequestFactory) -> None:
    holder = holder_of(rf.get("/", REMOTE_ADDR="192.0.2.7"))

    assert len(holder) == 64
    assert "192.0.2.7" not in holder
    assert holder == holder_of(rf.post("/", REMOTE_ADDR="192.0.2.7"))
    assert holder != holder_of(rf.get("/", REMOTE_ADDR="192.0.2.8"))


def test_a_visitor_with_many_addresses_of_one_connection_is_one_holder(rf: RequestFactory) -> None:
    holders = {holder_of(rf.get("/", REMOTE_ADDR=f"2001:db8:0:7::{number}")) for number in range(1, 9)}

    assert len(holders) == 1
    assert holder_of(rf.get("/", REMOTE_ADDR="2001:db8:0:8::1")) not in holders


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
