"""Booking for a caller, on one screen that works without its script."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from clinic.desk.basket import describe
from clinic.desk.caller import prefill, search
from clinic.desk.drafts import Draft, Unready
from clinic.desk.forms.booking import WhatForm, WhoForm
from clinic.desk.forms.extras import RepeatForm, SqueezeForm
from clinic.desk.queries import patients_for
from clinic.desk.times import clinic_today, in_columns, named, read_day, times_of
from clinic.desk.undoing import say_done
from clinic.desk.views.reach import DeskView
from clinic.lib import clock
from clinic.patients.queries import known_by
from clinic.scheduling.actions import (
    Booking,
    BookingRefused,
    ChangeRefused,
    RequestMismatch,
    TogetherRefused,
    book_together,
)
from clinic.scheduling.availability import nearest_free
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import Appointment

WHO = ("patient", "contact_name", "contact_phone", "contact_email", "query")
ONE_VISIT = ("time", "occurrence", "preview", "unit", "every", "times", "weekdays", "squeeze_at", "overbooked", "note")


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
        deed = data.get("do")
        if "pick" in data:
            prefill(data, str(data["pick"]), patients=patients_for(request.user))
        elif "drop" in data:
            items = data.getlist("item")
            data.setlist("item", [each for number, each in enumerate(items) if str(number) != data["drop"]])
        elif deed == "forget":
            for name in WHO:
                data[name] = ""
        elif week := read_day(data.get("week")):
            data["day"] = week.isoformat()
        elif deed in ("book", "add", "preview"):
            return self.take(data, deed)
        return self.show(data)

    def take(self, data: QueryDict, deed: str) -> HttpResponse:
        """Book, put aside or look ahead to what was typed; or show it again with its faults."""
        draft = Draft(data, user=self.request.user, patients=patients_for(self.request.user))
        try:
            if deed == "book":
                return self.book(draft)
            if deed == "add":
                return self.add(draft)
            draft.look_ahead()
        except Unready as fault:
            return self.show(data, draft=draft, time_fault=str(fault), status=fault.status)
        return self.show(data, draft=draft)

    def add(self, draft: Draft) -> HttpResponse:
        """Put the visit aside; the next one is asked for, of the same caller until somebody else is chosen."""
        draft.put_aside()
        for name in ONE_VISIT:
            draft.data.pop(name, None)
        return self.show(draft.data)

    def book(self, draft: Draft) -> HttpResponse:
        bookings = draft.all_bookings()
        try:
            visits = book_together(
                bookings=bookings,
                source=BookingSource.WALK_IN if draft.is_here else BookingSource.DESK,
                by=self.request.user,
                sender=draft.sender,
                key=draft.key,
                has_arrived=draft.is_here,
            )
        except BookingRefused as refusal:
            return self.refused(draft, bookings, refusal)
        except ChangeRefused:
            return self.refused(draft, bookings, fault=_("Whoever is here already is booked for today."))
        except RequestMismatch:
            fault = _("This form was sent before, with another content. Check it and book again.")
            return self.refused(draft, bookings, fault=fault)
        say_done(self.request, booked(visits))
        return redirect(self.way_on(visits))

    def way_on(self, visits: Sequence[Appointment]) -> str:
        first = visits[0]
        if len(visits) == 1:
            return reverse("desk:visit", args=[first.reference])
        if len({visit.patient_id for visit in visits}) == 1:
            return reverse("desk_patients:patient", args=[first.patient.reference])
        day = clock.local_day(first.starts_at, first.location.time_zone)
        return f"{reverse('desk:index')}?day={day.isoformat()}"

    def refused(
        self, draft: Draft, bookings: Sequence[Booking], refusal: BookingRefused | None = None, *, fault: str = ""
    ) -> HttpResponse:
        """Say why, keep what was typed, and offer the nearest free times. The next try is a new request."""
        data, nearest = draft.data, None
        if refusal:
            fault = str(refusal.message)
            number = refusal.number if isinstance(refusal, TogetherRefused) else 0
            refused = bookings[number]
            if len(bookings) > 1:
                names = {"visit": describe(refused), "fault": fault}
                fault = _("%(visit)s: %(fault)s None of the visits was booked.") % names
            if number >= len(draft.items) and not draft.is_series:
                wish = refused.wish
                slots = nearest_free(
                    service=wish.service,
                    practitioner_id=wish.practitioner.pk,
                    location_id=wish.location.pk,
                    around=wish.starts_at,
                    ignore_notice=True,
                )
                nearest, data["time"] = in_columns(slots, *named(slots)), ""
        data["key"] = WhoForm.new_key()
        draft.look_again()
        return self.show(data, draft=draft, time_fault=fault, nearest=nearest, status=409)

    def show(self, data: QueryDict, *, draft: Draft | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """The page with `data` in its fields; faults only where a draft was read of it."""
        patients = patients_for(self.request.user)
        data.setdefault("day", clinic_today().isoformat())
        if not data.get("key"):
            data["key"] = WhoForm.new_key()
        asked = draft.what if draft else WhatForm(data)
        times = times_of(asked, data)
        initial = {**data.dict(), "weekdays": data.getlist("weekdays")}
        draft_or_new = draft or Draft(data, user=self.request.user, patients=patients)
        known = known_by(str(data.get("patient", "")), among=patients)
        text = data.get("query", "").strip()
        context = self.get_context_data(
            what=asked if draft or data.get("service") else WhatForm(initial=initial),
            who=draft.who if draft and draft.has_asked_who else WhoForm(initial=initial, patients=patients),
            repeat=draft.repeat if draft else RepeatForm(initial=initial),
            squeeze=(draft.squeeze if draft else SqueezeForm(initial=initial)) if draft_or_new.may_squeeze else None,
            items=draft_or_new.items,
            lost_items=draft_or_new.lost_items,
            series=draft.series if draft else None,
            preview=draft.preview if draft else "",
            is_here=draft_or_new.is_here,
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


def booked(visits: Sequence[Appointment]) -> str:
    first = visits[0]
    if len(visits) > 1:
        return ngettext("%(number)d visit is booked.", "%(number)d visits are booked.", len(visits)) % {
            "number": len(visits)
        }
    words = {"name": first.contact_name, "reference": first.spoken_reference, "token": first.token}
    if first.token:
        return _("%(name)s is here, with the number %(token)s. Reference: %(reference)s") % words
    return _("Booked for %(name)s. Reference: %(reference)s") % words
