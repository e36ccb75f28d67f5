"""Settings that every process shares. What a clinic may change comes from `config.env`, never from here."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.env import ROOT, env
from config.settings.edge import *
from config.settings.files import *
from config.settings.headers import *
from config.settings.messages import *
from config.settings.queues import *

SECRET_KEY = env.secret_key
SECRET_KEY_FALLBACKS = list(env.secret_key_fallbacks)
DEBUG = env.debug
ALLOWED_HOSTS = list(env.hosts)
SITE_URL = env.site_url or f"http://localhost:{env.port}"

INSTALLED_APPS = [
    "home",
    "home.starter",
    "content",
    "content.pagecache",
    "content.search",
    "content.translation",
    "clinic.desk",
    "clinic.booking",
    "clinic.scheduling",
    "clinic.directory",
    "clinic.patients",
    "clinic.messaging",
    "clinic.accounts",
    "clinic.audit",
    "config",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "clinic.accounts.apps.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # so far out that faults of the others carry it too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policy.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.broken_forms.BrokenFormMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]


def database(address: str) -> dict[str, Any]:
    """Django's settings for a `postgres://user:password@host:port/name` address."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "iyada",
            # What is prepared (clinic.lib.planned) is planned once, for all parameters.
            "options": "-c plan_cache_mode=force_generic_plan",
        },
    }


DATABASES = {"default": database(env.database_url)}

# Losing the cache may cost time, never a page: every alias fails open, and quickly (see config.cache).
CACHES = {
    alias: {
        "BACKEND": "config.cache.GuardedCache",
        "LOCATION": env.redis_url,
        "KEY_PREFIX": prefix,
        "OPTIONS": {
            "REDIS_CLIENT_CLASS": "config.cache.GuardedRedis",
            # Both of a request's 0.3 seconds; what else it may wait, clinic.lib.patience counts.
            "SOCKET_CONNECT_TIMEOUT": 0.1,
            "SOCKET_TIMEOUT": 0.15,
            # The client's own ten retries would make a page wait ten times.
            "CONNECTION_POOL_KWARGS": {"retry": Retry(NoBackoff(), 0), "health_check_interval": 30},
            "IGNORE_EXCEPTIONS": True,
            "SERIALIZER": f"django_redis.serializers.{serializer}",
            # A session that was ended while the cache could not be told lives there for a minute at most.
            "MAX_TIMEOUT": max_timeout,
        },
    }
    for alias, prefix, serializer, max_timeout in (
        ("default", "iyada", "pickle.PickleSerializer", None),
        ("sessions", "session", "json.JSONSerializer", 60),
        ("renditions", "rendition", "pickle.PickleSerializer", None),
    )
}
SESSION_ENGINE = "config.sessions"
SESSION_CACHE_ALIAS = "sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clinic.booking.views.refusals.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# In the database, so that a flushed cache forgives nobody; "username" is what Wagtail's form calls it.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 7
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "clinic.accounts.views.show_lockout"
# Behind a proxy the address that the server sees is the proxy's: a lock would then shut everybody out.
AXES_CLIENT_IP_CALLABLE = "clinic.lib.addresses.address_of"
TRUSTED_PROXIES = env.proxies

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "site" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
# What staff read in the back office; the database and every instant in code are UTC.
TIME_ZONE = env.time_zone
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True

WAGTAIL_SITE_NAME = "Iyada"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "clinic.accounts.forms.SignInForm"
WAGTAILIMAGES_IMAGE_MODEL = "content.ClinicImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.ClinicDocument"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "svg", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000  # a 15 KB file of 121 megapixels takes 600 MB to decode
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.pictures.uploads.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.uploads.DocumentForm"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}
# Nothing leaves the clinic: no update check, no picture service that learns a hash of each staff address.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = 5000
# The Arabic side is edited like the English one; see docs/decisions.
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

DATA_DIR: Path = env.data_dir
DEMO_CLINIC = False  # whether `manage.py seed` invents patients, visits and accounts without being asked
MAIL_FOLDER: Path = env.data_dir / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email_from
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "clinic.messaging.mailfolder.MailFolderBackend"
if env.email_url:
    _mail = urlsplit(env.email_url)
    EMAIL_BACKEND = "clinic.messaging.smtp.SmtpBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"

PHONE_REGION = "JO"
HOLDS_PER_VISITOR = 5
HOLDS_PER_PRACTITIONER = 12
# In an hour. Generous, because a telephone network may hide thousands of people behind one address.
BOOKINGS_PER_VISITOR = 40
# Codes that prove a contact, in an hour.
CODES_PER_VISITOR = 20
CODES_PER_CONTACT = 5
REBUILDS_PER_CALLER = 60  # of the website data
WRONG_PASSWORDS_PER_VISITOR = 20  # of closed pages and documents
ENQUIRIES_PER_VISITOR = 10
ENQUIRY_DAYS = 180  # after which what visitors sent with a form is deleted

# The back office frames its own previews, so X_FRAME_OPTIONS is SAMEORIGIN and not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.log_level},
}
