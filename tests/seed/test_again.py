"""A second load: nothing changes, nothing comes back, nothing is overwritten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from wagtail.models import Page

from clinic.accounts.models import User
from clinic.directory.models import Practitioner, Service, WorkingHours
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment
from content.models import ClinicImage, StandardPage
from home.models import Menu, Partner, SiteIdentity
from home.starter.models import LoadedItem
from home.starter.parts import load_parts
from tests.seed.conftest import MOMENT

pytestmark = pytest.mark.usefixtures("clinic")
LATER = replace(MOMENT, now=MOMENT.now + timedelta(days=10), today=MOMENT.today + timedelta(days=10))


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours and of Wagtail's."""
    labels = {"directory", "patients", "scheduling", "audit", "messaging", "accounts", "starter", "home", "content"}
    models = [model for label in labels | {"wagtailcore"} for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def load(moment: Any = LATER) -> dict[str, int]:
    return {each.part.name: each.created for each in load_parts(moment, demo=True)}


def test_loading_twice_changes_nothing_also_on_a_later_day() -> None:
    before = everything()
    assert set(load().values()) == {0}
    assert everything() == before


def test_what_an_editor_changed_stays_changed() -> None:
    Service.objects.filter(slug="ecg").update(name_en="Heart tracing", duration=25)
    WorkingHours.objects.filter(practitioner__slug="layla-haddad").delete()
    page = StandardPage.objects.get(slug="about", locale__language_code="ar")
    page.title = "عن العيادة"
    page.save_revision().publish()
    menu = Menu.objects.get(locale__language_code="en")
    menu.items = []
    menu.save_revision().publish()
    SiteIdentity.objects.update(name_en="Al-Shifa")
    before = everything()
    assert set(load().values()) == {0}
    assert everything() == before


def test_what_an_editor_deleted_stays_deleted() -> None:
    Appointment.objects.filter(practitioner__slug="ziad-batayneh").delete()
    Practitioner.objects.get(slug="ziad-batayneh").delete()
    Page.objects.get(slug="accessibility", locale__language_code="en").delete()
    Partner.objects.filter(name="Wadi Pharmacies").delete()
    ClinicImage.objects.filter(title="Dr Omar Khalil").delete()
    User.objects.get(username="nurse").delete()
    Patient.objects.filter(appointments=None).delete()
    before = everything()
    assert set(load().values()) == {0}
    assert everything() == before


def test_a_thing_that_a_newer_version_brings_is_added() -> None:
    """Forgetting a key is what a new entry in a seed file looks like."""
    Appointment.objects.filter(service__slug="ecg").delete()
    Service.objects.get(slug="ecg").delete()
    LoadedItem.objects.filter(key="service:ecg").delete()
    assert load()["locations, specialties, services, rooms and closures"] == 1
    assert Service.objects.filter(slug="ecg").exists()


def test_a_thing_of_the_same_name_that_was_there_before_is_left_as_it_is() -> None:
    Service.objects.filter(slug="ecg").update(name_en="Ours")
    LoadedItem.objects.filter(key="service:ecg").delete()
    assert load()["locations, specialties, services, rooms and closures"] == 0
    assert Service.objects.get(slug="ecg").name_en == "Ours"
