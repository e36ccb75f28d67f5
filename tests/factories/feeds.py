import factory
from factory.django import DjangoModelFactory

from clinic.scheduling.models import CalendarFeed
from tests.factories.accounts import UserFactory
from tests.factories.scheduling import START


class CalendarFeedFactory(DjangoModelFactory[CalendarFeed]):
    """The address of somebody who is no practitioner yet: it opens nothing."""

    user = factory.SubFactory(UserFactory)
    opened_at = START

    class Meta:
        model = CalendarFeed
