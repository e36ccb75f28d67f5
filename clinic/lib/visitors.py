"""Who a visitor is, as far as limits need it: a keyed hash of an address that is never stored in clear."""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from clinic.lib.addresses import address_of, network_of


def holder_of(request: HttpRequest) -> str:
    """64 hexadecimal digits, the same for each request from one connection."""
    network = network_of(address_of(request) or "")
    return salted_hmac("clinic.booking.holder", network, algorithm="sha256").hexdigest()
