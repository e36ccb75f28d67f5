"""Rows of the directory in the body of a page: what they say is read when the page is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic.directory.queries import listed_practitioners, public_services
from content.blocks.choices import SlugsBlock
from content.choices import doctor_choices, service_choices


class DoctorCardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    doctors = SlugsBlock(label=_("Doctors"), choices=doctor_choices)

    class Meta:
        icon = "group"
        label = _("Doctors")
        description = _("Cards of the doctors that you choose, with the way to their free times.")
        template = "content/blocks/doctors.html"

    def get_preview_value(self) -> blocks.StructValue:
        slugs = listed_practitioners().values_list("slug", flat=True)[:2]
        return self.normalize({"title": _("Our doctors"), "doctors": list(slugs)})

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        chosen = listed_practitioners().filter(slug__in=value.get("doctors") or [])
        context["doctors"] = chosen.select_related("portrait").prefetch_related("portrait__renditions", "specialties")
        return context


class ServiceListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=120)
    services = SlugsBlock(label=_("Services"), choices=service_choices)

    class Meta:
        icon = "list-ul"
        label = _("Services")
        description = _("The services that you choose, with their length and the way to book.")
        template = "content/blocks/services.html"

    def get_preview_value(self) -> blocks.StructValue:
        slugs = public_services().values_list("slug", flat=True)[:3]
        return self.normalize({"title": _("Services"), "services": list(slugs)})

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["services"] = public_services().filter(slug__in=value.get("services") or [])
        return context
