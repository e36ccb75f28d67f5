"""The sections of the home page. What they show of the directory is read when the page is shown."""

from collections.abc import Mapping
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic.directory.queries import listed_practitioners, offered_specialties, open_locations, public_services
from content.blocks import TEXT_FEATURES
from content.blocks.actions import CallToActionBlock
from content.blocks.choices import SlugsBlock
from content.blocks.text import TextBlock
from content.choices import location_choices, service_choices, specialty_choices
from content.pictures import read_files
from home.blocks.reading import HealthTopicsBlock, LatestNewsBlock
from home.blocks.section import ALL, SectionBlock
from home.queries import live_partners


class SpecialtiesBlock(SectionBlock):
    specialties = SlugsBlock(label=_("Specialties"), choices=specialty_choices, required=False, help_text=ALL)
    count = blocks.IntegerBlock(label=_("How many"), default=8, min_value=1, max_value=24)

    class Meta:
        icon = "tag"
        label = _("Featured specialties")
        template = "home/blocks/specialties.html"
        preview_value = {"title": _("Specialties"), "specialties": [], "count": 4}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        known = around.get("finder_specialties")
        chosen, found = value.get("specialties"), offered_specialties() if known is None else known
        return [each for each in found if not chosen or each.slug in chosen][: value.get("count") or 8]


class ServicesBlock(SectionBlock):
    services = SlugsBlock(label=_("Services"), choices=service_choices, required=False, help_text=ALL)
    count = blocks.IntegerBlock(label=_("How many"), default=8, min_value=1, max_value=24)

    class Meta:
        icon = "list-ul"
        label = _("Services")
        template = "home/blocks/services.html"
        preview_value = {"title": _("Services"), "services": [], "count": 6}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        found = public_services()
        if value.get("services"):
            found = found.filter(slug__in=value["services"])
        return found.order_by("sort_order", "pk")[: value.get("count") or 8]


class DoctorsBlock(SectionBlock):
    specialties = SlugsBlock(label=_("Only of these specialties"), choices=specialty_choices, required=False)
    count = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=12)

    class Meta:
        icon = "group"
        label = _("Doctors")
        template = "home/blocks/doctors.html"
        preview_value = {"title": _("Our doctors"), "specialties": [], "count": 4}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        found = listed_practitioners().select_related("portrait")
        if value.get("specialties"):
            found = found.filter(specialties__slug__in=value["specialties"]).distinct()
        shown = list(found.prefetch_related("specialties")[: value.get("count") or 4])
        read_files(each.portrait for each in shown)
        return shown


class LocationsBlock(SectionBlock):
    locations = SlugsBlock(label=_("Locations"), choices=location_choices, required=False, help_text=ALL)

    class Meta:
        icon = "site"
        label = _("Locations")
        template = "home/blocks/locations.html"
        preview_value = {"title": _("Where to find us"), "locations": []}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        """Those that stand at the foot of the page anyway, with their hours."""
        frame = around.get("frame")
        found = list(frame.locations if frame else open_locations())
        prefetch_related_objects(found, "opening_hours")
        return [each for each in found if not value.get("locations") or each.slug in value["locations"]]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.CharBlock(label=_("Text"), max_length=200)

    class Meta:
        icon = "tick"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(SectionBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ol"
        label = _("How booking works")
        template = "home/blocks/steps.html"
        preview_value = {
            "title": _("How booking works"),
            "steps": [{"title": _("Choose"), "text": _("Find a doctor by specialty, language or location.")}],
        }


class PartnersBlock(SectionBlock):
    class Meta:
        icon = "link"
        label = _("Partners")
        template = "home/blocks/partners.html"
        preview_value = {"title": _("We work with")}

    def items(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> object:
        partners = list(live_partners())
        read_files(each.logo for each in partners)
        return partners


class SectionsBlock(blocks.StreamBlock):
    specialties = SpecialtiesBlock()
    services = ServicesBlock()
    doctors = DoctorsBlock()
    locations = LocationsBlock()
    steps = StepsBlock()
    latest_news = LatestNewsBlock()
    health_topics = HealthTopicsBlock()
    partners = PartnersBlock()
    text = TextBlock(features=["h2", *TEXT_FEATURES], template="home/blocks/text.html")
    call_to_action = CallToActionBlock(template="home/blocks/call_to_action.html")
