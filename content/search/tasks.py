"""The index follows changes behind the request; with the broker down, at once in it (see config.tasks).

A task that was lost with a flushed broker is made good within the hour, by the whole index.
"""

from celery import shared_task
from django_tasks import task
from wagtail.models import Page

from content.search import index
from content.search.enums import Kind


@task()
def refresh_page(key: int) -> None:
    index.refresh_pages([key])


@task()
def refresh_below(key: int) -> None:
    """Raises `Page.DoesNotExist` for a page that is not there yet: it is looked for again, see config.tasks."""
    index.refresh_below(Page.objects.get(pk=key))


@task()
def refresh_rows(kind: str, keys: list[int]) -> None:
    index.refresh_rows(Kind(kind), keys)


@shared_task(name="content.search.tasks.rebuild_index")
def rebuild_index() -> int:
    """Make the whole index again; its size."""
    return index.rebuild()
