"""Documents under opaque addresses. Who may read one is Wagtail's to decide, at each request."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import get_language
from wagtail.documents.views import serve

from content.models import ClinicDocument
from content.passwords import open_document

RETRY_AFTER = "30"  # seconds


def serve_document(request: HttpRequest, reference: str, filename: str) -> HttpResponseBase:
    """The file, if both its reference and its name are right; 404 otherwise, and 503 while the store is away.

    A document in a bucket is answered with its signed address, which opens it for some minutes.
    """
    document = get_object_or_404(ClinicDocument, reference=reference)
    try:
        answer = serve.serve(request, document.pk, filename)
        if is_stored_elsewhere(answer) and not document.file.storage.exists(document.file.name):
            raise Http404
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return show_away(request)
    if is_stored_elsewhere(answer):
        answer["Cache-Control"] = "private, no-store"
    # Asked for each time: a network before the site must not hand out what is closed to others, or was closed since.
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer


def is_stored_elsewhere(answer: HttpResponseBase) -> bool:
    """Whether `answer` leads to the file in a bucket, and not to a page that asks for a password."""
    return answer.status_code == 302 and getattr(default_storage, "is_remote", False) and "X-Amz-" in answer["Location"]


def show_away(request: HttpRequest) -> HttpResponse:
    """Says that the document exists and cannot be fetched now."""
    here = get_language() or settings.LANGUAGE_CODE
    languages = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != here)
    answer = render(request, "content/document_away.html", {"noindex": True, "languages": languages}, status=503)
    answer["Retry-After"] = RETRY_AFTER
    answer["Cache-Control"] = "no-store"
    return answer


urlpatterns = [
    # Named as Wagtail names them, for its own code to find. The first numbers a restriction; references are longer.
    path(
        "password/<int:restriction_id>/",
        open_document,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("<slug:reference>/<path:filename>", serve_document, name="wagtaildocs_serve"),
]
