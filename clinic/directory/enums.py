from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceKind(models.TextChoices):
    PRACTITIONER = "practitioner", _("Practitioner")
    ROOM = "room", _("Room")
    DEVICE = "device", _("Device")


class Gender(models.TextChoices):
    """FHIR administrative-gender: https://hl7.org/fhir/R4/valueset-administrative-gender.html"""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Language(models.TextChoices):
    """Languages that practitioners speak, by BCP 47 code."""

    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")
    TURKISH = "tr", _("Turkish")
    URDU = "ur", _("Urdu")


class RoomKind(models.TextChoices):
    CONSULTATION = "consultation", _("Consultation room")
    PROCEDURE = "procedure", _("Procedure room")
    IMAGING = "imaging", _("Imaging room")
    THERAPY = "therapy", _("Therapy room")


class DeviceKind(models.TextChoices):
    ULTRASOUND = "ultrasound", _("Ultrasound")
    ECG = "ecg", _("Electrocardiograph")
    LASER = "laser", _("Laser")
    SPIROMETER = "spirometer", _("Spirometer")


class Weekday(models.IntegerChoices):
    """ISO 8601 weekdays: Monday is 1."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class CodeBy(models.TextChoices):
    """Whether visitors prove their contact with a code before they book. The values are those of `Channel`."""

    NOTHING = "", _("No code")
    EMAIL = "email", _("A code by e-mail")
    SMS = "sms", _("A code by SMS")


class MonthBegin(models.IntegerChoices):
    """When Hijri months begin here, as days to add to a day before it is looked up in the calculated calendar."""

    TWO_DAYS_LATER = -2, _("two days later than calculated")
    A_DAY_LATER = -1, _("a day later than calculated")
    CALCULATED = 0, _("as calculated")
    A_DAY_EARLIER = 1, _("a day earlier than calculated")
    TWO_DAYS_EARLIER = 2, _("two days earlier than calculated")
