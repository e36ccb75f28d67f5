"""All that changes visits: keyword-only verbs, each one transaction with its audit event and its message."""

from clinic.scheduling.actions.approvals import approve_appointment, expire_requests, refuse_appointment
from clinic.scheduling.actions.bookings import Booking, Contact, book_appointment
from clinic.scheduling.actions.changes import cancel_appointment, change_status
from clinic.scheduling.actions.deeds import as_one_deed, forget_deeds
from clinic.scheduling.actions.holds import HOLD_MINUTES, extend_hold, hold_time, release_hold, sweep_expired
from clinic.scheduling.actions.holidays import add_closures
from clinic.scheduling.actions.leave import report_sick, settle_visits, take_absence, withdraw_absence
from clinic.scheduling.actions.leave_visits import Choice
from clinic.scheduling.actions.moves import move_appointment
from clinic.scheduling.actions.queue import call_again, call_next, close_screen, open_screen, tell_lateness
from clinic.scheduling.actions.refusals import (
    AbsenceRefused,
    BookingRefused,
    ChangeRefused,
    HoursRefused,
    RequestMismatch,
)
from clinic.scheduling.actions.requests import forget_requests
from clinic.scheduling.actions.templates import delete_template, save_template
from clinic.scheduling.actions.together import TogetherRefused, book_together
from clinic.scheduling.actions.undo import last_deed, undo_last
from clinic.scheduling.actions.wishes import Wish

__all__ = [
    "HOLD_MINUTES",
    "AbsenceRefused",
    "Booking",
    "BookingRefused",
    "ChangeRefused",
    "Choice",
    "Contact",
    "HoursRefused",
    "RequestMismatch",
    "TogetherRefused",
    "Wish",
    "add_closures",
    "approve_appointment",
    "as_one_deed",
    "book_appointment",
    "book_together",
    "call_again",
    "call_next",
    "cancel_appointment",
    "change_status",
    "close_screen",
    "delete_template",
    "expire_requests",
    "extend_hold",
    "forget_deeds",
    "forget_requests",
    "hold_time",
    "last_deed",
    "move_appointment",
    "open_screen",
    "refuse_appointment",
    "release_hold",
    "report_sick",
    "save_template",
    "settle_visits",
    "sweep_expired",
    "take_absence",
    "tell_lateness",
    "undo_last",
    "withdraw_absence",
]
