"""Which addresses exist once for each language, and which have none."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

WITHOUT_LANGUAGE = ("/admin/", "/api/", "/documents/", "/health/", "/media/", "/waiting/", settings.STATIC_URL)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, which leads `/doctors/` to `/en/doctors/`; what never has a language is simply not found.

    Any path of words could be a page of the site, so Django would take each for one: a mistyped address of the
    back office would be answered by a redirect to `/en/admin/…`, and only then by 404.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or not request.path_info.startswith(WITHOUT_LANGUAGE):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response
