"""The site as it would be with Django's own cache middleware: settings for tests.bench.plain."""

from config.settings.dev import *

MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = 3600
