"""Pages and the frame around them. `parent=` puts a page into the tree, `locale=` chooses the language."""

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale
from wagtail_factories import PageFactory, SiteFactory

from home.models import Announcement, Footer, HomePage, Menu, Partner, PublisherApproval, SiteIdentity, SiteNavigation


def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def arabic() -> Locale:
    return Locale.objects.get_or_create(language_code="ar")[0]


class HomePageFactory(PageFactory):
    title = "Iyada Clinic"
    slug = factory.Sequence(lambda n: f"home-{n}")

    class Meta:
        model = HomePage


class MenuFactory(DjangoModelFactory[Menu]):
    name = factory.Sequence(lambda n: f"Menu {n}")
    locale = factory.LazyFunction(english)

    class Meta:
        model = Menu


class FooterFactory(DjangoModelFactory[Footer]):
    name = factory.Sequence(lambda n: f"Footer {n}")
    locale = factory.LazyFunction(english)

    class Meta:
        model = Footer


class AnnouncementFactory(DjangoModelFactory[Announcement]):
    message = "The clinic is closed on Friday."
    locale = factory.LazyFunction(english)

    class Meta:
        model = Announcement


class PartnerFactory(DjangoModelFactory[Partner]):
    name = factory.Sequence(lambda n: f"Insurer {n}")
    locale = factory.LazyFunction(english)

    class Meta:
        model = Partner


class SiteNavigationFactory(DjangoModelFactory[SiteNavigation]):
    site = factory.SubFactory(SiteFactory)
    header = factory.SubFactory(MenuFactory)
    footer = factory.SubFactory(FooterFactory)

    class Meta:
        model = SiteNavigation


class SiteIdentityFactory(DjangoModelFactory[SiteIdentity]):
    site = factory.SubFactory(SiteFactory)

    class Meta:
        model = SiteIdentity


class PublisherApprovalFactory(DjangoModelFactory[PublisherApproval]):
    name = factory.Sequence(lambda n: f"Approval {n}")

    class Meta:
        model = PublisherApproval
