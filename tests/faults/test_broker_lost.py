"""The broker is down: requests go on, what was not sent is counted."""

import time
from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Page

from config.settings import queues
from config.tasks import publish_scheduled_pages, undelivered

NOWHERE = "redis://127.0.0.1:1/0"
Move = Callable[[str], None]


def test_handing_over_work_never_fails_a_request(broker_at: Move) -> None:
    broker_at(NOWHERE)
    assert publish_scheduled_pages.delay() is None
    began = time.monotonic()
    for _ in range(20):
        publish_scheduled_pages.delay()
    assert time.monotonic() - began < 1  # the first failure is remembered
    assert undelivered["config.tasks.publish_scheduled_pages"] == 21


@pytest.mark.django_db
def test_a_page_published_without_a_broker_is_found_by_search(
    broker_at: Move, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.TASKS = queues.TASKS
    broker_at(NOWHERE)
    with django_capture_on_commit_callbacks(execute=True):
        page = Page.get_first_root_node().add_child(instance=Page(title="Ramadan opening hours", slug="ramadan"))
        page.save_revision().publish()
    assert page in Page.objects.search("ramadan")
