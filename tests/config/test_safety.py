"""A public site refuses to start with a setting that would give patients away."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment
from config.settings.safety import refuse_unsafe

KEY = "Zk3v9QpLr8sWx2TnYb5uHc7mJd4gFa6eVo1iRtXy0KqPwBzNMGC"
SAFE = Environment(
    secret_key=KEY,
    hosts=("clinic.example",),
    site_url="https://clinic.example",
    database_url="postgres://host/name",
    redis_url="redis://host/0",
)


def test_safe_settings_are_accepted() -> None:
    refuse_unsafe(SAFE)


@pytest.mark.parametrize(
    ("variable", "changes"),
    [
        ("IYADA_SECRET_KEY", {"secret_key": ""}),
        ("IYADA_SECRET_KEY", {"secret_key": KEY[:49]}),
        ("IYADA_SECRET_KEY", {"secret_key": "changeme" * 10}),
        ("IYADA_SECRET_KEY_FALLBACKS", {"secret_key_fallbacks": (KEY, "old")}),
        ("IYADA_DEBUG", {"debug": True}),
        ("IYADA_INSECURE_COOKIES", {"insecure_cookies": True}),
        ("IYADA_HOSTS", {"hosts": ("*",)}),
        ("IYADA_HOSTS", {"hosts": ("localhost", "127.0.0.1")}),
        ("IYADA_SITE_URL", {"site_url": "http://clinic.example"}),
        ("IYADA_SITE_URL", {"site_url": ""}),
        ("DATABASE_URL", {"database_url": ""}),
        ("REDIS_URL", {"redis_url": ""}),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(variable: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{variable}: "):
        refuse_unsafe(replace(SAFE, **changes))
