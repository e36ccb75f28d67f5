"""Images that editors have uploaded, for browsers. Documents are not here: Wagtail checks who may read them."""

import mimetypes
import posixpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

PUBLIC_FOLDERS = ("images/", "original_images/")
YEAR = 365 * 24 * 3600  # seconds


@require_safe
def serve_media(request: HttpRequest, path: str) -> FileResponse:
    """The image at `path` of the media storage. Raises Http404 for anything that is not a public image."""
    kind = mimetypes.guess_type(path)[0] or ""
    # "images/../documents/x.svg" stays in the storage, but leaves the public folders.
    if posixpath.normpath(path) != path or not path.startswith(PUBLIC_FOLDERS) or not kind.startswith("image/"):
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousFileOperation, ValueError):  # the last for a NUL
        raise Http404 from None
    response = FileResponse(file, content_type=kind)
    # A name is never used for another picture: an upload and each size of it get names of their own.
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    # An SVG is an image here, never a page: opened by itself it runs no script in the clinic's name.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response
