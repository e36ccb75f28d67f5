"""Where the page of one's own calendar stands, and the way to it from the settings of one's account."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.viewsets.base import ViewSet

from clinic.desk.views.feed import FeedView
from clinic.directory.models import Practitioner


class CalendarViewSet(ViewSet):
    name = "desk_calendar"
    url_prefix = "my-calendar"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(FeedView), name="index")]


def account_item(request: HttpRequest) -> dict[str, Any] | None:
    """For practitioners alone."""
    if not Practitioner.objects.filter(user=request.user.pk).exists():
        return None
    return {
        "url": reverse("desk_calendar:index"),
        "label": _("My calendar"),
        "help_text": _("See your appointments in the calendar of your phone."),
    }
