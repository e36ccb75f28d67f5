"""Django without the page cache in front of it."""

from django.core.wsgi import get_wsgi_application

from config.env import point_at_settings

point_at_settings()
application = get_wsgi_application()
