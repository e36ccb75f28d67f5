"""The embedded mode of `./run`: real servers on this machine, plain HTTP on the loopback address."""

from config.embedded.secrets import keep_secret
from config.env import env
from config.settings.base import *

# `./run` passes the key that it keeps; a bare manage.py finds the same one.
SECRET_KEY = env.secret_key or keep_secret(env.data_dir, "secret_key")

DEMO_CLINIC = True

if env.debug:
    # Files are served from where they are written, without a restart.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
