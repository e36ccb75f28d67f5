"""Name, phone and e-mail, and where the clinic asks for it a code; then the visit is booked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.booking.choices import Choice, choice_or_404, service_or_404
from clinic.booking.codes import CodeRefused, channel_of
from clinic.booking.floods import BOOKINGS
from clinic.booking.forms import DetailsForm, new_key
from clinic.booking.holds import find_hold_of, let_go
from clinic.booking.privacy import personal
from clinic.booking.rules import SENDER
from clinic.booking.steps import steps
from clinic.booking.views.codes import question_for
from clinic.booking.views.refusals import taken
from clinic.booking.views.times import see_other
from clinic.booking.wording import language
from clinic.lib import clock
from clinic.scheduling.actions import BookingRefused, RequestMismatch, book_appointment
from clinic.scheduling.availability import free_slots
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.links import view_token
from clinic.scheduling.models import Hold

# Refusals that another time would not help: the form is shown again.
TRY_AGAIN = {"limit", "busy"}


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for the chosen visit, and its booking. See the docstring of the package for fields and statuses."""
    data = request.POST if request.method == "POST" else request.GET
    choice = choice_or_404(service_or_404(slug), data)
    token = data.get("hold", "")
    hold = find_hold_of(choice, token) if token else None
    if request.method == "POST" and "edit" in request.POST:
        form = DetailsForm(initial=request.POST.dict(), code_by=channel_of(choice.service))
        return page(request, choice, form, hold=hold, token=token)
    if request.method == "POST":
        return book(request, choice, hold=hold, token=token)
    if hold is None and not is_free(choice):
        return taken(request, choice)
    form = DetailsForm(initial={"key": new_key()}, code_by=channel_of(choice.service))
    return page(request, choice, form, hold=hold, token=token)


def book(request: HttpRequest, choice: Choice, *, hold: Hold | None, token: str) -> HttpResponse:
    code_by = channel_of(choice.service)
    form = DetailsForm(request.POST, code_by=code_by)
    if not form.is_valid():
        return page(request, choice, form, hold=hold, token=token, status=422)
    if BOOKINGS.is_reached(request):
        form.add_error(None, str(BookingRefused("busy").message))
        return page(request, choice, form, hold=hold, token=token, status=429)
    try:
        question = question_for(request, choice, form, hold=hold, token=token)
    except CodeRefused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, choice, form, hold=hold, token=token, status=429)
    return question or write(request, choice, form, hold=hold, token=token)


def write(request: HttpRequest, choice: Choice, form: DetailsForm, *, hold: Hold | None, token: str) -> HttpResponse:
    """Book what the valid form says."""
    try:
        appointment = book_appointment(
            service=choice.service,
            practitioner=choice.practitioner,
            location=choice.location,
            starts_at=choice.starts_at,
            contact=form.contact,
            language=language(),
            source=BookingSource.SITE,
            by=None,
            note=form.cleaned_data["note"],
            hold=hold,
            sender=SENDER,
            key=form.cleaned_data["key"],
            proven=form.code_by,
        )
    except BookingRefused as refusal:
        if refusal.code in TRY_AGAIN:
            form.add_error(None, str(refusal.message))
            return page(request, choice, form, hold=hold, token=token, status=409)
        return taken(request, choice, message=refusal.message, typed=form.typed)
    except RequestMismatch:
        form = DetailsForm({**request.POST.dict(), "key": new_key()}, code_by=channel_of(choice.service))
        form.add_error(
            None,
            _(
                "This form was sent before with other details, and that visit is booked: the confirmation is in your "
                "e-mail. To book a second visit, send the form once more."
            ),
        )
        return page(request, choice, form, hold=hold, token=token, status=409)
    if token and hold is None:
        let_go(token)  # another time than the one it kept
    BOOKINGS.count(request)
    return see_other(reverse("booking:visit", args=[view_token(appointment)]))


def page(
    request: HttpRequest, choice: Choice, form: DetailsForm, *, hold: Hold | None, token: str, status: int = 200
) -> HttpResponse:
    times_url = choice.times_url(hold=token) if hold else choice.times_url()
    context: dict[str, Any] = {
        "noindex": True,
        "form": form,
        "steps": steps(3, times_url=times_url, has_code=bool(form.code_by)),
        "choice": choice,
        "hold": hold,
        "hold_token": token if hold else "",
        "hold_is_over": bool(token) and hold is None,
        "times_url": times_url,
    }
    return render(request, "booking/details.html", context, status=status)


def is_free(choice: Choice) -> bool:
    slots = free_slots(
        service=choice.service,
        first_day=clock.local_day(choice.starts_at, choice.location.time_zone),
        days=1,
        practitioners=[choice.practitioner.pk],
        location=choice.location.pk,
    )
    return any(slot.starts_at == choice.starts_at for slot in slots)
