"""The web process with a front that waits as long as it must: for tests that count renders, not seconds."""

from clinic.lib import patience
from config.wsgi import application
from content.pagecache import front, store

__all__ = ["application"]

MINUTE = 60  # seconds
patience.PATIENCE = store.ONE_CALL = MINUTE
front.LONGEST_WAIT = MINUTE
store.RENDER_LOST = MINUTE * 1000
