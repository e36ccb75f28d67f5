"""Documents that visitors download."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from tests.factories.content import ClinicDocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_a_folder(settings: LazySettings, tmp_path: Path) -> None:
    """Wagtail hands files out by their path, which the memory has none of."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": folder}


def test_a_document_is_found_under_its_reference_and_never_under_its_number(client: Client) -> None:
    document = ClinicDocumentFactory.create()

    assert document.url == f"/documents/{document.reference}/{document.filename}"
    assert client.get(document.url).status_code == 200
    assert client.get(f"/documents/{document.pk}/{document.filename}").status_code == 404


def test_a_reference_without_the_right_name_finds_nothing(client: Client) -> None:
    document = ClinicDocumentFactory.create()

    assert client.get(reverse("wagtaildocs_serve", args=[document.reference, "other.pdf"])).status_code == 404


def test_a_document_of_a_closed_collection_is_for_who_may_read_it_and_kept_by_no_network(client: Client) -> None:
    document = ClinicDocumentFactory.create()
    assert client.get(document.url)["Cache-Control"] == "private, no-cache"
    closed = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password="x"
    )
    asked = client.get(document.url)
    assert (asked.status_code, asked["Content-Type"][:9]) == (200, "text/html")
    assert "no-store" in asked["Cache-Control"]
    way_in = reverse("wagtaildocs_authenticate_with_password", args=[closed.pk])
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = Client().post(way_in, {"password": "x", "return_url": elsewhere})
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
    assert client.post(way_in, {"password": "x", "return_url": document.url})["Location"] == document.url
    opened = client.get(document.url)
    assert (opened.status_code, opened["Cache-Control"]) == (200, "private, no-cache")
