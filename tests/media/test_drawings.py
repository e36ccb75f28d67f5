import re

import pytest
from django.core.files.base import ContentFile

from config.env import ROOT
from content.models import ClinicImage
from content.pictures.uses import USES
from content.templatetags.pictures import media

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="50" viewBox="0 0 40 50"><path d="M0 0h40v50z"/></svg>'
)


@pytest.mark.django_db
def test_a_drawing_is_shown_as_it_is() -> None:
    image = ClinicImage.objects.create(
        title="Arch", alt_en='A "wide" arch', file=ContentFile(DRAWING, name="arch.svg"), width=40, height=50
    )
    html = media(image, "portrait", eager=True)
    assert html.startswith("<img src=")
    assert 'alt="A &quot;wide&quot; arch"' in html
    assert 'width="40" height="50"' in html
    assert "loading" not in html
    assert image.renditions.count() == 0


def test_no_picture_is_no_fault() -> None:
    assert media(None, "card") == ""


TEMPLATES = ROOT / "templates"
TAG = re.compile(r'{% media \S+ "([^"]+)"')


def test_every_template_names_a_place_that_pictures_are_prepared_for() -> None:
    templates = TEMPLATES.rglob("*.html")
    named = {(str(path), use) for path in templates for use in TAG.findall(path.read_text("utf-8"))}
    assert named
    assert [each for each in named if each[1] not in USES] == []


def test_no_template_makes_a_size_while_somebody_waits() -> None:
    made = re.compile(r"{% (image|picture|srcset_image|image_url) ")
    assert [str(path) for path in TEMPLATES.rglob("*.html") if made.search(path.read_text("utf-8"))] == []
