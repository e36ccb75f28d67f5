"""The practitioner's own page of the address at which their calendar program finds their visits."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from clinic.desk.views.reach import DeskView
from clinic.directory.models import Practitioner
from clinic.scheduling.actions.feeds import close_feed, open_feed, show_names
from clinic.scheduling.feeds import feed_url
from clinic.scheduling.models import CalendarFeed


class FeedView(DeskView, TemplateView):
    """Everybody sees and changes only their own address; who is no practitioner has none."""

    template_name = "desk/feed.html"
    page_title = gettext_lazy("My calendar")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not Practitioner.objects.filter(user=request.user.pk).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feed = CalendarFeed.objects.filter(user=self.request.user).first()
        addresses = [
            {"language": get_language_info(code), "url": feed_url(feed, code)}
            for code, _name in settings.LANGUAGES
            if feed
        ]
        return super().get_context_data(feed=feed, addresses=addresses, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`do` is "open" (also for a new address), "close", or "names"; `names` is there when patients are named."""
        user: Any = request.user
        names = "names" in request.POST
        wanted = request.POST.get("do")
        if wanted == "open":
            open_feed(user=user, shows_names=names, by=user)
            messages.success(request, _("Your calendar has a new address. An earlier one shows nothing any more."))
        elif wanted == "close":
            close_feed(user=user, by=user)
            messages.success(request, _("Your calendar is closed: its address shows nothing any more."))
        elif wanted == "names":
            show_names(user=user, shows_names=names, by=user)
            messages.success(request, _("Saved. Calendars show the change when they look again."))
        return HttpResponseRedirect(reverse("desk_calendar:index"))
