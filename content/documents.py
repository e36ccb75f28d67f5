"""Documents under opaque addresses. Who may read one is Wagtail's to decide, at each request."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.documents.views import serve

from content.models import ClinicDocument


def serve_document(request: HttpRequest, reference: str, filename: str) -> HttpResponseBase:
    """The file, if both its reference and its name are right; 404 otherwise."""
    document = get_object_or_404(ClinicDocument, reference=reference)
    return serve.serve(request, document.pk, filename)


urlpatterns = [
    # Named as Wagtail names them, for its own code to find. The second one numbers a restriction, not a document.
    path("<slug:reference>/<path:filename>", serve_document, name="wagtaildocs_serve"),
    path(
        "password/<int:restriction_id>/",
        serve.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
