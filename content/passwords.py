"""The passwords of closed pages and documents: Wagtail's own views, with an end to guessing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from wagtail import views
from wagtail.documents.views import serve

from clinic.lib.floods import Limit

WRONG = Limit("password", "WRONG_PASSWORDS_PER_VISITOR")


def limited(view: Callable[..., HttpResponseBase], request: HttpRequest, **place: Any) -> HttpResponseBase:
    """`view` answers, and each wrong password counts; after too many within an hour none is looked at (429)."""
    if request.method != "POST":
        return view(request, **place)
    if WRONG.is_reached(request):
        return render(request, "wagtailcore/password_refused.html", {"noindex": True}, status=429)
    answer = view(request, **place)
    if answer.status_code == 200:  # the form again
        WRONG.count(request)
    return answer


def open_page(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponseBase:
    return limited(
        views.authenticate_with_password,
        request,
        page_view_restriction_id=page_view_restriction_id,
        page_id=page_id,
    )


def open_document(request: HttpRequest, restriction_id: int) -> HttpResponseBase:
    return limited(serve.authenticate_with_password, request, restriction_id=restriction_id)
