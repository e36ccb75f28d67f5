"""Where a request comes from, as far as that can be believed."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The visitor's address; None where the server knows none.

    X-Forwarded-For is believed only as far as the proxies of ours, `settings.TRUSTED_PROXIES` of them, wrote it.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    proxies = settings.TRUSTED_PROXIES
    told = hops[-proxies] if proxies and len(hops) >= proxies else ""
    return told if is_address(told) else request.META.get("REMOTE_ADDR") or None


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def network_of(address: str) -> str:
    """What one visitor may have at will: an IPv4 address, or the /64 that every IPv6 connection is given (RFC 6177)."""
    if not is_address(address):
        return address
    known = ip_address(address)
    if known.version == 6 and known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(known) if known.version == 4 else str(ip_network((int(known), 64), strict=False))


def is_of_this_machine(address: str) -> bool:
    return is_address(address) and ip_address(address).is_loopback
