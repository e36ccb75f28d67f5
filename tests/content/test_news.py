"""News: the newest first, in each language, and for feed readers."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from content.models import ArticlePage
from tests.factories.content import ArticlePageFactory, ClinicImageFactory, NewsIndexPageFactory
from tests.home.website import Website

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def news(website: Website) -> Page:
    return website.page("news", factory=NewsIndexPageFactory, title="News", introduction="From the clinic")


def publish(website: Website, news: Page, count: int, **fields: object) -> list[ArticlePage]:
    """`count` articles, the oldest first, a day apart until 31 March 2026."""
    last = date(2026, 3, 31)
    return [
        website.page(
            f"article-{number}",
            parent=news,
            factory=ArticlePageFactory,
            title=f"Article {number}",
            date=last - timedelta(days=count - number),
            **fields,
        )
        for number in range(1, count + 1)
    ]


def test_the_newest_article_stands_first(client: Client, website: Website, news: Page) -> None:
    publish(website, news, 3)
    html = client.get("/en/news/").content.decode()
    assert html.index("Article 3") < html.index("Article 2") < html.index("Article 1")
    assert "30 March 2026" in html


def test_long_lists_have_pages_and_any_page_number_is_answered(client: Client, website: Website, news: Page) -> None:
    publish(website, news, 13)
    assert "Article 1<" not in client.get("/en/news/").content.decode()
    for number in ("2", "99"):
        assert "Article 1<" in client.get("/en/news/", {"page": number}).content.decode()
    for number in ("x", "-1", "0", "١", "\x00", "9" * 40):
        assert client.get("/en/news/", {"page": number}).status_code == 200


def test_readers_choose_a_year(client: Client, website: Website, news: Page) -> None:
    publish(website, news, 1)
    website.page("old", parent=news, factory=ArticlePageFactory, title="Long ago", date=date(2024, 5, 1))
    html = client.get("/en/news/", {"year": "2024"}).content.decode()
    assert "Long ago" in html
    assert "Article 1<" not in html
    for year in ("1999", "x", "\x00", "٢٠٢٤"):
        assert "Article 1<" in client.get("/en/news/", {"year": year}).content.decode()


def test_an_article_shows_its_date_author_and_neighbours(client: Client, website: Website, news: Page) -> None:
    publish(website, news, 3, author_name="Lina Haddad")
    html = client.get("/en/news/article-2/").content.decode()
    assert '<time datetime="2026-03-30">30 March 2026</time>' in html
    assert "Lina Haddad" in html
    assert 'rel="prev" href="/en/news/article-3/"' in html
    assert 'rel="next" href="/en/news/article-1/"' in html
    assert "More news" in html


def test_articles_of_one_day_stand_in_the_order_of_their_writing(client: Client, website: Website, news: Page) -> None:
    for number in (1, 2):
        website.page(f"a-{number}", parent=news, factory=ArticlePageFactory, title=f"A {number}", date=date(2026, 3, 1))
    html = client.get("/en/news/a-1/").content.decode()
    assert 'rel="prev" href="/en/news/a-2/"' in html
    assert 'rel="next"' not in html


def test_the_arabic_news_holds_arabic_articles(client: Client, website: Website, news: Page) -> None:
    english, other = publish(website, news, 2)
    website.translate(news, title="الأخبار")
    website.translate(english, title="خبر", summary="ملخص", picture=ClinicImageFactory())
    website.translate(other, live=False, title="مسودة")
    html = client.get("/ar/news/").content.decode()
    assert "خبر" in html
    assert "مسودة" not in html
    assert "Article" not in html
    assert 'alt="غرفة انتظار"' in client.get(f"/ar/news/{english.slug}/").content.decode()


def test_a_draft_and_a_restricted_article_are_in_no_list(client: Client, website: Website, news: Page) -> None:
    draft, secret, _shown = publish(website, news, 3)
    draft.unpublish()
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    for address in ("/en/news/", "/en/news/feed/", "/en/news/article-3/"):
        html = client.get(address).content.decode()
        assert "Article 1<" not in html
        assert "Article 2<" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_for_one_and_for_three(
    client: Client, website: Website, news: Page, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    publish(website, news, count, picture=ClinicImageFactory())
    client.get("/en/news/")
    with django_assert_num_queries(16):
        client.get("/en/news/")


def test_the_feed_is_rss_in_its_language(client: Client, website: Website, news: Page) -> None:
    articles = publish(website, news, 2)
    website.translate(news, title="الأخبار")
    website.translate(articles[1], title="خبر")
    for language, title, count in (("en", "Article 2", 2), ("ar", "خبر", 1)):
        response = client.get(f"/{language}/news/feed/")
        assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert "Set-Cookie" not in response
        root = ElementTree.fromstring(response.content)
        assert root.tag == "rss"
        assert root.get("version") == "2.0"
        channel = root.find("channel")
        assert channel is not None
        assert channel.findtext("language") == language
        assert channel.findtext("link", "").endswith(f"/{language}/news/")
        own = channel.find(f"{ATOM}link")
        assert own is not None
        assert own.get("rel") == "self"
        assert own.get("href", "").endswith(f"/{language}/news/feed/")
        items = channel.findall("item")
        assert len(items) == count
        assert items[0].findtext("title") == title
        assert items[0].findtext("link", "").startswith("http")
        assert items[0].findtext("description")
        assert items[0].findtext("pubDate", "").startswith("Tue, 31 Mar 2026")
        assert items[0].find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]


def test_the_guids_of_two_languages_differ_and_outlive_the_address(
    client: Client, website: Website, news: Page
) -> None:
    article = publish(website, news, 1)[0]
    website.translate(news)
    website.translate(article)

    def guid(language: str) -> str | None:
        return ElementTree.fromstring(client.get(f"/{language}/news/feed/").content).findtext("channel/item/guid")

    before = guid("en")
    article.slug = "another"
    article.save_revision().publish()
    assert guid("en") == before
    assert guid("ar") != before


def test_pages_of_news_name_the_feed(client: Client, website: Website, news: Page) -> None:
    publish(website, news, 1)
    for address in ("/en/news/", "/en/news/article-1/"):
        html = client.get(address).content.decode()
        assert '<link rel="alternate" type="application/rss+xml" title="News" href="/en/news/feed/">' in html


def test_no_article_can_hide_the_feed(website: Website, news: Page) -> None:
    with pytest.raises(ValidationError):
        website.page("feed", parent=news, factory=ArticlePageFactory)


def test_an_article_tells_search_engines_what_it_is(website: Website, news: Page, rf: RequestFactory) -> None:
    article = publish(website, news, 1, author_name="Lina Haddad", picture=ClinicImageFactory())[0]
    (node,) = article.schema_nodes(rf.get("/en/news/article-1/"))
    assert node["@type"] == "NewsArticle"
    assert node["headline"] == "Article 1"
    assert node["datePublished"] == "2026-03-31"
    assert node["inLanguage"] == "en"
    assert node["author"] == {"@type": "Person", "name": "Lina Haddad"}
    assert node["mainEntityOfPage"].startswith("http")
    assert node["image"].startswith("http")
