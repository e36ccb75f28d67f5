"""When a page changes by itself, without anybody's change: an expiry, an opening hour, the next day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache as once

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page

from clinic.lib import clock
from content.pagecache.tags import current


def until(moment: datetime | None) -> None:
    """Say that what is being rendered holds until `moment` (aware); None and the past say nothing."""
    collection = current.get()
    if collection is None or moment is None or moment <= clock.now():
        return
    if collection.until is None or moment < collection.until:
        collection.until = moment


def next_midnight() -> datetime:
    """The end of the day on the clinic's wall clock, in UTC: "today" on any page means another day then."""
    now = clock.now()
    return clock.day_bounds(clock.local_day(now, settings.TIME_ZONE), settings.TIME_ZONE)[1]


def end_of(limit: timedelta, *moments: datetime | None) -> datetime:
    """The nearest of `limit` from now, midnight and `moments`."""
    ends = [clock.now() + limit, next_midnight()]
    return min([*ends, *(moment for moment in moments if moment)])


@once
def expiring_tables() -> frozenset[str]:
    """The tables whose rows have an `expire_at`: pages, and the snippets that are published."""
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not model._meta.proxy]
    return frozenset(model._meta.db_table for model in models if model is Page or "expire_at" in own_columns(model))


def own_columns(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.local_fields}


def next_expiry(tables: Iterable[str]) -> datetime | None:
    """When the first published row of `tables` expires, in one query: who shows such a row shows it until then."""
    expiring = sorted(expiring_tables().intersection(tables))
    if not expiring:
        return None
    now = clock.now()
    parts = [f'SELECT min(expire_at) AS ends FROM "{table}" WHERE live AND expire_at > %s' for table in expiring]  # noqa: S608 - names of our models
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(ends) FROM ({' UNION ALL '.join(parts)}) AS all_ends", [now] * len(expiring))  # noqa: S608
        ends: datetime | None = cursor.fetchone()[0]
    return ends
