"""The screen in the waiting room, at its secret address, and the page that gives and takes that address."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from clinic.desk.forms.queue import ScreenForm
from clinic.desk.views.reach import DeskView
from clinic.directory.models import Location
from clinic.lib import clock
from clinic.scheduling.actions import close_screen, open_screen
from clinic.scheduling.models import WaitingScreen
from clinic.scheduling.waiting import screen_of, waiting_room

EVERY = 5  # seconds between two looks
SHOWN = 24  # numbers of those who wait; more are counted
FRESH = 60  # seconds for which a call stands out


@never_cache
@require_safe
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """The page that a television keeps open."""
    return shown(request, key, "waiting/screen.html")


@never_cache
@require_safe
def board(request: HttpRequest, key: str) -> HttpResponse:
    """What changes on it."""
    return shown(request, key, "waiting/board.html")


def shown(request: HttpRequest, key: str, template: str) -> HttpResponse:
    found = screen_of(key)
    if found is None:
        raise Http404
    now = clock.now()
    room = waiting_room(found.location, now=now)
    context = {
        "room": room,
        "place": found.location,
        "calls": [
            {"visit": visit, "is_fresh": bool(visit.called_at and (now - visit.called_at).total_seconds() < FRESH)}
            for visit in room.called
        ],
        "waiting": room.waiting[:SHOWN],
        "more": max(0, len(room.waiting) - SHOWN),
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES],
        "every": EVERY,
        "board": reverse("waiting:board", args=[key]),
    }
    response = render(request, template, context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


class ScreensView(DeskView, TemplateView):
    """The address of each location's screen. POST gives a new one, or takes it away."""

    model = WaitingScreen
    permission_required = "change"
    template_name = "desk/queue_screens.html"
    page_title = gettext_lazy("Waiting-room screens")
    header_icon = "desktop"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:queue"), "label": _("Today's queue")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = settings.SITE_URL.rstrip("/")
        screens = {each.location_id: each for each in WaitingScreen.objects.all()}
        rows = [
            {
                "location": location,
                "screen": screens.get(location.pk),
                "address": site + reverse("waiting:screen", args=[screens[location.pk].key])
                if location.pk in screens
                else "",
            }
            for location in Location.objects.all()
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ScreenForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        location = form.cleaned_data["location"]
        if request.POST.get("do") == "close":
            close_screen(location=location, by=self.request.user)
            said = _("The screen of %(location)s shows nothing any more.")
        else:
            open_screen(location=location, by=self.request.user)
            said = _("The screen of %(location)s has a new address.")
        messages.success(request, said % {"location": location.name})
        return HttpResponseRedirect(reverse("desk:screens"))
