import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail_factories import DocumentFactory, ImageFactory, PageFactory

from content.models import (
    ArticlePage,
    ClinicDocument,
    ClinicImage,
    ContactPage,
    DoctorPage,
    DoctorsIndexPage,
    Enquiry,
    FaqPage,
    FormField,
    FormPage,
    HealthIndexPage,
    HealthTopicPage,
    LegalPage,
    LocationPage,
    LocationsIndexPage,
    NewsIndexPage,
    ServicePage,
    ServicesIndexPage,
    StandardPage,
)
from tests.factories.directory import LocationFactory, PractitionerFactory, ServiceFactory


class ClinicImageFactory(ImageFactory):
    title = factory.Sequence(lambda n: f"Picture {n}")
    alt_en = "A waiting room"
    alt_ar = "غرفة انتظار"

    class Meta:
        model = ClinicImage


class ClinicDocumentFactory(DocumentFactory):
    title = factory.Sequence(lambda n: f"Leaflet {n}")

    class Meta:
        model = ClinicDocument


class StandardPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"About us {n}")
    introduction = "Who we are."

    class Meta:
        model = StandardPage


class NewsIndexPageFactory(PageFactory):
    title = "News"
    slug = factory.Sequence(lambda n: f"news-{n}")

    class Meta:
        model = NewsIndexPage


class ArticlePageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"A new room {n}")
    summary = "We have opened another room."

    class Meta:
        model = ArticlePage


class HealthIndexPageFactory(PageFactory):
    title = "Health"
    slug = factory.Sequence(lambda n: f"health-{n}")

    class Meta:
        model = HealthIndexPage


class HealthTopicPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Fever {n}")
    summary = "When a fever needs a doctor."

    class Meta:
        model = HealthTopicPage


class FaqPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Questions {n}")

    class Meta:
        model = FaqPage


class ContactPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Contact {n}")

    class Meta:
        model = ContactPage


class LegalPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Privacy notice {n}")

    class Meta:
        model = LegalPage


class FormPageFactory(PageFactory):
    title = factory.Sequence(lambda n: f"Write to us {n}")
    consent_text = "The clinic may keep what I write to answer me."

    class Meta:
        model = FormPage


def new_form() -> FormPage:
    return FormPageFactory(parent=Page.get_first_root_node())


class FormFieldFactory(DjangoModelFactory[FormField]):
    page = factory.LazyFunction(new_form)
    label = factory.Sequence(lambda n: f"Your question {n}")

    class Meta:
        model = FormField


class EnquiryFactory(DjangoModelFactory[Enquiry]):
    page = factory.LazyFunction(new_form)
    language = "en"
    consent_text = "The clinic may keep what I write to answer me."
    form_data = factory.LazyFunction(lambda: {"your_question": "When do you open?"})

    class Meta:
        model = Enquiry


class ServicesIndexPageFactory(PageFactory):
    title = "Services"

    class Meta:
        model = ServicesIndexPage


class ServicePageFactory(PageFactory):
    service = factory.SubFactory(ServiceFactory)

    class Meta:
        model = ServicePage


class DoctorsIndexPageFactory(PageFactory):
    title = "Doctors"

    class Meta:
        model = DoctorsIndexPage


class DoctorPageFactory(PageFactory):
    practitioner = factory.SubFactory(PractitionerFactory)

    class Meta:
        model = DoctorPage


class LocationsIndexPageFactory(PageFactory):
    title = "Locations"

    class Meta:
        model = LocationsIndexPage


class LocationPageFactory(PageFactory):
    location = factory.SubFactory(LocationFactory)

    class Meta:
        model = LocationPage
