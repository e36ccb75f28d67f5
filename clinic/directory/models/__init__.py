from clinic.directory.models.hijri import HijriSetting
from clinic.directory.models.hours import Closure, ExtraHours, OpeningHours, WorkingHours
from clinic.directory.models.maintenance import MaintenanceRecord
from clinic.directory.models.places import Location
from clinic.directory.models.practitioners import Practitioner
from clinic.directory.models.reminders import ReminderRule, usual_reminders
from clinic.directory.models.resources import Device, Resource, Room
from clinic.directory.models.services import Service, Specialty
from clinic.directory.models.templates import HoursTemplate, TemplateHours, TemplateUse

__all__ = [
    "Closure",
    "Device",
    "ExtraHours",
    "HijriSetting",
    "HoursTemplate",
    "Location",
    "MaintenanceRecord",
    "OpeningHours",
    "Practitioner",
    "ReminderRule",
    "Resource",
    "Room",
    "Service",
    "Specialty",
    "TemplateHours",
    "TemplateUse",
    "WorkingHours",
    "usual_reminders",
]
