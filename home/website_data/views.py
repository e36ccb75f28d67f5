"""Plain views (see docs/decisions/0033): two addresses, and one form for every answer, faults included."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from clinic.audit.actions import record_event
from clinic.lib.floods import Limit
from home.website_data.answers import answer, conditional, refusal
from home.website_data.callers import Caller, caller_of
from home.website_data.store import KEYS, LANGUAGES, WHOLE, Entry, read, rebuild

ALL = "all"
REBUILDS = Limit("website-data-rebuilds", setting="REBUILDS_PER_CALLER")
HOUR = "3600"  # seconds


def show(request: HttpRequest) -> HttpResponse:
    """GET: everything, or one `part`, in one `lang` or in all."""
    with override(message_language(request)):
        if request.method not in {"GET", "HEAD"}:
            return wrong_method("GET, HEAD")
        part, language = request.GET.get("part", WHOLE), request.GET.get("lang", ALL)
        if part not in KEYS:
            return refusal(_("There is no such part. There are: %(parts)s.") % {"parts": ", ".join(KEYS)}, status=400)
        if language not in {*LANGUAGES, ALL}:
            known = ", ".join((*LANGUAGES, ALL))
            return refusal(_("There is no such language. There are: %(languages)s.") % {"languages": known}, status=400)
        entry = read(part)
        data = entry.data if language == ALL else entry.data[language]
        response = conditional(request, answer(data, _("The website data."), at=entry.built_at))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt  # a key needs none; a session is asked for one in callers.py
def update(request: HttpRequest) -> HttpResponse:
    """POST: rebuild every key, and say what was rebuilt."""
    with override(message_language(request)):
        if request.method != "POST":
            return wrong_method("POST")
        if REBUILDS.is_reached(request):
            return refusal(_("Too many requests. Try again later."), status=429, headers={"Retry-After": HOUR})
        REBUILDS.count(request)
        caller = caller_of(request)
        if isinstance(caller, HttpResponse):
            return caller
        entries = rebuild_for(caller)
        return answer({"rebuilt": [told(entry) for entry in entries]}, _("The website data are rebuilt."))


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    with override(message_language(request)):
        return refusal(_("There is nothing at this address."), status=404)


def rebuild_for(caller: Caller) -> list[Entry]:
    """Rebuild, with an event that names the person or the key."""
    entries = rebuild()
    record_event(
        "website_data.rebuilt",
        subject_type="apikey" if caller.key else "user",
        subject=caller.key.prefix if caller.key else str(caller.user.pk if caller.user else ""),
        by=caller.user,
        detail={"parts": [entry.key for entry in entries]},
    )
    return entries


def told(entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key,
        "size": len(entry.text.encode()),
        "expires_at": entry.until,
        "stored": bool(entry.stamp),
    }


def wrong_method(allowed: str) -> HttpResponse:
    message = _("This address takes %(methods)s only.") % {"methods": allowed}
    return refusal(message, status=405, headers={"Allow": allowed})


def message_language(request: HttpRequest) -> str:
    """The language asked for, if it is one; else what the middleware has found out about the reader."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else (getattr(request, "LANGUAGE_CODE", "") or LANGUAGES[0])
