"""A content delivery network before the site: whatever makes our pages old is purged there too.

Wagtail's own signals would purge the one page that was published; a menu or a doctor's hours stand on many. So all
of it is purged, once for any number of changes, and Wagtail's backends are only the way to the networks.
"""

from importlib import import_module

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import get_backends

from content.pagecache import names
from content.pagecache.link import link

SECONDS = 1.0
LATEST = "latest"  # the field of the versions that changes with each raise
EVERYTHING = "/*"
TURN_KEY = f"{names.PURGED}:turn"
REST = 10  # seconds between two purges: many changes at once cost one or two


def purge_soon() -> None:
    """Have the network purged by the worker; what is lost on the way is noticed by its next round."""
    if settings.WAGTAILFRONTENDCACHE:
        import_module("content.pagecache.tasks").purge_edge.delay()


def purge_what_is_old() -> bool:
    """Purge the network if a version was raised since it was purged last; whether it was.

    What was purged a moment ago waits for the next round. Raises `LinkFault`, or the network's fault.
    """
    if not settings.WAGTAILFRONTENDCACHE:
        return False
    latest = link().call("HGET", names.VERSIONS, LATEST, seconds=SECONDS)
    if latest is None or latest == link().call("GET", names.PURGED, seconds=SECONDS):
        return False
    if link().call("SET", TURN_KEY, "1", "NX", "EX", REST, seconds=SECONDS) is None:
        return False
    for backend in get_backends().values():
        backend.purge_batch([settings.SITE_URL.rstrip("/") + EVERYTHING])
    link().call("SET", names.PURGED, latest, seconds=SECONDS)
    return True
