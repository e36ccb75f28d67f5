"""Wagtail's history of the site is open to everybody who signs in: it must not name people."""

import pytest
from django.test import Client

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from clinic.patients.models import Patient
from tests.accounts.cast import person
from tests.desk.conftest import Clinic, signed_in

ADDRESSES = ("/admin/reports/site-history/", "/admin/reports/site-history/results/?export=csv")


def shown_to(client: Client) -> str:
    return "".join(client.get(address).getvalue().decode() for address in ADDRESSES)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.NURSE, Role.RECEPTIONIST, Role.ADMINISTRATOR])
def test_a_patient_who_is_registered_is_named_to_nobody(desk: Client, clinic: Clinic, role: Role) -> None:
    typed = {"name_en": "Zainab Khoury", "gender": "unknown", "language": "en", "origin": "desk"}
    desk.post("/admin/patients/new/", typed)

    assert Patient.objects.filter(name_en="Zainab Khoury").exists()
    assert AuditEvent.objects.filter(verb="patient.created").exists()
    assert "Zainab" not in shown_to(signed_in(person("somebody", role=role)))


def test_reception_does_not_read_of_accounts_that_are_made(clinic: Clinic) -> None:
    admin = signed_in(person("admin", role=Role.ADMINISTRATOR))
    password = {"password1": "a long pass phrase", "password2": "a long pass phrase"}
    typed = {"username": "zaid", "email": "zaid@clinic.example", "first_name": "Zaid", "last_name": "Nimri"}
    admin.post("/admin/users/new/", {**typed, **password})

    assert AuditEvent.objects.filter(verb="user.created").exists()
    shown = shown_to(signed_in(person("rania", role=Role.RECEPTIONIST)))
    assert "zaid" not in shown
    assert "Zaid" not in shown
