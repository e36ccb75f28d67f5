from clinic.directory.models.hours import Closure, ExtraHours, OpeningHours, WorkingHours
from clinic.directory.models.places import Location
from clinic.directory.models.practitioners import Practitioner
from clinic.directory.models.reminders import ReminderRule, usual_reminders
from clinic.directory.models.resources import Device, Resource, Room
from clinic.directory.models.services import Service, Specialty

__all__ = [
    "Closure",
    "Device",
    "ExtraHours",
    "Location",
    "OpeningHours",
    "Practitioner",
    "ReminderRule",
    "Resource",
    "Room",
    "Service",
    "Specialty",
    "WorkingHours",
    "usual_reminders",
]
