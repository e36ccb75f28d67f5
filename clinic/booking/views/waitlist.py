"""Waiting for a time that is not free: asking for it, answering an offer, giving up."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.booking.choices import service_or_404
from clinic.booking.floods import BOOKINGS
from clinic.booking.forms import new_key
from clinic.booking.privacy import personal
from clinic.booking.search import places_of
from clinic.booking.views.refusals import broken_link
from clinic.booking.views.times import see_other
from clinic.booking.views.visits import masked
from clinic.booking.waitlist import WaitlistForm, wish_of
from clinic.booking.wording import language
from clinic.directory.models import Service
from clinic.directory.queries import practitioners_offering, with_hours
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.links import LinkInvalid, view_token
from clinic.scheduling.models.waitlist import WaitlistOffer
from clinic.scheduling.waitlist.answers import accept_offer, decline_offer
from clinic.scheduling.waitlist.entries import join_waitlist, leave_waitlist
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus
from clinic.scheduling.waitlist.links import entry_of, entry_token, offer_of
from clinic.scheduling.waitlist.refusals import WaitlistRefused


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """The wish and who makes it; `?doctor=` and `?location=` are what was looked for before."""
    service = service_or_404(slug)
    asked = {name: request.GET.get(name, "") for name in ("doctor", "location")}
    if request.method != "POST":
        initial = {"practitioner": asked["doctor"], "location": asked["location"], "key": new_key()}
        return page(request, service, form_for(service, initial=initial))
    form = form_for(service, request.POST)
    if not form.is_valid():
        return page(request, service, form, status=422)
    if BOOKINGS.is_reached(request):
        form.add_error(None, str(BookingRefused("busy").message))
        return page(request, service, form, status=429)
    entry = join_waitlist(
        service=service,
        contact=form.contact,
        language=language(),
        source=BookingSource.SITE,
        key=form.cleaned_data["key"],
        by=None,
        **form.wish,
    )
    BOOKINGS.count(request)
    return see_other(reverse("booking:waiting", args=[entry_token(entry)]))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """The entry as it stands now. POST takes it off the list; a mail scanner that follows the link changes nothing."""
    try:
        entry = entry_of(token)
    except LinkInvalid:
        return broken_link(request, expired=False)
    refused: Any = ""
    if request.method == "POST":
        try:
            leave_waitlist(entry=entry, by=None)
        except WaitlistRefused as refusal:
            refused = refusal.message
            entry.refresh_from_db()
        else:
            return see_other(reverse("booking:waiting", args=[token]))
    context = {
        "noindex": True,
        "entry": entry,
        "wish": wish_of(entry),
        "is_waiting": entry.status == EntryStatus.WAITING,
        "status": entry.status,
        "email_hint": masked(entry.contact_email),
        "refused": refused,
    }
    return render(request, "booking/waiting.html", context, status=409 if refused else 200)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """A time that is kept: GET asks, POST with `answer` "accept", "decline" or "leave" answers."""
    try:
        found = offer_of(token)
    except LinkInvalid:
        return broken_link(request, expired=False)
    refused: Any = ""
    if request.method == "POST":
        try:
            return answer(request, found, token=token)
        except (WaitlistRefused, BookingRefused) as refusal:
            refused = refusal.message
            found = offer_of(token)
    is_open = found.status == OfferStatus.OPEN and found.expires_at > clock.now()
    context = {
        "noindex": True,
        "offer": found,
        "entry": found.entry,
        "location": found.location,
        "is_open": is_open and found.entry.status == EntryStatus.WAITING,
        "status": found.status,
        "still_waits": found.entry.status == EntryStatus.WAITING,
        "visit_url": reverse("booking:visit", args=[view_token(found.appointment)]) if found.appointment else "",
        "waiting_url": reverse("booking:waiting", args=[entry_token(found.entry)]),
        "times_url": times_url(found),
        "refused": refused,
    }
    gone = not is_open and found.status != OfferStatus.ACCEPTED and request.method != "POST"
    return render(request, "booking/offer.html", context, status=409 if refused else 410 if gone else 200)


def answer(request: HttpRequest, found: WaitlistOffer, *, token: str) -> HttpResponse:
    """Do what the button said; a POST that says nothing of ours is shown the question again."""
    said = request.POST.get("answer", "")
    if said == "accept":
        visit = accept_offer(offer=found, by=None)
        return see_other(reverse("booking:visit", args=[view_token(visit)]))
    if said == "leave":
        leave_waitlist(entry=found.entry, by=None)
        return see_other(reverse("booking:waiting", args=[entry_token(found.entry)]))
    if said == "decline":
        decline_offer(offer=found, by=None)
    return see_other(reverse("booking:offer", args=[token]))


def form_for(service: Service, *args: Any, **kwargs: Any) -> WaitlistForm:
    people = list(with_hours(practitioners_offering(service), today=clock.now().date()))
    places = places_of(people)
    today = min((clock.local_day(clock.now(), place.time_zone) for place in places), default=clock.now().date())
    return WaitlistForm(*args, service=service, practitioners=people, locations=places, today=today, **kwargs)


def page(request: HttpRequest, service: Service, form: WaitlistForm, *, status: int = 200) -> HttpResponse:
    chosen = {"doctor": form["practitioner"].value(), "location": form["location"].value()}
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "noindex": True,
        "service": service,
        "form": form,
        "times_url": f"{reverse('booking:times', args=[service.slug])}{'?' if query else ''}{query}",
    }
    return render(request, "booking/waitlist.html", context, status=status)


def times_url(found: WaitlistOffer) -> str:
    return reverse("booking:times", args=[found.entry.service.slug]) if found.entry.service.is_public else ""
