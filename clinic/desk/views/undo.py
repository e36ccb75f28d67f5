"""Taking back the last action of whoever asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic.desk.views.reach import DeskView
from clinic.scheduling.actions import BookingRefused, ChangeRefused, undo_last
from clinic.scheduling.models import Appointment


class UndoView(DeskView, View):
    """POST only, of one's own last action; `deed` says which one the person saw. As JSON for who accepts it."""

    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        visits: list[Appointment] = []
        try:
            visits = undo_last(by=self.request.user, group=request.POST.get("deed", "").replace("\0", ""))
        except ChangeRefused as refusal:
            text = str(refusal.message)
            if refusal.code == "changed":
                text = _("Somebody else has changed this appointment meanwhile. Nothing was undone.")
        except BookingRefused:
            text = _("This time has been taken meanwhile, so nothing was undone.")
        else:
            text = ngettext("Undone.", "Undone for %(number)d visits.", len(visits)) % {"number": len(visits)}
        if request.accepts("text/html"):
            (messages.success if visits else messages.warning)(request, text)
            return HttpResponseRedirect(get_valid_next_url_from_request(request) or self.way_back(visits))
        return JsonResponse({"undone": bool(visits), "message": text}, status=200 if visits else 409)

    def way_back(self, visits: list[Appointment]) -> str:
        if len(visits) == 1 and self.may("view"):
            return reverse("desk:visit", args=[visits[0].reference])
        return reverse("desk:index")
