"""Entries of the waitlist as an import would write them. To join as people do, call `join_waitlist`."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from clinic.scheduling.models import WaitlistEntry, WaitlistOffer
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory
from tests.factories.scheduling import START


class WaitlistEntryFactory(DjangoModelFactory[WaitlistEntry]):
    """Anyone, anywhere, any time on the fourteen days from the first of the factories' visits."""

    key = factory.Sequence(lambda n: f"waitlist-{n}")
    service = factory.SubFactory(ServiceFactory)
    first_day = START.date()
    last_day = START.date() + timedelta(days=13)
    contact_name = factory.Sequence(lambda n: f"Layla Haddad {n}")
    contact_phone = factory.Sequence(lambda n: f"+96278{n % 10_000_000:07}")
    contact_email = factory.Sequence(lambda n: f"waits{n}@patients.example")
    language = "en"
    source = "site"

    class Meta:
        model = WaitlistEntry


class WaitlistOfferFactory(DjangoModelFactory[WaitlistOffer]):
    """An offer without a hold: to make one as the clinic does, call `offer_next`."""

    entry = factory.SubFactory(WaitlistEntryFactory)
    practitioner = factory.SubFactory(PractitionerFactory)
    location = factory.SubFactory(LocationFactory)
    starts_at = START
    made_at = START - timedelta(days=1)
    expires_at = START - timedelta(hours=20)

    class Meta:
        model = WaitlistOffer
