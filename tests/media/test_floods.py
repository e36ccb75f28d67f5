"""A small file that would take hundreds of megabytes is refused before it is decoded."""

import json
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images.fields import WagtailImageField

from clinic.accounts.enums import Role
from content.models import ClinicImage
from content.pictures.uploads import PictureField
from tests.accounts.cast import person
from tests.media import bombs

FLOODS = {
    "square.png": lambda: bombs.png(11_000),
    "lying.png": lambda: bombs.png(20_000, true=False),
    "dimensions.avif": lambda: bombs.avif(16_000),
    "canvas.webp": lambda: bombs.webp_canvas(16_000),
    "film.gif": lambda: bombs.moving("GIF", side=600, frames=80),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_refused_in_both_languages(name: str) -> None:
    file = SimpleUploadedFile(name, FLOODS[name]())
    assert (file.size or 0) < 500_000

    with pytest.raises(ValidationError) as refusal:
        PictureField().clean(file)

    english = refusal.value.messages[0]
    assert "too many to open safely" in english
    with translation.override("ar"):
        arabic = refusal.value.messages[0]
    assert "لا يمكن فتحه" in arabic or "لا يمكن فتحها" in arabic


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_an_ordinary_picture_is_taken(kind: str) -> None:
    for data in (bombs.still(300, kind), *([bombs.moving(kind)] if kind in ("GIF", "WEBP") else [])):
        assert PictureField().clean(SimpleUploadedFile(f"room.{kind.lower()}", data)).image.get_size()


CHILD = """
import django, json, resource, sys
django.setup()
from io import BytesIO
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from content.pictures.uploads import PictureField
from wagtail.images.fields import WagtailImageField
from tests.media import bombs
from tests.media.test_floods import FLOODS
ours, names = sys.argv[1] == "ours", sys.argv[2:]
files = [SimpleUploadedFile(name, FLOODS[name]()) for name in names]
field = (PictureField if ours else WagtailImageField)()
if not ours:  # as Pillow and Wagtail come
    import PIL.Image
    PIL.Image.MAX_IMAGE_PIXELS = 89478485
def peak(): return int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1])
before, refused = peak(), []
for name, file in zip(names, files):
    try:
        field.clean(file)
    except ValidationError:
        refused.append(name)
print(json.dumps({"refused": refused, "grown": (peak() - before) // 1024}))
"""


def measured(field: str, *names: str) -> dict[str, Any]:
    """What checking the files, one after the other, costs a process of its own, in MiB at the peak."""
    answer = subprocess.run([sys.executable, "-c", CHILD, field, *names], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak is read from /proc")
def test_refusing_takes_no_memory() -> None:
    assert measured("ours", *FLOODS) == {"refused": list(FLOODS), "grown": pytest.approx(0, abs=24)}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak is read from /proc")
def test_without_the_look_at_the_header_the_flood_comes() -> None:
    """The control: Wagtail's own field refuses the same file after it has decoded it."""
    assert measured("theirs", "square.png")["grown"] > 200
    assert issubclass(PictureField, WagtailImageField)


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(person("layla", role=Role.EDITOR))
    return client


def test_the_upload_form_says_so_and_keeps_what_was_typed(editor: Client) -> None:
    file = SimpleUploadedFile("square.png", FLOODS["square.png"]())
    answer = editor.post(reverse("wagtailimages:add"), {"title": "The new wing", "alt_en": "A door", "file": file})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "too many to open safely" in page
    assert "The new wing" in page
    assert 'value="A door"' in page
    assert not ClinicImage.objects.exists()


def test_many_uploads_at_once_refuse_it_too(editor: Client) -> None:
    file = SimpleUploadedFile("square.png", FLOODS["square.png"]())
    answer = editor.post(reverse("wagtailimages:add_multiple"), {"title": "Square", "files[]": file})

    assert answer.json()["success"] is False
    assert "too many to open safely" in answer.json()["error_message"]
    assert not ClinicImage.objects.exists()


def test_the_chooser_refuses_it_too(editor: Client) -> None:
    file = SimpleUploadedFile("square.png", FLOODS["square.png"]())
    form = {"image-chooser-upload-title": "Square", "image-chooser-upload-file": file}
    answer = editor.post(reverse("wagtailimages_chooser:create"), form)

    assert "too many to open safely" in answer.content.decode()
    assert not ClinicImage.objects.exists()
