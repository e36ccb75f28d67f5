"""Forms of the back office as no browser sends them: a field is missing, or holds what its widget never writes.

Wagtail takes for granted what its own scripts put together and fails over anything else. It is not our fault but
the sender's, so the answer is 400.
"""

import logging
from traceback import walk_tb
from types import FrameType

from django.db import DatabaseError, InterfaceError
from django.forms import Field, Widget
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from config.policy import BACK_OFFICE

log = logging.getLogger(__name__)
# What Django calls of a widget or a field, https://docs.djangoproject.com/en/5.2/ref/forms/; blocks have the first too.
READERS: dict[str, type] = {"value_from_datadict": object, "to_python": Field, "render": Widget}


class BrokenFormMiddleware(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method != "POST" or not request.path_info.startswith(BACK_OFFICE) or not is_of_form(exception):
            return None
        log.warning("A form could not be read: %s", request.path_info, exc_info=exception)
        words = _("This form did not arrive whole. Go back, load the page again and send it once more.")
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")


def is_of_form(fault: Exception) -> bool:
    """Whether `fault` came up while a form was read, and not because the database or the store was away."""
    if isinstance(fault, DatabaseError | InterfaceError | OSError):
        return False
    return isinstance(fault, MultiValueDictKeyError) or any(map(is_reader, walk_tb(fault.__traceback__)))


def is_reader(place: tuple[FrameType, int]) -> bool:
    """Whether this is where Django has what was sent read, understood, or shown again."""
    frame = place[0]
    kind = READERS.get(frame.f_code.co_name)
    return kind is not None and isinstance(frame.f_locals.get("self"), kind)
