"""The question for the code that proves a contact, where the clinic asks for one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from clinic.booking.choices import Choice
from clinic.booking.codes import Claim, CodeRefused, is_proven, open_code, prove, send_code
from clinic.booking.floods import CODES
from clinic.booking.forms import CROWDED, DetailsForm
from clinic.booking.queries import is_answered
from clinic.booking.steps import steps
from clinic.booking.wording import language
from clinic.lib.phone import for_reading
from clinic.messaging.enums import Channel
from clinic.scheduling.actions import extend_hold
from clinic.scheduling.models import Hold


def question_for(
    request: HttpRequest, choice: Choice, form: DetailsForm, *, hold: Hold | None, token: str
) -> HttpResponse | None:
    """The page that asks for the code of a valid `form`; None when there is nothing to ask, or it was right.

    The first time, and whenever `again` is pressed, a code is sent. Raises `CodeRefused("limit")` when none may be
    sent, and none can be typed.
    """
    claim = form.claim
    if claim is None or is_answered(claim.key) or is_proven(claim):
        return None
    wants_another = "again" in request.POST
    fault: str | Promise = ""
    status = 200
    try:
        if "code" in request.POST and not wants_another:
            prove(claim, request.POST["code"])
            return None
        if wants_another or open_code(claim) is None:
            send(request, claim, hold=hold)
    except CodeRefused as refusal:
        if refusal.code == "limit" and open_code(claim) is None:
            raise
        fault, status = refusal.message, 429 if refusal.code == "limit" else 422
    context = {
        "noindex": True,
        "steps": steps(4, times_url=choice.times_url(hold=token) if hold else choice.times_url(), has_code=True),
        "choice": choice,
        "hold": hold,
        "typed": {**form.typed, "key": claim.key},
        "address": for_reading(claim.address) if claim.channel == Channel.SMS else claim.address,
        "by_sms": claim.channel == Channel.SMS,
        "reason": CROWDED[form.crowded[0]] if form.crowded else "",
        "fault": fault,
        "was_sent_again": wants_another and not fault,
    }
    return render(request, "booking/code.html", context, status=status)


def send(request: HttpRequest, claim: Claim, *, hold: Hold | None) -> None:
    """Send a code, and keep the time for as long as it can be typed. Raises `CodeRefused("limit")`."""
    if CODES.is_reached(request):
        raise CodeRefused("limit")
    send_code(claim, language=language())
    CODES.count(request)
    if hold is not None:
        extend_hold(hold=hold)
