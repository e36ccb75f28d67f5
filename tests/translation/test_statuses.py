from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from content.translation.models import Basis
from content.translation.statuses import Status, subject_of, subjects_for
from home.models import Menu
from tests.factories.home import MenuFactory, arabic, english
from tests.home.website import Website


def status(instance: Any, language: str = "ar") -> Status:
    return subject_of(instance).status(language)


def publish(instance: Any, **words: Any) -> None:
    instance.refresh_from_db()
    for name, value in words.items():
        setattr(instance, name, value)
    instance.save_revision().publish()


def menu(**fields: Any) -> Menu:
    made = MenuFactory(live=False, **fields)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def translated(original: Menu) -> Menu:
    copy = original.copy_for_translation(arabic() if original.locale == english() else english())
    copy.live = False
    copy.save()
    copy.save_revision()
    return copy


def test_a_page_goes_from_missing_to_draft_to_current_to_older_and_back(website: Website) -> None:
    about = website.page("about", title="About us")
    assert status(about) == Status.MISSING
    copy = website.translate(about, live=False, title="من نحن")
    assert status(about) == Status.DRAFT
    publish(copy)
    assert status(about) == Status.CURRENT
    publish(about, title="About the clinic")
    assert status(about) == Status.OLDER
    publish(copy, title="عن العيادة")
    assert status(about) == Status.CURRENT


def test_a_snippet_goes_from_missing_to_draft_to_current_to_older(website: Website) -> None:
    original = menu(name="Main")
    assert status(original) == Status.MISSING
    copy = translated(original)
    assert status(original) == Status.DRAFT
    publish(copy, name="الرئيسية")
    assert status(original) == Status.CURRENT
    publish(original, name="Main menu")
    assert status(original) == Status.OLDER


def test_publishing_the_same_words_again_makes_no_translation_older(website: Website) -> None:
    about = website.page("about", title="About us")
    publish(website.translate(about))
    publish(about)
    assert status(about) == Status.CURRENT


def test_a_draft_of_the_source_makes_no_translation_older(website: Website) -> None:
    about = website.page("about", title="About us")
    publish(website.translate(about))
    about.refresh_from_db()
    about.title = "Not yet for anybody"
    about.save_revision()
    assert status(about) == Status.CURRENT


def test_words_written_before_the_source_changed_stay_older_when_they_are_published_later(website: Website) -> None:
    about = website.page("about", title="About us")
    copy = website.translate(about)
    copy.title = "من نحن"
    timed = copy.save_revision()
    publish(about, title="About the clinic")
    timed.publish()
    assert status(about) == Status.OLDER


def test_what_was_first_written_in_arabic_is_the_source_of_its_english(website: Website) -> None:
    original = menu(name="الرئيسية", locale=arabic())
    publish(translated(original), name="Main")
    assert subject_of(original).source_language == "ar"
    publish(original, name="القائمة الرئيسية")
    assert status(original, "en") == Status.OLDER
    assert status(original, "ar") == Status.CURRENT


def test_when_the_original_is_deleted_its_translation_becomes_the_source(website: Website) -> None:
    about = website.page("about")
    copy = website.translate(about)
    about.delete()
    subject = subject_of(copy)
    assert (subject.source_language, subject.status("en")) == ("ar", Status.MISSING)
    copy.delete()
    assert not Basis.objects.filter(object_id=str(copy.pk)).exists()


def test_without_a_known_basis_the_days_of_publication_decide(website: Website) -> None:
    about = website.page("about")
    website.translate(about)
    Basis.objects.all().delete()
    Page.objects.filter(pk=about.pk).update(last_published_at=timezone.now() - timedelta(days=1))
    assert status(about) == Status.CURRENT
    Page.objects.filter(pk=about.pk).update(last_published_at=timezone.now() + timedelta(days=1))
    assert status(about) == Status.OLDER


@pytest.mark.parametrize("number", [1, 3])
def test_the_status_of_many_pages_is_known_in_two_queries(
    website: Website, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [website.page(f"page-{each}") for each in range(number)]
    for page in pages:
        website.translate(page)
    subjects_for(pages)
    with django_assert_num_queries(2):
        found = subjects_for(pages)
        assert {subject.status("ar") for subject in found.values()} == {Status.CURRENT}
