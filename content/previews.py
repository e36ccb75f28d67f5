"""The sizes in which editors look at what they write, beside the editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# A phone of today comes first; 320 is the narrowest that must work (WCAG 2.2, 1.4.10).
SIZES: list[dict[str, Any]] = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("As on a phone")},
    {"name": "narrow", "icon": "minus", "device_width": 320, "label": _("As on the narrowest phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": _("As on a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("As on a desktop")},
]
