"""`manage.py seed` on an empty database."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from clinic.accounts.models import User
from clinic.directory.models import Service
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


def test_a_real_clinic_gets_pages_and_directory_without_people_or_accounts(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO_CLINIC, settings.DATA_DIR = False, tmp_path
    told = io.StringIO()
    call_command("seed", stdout=told)
    assert "No patients, visits or accounts were invented" in told.getvalue()
    assert Service.objects.count() == 20
    settings.DEMO_CLINIC = True  # the embedded mode, told to leave people out
    call_command("seed", "--no-demo", verbosity=0)
    assert not User.objects.exists()
    assert not Patient.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_real_clinic_that_wants_to_try_gets_invented_people_too_around_the_day_it_names(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO_CLINIC, settings.DATA_DIR = False, tmp_path
    told = io.StringIO()
    call_command("seed", "--demo", "--today", "2027-05-12", stdout=told)
    assert Patient.objects.count() == 300
    assert (tmp_path / "accounts.json").exists()
    lines = told.getvalue().splitlines()
    assert len(lines) == 14
    assert "synthetic patients: 300 created" in told.getvalue()
    assert lines[-1] == "Visits lie around 2027-05-12, random seed 1446."
    days = set(Appointment.objects.values_list("starts_at__date", flat=True))
    assert {date(2027, 5, 12), date(2027, 5, 20), date(2027, 5, 24), date(2027, 5, 26)} <= days
    holidays = {date(2027, 5, day) for day in (15, 16, 17, 18, 19, 25)}
    assert not days & holidays
