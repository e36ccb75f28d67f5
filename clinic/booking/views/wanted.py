"""What a visitor looks for, as the address of a page of free times says it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from clinic.booking.choices import location_or_404, service_or_404
from clinic.booking.holds import choice_of, find_hold
from clinic.booking.search import Search, places_of
from clinic.directory.models import Location, Practitioner, Service
from clinic.directory.queries import practitioners_offering, with_hours
from clinic.lib import clock
from clinic.scheduling.models import Hold


@dataclass(frozen=True)
class Wanted:
    """`people` and `places` are what can be chosen; `hold` is the time that is kept meanwhile, by its `token`."""

    service: Service
    people: list[Practitioner]
    places: list[Location]
    doctor: Practitioner | None
    location: Location | None
    hold: Hold | None
    token: str

    @property
    def search(self) -> Search:
        return Search(self.service, [self.doctor] if self.doctor else self.people, self.location)

    @cached_property
    def query(self) -> str:
        chosen = {
            "doctor": self.doctor and self.doctor.slug,
            "location": self.location and self.location.slug,
            "hold": self.token,
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    def address(self, view: str) -> str:
        """Where `view` shows the same, ready for one more parameter."""
        return f"{reverse(f'booking:{view}', args=[self.service.slug])}?{self.query}{'&' if self.query else ''}"

    @property
    def held_url(self) -> str:
        return choice_of(self.hold).details_url(hold=self.token) if self.hold else ""

    @property
    def waitlist_url(self) -> str:
        return f"{reverse('booking:waitlist', args=[self.service.slug])}?{self.query}"


def wanted_or_404(request: HttpRequest, slug: str) -> Wanted:
    """Of everyone who offers the service or of `?doctor=`, anywhere or at `?location=`, instead of `?hold=`."""
    service = service_or_404(slug)
    people = list(with_hours(practitioners_offering(service), today=clock.now().date()))
    places = places_of(people)
    doctor_slug, place_slug = request.GET.get("doctor", ""), request.GET.get("location", "")
    doctor = next((each for each in people if each.slug == doctor_slug), None)
    location = next((each for each in places if each.slug == place_slug), None)
    if doctor_slug and doctor is None:
        raise Http404
    if place_slug and location is None:
        location = location_or_404(place_slug)
    token = request.GET.get("hold", "")
    hold = find_hold(token) if token else None
    return Wanted(service, people, places, doctor, location, hold, token if hold else "")
