"""Wagtail's work behind the request, by a real Celery worker."""

import time
from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import transaction
from pytest_django import Settings
from redis import Redis
from wagtail.models import Page

from config.celery import app
from config.settings import queues

QUEUE = "celery:index"


@pytest.fixture
def root(transactional_db: None) -> Page:
    return Page.get_first_root_node()


@pytest.fixture
def broker(settings: Settings, root: Page) -> Iterator[Redis]:
    settings.TASKS = queues.TASKS
    with Redis.from_url(app.conf.broker_url) as link:
        link.delete(QUEUE)
        yield link
        link.delete(QUEUE)


def test_a_page_published_in_a_long_transaction_is_found_by_search(broker: Redis, root: Page) -> None:
    with transaction.atomic():
        page = root.add_child(instance=Page(title="Ramadan opening hours", slug="ramadan"))
        page.save_revision().publish()
        # Sent now, a worker would look for the page before anybody else can see it.
        assert broker.llen(QUEUE) == 0
    assert broker.llen(QUEUE) > 0
    with start_worker(app, pool="solo", perform_ping_check=False, queues=["index"]):
        until = time.monotonic() + 30
        while page not in Page.objects.search("ramadan"):
            assert time.monotonic() < until, "the page is not found"
        while broker.llen(QUEUE):
            assert time.monotonic() < until, "work is left over"


def test_work_that_is_rolled_back_is_never_sent(broker: Redis, root: Page) -> None:
    with transaction.atomic():
        root.add_child(instance=Page(title="Draft", slug="draft")).save_revision().publish()
        transaction.set_rollback(True)
    assert broker.llen(QUEUE) == 0
