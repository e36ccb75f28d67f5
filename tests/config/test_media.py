"""Uploaded images are served, and nothing else of the media storage."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored() -> None:
    for name in ("original_images/drawing.svg", "documents/letter.svg", "images/page.html"):
        default_storage.save(name, ContentFile(DRAWING))


def test_a_drawing_is_an_image_that_runs_no_script(client: Client) -> None:
    answer = client.get("/media/original_images/drawing.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert answer.getvalue() == DRAWING


@pytest.mark.parametrize(
    "path",
    [
        "documents/letter.svg",
        "images/page.html",
        "images/../documents/letter.svg",
        "images/%2e%2e/%2e%2e/secrets.json",
        "images//etc/passwd.png",
        "original_images/nothing.svg",
        "original_images/",
    ],
)
def test_nothing_else_is_found(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}", follow=True).status_code == 404


def test_a_name_that_no_file_system_takes_is_not_found(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}

    for name in ("%00", "a" * 300, "%ED%A0%80"):
        assert client.get(f"/media/images/{name}.png", follow=True).status_code == 404
