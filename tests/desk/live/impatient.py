"""Live updates whose heart beats fast, and who doubt at each beat."""

from typing import Any

from config.asgi import LiveUpdates

application: Any = LiveUpdates(beat=0.2, doubt=0.2)
