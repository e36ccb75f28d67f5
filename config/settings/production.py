"""A public site: refuses to start with a setting that would give patients away."""

from config.settings.base import *
