"""Who may rebuild the website data: staff with the permission, from this site, or a program with a key."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _

from clinic.accounts.enums import Scope
from clinic.accounts.keys import find_key
from clinic.accounts.models import ApiKey
from home.website_data.answers import refusal

PERMISSION = "accounts.rebuild_website_data"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="website data"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """A person of the staff or a key; never both."""

    user: AbstractBaseUser | None = None
    key: ApiKey | None = None


def caller_of(request: HttpRequest) -> Caller | HttpResponse:
    """Who sends `request`, or the answer that refuses it. A key that is sent counts, and no session beside it."""
    text = sent_key(request)
    return program(text) if text is not None else staff(request)


def program(text: str) -> Caller | HttpResponse:
    key = find_key(text)
    if key is None:
        return refusal(_("This key is wrong, expired or revoked."), status=401, headers=CHALLENGE)
    if Scope.REBUILD_WEBSITE_DATA not in key.scopes:
        return refusal(_("This key may not do that."), status=403)
    return Caller(key=key)


def staff(request: HttpRequest) -> Caller | HttpResponse:
    user = request.user
    if not user.is_authenticated:
        return refusal(_("Sign in, or send an API key."), status=401, headers=CHALLENGE)
    if is_forged(request):
        return refusal(_("The request does not come from this site."), status=403)
    if not user.has_perm(PERMISSION):
        return refusal(_("You may not do that."), status=403)
    return Caller(user=user)


def sent_key(request: HttpRequest) -> str | None:
    """The key in `Authorization: Bearer …` or `X-API-Key`; None when neither is sent."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return text.strip()
    return request.headers.get("X-API-Key")


def is_forged(request: HttpRequest) -> bool:
    """Whether the token against forged requests is missing: a browser sends a session along by itself."""
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda _request: HttpResponse(), (), {}) is not None
