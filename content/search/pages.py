"""The pages that may be found: published, open to everybody, and not hidden from search engines."""

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.query import PageQuerySet

from content.search.enums import Kind
from content.search.subjects import Subject, joined

# By the name of the model; every other page is just a page.
KINDS = {"healthtopicpage": Kind.HEALTH, "articlepage": Kind.NEWS, "locationpage": Kind.LOCATION}
# Pages about a row of the directory: their text stands in the entry of that row.
SHELLS = frozenset({"doctorpage", "servicepage"})
# Short texts that visitors read. An allow-list: a form's page also holds whom it mails to.
TEXTS = ("introduction", "summary", "author_name")


def findable_pages() -> PageQuerySet:
    """An alias in another language shows the words of its source: only the source is found."""
    own_words = Q(alias_of__isnull=True) | Q(alias_of__locale=F("locale"))
    pages = Page.objects.live().public().filter(own_words, depth__gt=1)
    return pages.exclude(content_type__model__in=SHELLS).select_related("locale").order_by("pk")


def page_subjects(pages: PageQuerySet) -> Iterator[Subject]:
    """The subjects among `pages`, which come from `findable_pages`."""
    for page in pages.specific():
        path = (page.get_url_parts() or ("", "", ""))[2]
        if path and not getattr(page, "noindex", False):
            yield page_subject(page, path)


def page_subject(page: Page, path: str) -> Subject:
    short = [getattr(page, name, "") for name in TEXTS]
    location = getattr(page, "location", None)
    return Subject(
        kind=kind_of(page),
        key=page.pk,
        language=page.locale.language_code,
        path=path,
        title=page.title,
        summary=page.search_description or next(filter(None, short), ""),
        keywords=joined([page.seo_title, *(words_of_location(location) if location else [])]),
        body=joined([*short, *texts_of(page)]),
    )


def kind_of(page: Page) -> Kind:
    return KINDS.get(type(page)._meta.model_name or "", Kind.PAGE)


def texts_of(page: Page) -> Iterator[str]:
    """Everything that stands in the streams of `page`, as plain text."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            yield from value.stream_block.get_searchable_content(value)


def words_of_location(location: object) -> Iterable[str]:
    names = ("name_en", "name_ar", "city_en", "city_ar", "address_en", "address_ar")
    return [getattr(location, name, "") for name in names]
