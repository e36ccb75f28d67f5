"""The web process: pages and, later, the API."""

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.env import point_at_settings

point_at_settings()

application = get_wsgi_application()
# Load the URLs and all they import now, once before the fork, rather than in the first visitor's request.
list(get_resolver().url_patterns)
