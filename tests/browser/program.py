"""The browsers that are installed here; empty when there is none."""

from shutil import which

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome") or ""
# The same without windows: tests that it drives take a fifth less.
HEADLESS = which("chromium-headless-shell") or CHROMIUM
