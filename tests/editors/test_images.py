"""Pictures as editors give them: a text in each language, and a point that every size keeps."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection

from clinic.accounts.enums import Role
from content.models import ClinicImage
from tests.editors.conftest import Cast
from tests.factories.content import ClinicImageFactory
from tests.home.website import Website


def half_red() -> SimpleUploadedFile:
    """A picture of 400 by 100 pixels: red to the right, blue to the left."""
    picture, file = Image.new("RGB", (400, 100), "blue"), BytesIO()
    picture.paste("red", (200, 0, 400, 100))
    picture.save(file, "PNG")
    return SimpleUploadedFile("halves.png", file.getvalue(), content_type="image/png")


def test_the_form_of_a_picture_asks_for_its_text_in_both_languages(website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.EDITOR)
    html = client.get(reverse("wagtailimages:add")).content.decode()
    order = [html.index(f'name="{name}"') for name in ("title", "alt_en", "alt_ar", "file")]
    assert order == sorted(order)
    assert 'id="id_description"' not in html


def test_many_pictures_at_once_are_asked_for_their_texts_too(website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.AUTHOR)
    data = {"title": "Halves", "files[]": half_red(), "collection": "1"}
    answer = client.post(reverse("wagtailimages:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert "alt_ar" in answer.json()["form"]


@pytest.mark.parametrize(("point", "colour"), [(50, "blue"), (350, "red")])
def test_a_cropped_size_keeps_the_focal_point(website: Website, signed_in: Cast, point: int, colour: str) -> None:
    image = ClinicImageFactory(file=half_red(), collection=Collection.get_first_root_node())
    form = {
        "title": "Halves",
        "alt_en": "Two halves",
        "alt_ar": "نصفان",
        "collection": image.collection_id,
        "tags": "",
        "focal_point_x": point,
        "focal_point_y": 50,
        "focal_point_width": 40,
        "focal_point_height": 40,
    }
    answer = signed_in(Role.EDITOR).post(reverse("wagtailimages:edit", args=[image.pk]), form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailimages:index"))
    image.refresh_from_db()
    assert (image.focal_point_x, image.focal_point_width) == (point, 40)
    cropped = ClinicImage.objects.get(pk=image.pk).get_rendition("fill-80x80-c100|format-png")
    with cropped.file.open() as file, Image.open(file) as picture:
        middle = picture.convert("RGB").getpixel((40, 40))
    assert middle == {"blue": (0, 0, 255), "red": (255, 0, 0)}[colour]
