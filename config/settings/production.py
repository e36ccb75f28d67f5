"""A public site: refuses to start with a setting that would give patients away."""

from config.env import env
from config.settings.base import *
from config.settings.safety import refuse_unsafe

refuse_unsafe(env)

if not env.sms_url:
    SMS_GATEWAY = ""  # a reminder that only lies in a folder reminds nobody; e-mail does then

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
# The prefix makes browsers refuse a cookie that another host, a path or plain HTTP has set.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by machines inside the network
SECURE_HSTS_SECONDS = 63_072_000  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env.proxies:
    # Believed only where a trusted proxy is declared, which overwrites it in each request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
