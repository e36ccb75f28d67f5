"""Every address under /admin/, walked by strangers: none shows a patient or a visit, and none changes anything."""

import re
from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.desk.views import day
from clinic.messaging.models import Message
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment, Reservation
from tests.accounts.cast import somebody_without_role
from tests.desk.conftest import Clinic, signed_in

# What anybody may ask for: signing in, texts for the script, and what belongs to the person themselves.
OPEN = re.compile(r"^admin/(login|logout|password_reset|jsi18n|sprite)")
# Wagtail's own forms may stumble over an empty POST (its link chooser does); ours may not.
OURS = re.compile(r"^admin/(appointments|patient|practitioner|service|location|room|device|closure|audit|users)")
WATCHED: tuple[type[models.Model], ...] = (Patient, Appointment, Reservation, Message, AuditEvent)
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def admin_routes() -> list[str]:
    return sorted({route for route in addresses(get_resolver()) if route.startswith("admin/")})


def fill(route: str, clinic: Clinic, visit: Appointment) -> str:
    """`route` with arguments that exist: the row of the patient, the reference of the visit."""

    def value(found: re.Match[str]) -> str:
        kind, name = found.groups()
        if name == "reference":
            return clinic.layla.reference if "patient/" in route else visit.reference
        values = {"app_label": "patients", "model_name": "patient", "content_type_app_label": "patients"}
        values |= {"content_type_model_name": "patient", "slug": "patient", "action_type": "delete"}
        if name in values:
            return values[name]
        return {"uuid": "00000000-0000-0000-0000-000000000001"}.get(kind, str(clinic.layla.pk))

    path = ARGUMENT.sub(value, route)
    # Older routes are regular expressions: named groups become a number, the rest is literal.
    path = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", str(clinic.layla.pk), path)
    path = re.sub(r"\([^?][^()]*\)", "1", path)
    return "/" + path.replace("^", "").replace("$", "").replace("\\", "").replace("?", "")


@pytest.fixture
def visit(clinic: Clinic) -> Appointment:
    return clinic.visit(note="Private note of Layla")


def counts() -> list[int]:
    return [model._default_manager.count() for model in WATCHED]


def test_the_walk_sees_all_the_rooms() -> None:
    routes = admin_routes()
    assert len(routes) > 250
    for part in ("admin/appointments/", "admin/patients/", "admin/practitioner/", "admin/audit/", "admin/users/"):
        assert any(route.startswith(part) for route in routes)


def test_nobody_gets_in_without_signing_in(client: Client, clinic: Clinic, visit: Appointment) -> None:
    before = counts()
    for route in admin_routes():
        if OPEN.match(route):
            continue
        path = fill(route, clinic, visit)
        for answer in (client.get(path), client.post(path, {})):
            assert answer.status_code in {302, 403, 404}, path
            if answer.status_code == 302:
                assert "/admin/" in answer["Location"], path
            assert "Layla" not in answer.content.decode(errors="replace"), path
    assert counts() == before


def test_somebody_without_a_role_sees_no_patient_and_no_visit(clinic: Clinic, visit: Appointment) -> None:
    stranger = signed_in(somebody_without_role())
    stranger.raise_request_exception = False
    before = counts()
    shown = []
    for route in admin_routes():
        if "logout" in route:
            continue
        path = fill(route, clinic, visit)
        for answer in (stranger.get(path, {"q": "layla"}), stranger.post(path, {"q": "layla", "query": "layla"})):
            body = answer.getvalue()
            text = body.decode(errors="replace")
            if answer.status_code >= 500 and OURS.match(route):
                shown.append(f"{answer.status_code} {path}")
            shown += [f"{word} in {path}" for word in ("Layla", "ليلى", visit.reference, "+96279123") if word in text]
        if not stranger.session.get("_auth_user_id"):
            stranger.force_login(User.objects.get(username="guest"))
    assert not shown
    assert counts() == before
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == ("booked", 0)


def test_the_walk_would_notice_a_page_that_forgot_to_ask(
    clinic: Clinic, visit: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without its guards the list shows what the walk looks for."""
    stranger = signed_in(somebody_without_role())
    monkeypatch.setattr(day.DayView, "permission_required", None)
    assert "Layla" not in stranger.get("/admin/appointments/").text
    monkeypatch.setattr(day, "visits_for", lambda _user: Appointment.objects.all())
    assert "Layla" in stranger.get("/admin/appointments/").text
