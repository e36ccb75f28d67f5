"""The index says what the site says: no more, and not later."""

from collections.abc import Iterable
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import PageViewRestriction

from clinic.directory.models import Practitioner
from content.search import index
from content.search.index import rebuild
from content.search.models import Entry, Synonyms
from content.search.subjects import Subject
from tests.factories.content import EnquiryFactory, FormPageFactory
from tests.factories.search import EntryFactory
from tests.faults.conftest import broker_at  # noqa: F401
from tests.home.website import Website, open_website
from tests.search.conftest import titles

pytestmark = pytest.mark.django_db


def paths() -> set[str]:
    return set(Entry.objects.values_list("path", flat=True))


def test_a_page_is_found_from_its_publication_until_it_is_withdrawn(website: Website) -> None:
    page = website.page("asthma", title="Asthma")
    assert titles("asthma") == ["Asthma"]
    page.title = "Bronchitis"
    page.save_revision()
    assert titles("bronchitis") == []
    page.save_revision().publish()
    assert titles("bronchitis") == ["Bronchitis"]
    assert titles("asthma") == []
    page.unpublish()
    assert titles("bronchitis") == []


def test_a_deleted_page_takes_the_pages_below_it_out_of_the_index(website: Website) -> None:
    parent = website.page("lungs", title="Lungs")
    website.page("asthma", title="Asthma", parent=parent)
    parent.refresh_from_db()
    parent.delete()
    assert titles("asthma lungs") == []


def test_a_page_that_moves_is_found_at_its_new_address(website: Website) -> None:
    parent, child = website.page("lungs", title="Lungs"), website.page("asthma", title="Asthma")
    child.refresh_from_db()
    child.move(parent, pos="last-child")
    assert "/en/lungs/asthma/" in paths()
    assert "/en/asthma/" not in paths()


def test_a_renamed_page_takes_the_pages_below_it_along(
    website: Website, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    parent = website.page("lungs", title="Lungs")
    website.page("asthma", title="Asthma", parent=parent)
    parent.refresh_from_db()
    parent.slug = "breathing"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    assert {"/en/breathing/", "/en/breathing/asthma/"} <= paths()
    assert not {"/en/lungs/", "/en/lungs/asthma/"} & paths()


def test_restricted_and_hidden_pages_are_never_found(website: Website) -> None:
    parent = website.page("staff", title="Canteen")
    website.page("menu", title="Menu of the canteen", parent=parent)
    parent.refresh_from_db()
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert titles("canteen") == []
    rebuild()
    assert titles("canteen") == []
    restriction.delete()
    assert len(titles("canteen")) == 2
    parent.noindex = True
    parent.save_revision().publish()
    assert titles("canteen") == ["Menu of the canteen"]


def test_what_visitors_write_and_whom_forms_mail_to_is_not_in_the_index(website: Website) -> None:
    form = FormPageFactory(parent=website.homes["en"], title="Write to us", to_address="nurse.salma@clinic.example")
    EnquiryFactory(page=form, form_data={"your_question": "Is my asthma dangerous?"})
    form.save_revision().publish()
    assert titles("write") == ["Write to us"]
    everything = " ".join(
        text for row in Entry.objects.values_list("title", "summary", "body", "names") for text in row
    )
    assert "salma" not in everything.lower()
    assert "asthma" not in everything.lower()


def test_a_doctor_who_leaves_is_not_found_and_nor_is_a_specialty_without_doctors(heart: Any) -> None:
    assert {"/en/doctors/layla-haddad/", "/ar/doctors/?specialty=heart"} <= paths()
    doctor = Practitioner.objects.get()
    doctor.is_active = False
    doctor.save()
    assert not any("doctors" in path for path in paths())


def test_a_new_name_of_a_specialty_finds_its_doctors_and_services(heart: Any) -> None:
    heart.name_en = "Cardiovascular medicine"
    heart.save()
    assert {"Dr Layla Haddad", "Heart tracing"} <= set(titles("cardiovascular"))


def test_a_service_that_is_withdrawn_is_not_found(heart: Any) -> None:
    service = heart.services.get()
    service.is_public = False
    service.save()
    assert titles("tracing") == []


def test_a_deleted_doctor_is_not_found(heart: Any) -> None:
    Practitioner.objects.get().delete()
    assert titles("layla") == []


def test_rebuilding_finds_the_same_and_drops_what_is_gone(website: Website, heart: Any, capsys: Any) -> None:
    website.page("asthma", title="Asthma")
    for home in website.homes.values():
        home.save_revision().publish()
    before = set(Entry.objects.values_list("kind", "subject", "language", "words"))
    EntryFactory(title="A ghost")
    call_command("search", "rebuild")
    assert set(Entry.objects.values_list("kind", "subject", "language", "words")) == before
    call_command("search", "rebuild", if_empty=True)
    call_command("search", "status")
    said = capsys.readouterr().out
    assert f"holds {len(before)} entries" in said
    assert "already" in said
    assert "en  doctor" in said


def test_the_index_leads_only_to_this_site() -> None:
    with pytest.raises(IntegrityError):
        EntryFactory(path="https://elsewhere.example/")


def test_one_word_has_no_synonyms() -> None:
    with pytest.raises(IntegrityError):
        Synonyms.objects.create(words="heart")


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_a_published_page_is_found_all_the_same(settings: Settings, broker_at: Any) -> None:  # noqa: F811
    settings.TASKS = {"default": {"BACKEND": "config.tasks.CeleryBackend", "QUEUES": ["default"], "OPTIONS": {}}}
    broker_at("redis://127.0.0.1:1/0")
    open_website().page("asthma", title="Asthma")
    assert titles("asthma") == ["Asthma"]


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_withdrawn_while_it_is_being_entered_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_website().page("asthma", title="Asthma")
    withdrawing = Thread(target=withdraw, args=[page])
    enter = index.enter

    def enter_late(subjects: Iterable[Subject]) -> Any:
        read = list(subjects)
        withdrawing.start()
        while withdrawing.is_alive() and not somebody_waits():
            withdrawing.join(0.02)
        return enter(read)

    monkeypatch.setattr(index, "enter", enter_late)
    index.refresh_pages([page.pk])
    withdrawing.join()
    assert titles("asthma") == []


def withdraw(page: Any) -> None:
    try:
        page.unpublish()
    finally:
        connection.close()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(cursor.fetchone()[0])
