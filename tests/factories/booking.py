"""Sites that may show the booking."""

import factory
from factory.django import DjangoModelFactory
from wagtail_factories import SiteFactory

from clinic.booking.models import BookingWidget, WidgetHost


class BookingWidgetFactory(DjangoModelFactory[BookingWidget]):
    site = factory.SubFactory(SiteFactory)

    class Meta:
        model = BookingWidget


class WidgetHostFactory(DjangoModelFactory[WidgetHost]):
    widget = factory.SubFactory(BookingWidgetFactory)
    origin = factory.Sequence(lambda n: f"https://partner-{n}.example")

    class Meta:
        model = WidgetHost
