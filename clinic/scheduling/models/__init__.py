from clinic.scheduling.models.absences import Absence, AffectedVisit
from clinic.scheduling.models.appointments import Appointment
from clinic.scheduling.models.deeds import Deed
from clinic.scheduling.models.feeds import CalendarFeed
from clinic.scheduling.models.queue import Lateness, WaitingScreen
from clinic.scheduling.models.requests import BookingRequest
from clinic.scheduling.models.reservations import Hold, Reservation
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer

__all__ = [
    "Absence",
    "AffectedVisit",
    "Appointment",
    "BookingRequest",
    "CalendarFeed",
    "Deed",
    "Hold",
    "Lateness",
    "Reservation",
    "WaitingScreen",
    "WaitlistEntry",
    "WaitlistOffer",
]
