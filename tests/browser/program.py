"""The browser that is installed here; empty when there is none."""

from shutil import which

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome") or ""
