"""The board of a day or a week, its data, and booking into a time that was clicked."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView, View

from clinic.desk.board import BoardForm, board_of
from clinic.desk.board.asked import WEEK
from clinic.desk.board.columns import choices
from clinic.desk.board.hours import time_at
from clinic.desk.forms.booking import ChosenTime
from clinic.desk.forms.moves import instant
from clinic.desk.policies import sees_everything
from clinic.desk.views.reach import DeskView
from clinic.directory.models import Location
from clinic.lib import clock

NOBODY = "REFERENCE"  # in the addresses of which the script makes those of each visit


class AtBoard(DeskView):
    """What was asked of the board. Without any location there is none."""

    def read(self) -> BoardForm | None:
        locations = list(Location.objects.all())
        if not locations:
            return None
        rooms = sees_everything(self.request.user)
        return BoardForm(self.request.GET, locations=locations, now=clock.now(), rooms=rooms)


class BoardView(AtBoard, TemplateView):
    template_name = "desk/board.html"
    page_title = pgettext_lazy("of appointments", "Board")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.read()
        if form is None:
            return super().get_context_data(form=None, **kwargs)
        asked = form.asked
        span = timedelta(days=asked.days)
        return super().get_context_data(
            form=form,
            asked=asked,
            last_day=asked.day_list[-1],
            people=choices(asked, user=self.request.user) if asked.days > 1 else [],
            several_locations=len(form.fields["location"].choices) > 1,  # type: ignore[attr-defined]
            today=self.address(form, day=form.today),
            before=self.address(form, day=asked.first_day - span),
            after=self.address(form, day=asked.first_day + span),
            as_list=f"{reverse('desk:index')}?{urlencode(self.list_of(form))}",
            source=self.address(form, name="desk:board_data"),
            visit_address=reverse("desk:visit", args=[NOBODY]),
            move_address=reverse("desk:move", args=[NOBODY]),
            book_address=reverse("desk:board_book"),
            may_book=self.may("add"),
            words=self.words(),
            **kwargs,
        )

    def words(self) -> dict[str, str]:
        """What the script says."""
        return {
            "offline": _("No connection. What you see may be old; it is tried again."),
            "unmoved": _("No connection. The appointment was not moved."),
            "signed_out": _("You are signed out. Sign in again to see what is new."),
            "move": _("Move…"),
            "book": _("Book at %(time)s"),
            "empty": _("Nobody works here on this day."),
            "carried": _("Let go to move it here, or press Escape to leave it where it was."),
        }

    def list_of(self, form: BoardForm) -> dict[str, Any]:
        asked = form.asked
        return {"day": asked.first_day, "span": 7 if form.cleaned_data.get("view") == WEEK else 1} | {
            "location": asked.location.pk
        }

    def address(self, form: BoardForm, *, name: str = "desk:board", day: date | None = None) -> str:
        """This board, or its data, at another day."""
        asked = form.asked
        wanted = {
            "location": asked.location.pk,
            "day": day or asked.first_day,
            "view": form.cleaned_data.get("view"),
            "by": asked.by,
            "who": asked.who,
        }
        return f"{reverse(name)}?{urlencode({key: value for key, value in wanted.items() if value})}"


class BoardDataView(AtBoard, View):
    """All that the board shows, as JSON."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        form = self.read()
        if form is None:
            raise Http404
        data = board_of(form.asked, user=request.user, now=clock.now(), may_change=self.may("change"))
        return JsonResponse(data)


class BoardBookView(AtBoard, View):
    """From a click on the board to the form for a caller, at this time of the wall clock."""

    permission_required = "add"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        form = self.read()
        if form is None:
            raise Http404
        asked = form.asked
        wanted: dict[str, Any] = {"location": asked.location.pk, "day": asked.first_day, "open": asked.first_day}
        try:
            practitioner = int(request.GET.get("practitioner", ""))
            moment = time_at(int(request.GET.get("minute", "")))
            starts_at = instant(asked.first_day, moment, ZoneInfo(asked.location.time_zone))
        except (ValueError, ValidationError):
            pass  # the form then opens at the day
        else:
            wanted |= {"practitioner": practitioner}
            wanted |= {"time": ChosenTime(practitioner, asked.location.pk, starts_at)}
        return HttpResponseRedirect(f"{reverse('desk:book')}?{urlencode(wanted)}")
