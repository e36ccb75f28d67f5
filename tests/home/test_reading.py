"""The home page leads to what the clinic has written, in the reader's language."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from tests.factories.content import (
    ArticlePageFactory,
    ClinicImageFactory,
    HealthIndexPageFactory,
    HealthTopicPageFactory,
    NewsIndexPageFactory,
)
from tests.home.website import Website


def write(website: Website, count: int) -> list[Page]:
    """`count` articles and topics in English, the newest last; the topics."""
    news = website.page("news", factory=NewsIndexPageFactory)
    health = website.page("health", factory=HealthIndexPageFactory)
    topics = []
    for number in range(1, count + 1):
        day = date(2026, 3, number)
        texts = {"title": f"Article {number}", "date": day, "picture": ClinicImageFactory()}
        website.page(f"article-{number}", parent=news, factory=ArticlePageFactory, **texts)
        about = {"title": f"Topic {number}", "reviewed_on": day}
        topics.append(website.page(f"topic-{number}", parent=health, factory=HealthTopicPageFactory, **about))
    return topics


def show(website: Website, language: str, *sections: tuple[str, dict[str, object]]) -> None:
    home = website.homes[language]
    home.sections = list(sections)
    home.save_revision().publish()


def test_the_newest_articles_and_the_chosen_topics_are_shown(client: Client, website: Website) -> None:
    topics = write(website, 3)
    chosen = {"title": "Health", "topics": [topics[2], topics[0]], "count": 6}
    show(website, "en", ("latest_news", {"title": "News", "count": 2}), ("health_topics", chosen))
    html = client.get("/en/").content.decode()
    assert html.index("Article 3") < html.index("Article 2")
    assert "Article 1" not in html
    assert html.index("Topic 3") < html.index("Topic 1")
    assert "Topic 2" not in html
    assert 'class="more" href="/en/news/"' in html
    assert 'class="more" href="/en/health/"' in html


def test_without_a_choice_those_that_were_reviewed_last_are_shown(client: Client, website: Website) -> None:
    write(website, 3)
    show(website, "en", ("health_topics", {"title": "Health", "topics": [], "count": 2}))
    html = client.get("/en/").content.decode()
    assert html.index("Topic 3") < html.index("Topic 2")
    assert "Topic 1" not in html


def test_a_section_without_anything_to_show_is_left_out(client: Client, website: Website) -> None:
    topics = write(website, 1)
    chosen = {"title": "صحة", "topics": topics, "count": 6}
    sections = ("latest_news", {"title": "أخبارنا", "count": 3}), ("health_topics", chosen)
    show(website, "ar", *sections)
    assert "أخبارنا" not in client.get("/ar/").content.decode()
    website.translate(topics[0], title="الحمّى")
    html = client.get("/ar/").content.decode()
    assert "الحمّى" in html
    assert "Topic 1" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_news_and_topics_cost_the_same_for_one_and_for_three(
    client: Client, website: Website, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    write(website, count)
    sections = ("latest_news", {"title": "News", "count": 3}), ("health_topics", {"title": "Health", "topics": []})
    show(website, "en", *sections)
    client.get("/en/")
    with django_assert_num_queries(12):
        client.get("/en/")
