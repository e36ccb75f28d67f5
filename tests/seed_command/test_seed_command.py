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


@pytest.mark.parametrize("arguments", [(), ("--no-demo",)])
def test_a_real_clinic_gets_pages_and_directory_without_people_or_accounts(
    settings: Settings, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    settings.DEMO_CLINIC, settings.DATA_DIR = False, tmp_path
    told = io.StringIO()
    call_command("seed", *arguments, stdout=told)
    assert "No patients, visits or accounts were invented" in told.getvalue()
    assert Service.objects.count() == 20
    assert not User.objects.exists()
    assert not Patient.objects.exists()
    assert not list(tmp_path.iterdir())


def test_a_real_clinic_that_wants_to_try_gets_invented_people_too(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO_CLINIC, settings.DATA_DIR = False, tmp_path
    call_command("seed", "--demo", verbosity=0)
    assert Patient.objects.count() == 300
    assert (tmp_path / "accounts.json").exists()


def test_the_command_tells_what_it_loads_and_takes_another_day_for_today(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO_CLINIC, settings.DATA_DIR = True, tmp_path
    told = io.StringIO()
    call_command("seed", "--today", "2027-05-12", stdout=told)
    lines = told.getvalue().splitlines()
    assert len(lines) == 11
    assert "synthetic patients: 300 created" in told.getvalue()
    assert lines[-1] == "Visits lie around 2027-05-12, random seed 1446."
    days = set(Appointment.objects.values_list("starts_at__date", flat=True))
    assert {date(2027, 5, 12), date(2027, 5, 20), date(2027, 5, 24), date(2027, 5, 26)} <= days
    holidays = {date(2027, 5, day) for day in (15, 16, 17, 18, 19, 25)}
    assert not days & holidays
