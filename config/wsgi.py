"""The web process: the maintenance page while the site is closed, pages from the page cache, else Django."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.charsets import OnlyUtf8
from config.env import point_at_settings
from config.maintenance import Maintenance

point_at_settings()
django = get_wsgi_application()

# Only now: they read the settings, and models, when they are imported.
from content.pagecache.front import Front  # noqa: E402
from content.pagecache.release import announce_release  # noqa: E402

application = Maintenance(
    OnlyUtf8(Front(django)), data_dir=settings.DATA_DIR, session_cookie=settings.SESSION_COOKIE_NAME
)
# Load the URLs and all they import now, once before the fork, rather than in the first visitor's request.
list(get_resolver().url_patterns)
announce_release()
