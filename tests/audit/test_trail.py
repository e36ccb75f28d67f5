"""Events are added and never changed: the database itself refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from clinic.audit.actions import record_event
from clinic.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> AuditEvent:
    return record_event("appointment.booked", subject_type="appointment", subject="K7QMW4TZDH", by=None)


@pytest.fixture(autouse=True)
def as_in_production() -> None:
    """The suite may empty tables between tests; a running clinic may not."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL iyada.audit_retention = ''")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET verb = 'nothing'",
        "UPDATE audit_auditevent SET actor_name = 'somebody else'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ],
)
def test_an_event_cannot_be_changed_or_removed(event: AuditEvent, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="never changed or removed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    event.refresh_from_db()
    assert event.verb == "appointment.booked"


def test_even_when_its_time_is_over_an_event_is_removed_and_never_changed(event: AuditEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL iyada.audit_retention = 'ended'")
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(verb="nothing")
    event.delete()
    assert not AuditEvent.objects.exists()


def test_an_event_outlives_the_person(event: AuditEvent) -> None:
    from tests.accounts.cast import person

    rania = person("rania")
    mark = record_event("user.signed_out", subject_type="user", subject="1", by=rania)
    rania.delete()
    mark.refresh_from_db()
    assert mark.actor_name == "Rania Staff"
