import factory
from factory.django import DjangoModelFactory

from clinic.audit.models import AuditEvent
from clinic.lib.references import new_reference
from tests.factories.accounts import UserFactory


class AuditEventFactory(DjangoModelFactory[AuditEvent]):
    actor = factory.SubFactory(UserFactory)
    actor_name = factory.LazyAttribute(lambda row: str(row.actor))
    verb = "appointment.booked"
    subject_type = "appointment"
    subject = factory.LazyFunction(new_reference)

    class Meta:
        model = AuditEvent
