"""Sites that may show the booking, and codes that prove a contact."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory
from wagtail_factories import SiteFactory

from clinic.booking.models import BookingWidget, ContactCode, WidgetHost
from clinic.lib import clock


class BookingWidgetFactory(DjangoModelFactory[BookingWidget]):
    site = factory.SubFactory(SiteFactory)

    class Meta:
        model = BookingWidget


class WidgetHostFactory(DjangoModelFactory[WidgetHost]):
    widget = factory.SubFactory(BookingWidgetFactory)
    origin = factory.Sequence(lambda n: f"https://partner-{n}.example")

    class Meta:
        model = WidgetHost


class ContactCodeFactory(DjangoModelFactory[ContactCode]):
    """A code by e-mail, sent just now."""

    key = factory.Sequence(lambda n: f"form-{n:06}")
    channel = "email"
    contact = "0" * 64
    created_at = factory.LazyFunction(clock.now)
    expires_at = factory.LazyAttribute(lambda row: row.created_at + timedelta(minutes=10))

    class Meta:
        model = ContactCode
