from content.models.contact import ContactPage
from content.models.doctors import DoctorPage, DoctorsIndexPage
from content.models.enquiries import Enquiry
from content.models.faq import FaqPage
from content.models.forms import FormField, FormPage
from content.models.health import HealthIndexPage, HealthTopicPage
from content.models.legal import LegalPage
from content.models.locations import LocationPage, LocationsIndexPage
from content.models.media import ClinicDocument, ClinicImage, ClinicRendition
from content.models.news import ArticlePage, NewsIndexPage
from content.models.services import ServicePage, ServicesIndexPage
from content.models.standard import StandardPage

__all__ = [
    "ArticlePage",
    "ClinicDocument",
    "ClinicImage",
    "ClinicRendition",
    "ContactPage",
    "DoctorPage",
    "DoctorsIndexPage",
    "Enquiry",
    "FaqPage",
    "FormField",
    "FormPage",
    "HealthIndexPage",
    "HealthTopicPage",
    "LegalPage",
    "LocationPage",
    "LocationsIndexPage",
    "NewsIndexPage",
    "ServicePage",
    "ServicesIndexPage",
    "StandardPage",
]
