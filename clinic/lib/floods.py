"""Too much from one connection within an hour.

Counted in the cache: while it is down nobody is counted, and nobody is turned away.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from clinic.lib.addresses import address_of, is_of_this_machine
from clinic.lib.visitors import holder_of

HOUR = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one connection may do something within an hour. `setting` names the number in Django's settings."""

    name: str
    setting: str

    def is_reached(self, request: HttpRequest) -> bool:
        # An address of this machine is that of a proxy nobody declared: its limit would be a limit on everybody.
        if is_of_this_machine(address_of(request) or ""):
            return False
        return bool((cache.get(self._key(request)) or 0) >= getattr(settings, self.setting))

    def count(self, request: HttpRequest) -> None:
        """Count one more; the hour begins with the first."""
        key = self._key(request)
        cache.add(key, 0, HOUR)
        with suppress(ValueError):  # forgotten between the two lines
            cache.incr(key)

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{holder_of(request)}"
