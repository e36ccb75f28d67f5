"""The waitlist: who waits, who is being asked, and what a desk does for them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request

from clinic.desk.forms.waitlist import AnswerForm, EntryForm, WaitlistFilter
from clinic.desk.queries import patients_for
from clinic.desk.times import clinic_today
from clinic.desk.views.booking import booked
from clinic.desk.views.reach import DeskView
from clinic.desk.waitlist import lines_of, with_offers
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.lib.phone import for_reading
from clinic.patients.queries import known_by
from clinic.scheduling.actions import BookingRefused
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.waitlist.answers import accept_offer, decline_offer
from clinic.scheduling.waitlist.entries import join_waitlist, leave_waitlist
from clinic.scheduling.waitlist.refusals import WaitlistRefused

PAGE = 60


class WaitlistView(DeskView, TemplateView):
    model = WaitlistEntry
    template_name = "desk/waitlist.html"
    page_title = gettext_lazy("Waitlist")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = WaitlistFilter(self.request.GET)
        entries = with_offers(WaitlistEntry.objects.filter(status__in=chosen.statuses))
        if chosen.service_chosen:
            entries = entries.filter(service=chosen.service_chosen)
        page = Paginator(entries.order_by("created_at", "pk"), PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filter=chosen,
            page=page,
            lines=lines_of(list(page), now=clock.now()),
            earlier_page=self.address(p=page.number - 1),
            later_page=self.address(p=page.number + 1),
            may_add=self.may("add"),
            may_change=self.may("change"),
            **kwargs,
        )

    def address(self, **changes: Any) -> str:
        given = {name: self.request.GET[name] for name in ("service", "status") if self.request.GET.get(name)}
        return f"{reverse('desk:waitlist')}?{urlencode({**given, **changes})}"


class WaitlistAddView(DeskView, TemplateView):
    """`?patient=` and `?service=` fill in what is known already."""

    model = WaitlistEntry
    permission_required = "add"
    template_name = "desk/waitlist_new.html"
    page_title = gettext_lazy("Put somebody on the waitlist")
    header_icon = "list-ol"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:waitlist"), "label": _("Waitlist")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        initial: dict[str, Any] = {"language": get_language() or "en"}
        if request.GET.get("service", "").isdecimal():
            initial["service"] = request.GET["service"]
        if patient := known_by(request.GET.get("patient", ""), among=patients_for(request.user)):
            initial |= {
                "patient": patient.reference,
                "contact_name": patient.name,
                "contact_phone": for_reading(patient.phone),
                "contact_email": patient.email,
                "language": patient.language,
            }
        return self.show(self.form(initial=initial))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        entry = join_waitlist(
            service=form.cleaned_data["service"],
            contact=form.contact,
            language=form.cleaned_data["language"],
            source=BookingSource.DESK,
            key=str(form.cleaned_data["key"]),
            patient=form.known,
            by=self.request.user,
            **form.wish,
        )
        messages.success(request, _("%(name)s is on the waitlist.") % {"name": entry.contact_name})
        return HttpResponseRedirect(reverse("desk:waitlist"))

    def form(self, *args: Any, **kwargs: Any) -> EntryForm:
        return EntryForm(
            *args,
            practitioners=list(Practitioner.objects.filter(is_active=True)),
            locations=list(Location.objects.filter(is_active=True)),
            patients=patients_for(self.request.user),
            today=clinic_today(),
            **kwargs,
        )

    def show(self, form: EntryForm, *, status: int = 200) -> HttpResponse:
        known = known_by(str(form["patient"].value() or ""), among=patients_for(self.request.user))
        return self.render_to_response(self.get_context_data(form=form, known=known), status=status)


class WaitlistAnswerView(DeskView, View):
    """POST only: answers an offer for whoever called, or takes them off the list."""

    model = WaitlistEntry
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = with_offers(WaitlistEntry.objects.filter(reference=kwargs["reference"])).first()
        if entry is None:
            raise Http404
        form = AnswerForm(request.POST)
        if not form.is_valid():
            raise PermissionDenied
        try:
            return self.answer(entry, form.cleaned_data["answer"], form.cleaned_data["offer"])
        except (WaitlistRefused, BookingRefused) as refusal:
            messages.error(request, str(refusal.message))
        return self.back()

    def answer(self, entry: WaitlistEntry, said: str, reference: str) -> HttpResponse:
        """Do it and say so. Raises `WaitlistRefused` and `BookingRefused`."""
        if said == "leave":
            leave_waitlist(entry=entry, by=self.request.user)
            done = _("%(name)s is not on the waitlist any more.")
            messages.success(self.request, done % {"name": entry.contact_name})
            return self.back()
        offer = entry.offers.filter(reference=reference).first()
        if offer is None:
            raise Http404
        if said == "decline":
            decline_offer(offer=offer, by=self.request.user)
            done = _("Declined for %(name)s: the time goes to the next.")
            messages.success(self.request, done % {"name": entry.contact_name})
            return self.back()
        visit = accept_offer(offer=offer, by=self.request.user)
        messages.success(self.request, booked([visit]))
        return HttpResponseRedirect(reverse("desk:visit", args=[visit.reference]))

    def back(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(get_valid_next_url_from_request(self.request) or reverse("desk:waitlist"))
