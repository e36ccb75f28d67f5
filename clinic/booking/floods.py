"""Many bookings from one connection: somebody fills a calendar with people who do not exist.

Counted in the cache: while it is down nobody is counted, and nobody is turned away.
"""

from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from clinic.booking.visitors import holder_of
from clinic.lib.addresses import address_of, is_of_this_machine

HOUR = 3600  # seconds


def is_flooding(request: HttpRequest) -> bool:
    """Whether this connection has booked `settings.BOOKINGS_PER_VISITOR` visits within the hour."""
    # An address of this machine is that of a proxy nobody declared: its limit would be a limit on everybody.
    if is_of_this_machine(address_of(request) or ""):
        return False
    return bool((cache.get(_key(request)) or 0) >= settings.BOOKINGS_PER_VISITOR)


def count_booking(request: HttpRequest) -> None:
    """Count one visit that was booked; the hour begins with the first."""
    cache.add(_key(request), 0, HOUR)
    with suppress(ValueError):  # forgotten between the two lines
        cache.incr(_key(request))


def _key(request: HttpRequest) -> str:
    return f"bookings:{holder_of(request)}"
