"""Pictures are prepared by a task, and pages show what is there."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image as Pillow

from content.models import ClinicImage
from content.pictures import address_of
from content.pictures.preparing import prepare
from content.pictures.round import prepare_all
from content.pictures.uses import USES
from content.templatetags.pictures import media
from tests.factories.content import ClinicImageFactory

pytestmark = pytest.mark.django_db


def photograph(width: int, height: int, *, kind: str = "JPEG", mode: str = "RGB", **fields: object) -> ClinicImage:
    output = BytesIO()
    colour = (40, 120, 110, 128)[: len(mode)]
    Pillow.new(mode, (width, height), colour).save(output, kind)
    name = f"room.{kind.lower()}"
    return ClinicImageFactory.create(file=ContentFile(output.getvalue(), name=name), **fields)


def test_a_prepared_photograph_comes_as_avif_in_widths_and_as_jpeg_for_old_browsers() -> None:
    image = photograph(1600, 1000)
    prepare(image)
    image.refresh_from_db()

    with translation.override("en"):
        html = media(image, "body")

    assert re.findall(r"(\d+)w", html) == ["480", "960", "1440"]
    assert '<source type="image/avif"' in html
    assert 'sizes="(min-width: 74rem) 74rem, 100vw"' in html
    assert re.search(r'<img src="[^"]+\.jpg" width="960" height="600" alt="A waiting room"', html)
    assert 'loading="lazy"' in html
    assert 'decoding="async"' in html


def test_the_first_picture_of_a_view_is_fetched_before_the_others() -> None:
    html = media(photograph(1600, 1000), "hero", eager=True)

    assert 'fetchpriority="high"' in html
    assert "loading" not in html


def test_showing_a_picture_makes_no_file_and_asks_for_its_renditions_once() -> None:
    image = photograph(1600, 1000)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for use in USES:
            media(image, use)
            address_of(image, use)

    assert [query["sql"][:6] for query in queries] == ["SELECT"]
    assert "content_clinicrendition" in queries[0]["sql"]
    assert image.renditions.count() == 0


def test_a_light_original_stands_in_for_its_sizes_in_their_shape() -> None:
    image = photograph(1600, 1000)
    image.get_file_size()

    html = media(image, "hero")

    assert image.file.url in html
    assert 'width="833" height="1000"' in html  # the crop of 5 to 6, so that nothing jumps afterwards
    assert 'class="picture-waits"' in html


def test_a_heavy_original_is_not_sent_and_leaves_its_place_free() -> None:
    image = photograph(1600, 1000)
    image.file_size = 5_000_000

    html = media(image, "card")

    assert image.file.url not in html
    assert 'src="data:image/svg+xml,' in html
    assert 'width="800" height="500"' in html
    assert "alt=" in html


def test_a_small_picture_is_never_enlarged() -> None:
    image = photograph(300, 200)
    prepare(image)

    assert max(row.width for row in image.renditions.all()) == 300


def test_a_picture_that_one_can_see_through_stays_so_for_old_browsers() -> None:
    image = photograph(600, 200, kind="PNG", mode="RGBA")
    prepare(image)

    assert re.search(r'<img src="[^"]+\.png"', media(image, "logo"))
    opaque = photograph(600, 200, kind="PNG")
    prepare(opaque)
    assert re.search(r'<img src="[^"]+\.jpg"', media(opaque, "logo"))


def test_preparing_again_makes_nothing() -> None:
    image = photograph(600, 400)

    assert prepare(image) > 0
    assert prepare(image) == 0
    assert list(prepare_all()) == []


def test_a_new_focal_point_cuts_anew_and_the_old_cut_is_shown_meanwhile() -> None:
    image = photograph(1600, 1000)
    prepare(image)
    old = media(image, "hero")
    image = ClinicImage.objects.get(pk=image.pk)
    image.focal_point_x, image.focal_point_y = 1500, 500
    image.focal_point_width = image.focal_point_height = 50
    image.save()

    assert media(image, "hero") == old
    prepare(image)

    image = ClinicImage.objects.get(pk=image.pk)
    assert media(image, "hero") != old
    assert "<picture>" in media(image, "hero")


def test_the_cut_keeps_the_focal_point() -> None:
    output = BytesIO()
    half = Pillow.new("RGB", (4000, 2000), "white")
    half.paste("red", (3000, 0, 4000, 2000))
    half.save(output, "PNG")
    image = ClinicImageFactory.create(file=ContentFile(output.getvalue(), name="half.png"))
    image.focal_point_x, image.focal_point_y = 3500, 1000
    image.focal_point_width = image.focal_point_height = 800
    image.save()
    prepare(image)

    row = image.renditions.get(filter_spec="fill-320x400|format-jpeg")
    with row.file.open() as file, Pillow.open(file) as cut:
        middle = 3 * (cut.width * (cut.height // 2) + cut.width // 2)
        red, green = cut.convert("RGB").tobytes()[middle : middle + 2]
    assert red > 200
    assert green < 60


def test_the_place_where_a_photograph_was_taken_is_not_published() -> None:
    output = BytesIO()
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    Pillow.new("RGB", (800, 400), "white").save(output, "JPEG", exif=exif)
    image = ClinicImageFactory.create(file=ContentFile(output.getvalue(), name="phone.jpg"))
    prepare(image)

    row = image.renditions.get(filter_spec="width-960|format-jpeg")
    assert (row.width, row.height) == (400, 800)
    with row.file.open() as file, Pillow.open(file) as picture:
        assert not picture.getexif()


def test_a_broken_picture_does_not_stop_the_others() -> None:
    broken, whole = photograph(600, 400), photograph(600, 400)
    broken.file.storage.delete(broken.file.name)
    broken.file.storage.save(broken.file.name, ContentFile(b"\xff\xd8\xff no picture"))

    steps = {step.image.pk: step for step in prepare_all()}

    assert steps[broken.pk].fault
    assert steps[whole.pk].made > 0
    assert broken.renditions.count() == 0


def test_two_uploads_of_one_name_never_share_an_address() -> None:
    first = photograph(60, 40)
    address = first.file.url
    first.delete()

    assert photograph(60, 40).file.url != address


def test_networks_get_a_jpeg() -> None:
    image = photograph(2000, 1000)
    assert address_of(image, "sharing") == image.file.url
    prepare(image)
    image.refresh_from_db()
    image = ClinicImage.objects.get(pk=image.pk)

    assert re.search(r"fill-1200x630.*\.jpg$", address_of(image, "sharing"))
