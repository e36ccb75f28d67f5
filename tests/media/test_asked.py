"""Who asks for pictures to be prepared, and the task behind it on a real worker."""

import time
from collections.abc import Iterator
from io import StringIO

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from redis import Redis
from wagtail.models import Locale, Page

from config.celery import PERIODIC, app
from content.models import ClinicImage
from content.pictures.round import LOCK
from tests.factories.content import ClinicImageFactory, StandardPageFactory

QUEUE = "celery:index"


@pytest.fixture
def broker(transactional_db: None) -> Iterator[Redis]:
    Locale.objects.get_or_create(language_code="en")
    with Redis.from_url(app.conf.broker_url) as link:
        link.delete(QUEUE)
        yield link
        link.delete(QUEUE)


def test_an_upload_is_prepared_behind_the_request(broker: Redis) -> None:
    with transaction.atomic():
        image = ClinicImageFactory.create()
        assert broker.llen(QUEUE) == 0  # a worker would look for it before it is there
    assert broker.llen(QUEUE) == 1
    assert image.renditions.count() == 0

    with start_worker(app, pool="solo", perform_ping_check=False, queues=["index"]):
        until = time.monotonic() + 30
        while not image.renditions.count():
            assert time.monotonic() < until, "nothing was prepared"


def test_a_new_focal_point_and_a_publication_ask_again(broker: Redis) -> None:
    image = ClinicImageFactory.create()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    page = StandardPageFactory.create(parent=root)
    broker.delete(QUEUE)

    image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 4
    image.save()
    assert broker.llen(QUEUE) == 1
    page.save_revision().publish()
    assert b"content.tasks.prepare_pictures" in b"".join(broker.lrange(QUEUE, 0, -1)[:1])


def test_what_nobody_asked_for_is_found_later() -> None:
    """A lost broker, a store that was down: beat asks too."""
    assert "content.tasks.prepare_pictures" in PERIODIC


@pytest.mark.django_db(transaction=True)
def test_only_one_process_prepares_at_a_time() -> None:
    image = ClinicImageFactory.create()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("pictures", "prepare", verbosity=0)
        assert image.renditions.count() == 0
    finally:
        other.close()
    call_command("pictures", "prepare", verbosity=0)
    assert image.renditions.count() > 0


@pytest.mark.django_db
def test_the_command_says_what_it_does() -> None:
    image = ClinicImageFactory.create(title="Reception")
    said = StringIO()

    call_command("pictures", "prepare", stdout=said)

    assert f"{image.pk} Reception: " in said.getvalue()
    assert "1 pictures" in said.getvalue()


@pytest.mark.django_db
def test_the_command_fails_when_a_picture_cannot_be_prepared() -> None:
    image = ClinicImageFactory.create()
    image.file.storage.delete(image.file.name)

    with pytest.raises(CommandError, match="1 pictures could not"):
        call_command("pictures", "prepare", stdout=StringIO())
    assert ClinicImage.objects.get().renditions.count() == 0
