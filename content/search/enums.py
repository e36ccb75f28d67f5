"""What can be found, in the words of the results page."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    SPECIALTY = "specialty", _("Specialty")
    DOCTOR = "doctor", _("Doctor")
    SERVICE = "service", _("Service")
    LOCATION = "location", _("Location")
    HEALTH = "health", _("Health information")
    NEWS = "news", _("News")
    PAGE = "page", _("Page")


# Kinds whose subject is a page of Wagtail; of the others it is a row of the directory.
PAGES = frozenset({Kind.LOCATION, Kind.HEALTH, Kind.NEWS, Kind.PAGE})
