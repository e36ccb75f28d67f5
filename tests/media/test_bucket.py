"""Media in an S3 bucket, over HTTP."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import urlopen

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from content.models import ClinicDocument, ClinicImage
from content.pictures import picture
from content.pictures.preparing import prepare
from tests.factories.content import ClinicDocumentFactory, ClinicImageFactory
from tests.media import bombs
from tests.media.store import BUCKET

pytestmark = pytest.mark.django_db


def test_an_upload_and_its_sizes_lie_in_the_bucket_and_are_shown(editor: Client, bucket: Any) -> None:
    file = SimpleUploadedFile("قاعة.jpg", bombs.still(900, "JPEG"))
    answer = editor.post(reverse("wagtailimages:add"), {"title": "Hall", "alt_en": "A hall", "file": file, "tags": ""})
    assert answer.status_code == 302
    image = ClinicImage.objects.get()
    assert image.file_size
    assert image.file_hash
    prepare(image)
    image = ClinicImage.objects.get()

    for name in (image.file.name, *image.renditions.values_list("file", flat=True)):
        stored = bucket.head_object(Bucket=BUCKET, Key=name)
        assert stored["CacheControl"] == "public, max-age=31536000, immutable"
        assert stored["ContentType"].startswith("image/")
    html = picture(image, "body", alt="")
    avif = html.partition('srcset="')[2].partition(" ")[0]
    shown = Client().get(avif)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/avif"
    assert b"ftypavif" in shown.getvalue()[:32]


def test_a_picture_has_its_address_on_the_delivery_network(bucket: Any, settings: LazySettings) -> None:
    settings.MEDIA_URL = "https://cdn.clinic.example/media/"
    image = ClinicImageFactory.create()
    document = ClinicDocumentFactory.create()

    assert image.file.url == f"https://cdn.clinic.example/media/{image.file.name}"
    assert not document.file.url.startswith("https://cdn.clinic.example")


def test_a_drawing_in_the_bucket_runs_nothing_when_it_is_opened_by_itself(bucket: Any) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
    image = ClinicImageFactory.create(file=ContentFile(drawing, name="arch.svg"))

    assert bucket.head_object(Bucket=BUCKET, Key=image.file.name)["ContentDisposition"] == "attachment"


@pytest.fixture
def leaflet(bucket: Any) -> ClinicDocument:
    return ClinicDocumentFactory.create(file=ContentFile(b"a,b\n", name="نشرة الصيام.csv"))


def test_a_document_is_reached_by_an_address_that_is_signed_for_minutes(
    client: Client, leaflet: ClinicDocument
) -> None:
    answer = client.get(leaflet.url)

    assert answer.status_code == 302
    assert answer["Cache-Control"] == "private, no-store"
    signed = {key: value[0] for key, value in parse_qs(urlsplit(answer["Location"]).query).items()}
    assert signed["X-Amz-Expires"] == "300"
    assert signed["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert len(signed["X-Amz-Signature"]) == 64
    assert "attachment" in signed["response-content-disposition"]
    assert leaflet.filename in unquote(signed["response-content-disposition"])
    with urlopen(answer["Location"]) as file:  # noqa: S310 - the store of this test
        assert file.read() == b"a,b\n"


def test_each_request_gets_a_signature_of_its_own_time(client: Client, leaflet: ClinicDocument) -> None:
    """moto does not enforce signatures: that an old one is refused is the store's to say, from this date on."""
    signed = parse_qs(urlsplit(client.get(leaflet.url)["Location"]).query)
    assert signed["X-Amz-Date"]
    assert "host" in signed["X-Amz-SignedHeaders"][0]


def test_a_document_without_a_signature_is_private(leaflet: ClinicDocument, bucket: Any) -> None:
    grants = bucket.get_object_acl(Bucket=BUCKET, Key=leaflet.file.name)["Grants"]
    assert not [grant for grant in grants if "AllUsers" in grant["Grantee"].get("URI", "")]
    assert bucket.head_object(Bucket=BUCKET, Key=leaflet.file.name)["CacheControl"] == "private, no-store"
    assert Client().get(f"/media/{leaflet.file.name}").status_code == 404


def test_a_restricted_document_gives_strangers_no_address(client: Client, leaflet: ClinicDocument) -> None:
    staff = Collection.get_first_root_node().add_child(name="Staff")
    CollectionViewRestriction.objects.create(collection=staff, restriction_type=CollectionViewRestriction.LOGIN)
    ClinicDocument.objects.filter(pk=leaflet.pk).update(collection=staff)

    answer = client.get(leaflet.url)

    assert "X-Amz" not in answer.get("Location", "")
    assert b"X-Amz" not in answer.content


def test_a_document_that_the_bucket_lost_is_not_found(client: Client, leaflet: ClinicDocument, bucket: Any) -> None:
    bucket.delete_object(Bucket=BUCKET, Key=leaflet.file.name)
    assert client.get(leaflet.url).status_code == 404
    assert client.get("/media/original_images/nothing.png").status_code == 404


def test_a_replaced_picture_is_deleted_from_the_bucket(editor: Client, bucket: Any) -> None:
    image = ClinicImageFactory.create(title="Old", collection=Collection.get_first_root_node())
    old = image.file.name
    form = {"title": "New", "tags": "", "file": SimpleUploadedFile("new.png", bombs.still(40, "PNG"))}

    assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), form).status_code == 302

    kept = [each["Key"] for each in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    assert old not in kept
    assert ClinicImage.objects.get().file.name in kept
