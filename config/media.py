"""Images that editors have uploaded, for browsers. Documents are not here: Wagtail checks who may read them."""

import mimetypes
import posixpath
from threading import BoundedSemaphore

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from config.stores import IMMUTABLE, PUBLIC_FOLDERS, StoreFault

# Of the threads of this process, so many may wait for a store; the others go on serving pages.
waiting = BoundedSemaphore(2)
PATIENCE = 1  # seconds
RETRY_AFTER = "5"  # seconds


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The image at `path` of the media storage; 503 while the store is away.

    Raises Http404 for anything that is not a public image.
    """
    kind = mimetypes.guess_type(path)[0] or ""
    # "images/../documents/x.svg" stays in the storage, but leaves the public folders.
    if posixpath.normpath(path) != path or not path.startswith(PUBLIC_FOLDERS) or not kind.startswith("image/"):
        raise Http404
    try:
        file = fetch(path)
    except StoreFault:
        return HttpResponse(status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"})
    except (OSError, SuspiciousFileOperation, ValueError):  # the last for a NUL
        raise Http404 from None
    response = FileResponse(file, content_type=kind)
    # A name is never used for another picture: an upload and each size of it get names of their own.
    response["Cache-Control"] = IMMUTABLE
    response["X-Content-Type-Options"] = "nosniff"
    # An SVG is an image here, never a page: opened by itself it runs no script in the clinic's name.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


def fetch(path: str) -> File:
    """The opened file. Raises StoreFault at once when too many requests wait for a slow store already."""
    if not getattr(default_storage, "is_remote", False):
        return default_storage.open(path)
    if not waiting.acquire(timeout=PATIENCE):
        raise StoreFault("Too many requests wait for the store.")
    try:
        return default_storage.open(path)
    finally:
        waiting.release()
