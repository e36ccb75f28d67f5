"""Answers that other sites may show in a frame: those that administrators have allowed, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

from clinic.booking.queries import framing_sites

View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """Let the allowed sites frame the answers of `view`, which is told the one around it as `host`, "" for none.

    They are named by the content policy alone: X-Frame-Options knows no list, and some browsers ask both. Where no
    site is allowed it stays, as everywhere else. Which site it is, the script of the frame says in `?site=`.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        origins = framing_sites(request)
        named = request.GET.get("site", "")
        told = {**kwargs, "host": named if named in origins else ""}
        if not origins:
            return view(request, *args, **told)
        allowed: View = xframe_options_exempt(csp_update({"frame-ancestors": origins})(view))
        return allowed(request, *args, **told)

    return answer
