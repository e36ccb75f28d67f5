"""Sections that lead to what the clinic has written: news and health topics."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.models import ArticlePage, HealthTopicPage
from content.models.listing import linked
from home.blocks.section import SectionBlock


class LatestNewsBlock(SectionBlock):
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=6)

    class Meta:
        icon = "date"
        label = _("Latest news")
        description = _("The newest articles of the reader’s language, with their pictures.")
        template = "home/blocks/latest_news.html"
        preview_value = {"title": _("News from the clinic"), "count": 3}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> list[ArticlePage]:
        return linked(ArticlePage.objects.listed()[: value.get("count") or 3], None)

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "index_url": above(context["items"])}


class HealthTopicsBlock(SectionBlock):
    topics = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="content.HealthTopicPage"), label=_("Health topics"), max_num=6, default=[]
    )
    count = blocks.IntegerBlock(
        label=_("How many"), default=6, min_value=1, max_value=12, help_text=_("Where no topics are chosen.")
    )

    class Meta:
        icon = "help"
        label = _("Health topics")
        description = _("The topics that you choose, or those that were reviewed last.")
        template = "home/blocks/health_topics.html"
        preview_value = {"title": _("Health from A to Z"), "topics": [], "count": 6}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> list[HealthTopicPage]:
        topics = HealthTopicPage.objects.listed()
        if chosen := [each.translation_key for each in value.get("topics") or [] if each]:
            found = {each.translation_key: each for each in topics.filter(translation_key__in=chosen)}
            return linked([found[key] for key in chosen if key in found], None)
        return linked(topics.order_by("-reviewed_on", "title")[: value.get("count") or 6], None)

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "index_url": above(context["items"])}


def above(pages: list[Any]) -> str:
    """The address of the list that the first of `pages` stands in; empty without one. Asks nothing."""
    return f"{pages[0].href.rstrip('/').rpartition('/')[0]}/" if pages and pages[0].href else ""
