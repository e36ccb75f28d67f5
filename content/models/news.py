"""News: the list of a language, newest first, and the articles in it."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.url_routing import RouteResult

from clinic.lib.variants import is_variant
from clinic.messaging.sender import clinic_name
from content.blocks import BodyBlock
from content.feed import FEED, feed_of
from content.models.editorial import EditorialPage
from content.models.listing import ArticleManager, linked
from content.models.seo import address_of

ON_A_PAGE = 12
IN_THE_FEED = 20


class NewsIndexPage(EditorialPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["content.ArticlePage"]
    max_count_per_parent = 1
    template = "content/news_index_page.html"
    page_description = _("The list of all news, newest first, with a feed to subscribe to.")

    content_panels = [*EditorialPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components == [FEED] and self.live:
            return RouteResult(self, kwargs={"feed": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: object, feed: bool = False, **kwargs: object) -> HttpResponse:
        if feed:
            return feed_of(self, ArticlePage.objects.listed(self)[:IN_THE_FEED], request=request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """`?year=` and `?page=` of any kind are answered: what is no year or page of the list is left out."""
        articles = ArticlePage.objects.listed(self)
        years = [day.year for day in articles.dates("date", "year", order="DESC")]
        year = next((each for each in years if str(each) == request.GET.get("year")), None)
        found = articles.filter(date__year=year) if year else articles
        shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        if request.GET.get("page", "1") == str(shown.number) and request.GET.get("year") in (None, str(year)):
            is_variant(request, "page", "year")
        shown.object_list = linked(shown.object_list, request)
        own = self.get_url(request) or ""
        return {
            **super().get_context(request, *args, **kwargs),
            "articles": shown,
            "years": years,
            "year": year,
            "query": f"year={year}&" if year else "",
            "own_url": own,
            "feed_url": f"{own}{FEED}/",
        }


class ArticlePage(EditorialPage):
    """One piece of news. `date` is the day that readers see, whenever it was published."""

    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.CharField(_("summary"), max_length=300, help_text=_("Stands in the list and above the text."))
    author_name = models.CharField(_("author"), max_length=120, blank=True)
    picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = ArticleManager()

    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []
    is_narrow = True
    template = "content/article_page.html"
    og_type = "article"
    page_description = _("A piece of news with its date, a picture and its author.")

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("date"), FieldPanel("author_name")]), FieldPanel("picture")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-date"], name="article_by_date")]

    def clean(self) -> None:
        super().clean()
        if self.slug == FEED:
            raise ValidationError({"slug": _("“%(slug)s” is the address of the news feed.") % {"slug": self.slug}})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        index = self.get_parent()
        others = ArticlePage.objects.listed(index)
        older, newer = others.before(self).first(), others.after(self).first()
        linked(filter(None, (older, newer)), request)
        own = index.get_url(request) or ""
        return {
            **super().get_context(request, *args, **kwargs),
            "index": index,
            "index_url": own,
            "feed_url": f"{own}{FEED}/",
            "older": older,
            "newer": newer,
            "more": linked(others.exclude(pk=self.pk)[:3], request),
        }

    def schema_nodes(self, request: HttpRequest) -> list[dict[str, Any]]:
        address = address_of(self, request)
        clinic = {"@type": "Organization", "name": clinic_name(), "url": settings.SITE_URL}
        node: dict[str, Any] = {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "mainEntityOfPage": address,
            "headline": self.title,
            "description": self.summary,
            "inLanguage": self.locale.language_code,
            "datePublished": self.date.isoformat(),
            "author": {"@type": "Person", "name": self.author_name} if self.author_name else clinic,
            "publisher": clinic,
        }
        if self.last_published_at:
            node["dateModified"] = self.last_published_at.isoformat()
        if self.picture:
            node["image"] = urljoin(settings.SITE_URL, self.picture.file.url)
        return [node, *super().schema_nodes(request)]
