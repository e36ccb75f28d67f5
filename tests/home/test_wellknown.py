"""robots.txt, security.txt and the manifest."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from home.models import SiteIdentity
from tests.home.website import Website


def test_security_txt_names_a_contact_and_has_not_expired(client: Client, website: Website, settings: Settings) -> None:
    settings.SITE_URL = "https://clinic.example"
    identity = SiteIdentity.for_site(website.site)
    identity.email = "hello@clinic.example"
    identity.save()
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(
        line.split(": ", 1) for line in response.content.decode().splitlines() if ": " in line and line[0] != "#"
    )
    assert fields["Contact"] == "mailto:hello@clinic.example"
    assert fields["Canonical"] == "https://clinic.example/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en, ar"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=365)


def test_security_txt_is_there_while_the_database_is_away(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(SiteIdentity, "for_request", away)
    settings.DEFAULT_FROM_EMAIL = "Clinic <desk@clinic.example>"
    assert "Contact: mailto:desk@clinic.example" in client.get("/.well-known/security.txt").content.decode()


def test_the_manifest_names_the_clinic_and_its_icons(client: Client, website: Website) -> None:
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    answer = response.json()
    assert answer["name"] == "Iyada Clinic"
    assert {icon["sizes"] for icon in answer["icons"]} == {"any", "192x192", "512x512"}
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/en/").content.decode()
