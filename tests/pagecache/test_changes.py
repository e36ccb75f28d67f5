"""Whatever changes what a page shows makes it old: through the ORM, in bulk, by SQL; what is rolled back does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from clinic.directory.models import Specialty
from config.tasks import publish_scheduled_pages
from content.pagecache.models import Debt
from content.pagecache.versions import current_versions
from content.pagecache.watch import Raise
from home.models import Announcement, HomePage
from tests.factories.directory import PractitionerFactory, SpecialtyFactory
from tests.factories.home import AnnouncementFactory
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
SPECIALTY = "t:directory_specialty"


def fail_after(row: Specialty) -> None:
    row.save()
    raise ZeroDivisionError


def version(tag: str = SPECIALTY) -> str:
    return current_versions().get(tag, "0")


def test_each_way_of_writing_raises_the_version_of_its_table() -> None:
    row = SpecialtyFactory()
    practitioner = PractitionerFactory()
    queryset = Specialty.objects.filter(pk=row.pk)
    table = Specialty._meta.db_table

    def by_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET slug = 'by-sql' WHERE id = %s", [row.pk])  # noqa: S608 - unquoted, on purpose

    ways: list[Any] = [
        row.save,
        lambda: queryset.update(slug="in-bulk"),
        lambda: Specialty.objects.bulk_update([row], ["slug"]),
        by_sql,
        SpecialtyFactory,
        lambda: Specialty.objects.bulk_create([SpecialtyFactory.build()]),
        queryset.delete,
    ]
    for way in ways:
        before = version()
        way()
        assert version() != before, way
    tag = f"t:{type(practitioner).specialties.through._meta.db_table}"
    before = version(tag)
    practitioner.specialties.add(SpecialtyFactory())
    practitioner.save()  # the form of a doctor saves both together
    assert version(tag) != before


def test_what_is_rolled_back_raises_nothing() -> None:
    row = SpecialtyFactory()
    before = version()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fail_after(row)
    assert version() == before
    assert not Debt.objects.exists()


def test_a_savepoint_that_is_rolled_back_takes_no_other_change_with_it() -> None:
    row = SpecialtyFactory()
    before = version()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail_after(row)
        row.save()
        assert version() == before  # not before the commit
    assert version() != before
    assert not Debt.objects.exists()


def test_a_change_inside_a_savepoint_survives_an_inner_one() -> None:
    row, before = SpecialtyFactory(), version()
    before = version()
    with transaction.atomic():
        with transaction.atomic():
            row.save()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            fail_after(row)
    assert version() != before


def test_a_transaction_raises_once_however_much_it_changes() -> None:
    with transaction.atomic():
        for _number in range(3):
            SpecialtyFactory()
        PractitionerFactory()
        raises = [each for each in (entry[1] for entry in connection.run_on_commit) if isinstance(each, Raise)]
        assert len(raises) == 1
        assert SPECIALTY in raises[0].tags
        assert Debt.objects.count() == 1


def test_drafts_locks_and_private_rows_raise_nothing(website: Website) -> None:
    before = current_versions()
    page = HomePage.objects.get(pk=website.homes["en"].pk)
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(locked=True, draft_title="x")
    Debt.objects.create()
    assert current_versions() == before


def test_an_expired_announcement_is_gone_on_time(
    website: Website, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = timezone.now() + timedelta(minutes=5)
    AnnouncementFactory(message="Closed on Friday", live=True, expire_at=ends)
    assert "Closed on Friday" in visitor.get("/en/").text
    assert visitor.get("/en/").cache == "hit"
    monkeypatch.setattr(timezone, "now", lambda: ends + timedelta(seconds=1))
    answer = visitor.get("/en/")
    # No job has run: the row still says that it is published.
    assert Announcement.objects.get().live
    assert (answer.cache, "Closed on Friday" in answer.text) == ("miss", False)


def test_a_page_that_is_due_appears_when_the_job_has_run(website: Website, visitor: Visitor) -> None:
    page = website.page("spring")
    page.refresh_from_db()
    visitor.get("/en/spring/")
    page.title, page.go_live_at = "In spring", timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert visitor.get("/en/spring/").cache == "hit"
    due = timezone.now() - timedelta(seconds=1)
    page.refresh_from_db()
    scheduled = page.scheduled_revision
    scheduled.content["go_live_at"] = due.isoformat()
    scheduled.approved_go_live_at = due
    scheduled.save()
    publish_scheduled_pages()
    assert "In spring" in visitor.get("/en/spring/").text
