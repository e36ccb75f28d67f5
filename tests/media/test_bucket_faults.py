"""A store that is down, slow or refusing costs pictures and documents, never a page."""

import time
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from content.models import ClinicDocument, ClinicImage
from content.pictures.round import prepare_all
from tests.factories.content import ClinicDocumentFactory, ClinicImageFactory, StandardPageFactory
from tests.home.website import Website
from tests.media import bombs
from tests.media.conftest import UseStore
from tests.media.store import Faulty, faulty_store, nowhere

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["down", "slow", "refusing", "broken"])
def fault(request: pytest.FixtureRequest, use_store: UseStore, media: None) -> Iterator[str]:
    if request.param == "down":
        use_store(nowhere())
        yield request.param
        return
    with faulty_store({"slow": 0, "refusing": 403, "broken": 500}[request.param]) as (address, _server):
        use_store(address)
        yield request.param


@pytest.fixture
def media(db: None) -> None:
    """What was uploaded while the store was well: in the memory, whose names are the same."""
    root = Collection.get_first_root_node()
    ClinicImageFactory.create(title="Room", collection=root)
    ClinicDocumentFactory.create(collection=root, file=ContentFile(b"%PDF-1.4", name="fasting.pdf"))


def test_a_page_with_a_picture_is_shown_without_asking_the_store(website: Website, use_store: UseStore) -> None:
    image = ClinicImageFactory.create()
    page = StandardPageFactory.create(parent=website.homes["en"], og_image=image, slug="care")
    page.body = [("image", {"image": image, "caption": "", "decorative": False})]
    page.save_revision().publish()
    with faulty_store(500) as (address, server):
        use_store(address)
        answer = Client().get(page.url)
        assert answer.status_code == 200
        assert b"picture-waits" in answer.content
        assert isinstance(server, Faulty)
        assert server.asked == 0


def test_a_picture_is_briefly_away(fault: str, client: Client) -> None:
    begin = time.monotonic()
    answer = client.get(f"/media/{ClinicImage.objects.get().file.name}")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Cache-Control"] == "no-store"
    assert time.monotonic() - begin < 6


def test_a_document_is_briefly_away_and_says_so_in_both_languages(fault: str, client: Client) -> None:
    answer = client.get(ClinicDocument.objects.get().url)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "cannot be fetched at the moment" in page
    assert "تعذّر جلب هذا المستند الآن" in page


def test_an_editor_is_told_and_loses_nothing_typed(fault: str, editor: Client) -> None:
    form = {"title": "The new wing", "alt_en": "A door", "tags": ""}
    file = SimpleUploadedFile("wing.png", bombs.still(40, "PNG"))

    answer = editor.post(reverse("wagtailimages:add"), {**form, "file": file})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The file could not be stored" in page
    assert "The new wing" in page
    assert 'value="A door"' in page
    assert ClinicImage.objects.count() == 1  # the one from before


def test_many_uploads_and_documents_say_so_too(fault: str, editor: Client) -> None:
    file = SimpleUploadedFile("wing.png", bombs.still(40, "PNG"))
    answer = editor.post(reverse("wagtailimages:add_multiple"), {"title": "Wing", "files[]": file})
    assert "could not be stored" in answer.json()["error_message"]

    form = {"title": "Fees", "tags": "", "file": SimpleUploadedFile("fees.csv", b"a,b")}
    answer = editor.post(reverse("wagtaildocs:add"), form)
    assert answer.status_code == 200
    assert "The file could not be stored" in answer.content.decode()
    assert ClinicDocument.objects.count() == 1


def test_the_back_office_goes_on(fault: str, editor: Client) -> None:
    image = ClinicImage.objects.get()
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:edit", args=[ClinicDocument.objects.get().pk]),
    ):
        assert editor.get(address).status_code == 200, address
    replaced = SimpleUploadedFile("new.png", bombs.still(40, "PNG"))
    answer = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]), {"title": "Newer", "tags": "", "file": replaced}
    )
    assert answer.status_code == 200
    assert "The file could not be stored" in answer.content.decode()
    assert ClinicImage.objects.get().title == "Room"


def test_preparing_waits_for_the_next_round(fault: str) -> None:
    steps = list(prepare_all())

    assert [bool(step.fault) for step in steps] == [True]
    assert ClinicImage.objects.get().renditions.count() == 0


def test_a_store_that_does_not_answer_is_left_alone_for_a_moment(
    client: Client, use_store: UseStore, media: None
) -> None:
    name = ClinicImage.objects.get().file.name
    with faulty_store(500) as (address, server):
        use_store(address)
        for _ in range(5):
            assert client.get(f"/media/{name}").status_code == 503
        assert server.asked == 1
