"""The one form of every answer: `{"status", "data", "message", "timestamp"}`."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from clinic.lib import clock


def answer(
    data: Any, message: object, *, status: int = 200, at: datetime | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """`at` is when the data were made, else now. `status` below 400 is a "success"."""
    body = {
        "status": "success" if status < 400 else "error",
        "data": data,
        "message": str(message),
        "timestamp": (at or clock.now()).isoformat(timespec="milliseconds"),
    }
    text = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status, headers=headers)
    response["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def refusal(message: object, *, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return answer(None, message, status=status, headers=headers)


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with its ETag, or 304 for whoever has it already. Kept by nobody without asking."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
