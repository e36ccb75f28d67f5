"""One of each state that editors meet, so that every feature of the back office has something to show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from content.models import ArticlePage, HealthTopicPage
from content.review.findings import findings_of
from content.translation.statuses import Status, subject_of
from home.models import Announcement
from tests.seed.conftest import MOMENT

pytestmark = pytest.mark.usefixtures("clinic")


def article(slug: str, language: str = "en") -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(slug=slug, locale__language_code=language)
    return found


def test_one_article_is_a_draft_in_arabic_only(client: Client) -> None:
    draft = article("childrens-corner", "ar")
    assert not draft.live
    assert draft.latest_revision
    assert subject_of(draft).status("en") == Status.MISSING
    assert client.get("/ar/news/childrens-corner/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_article_waits_for_approval(language: str) -> None:
    waiting = article("blood-pressure-mornings", language)
    assert not waiting.live
    assert waiting.workflow_in_progress
    assert waiting.current_workflow_state.requested_by.username == "author"


def test_one_article_is_scheduled_in_both_languages() -> None:
    for language in ("en", "ar"):
        coming = article("foot-checks", language)
        assert not coming.live
        assert coming.scheduled_revision
        assert coming.go_live_at == MOMENT.now + timedelta(days=3)


def test_one_banner_is_shown_one_is_scheduled_and_one_has_expired(client: Client) -> None:
    states = {(banner.live, banner.expired, banner.approved_schedule) for banner in Announcement.objects.all()}
    assert states == {(True, False, False), (False, False, True), (False, True, False)}
    assert "flu vaccine is here" in client.get("/en/").content.decode()
    assert "out of order" not in client.get("/en/").content.decode()


def test_two_translations_are_older_than_their_source_and_one_page_is_missing_in_arabic() -> None:
    assert subject_of(article("quiet-hour")).status("ar") == Status.OLDER
    assert subject_of(article("parking-abdoun")).status("ar") == Status.MISSING
    assert subject_of(article("flu-vaccination")).status("ar") == Status.CURRENT


def test_a_publisher_has_locked_the_terms_of_use() -> None:
    terms = Page.objects.get(slug="terms", locale__language_code="en")
    assert terms.locked
    assert terms.locked_by.username == "publisher"


def test_a_check_finds_the_picture_without_an_arabic_text() -> None:
    faults = {finding.rule.key for finding in findings_of(article("blood-pressure-mornings", "ar"))}
    assert len(faults) == 1


def test_one_health_topic_is_past_its_review() -> None:
    late = HealthTopicPage.objects.filter(next_review__lt=MOMENT.today)
    assert {topic.slug for topic in late} == {"type-2-diabetes"}
    assert not HealthTopicPage.objects.filter(reviewed_on__gte=timezone.localdate(MOMENT.now)).exists()


def test_each_health_topic_was_reviewed_by_somebody_of_its_specialty() -> None:
    for topic in HealthTopicPage.objects.all():
        assert topic.reviewer.specialties.filter(pk=topic.specialty_id).exists(), topic.slug
