"""Booking for a caller, on one screen that works without its script."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from clinic.desk.caller import as_choice, known_by, prefill, search
from clinic.desk.forms.booking import ChosenTime, WhatForm, WhoForm
from clinic.desk.queries import patients_for
from clinic.desk.times import FreeTimes, in_columns, look_for_times, named
from clinic.desk.views.reach import DeskView
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, Contact, RequestMismatch, book_appointment
from clinic.scheduling.availability import nearest_free
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment, BookingRequest


def clinic_today() -> date:
    """Today where the first location is."""
    first = Location.objects.first()
    return clock.now().astimezone(ZoneInfo(first.time_zone if first else "UTC")).date()


def times_of(form: WhatForm, given: QueryDict) -> FreeTimes | None:
    """The free times that a valid `form` asks for; None before a service is chosen."""
    if not form.is_valid():
        return None
    today = clinic_today()
    return look_for_times(
        service=form.cleaned_data["service"],
        first_day=form.first_day(today=today),
        day=read_day(given.get("go")) or read_day(given.get("open")),
        today=today,
        practitioner=form.cleaned_data["practitioner"],
        location=form.cleaned_data["location"],
    )


def read_day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


class BookView(DeskView, TemplateView):
    permission_required = "add"
    template_name = "desk/book.html"
    page_title = pgettext_lazy("at the desk", "Book an appointment")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("desk:index"), "label": _("Appointments")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.GET.copy()
        data["language"] = get_language() or "en"
        if reference := data.get("patient"):
            prefill(data, reference, patients=patients_for(request.user))
        return self.show(data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        patients = patients_for(request.user)
        if "pick" in data:
            prefill(data, str(data["pick"]), patients=patients)
        elif data.get("do") == "forget":
            for name in ("patient", "contact_name", "contact_phone", "contact_email", "query"):
                data[name] = ""
        elif week := read_day(data.get("week")):
            data["day"] = week.isoformat()
        elif data.get("do") == "book":
            return self.book(data)
        return self.show(data)

    def book(self, data: QueryDict) -> HttpResponse:
        """Book what was typed, or show it again with its faults."""
        sender = f"desk:{self.request.user.pk}"
        is_repeated = BookingRequest.objects.filter(sender=sender, key=data.get("key", "").replace("\0", "")).exists()
        what = WhatForm(data)
        who = WhoForm(data, patients=patients_for(self.request.user), is_repeated=is_repeated)
        forms_are_valid = all([what.is_valid(), who.is_valid()])
        chosen = self.read_time(data)
        if not forms_are_valid or chosen is None:
            fault = "" if chosen else _("Choose one of the free times.")
            return self.show(data, what=what, who=who, time_fault=fault, status=422)
        typed = who.cleaned_data
        try:
            visit = book_appointment(
                service=what.cleaned_data["service"],
                practitioner=Practitioner.objects.get(pk=chosen.practitioner),
                location=Location.objects.get(pk=chosen.location),
                starts_at=chosen.starts_at,
                contact=Contact(name=typed["contact_name"], phone=typed["contact_phone"], email=typed["contact_email"]),
                language=typed["language"],
                source=BookingSource.DESK,
                by=self.request.user,
                patient=who.known,
                note=typed["note"],
                sender=sender,
                key=str(typed["key"]),
                ignore_notice=True,
            )
        except BookingRefused as refusal:
            return self.refused(data, what, who, chosen, fault=str(refusal.message))
        except RequestMismatch:
            fault = _("This form was sent before, with another content. Check it and book again.")
            return self.refused(data, what, who, chosen, fault=fault)
        except (Practitioner.DoesNotExist, Location.DoesNotExist):
            return self.show(data, what=what, who=who, time_fault=_("Choose one of the free times."), status=422)
        messages.success(self.request, booked(visit))
        return redirect("desk:visit", visit.reference)

    def refused(self, data: QueryDict, what: WhatForm, who: WhoForm, chosen: ChosenTime, *, fault: str) -> HttpResponse:
        """Say why, keep what was typed, and offer the nearest free times. The next try is a new request."""
        slots = nearest_free(
            service=what.cleaned_data["service"],
            practitioner_id=chosen.practitioner,
            location_id=chosen.location,
            around=chosen.starts_at,
            ignore_notice=True,
        )
        data["key"], data["time"] = WhoForm.new_key(), ""
        return self.show(
            data, what=what, who=who, time_fault=fault, nearest=in_columns(slots, *named(slots)), status=409
        )

    def read_time(self, data: QueryDict) -> ChosenTime | None:
        try:
            return ChosenTime.read(data.get("time", ""))
        except ValueError:
            return None

    def show(
        self,
        data: QueryDict,
        *,
        what: WhatForm | None = None,
        who: WhoForm | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """The page with `data` in its fields; faults only where a bound form is given."""
        patients = patients_for(self.request.user)
        data.setdefault("day", clinic_today().isoformat())
        if not data.get("key"):
            data["key"] = WhoForm.new_key()
        asked = what or WhatForm(data)
        times = times_of(asked, data)
        who = who or WhoForm(initial=data.dict(), patients=patients)
        known = known_by(str(data.get("patient", "")), patients=patients)
        text = data.get("query", "").strip()
        context = self.get_context_data(
            what=asked if what or data.get("service") else WhatForm(initial=data.dict()),
            who=who,
            key=data["key"],
            known=known,
            query=text,
            found=search(text, among=patients) if text and not known else None,
            times=times,
            chosen=data.get("time", ""),
            today=clinic_today(),
            **more,
        )
        return self.render_to_response(context, status=status)


def booked(visit: Appointment) -> str:
    return _("Booked for %(name)s. Reference: %(reference)s") % {
        "name": visit.contact_name,
        "reference": visit.spoken_reference,
    }


class TimesView(DeskView, TemplateView):
    """The free times as a piece of the page, for its script. Nothing personal is asked or told."""

    permission_required = "add"
    template_name = "desk/times.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = WhatForm(self.request.GET)
        times = times_of(form, self.request.GET)
        return {"times": times, "what": form, "today": clinic_today(), "chosen": self.request.GET.get("time", "")}


class FindPatientsView(DeskView, View):
    """The patients that a desk may mean, as JSON. By POST, so that names and phones stay out of logs."""

    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        found = search(request.POST.get("query", ""), among=patients_for(request.user))
        return JsonResponse({"patients": [as_choice(patient) for patient in found]})
