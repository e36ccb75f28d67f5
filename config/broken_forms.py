"""Forms and addresses of the back office as no browser sends them: a field is missing, or holds what its widget never
writes; an address names a row by what can be no key, or a place to go on to that is none.

Wagtail takes for granted what its own scripts put together and fails over anything else. It is not our fault but
the sender's, so the answer to a form is 400, and to an address 404. Whatever was done before somebody was to go on
to nowhere is done: they go on to the first page.
"""

import logging
from traceback import walk_tb
from types import FrameType

from django.core.exceptions import ValidationError
from django.core.handlers.exception import response_for_exception
from django.db import DatabaseError, DataError, InterfaceError, models
from django.forms import BaseFormSet, Field, Widget
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.chooser import CreateViewMixin

from config.policy import BACK_OFFICE

log = logging.getLogger(__name__)
# What Django calls of a widget, a field or a list of forms, https://docs.djangoproject.com/en/5.2/ref/forms/;
# blocks have the first too.
READERS: dict[str, type] = {
    "value_from_datadict": object,
    "to_python": Field,
    "render": Widget,
    "_construct_form": BaseFormSet,  # of a row that the page never showed
}


class BrokenFormMiddleware(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path_info.startswith(BACK_OFFICE):
            return None
        if is_of_way_on(exception):
            return redirect("wagtailadmin_home")
        is_sent = request.method in {"POST", "PUT"}
        if not is_of_key(exception) and not (is_sent and is_of_form(exception)):
            return None
        log.warning("This could not be read: %s", request.path_info, exc_info=exception)
        if not is_sent:
            return response_for_exception(request, Http404())
        words = _("This form did not arrive whole. Go back, load the page again and send it once more.")
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")


def is_of_form(fault: Exception) -> bool:
    """Whether `fault` came up while a form was read, and not because the database or the store was away."""
    if isinstance(fault, DatabaseError | InterfaceError | OSError):
        return False
    return isinstance(fault, MultiValueDictKeyError) or any(map(is_reader, walk_tb(fault.__traceback__)))


def is_of_key(fault: Exception) -> bool:
    """Whether `fault` says that a row was looked for by what its column cannot hold."""
    if isinstance(fault, DataError):
        return "NUL" in str(fault)
    if not isinstance(fault, ValueError | TypeError | ValidationError):
        return False
    place = [each for each, _line in walk_tb(fault.__traceback__)]
    return any(
        frame.f_code.co_name == "get_prep_value" and isinstance(frame.f_locals.get("self"), models.Field)
        for frame in place
    )


def is_of_way_on(fault: Exception) -> bool:
    """Whether `fault` says that there is no such place to go on to, as `?next=` has named it."""
    places = [frame.f_code.co_name for frame, _line in walk_tb(fault.__traceback__)]
    return isinstance(fault, NoReverseMatch) and "resolve_url" in places


def is_reader(place: tuple[FrameType, int]) -> bool:
    """Whether this is where Django has what was sent read, understood, or shown again."""
    frame = place[0]
    name, who = frame.f_code.co_name, frame.f_locals.get("self")
    if isinstance(who, CreateViewMixin):  # of a chooser; what can only be chosen there has no form
        return name == "post" and who.form is None
    kind = READERS.get(name)
    return kind is not None and isinstance(who, kind)
