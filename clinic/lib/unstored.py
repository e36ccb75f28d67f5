"""Answers that no cache keeps."""

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers

packer = GZipMiddleware(lambda _request: HttpResponse())


def unstored(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` for no cache to keep, as gzip where the browser takes it: only what is stored is packed elsewhere.

    For pages without anything secret: what is packed together with what a stranger typed can be guessed by its length
    (BREACH).
    """
    add_never_cache_headers(response)
    packer.process_response(request, response)
    return response
