"""News of one language as RSS 2.0 (https://www.rssboard.org/rss-specification), for feed readers."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from wagtail.models import Page

from clinic.messaging.sender import clinic_name
from content.models.seo import address_of

FEED = "feed"  # the last part of its address


def feed_of(index: Any, articles: Iterable[Any], *, request: HttpRequest) -> HttpResponse:
    """`articles` of the news page `index`. An article keeps its guid when its address changes."""
    own = address_of(index, request)
    language = index.locale.language_code
    feed = Rss201rev2Feed(
        title=f"{clinic_name()}: {index.title}",
        link=own,
        description=index.search_description or index.introduction or index.title,
        language=language,
        feed_url=urljoin(own, f"{FEED}/"),
    )
    for article in articles:
        feed.add_item(
            title=article.title,
            link=address_of(article, request),
            description=article.summary,
            unique_id=guid_of(article, language),
            unique_id_is_permalink=False,
            pubdate=timezone.make_aware(datetime.combine(article.date, time.min)),
        )
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def guid_of(article: Page, language: str) -> str:
    return f"urn:uuid:{article.translation_key}:{language}"
