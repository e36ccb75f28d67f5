"""The Content-Security-Policy of each answer: strict, but for the back office behind its sign-in."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BACK_OFFICE = "/admin/"
# What strangers see of the back office is as strict as the public site.
STRICT = ("/admin/login/", "/admin/password_reset/")


class PolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        path: Any = request.path_info
        if path.startswith(BACK_OFFICE) and not path.startswith(STRICT) and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
            parts.nonce = None
        return parts
