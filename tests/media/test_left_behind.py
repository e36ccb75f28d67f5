"""Files of a picture go when the picture goes, is replaced, or is cut elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from content.models import ClinicImage
from content.pictures import preparing
from content.pictures.preparing import prepare
from tests.media.store import KEYS
from tests.media.test_prepared import photograph

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


@pytest.fixture(params=["folder", "bucket"], autouse=True)
def store(request: pytest.FixtureRequest, tmp_path: Path, settings: LazySettings) -> None:
    """Where the clinic keeps its media. The tests' own store, which is a memory, is deleted from by nobody else."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
        return
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def files_of(image: ClinicImage) -> set[str]:
    """What the store holds of `image`: the names that its rows have now."""
    return {image.file.name, *image.renditions.values_list("file", flat=True)}


def stored(names: set[str]) -> set[str]:
    return {name for name in names if default_storage.exists(name)}


@pytest.fixture
def prepared() -> ClinicImage:
    focal_point = {f"focal_point_{name}": 400 for name in ("x", "y", "width", "height")}
    image = photograph(1600, 1000, collection=Collection.get_first_root_node(), **focal_point)
    prepare(image)
    assert len(files_of(image)) > 8
    assert stored(files_of(image)) == files_of(image)
    return ClinicImage.objects.get(pk=image.pk)


def test_a_new_focal_point_takes_the_crops_around_the_old_one_away(
    prepared: ClinicImage, django_capture_on_commit_callbacks: Any
) -> None:
    before = files_of(prepared)
    prepared.focal_point_x = 1200
    prepared.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert prepare(prepared)
    kept = files_of(prepared)
    assert stored(before) == before & kept
    assert stored(kept) == kept
    assert prepared.file.name in before & kept
    assert len(kept) == len(before)


def test_a_picture_that_is_deleted_leaves_no_file(
    prepared: ClinicImage, django_capture_on_commit_callbacks: Any
) -> None:
    before = files_of(prepared)
    with django_capture_on_commit_callbacks(execute=True):
        prepared.delete()
    assert stored(before) == set()


def test_the_keys_of_a_store_are_in_no_queue() -> None:
    sent = json.dumps(default_storage.deconstruct())  # type: ignore[attr-defined]
    assert KEYS["secret"] not in sent
    assert KEYS["key"] not in sent


def test_a_picture_that_is_replaced_leaves_no_file_of_the_old_one(
    editor: Client, prepared: ClinicImage, django_capture_on_commit_callbacks: Any
) -> None:
    before = files_of(prepared)
    with photograph(900, 700).open_file() as file:
        other = SimpleUploadedFile("other.jpg", file.read(), "image/jpeg")
    address = reverse("wagtailimages:edit", args=[prepared.pk])
    typed = {"title": "Anew", "collection": prepared.collection_id, "tags": "", "alt_en": "", "alt_ar": ""}
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(address, {**typed, "file": other})["Location"] == reverse("wagtailimages:index")
    assert ClinicImage.objects.get(pk=prepared.pk).file.name not in before
    assert stored(before) == set()


def test_sizes_of_a_file_that_was_replaced_meanwhile_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    image, made = photograph(1600, 1000), []
    make = preparing.make

    def replaced_meanwhile(*args: Any, **kwargs: Any) -> Any:
        made.append(make(*args, **kwargs))
        ClinicImage.objects.filter(pk=image.pk).update(file="original_images/other.jpg")
        return made[-1]

    monkeypatch.setattr(preparing, "make", replaced_meanwhile)
    assert prepare(image) == 0
    assert made
    assert not image.renditions.exists()
    assert stored({row.file.name for row in made}) == set()
