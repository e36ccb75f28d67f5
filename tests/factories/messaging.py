import factory
from factory.django import DjangoModelFactory

from clinic.lib.references import new_reference
from clinic.messaging.models import Message


class MessageFactory(DjangoModelFactory[Message]):
    """A message that waits. It is about no visit that exists: to queue one as the site does, call the actions."""

    kind = "appointment_booked"
    subject_type = "appointment"
    subject = factory.LazyFunction(new_reference)
    rule = "booked"
    revision = 0
    recipient = factory.Sequence(lambda n: f"patient{n}@example.com")
    language = "en"

    class Meta:
        model = Message
