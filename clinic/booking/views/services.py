"""What can be booked."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.booking.choices import practitioner_or_404, service_or_404
from clinic.booking.profiles import card_of
from clinic.booking.shells import behind_its_page, shell_of
from clinic.booking.steps import steps
from clinic.directory.models import Service, Specialty
from clinic.directory.queries import practitioners_offering, public_services, with_whereabouts
from clinic.lib import clock
from clinic.lib.variants import is_variant


@require_safe
@behind_its_page("services")
def services(request: HttpRequest, *, shell: Any = None) -> HttpResponse:
    """All services by specialty; `?specialty=` shows one of them alone, and an unknown one leads to all of them."""
    grouped = by_specialty(list(public_services()))
    chosen = next(
        (specialty for specialty, _services in grouped if specialty.slug == request.GET.get("specialty")), None
    )
    if chosen is None and request.GET.get("specialty"):
        return redirect("booking:services")
    is_variant(request, "specialty")
    shown = [group for group in grouped if chosen is None or group[0] == chosen]
    about = _("What you can book at the clinic, how long it takes and how to prepare.")
    context = {
        "description": about,
        "groups": shown,
        "specialties": [specialty for specialty, _services in grouped],
        "chosen": chosen,
        "shell": shell or shell_of("services"),
    }
    return render(request, "booking/services.html", context)


@require_safe
@behind_its_page("services")
def service(request: HttpRequest, slug: str, *, shell: Any = None) -> HttpResponse:
    """One service: how to prepare, and who offers it."""
    offered = service_or_404(slug)
    people = list(with_whereabouts(practitioners_offering(offered), today=clock.now().date()))
    cards = [card_of(each) for each in people]
    overview = reverse("booking:services")
    crumbs = [
        {"title": _("Services"), "url": overview},
        {"title": offered.specialty.name, "url": f"{overview}?specialty={offered.specialty.slug}"},
        {"title": offered.name, "url": ""},
    ]
    return render(
        request,
        "booking/service.html",
        {
            "service": offered,
            "shell": shell or shell_of("services", slug),
            "cards": cards,
            "crumbs": crumbs,
            "description": offered.summary,
        },
    )


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first step: which service. `?doctor=` offers only what that doctor does."""
    doctor = practitioner_or_404(request.GET["doctor"]) if request.GET.get("doctor") else None
    offered = public_services().filter(practitioners=doctor) if doctor else public_services()
    found = list(offered.filter(practitioners__is_active=True).distinct())
    if doctor and len(found) == 1:
        response = redirect("booking:times", found[0].slug)
        response["Location"] += f"?doctor={doctor.slug}"
        return response
    return render(
        request,
        "booking/start.html",
        {
            "description": _("Book a visit online in a minute, without an account."),
            "groups": by_specialty(found),
            "doctor": doctor,
            "steps": steps(1),
        },
    )


def by_specialty(offered: list[Service]) -> list[tuple[Specialty, list[Service]]]:
    """Services under their specialty, both in the clinic's order."""
    ordered = sorted(offered, key=lambda each: (each.specialty.sort_order, each.specialty_id, each.sort_order, each.pk))
    return [(specialty, list(group)) for specialty, group in groupby(ordered, key=lambda each: each.specialty)]
