"""Whom visitors see as the sender."""

import pytest
from django.core import mail
from django.utils.translation import get_language
from pytest_django import Settings
from wagtail.models import Site

from clinic.messaging import sender
from clinic.messaging.delivery import deliver_due
from home.models import SiteIdentity
from tests.messaging.conftest import Queue

pytestmark = pytest.mark.django_db


def test_the_clinic_writes_under_its_name_in_the_language_of_the_mail(
    confirmation: Queue, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Front desk <desk@iyada.example>"
    monkeypatch.setattr(sender, "_sources", [lambda: {"en": "Iyada Clinic", "ar": "عيادة"}[get_language()]])
    confirmation(language="en")
    confirmation(language="ar")

    deliver_due()

    senders = [letter.message()["From"] for letter in mail.outbox]
    assert senders == ["Iyada Clinic <desk@iyada.example>", "=?utf-8?b?2LnZitin2K/YqQ==?= <desk@iyada.example>"]
    assert "عيادة" in mail.outbox[1].body


def test_the_name_of_the_site_is_the_name_of_the_sender(confirmation: Queue, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Front desk <desk@iyada.example>"
    site = Site.objects.get(is_default_site=True)
    SiteIdentity.objects.update_or_create(site=site, defaults={"name_en": "Olive Clinic", "name_ar": "عيادة الزيتون"})
    confirmation(language="en")

    deliver_due()

    assert mail.outbox[0].from_email == "Olive Clinic <desk@iyada.example>"


def test_without_a_name_of_the_site_the_settings_name_the_sender(
    confirmation: Queue, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Front desk <desk@iyada.example>"
    monkeypatch.setattr(sender, "_sources", [])
    confirmation()

    deliver_due()

    assert mail.outbox[0].from_email == "Front desk <desk@iyada.example>"
    assert "Front desk" in mail.outbox[0].body
