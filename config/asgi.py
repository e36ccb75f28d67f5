"""The process of live updates: sockets under /ws/. Pages are the web process's, which answers them faster."""

import django

from config.env import point_at_settings

point_at_settings()
django.setup()

# Only now: it reads the settings, and models, when it is imported.
from clinic.desk.live.application import LiveUpdates  # noqa: E402

application = LiveUpdates()
