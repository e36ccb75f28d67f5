import factory
from wagtail_factories import DocumentFactory, ImageFactory, PageFactory

from content.models import ClinicDocument, ClinicImage, StandardPage


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
