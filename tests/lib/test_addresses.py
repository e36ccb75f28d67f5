"""Where a request comes from: a visitor may write any header, our own proxies are believed."""

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from clinic.lib.addresses import address_of, is_of_this_machine, network_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "192.0.2.7"),
        (1, "203.0.113.66, 203.0.113.5", "203.0.113.5"),
        (1, "", "192.0.2.7"),
        (1, "<script>", "192.0.2.7"),
        (2, "203.0.113.66, 203.0.113.5, 198.51.100.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.7"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: LazySettings, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies

    assert address_of(rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_a_server_on_a_socket_knows_no_address(rf: RequestFactory) -> None:
    assert address_of(rf.get("/", REMOTE_ADDR="")) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:7:aaaa::1", "2001:db8:0:7::/64"),
        ("2001:db8:0:7:bbbb::1", "2001:db8:0:7::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_one_connection_is_one_visitor_however_many_addresses_it_has(address: str, network: str) -> None:
    assert network_of(address) == network


def test_addresses_of_this_machine() -> None:
    assert is_of_this_machine("127.0.0.1")
    assert is_of_this_machine("::1")
    assert not is_of_this_machine("192.0.2.7")
    assert not is_of_this_machine("")
