"""Keeping the index: enter what may be found, remove what may not. Everything here may be run twice."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet
from wagtail.models import Page

from content.search.directory import SOURCES, directory_subjects
from content.search.enums import PAGES, Kind
from content.search.models import Entry
from content.search.pages import findable_pages, page_subjects
from content.search.subjects import KEYS, REST, Subject

# Locks of this app begin with this number (PostgreSQL's two-key advisory locks).
LOCK = 0x5EA2C4


def refresh_pages(keys: Iterable[int]) -> None:
    """Make the entries of these pages say what the pages say now; pages that may not be found have none."""
    wanted = sorted(set(keys))
    with transaction.atomic():
        wait_for_others()
        entered = enter(page_subjects(findable_pages().filter(pk__in=wanted)))
        remove_others(Entry.objects.filter(kind__in=PAGES, subject__in=wanted), entered)


def refresh_below(page: Page) -> None:
    """`refresh_pages` for `page` and everything under it."""
    refresh_pages(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))


def refresh_rows(kind: Kind, keys: Iterable[int]) -> None:
    """Make the entries of these rows of the directory say what the rows say now."""
    wanted = sorted(set(keys))
    with transaction.atomic():
        wait_for_others()
        entered = enter(directory_subjects(kind, wanted))
        remove_others(Entry.objects.filter(kind=kind, subject__in=wanted), entered)


def rebuild() -> int:
    """Make the whole index again, in one transaction: visitors search the old one meanwhile. Returns its size."""
    with transaction.atomic():
        wait_for_others()
        entered = enter(page_subjects(findable_pages()))
        for kind in SOURCES:
            entered |= enter(directory_subjects(kind))
        remove_others(Entry.objects.all(), entered)
    return len(entered)


def forget_pages(keys: Iterable[int]) -> None:
    """Remove pages at once, in the transaction that closes them: nobody finds them after its commit.

    It waits too: a writer that read the page while it was open would enter it again afterwards.
    """
    with transaction.atomic():
        wait_for_others()
        Entry.objects.filter(kind__in=PAGES, subject__in=list(keys)).delete()


def wait_for_others() -> None:
    """One writer at a time: two that read at different moments could otherwise leave the older text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 1)", [LOCK])


def enter(subjects: Iterable[Subject]) -> set[tuple[str, int, str]]:
    """Write one entry for each subject; returns their keys."""
    entries = [subject.entry() for subject in subjects]
    for start in range(0, len(entries), 50):
        Entry.objects.bulk_create(
            entries[start : start + 50], update_conflicts=True, unique_fields=list(KEYS), update_fields=list(REST)
        )
    return {(entry.kind, entry.subject, entry.language) for entry in entries}


def remove_others(entries: QuerySet[Entry], kept: set[tuple[str, int, str]]) -> None:
    stale = [pk for pk, *key in entries.values_list("pk", *KEYS) if tuple(key) not in kept]
    Entry.objects.filter(pk__in=stale).delete()
