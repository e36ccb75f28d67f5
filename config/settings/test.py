"""The test suite: the same real PostgreSQL and Valkey, with what would only cost time turned down."""

from config.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECRET_KEY = "a key for tests alone " * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# The suite takes back what tests have written; see the audit app's second migration.
DATABASES["default"]["OPTIONS"]["options"] += " -c iyada.audit_retention=ended"
DATABASES["default"]["TEST"] = {"TEMPLATE": env.test_template or None}

TIME_ZONE = "UTC"  # a test that means local time must say so
