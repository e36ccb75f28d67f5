"""The status is for everybody, the details for staff."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from clinic.accounts.models import User

pytestmark = pytest.mark.django_db


def test_everybody_learns_that_the_site_is_ready_and_nothing_more(client: Client) -> None:
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_somebody_who_is_no_staff_learns_no_more(client: Client) -> None:
    client.force_login(User.objects.create_user("patient"))
    assert client.get("/health/ready/").json() == {"status": "ok"}


def test_staff_see_each_part(client: Client) -> None:
    staff = User.objects.create_user("reem")
    staff.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(staff)
    checks = client.get("/health/ready/").json()["checks"]
    assert checks == dict.fromkeys(("database", "migrations", "cache", "broker"), "ok")


def test_a_migration_that_is_missing_makes_the_site_unready(client: Client) -> None:
    recorder = MigrationRecorder(connection)
    newest = recorder.migration_qs.filter(app="audit").latest("id")
    recorder.record_unapplied("audit", newest.name)
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert client.get("/health/live/").status_code == 200
