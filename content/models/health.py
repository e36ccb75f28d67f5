"""Health information: what a doctor of the clinic has reviewed, and when it is due for review again."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from clinic.directory.models import Practitioner
from clinic.directory.queries import public_services
from content.alphabet import by_letter
from content.blocks import BodyBlock
from content.blocks.health import RelatedBlock, SourcesBlock
from content.links import resolve_links
from content.models.editorial import EditorialPage
from content.models.listing import ListedManager, linked
from content.models.seo import address_of


class HealthIndexPage(EditorialPage):
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["content.HealthTopicPage"]
    max_count_per_parent = 1
    template = "content/health_index_page.html"
    page_description = _("All health topics from A to Z.")

    content_panels = [*EditorialPage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("health topics")
        verbose_name_plural = _("health topics")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        topics = linked(HealthTopicPage.objects.listed(self), request)
        return {**super().get_context(request, *args, **kwargs), "groups": by_letter(topics)}


class HealthTopicPage(EditorialPage):
    """One illness, treatment or question of health.

    `specialty` says which services and doctors of the clinic are shown beside it; `related` holds links.
    """

    summary = models.CharField(_("summary"), max_length=300, help_text=_("Stands in the list and above the text."))
    specialty = models.ForeignKey(
        "directory.Specialty",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialty"),
        help_text=_("Its services and doctors are shown beside the text."),
    )
    reviewer = models.ForeignKey(
        "directory.Practitioner",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review = models.DateField(_("next review"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"), blank=True)
    related = StreamField(RelatedBlock(), verbose_name=_("see also"), blank=True)

    objects = ListedManager()

    parent_page_types = ["content.HealthIndexPage"]
    subpage_types: list[str] = []
    template = "content/health_topic_page.html"
    page_description = _("A health topic that a doctor has reviewed, with its sources and the date of the next review.")

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("reviewer"), FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review")])],
            heading=_("Review"),
        ),
        FieldPanel("sources"),
        MultiFieldPanel([FieldPanel("specialty"), FieldPanel("related")], heading=_("See also")),
    ]

    class Meta:
        verbose_name = _("health topic")
        verbose_name_plural = _("health topics")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review__gt=F("reviewed_on")),
                name="health_topic_next_review_after_the_last",
                violation_error_message=_("The next review comes after the last one."),
            )
        ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        links = resolve_links([block["value"] for block in self.related.raw_data], request=request)
        services = public_services().filter(specialty=self.specialty_id)[:6] if self.specialty_id else []
        return {
            **super().get_context(request, *args, **kwargs),
            "reviewer": self.reviewer,
            "reviewer_url": profile_of(self.reviewer),
            "related": [link for link in links if link],
            "services": services,
        }

    def schema_nodes(self, request: HttpRequest) -> list[dict[str, Any]]:
        address = address_of(self, request)
        node: dict[str, Any] = {
            "@type": "MedicalWebPage",
            "@id": f"{address}#topic",
            "url": address,
            "name": self.title,
            "description": self.summary,
            "inLanguage": self.locale.language_code,
        }
        if self.reviewed_on:
            node["lastReviewed"] = self.reviewed_on.isoformat()
        if self.reviewer:
            node["reviewedBy"] = {"@type": "Person", "name": self.reviewer.name}
            if profile := profile_of(self.reviewer):
                node["reviewedBy"]["url"] = urljoin(settings.SITE_URL, profile)
        return [node, *super().schema_nodes(request)]


def profile_of(doctor: Practitioner | None) -> str:
    """The address of the doctor's page in the active language; empty for one who is not listed."""
    return reverse("booking:doctor", args=[doctor.slug]) if doctor and doctor.is_active else ""
