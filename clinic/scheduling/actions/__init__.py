"""All that changes visits: keyword-only verbs, each one transaction with its audit event and its message."""

from clinic.scheduling.actions.bookings import Contact, book_appointment
from clinic.scheduling.actions.changes import cancel_appointment, change_status
from clinic.scheduling.actions.holds import HOLD_MINUTES, hold_time, release_hold, sweep_expired
from clinic.scheduling.actions.moves import move_appointment
from clinic.scheduling.actions.refusals import BookingRefused, ChangeRefused, RequestMismatch
from clinic.scheduling.actions.requests import forget_requests

__all__ = [
    "HOLD_MINUTES",
    "BookingRefused",
    "ChangeRefused",
    "Contact",
    "RequestMismatch",
    "book_appointment",
    "cancel_appointment",
    "change_status",
    "forget_requests",
    "hold_time",
    "move_appointment",
    "release_hold",
    "sweep_expired",
]
