import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from content.models import ClinicImage
from content.templatetags.pictures import media
from tests.factories.content import ClinicImageFactory

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="50" viewBox="0 0 40 50"><path d="M0 0h40v50z"/></svg>'
)


@pytest.mark.django_db
def test_a_photograph_comes_in_sizes_and_formats() -> None:
    with translation.override("en"):
        html = media(ClinicImageFactory(), "width-{20,40}", sizes="100vw")
    assert "<picture>" in html
    assert 'type="image/webp"' in html
    assert 'srcset="' in html
    assert 'loading="lazy"' in html
    assert 'alt="A waiting room"' in html


@pytest.mark.django_db
def test_a_drawing_is_shown_as_it_is() -> None:
    image = ClinicImage.objects.create(
        title="Arch", alt_en='A "wide" arch', file=ContentFile(DRAWING, name="arch.svg"), width=40, height=50
    )
    html = media(image, "fill-320x400", eager=True)
    assert html.startswith("<img src=")
    assert 'alt="A &quot;wide&quot; arch"' in html
    assert 'width="40" height="50"' in html
    assert "loading" not in html
    assert image.renditions.count() == 0


def test_no_picture_is_no_fault() -> None:
    assert media(None, "width-20") == ""
