"""Where the clinic is: the list of its locations, and what editors write about each."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string

from clinic.directory.enums import Weekday
from clinic.directory.models import Closure, HoursTemplate, Location
from clinic.directory.queries import closures_between, door_hours_between, open_locations
from clinic.lib import clock
from content import schema
from content.doors import HORIZON, Doors, doors_of
from content.maps import geo_of, map_links
from content.models.shells import ListPage, RowPage, one_page_each, row_panels
from content.pagecache.moments import until
from content.restrictions import is_restricted

AHEAD = timedelta(days=120)  # how far holidays and special hours are told


class LocationsIndexPage(ListPage):
    fixed_slug = "locations"
    subpage_types = ["content.LocationPage"]
    template = "content/locations_index_page.html"
    page_description = _("All locations with address, opening hours and the way there.")

    class Meta:
        verbose_name = _("locations page")
        verbose_name_plural = _("locations pages")

    @cached_property
    def places(self) -> list[Location]:
        """The open locations with their hours, for readers and for machines."""
        return list(open_locations().prefetch_related("opening_hours"))

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        doors = doors_now(self.places)
        shown = LocationPage.objects.live().filter(~is_restricted()).child_of(self)
        pages = {page.location_id: page for page in shown.select_related("map_image", "locale")}
        return {
            **super().get_context(request, *args, **kwargs),
            "places": [place_of(each, doors[each.pk], pages.get(each.pk), request) for each in self.places],
        }

    def schema_nodes(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*super().schema_nodes(request), *(schema.department(each, with_hours=True) for each in self.places)]


class LocationPage(RowPage):
    """`map_image` is a drawing or a photograph of a map: no reader's address reaches somebody else's server."""

    location = models.ForeignKey(
        "directory.Location", on_delete=models.SET_NULL, null=True, related_name="pages", verbose_name=_("location")
    )
    map_image = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("map"),
        help_text=_("A drawing of the streets around. Readers open a map of their own choice from the links below it."),
    )

    row_field = "location"
    parent_page_types = ["content.LocationsIndexPage"]
    template = "content/location_page.html"
    page_description = _("One location. Address, phone and opening hours come from the directory.")
    content_panels = [*row_panels("location")[:2], FieldPanel("map_image"), *row_panels("location")[2:]]

    class Meta:
        verbose_name = _("location page")
        verbose_name_plural = _("location pages")
        constraints = [one_page_each("location", "one_page_of_a_location_in_a_language")]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        place = place_of(self.row, doors_now([self.row])[self.location_id], self, request)
        coming = days_to_know(self.row)
        return {**super().get_context(request, *args, **kwargs), "place": place, "coming": coming}

    def schema_nodes(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [*super().schema_nodes(request), schema.department(self.row, with_hours=True)]


def doors_now(locations: list[Location]) -> dict[int, Doors]:
    """Whether each location is open, by primary key, in three queries at most; the page holds until the first of
    them changes.

    `opening_hours` should be prefetched.
    """
    now = clock.now()
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=HORIZON))
    closures, special = closures_between(*days), door_hours_between(*days)
    found = {
        each.pk: doors_of(each, hours=each.opening_hours.all(), closures=closures, special=special, now=now)
        for each in locations
    }
    for doors in found.values():
        until(doors.changes_at)
    return found


def days_to_know(location: Location) -> list[Closure | HoursTemplate]:
    """Holidays and special opening hours of the months to come, those that begin first coming first."""
    today = clock.local_day(clock.now(), location.time_zone)
    span = (today, today + AHEAD)
    found: list[Closure | HoursTemplate] = [
        *(each for each in closures_between(*span) if each.location_id in (None, location.pk)),
        *(each for each in door_hours_between(*span) if each.location_id == location.pk),
    ]
    return sorted(found, key=lambda each: (each.first_day, each.last_day))


def place_of(location: Location, doors: Doors, page: LocationPage | None, request: HttpRequest) -> dict[str, Any]:
    """What a template shows of `location`: the row, its doors, its page and the links to maps.

    `change` is when the doors open or close next, on the wall clock of the location; `day` names its day unless
    that is today.
    """
    zone = ZoneInfo(location.time_zone)
    change = doors.changes_at.astimezone(zone) if doors.changes_at else None
    is_today = change is not None and change.date() == clock.now().astimezone(zone).date()
    return {
        "location": location,
        "doors": doors if location.opening_hours.all() else None,
        "time": f"{change:%H:%M}" if change else "",
        "day": str(Weekday(change.isoweekday()).label) if change and not is_today else "",
        "page": page,
        "href": page.get_url(request) if page else "",
        "maps": map_links(location),
        "geo": geo_of(location),
    }
