"""Why something was not done: a code for programs, a sentence for people."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BOOKING_REFUSALS = {
    "taken": _("This time has just been taken. Please choose another one."),
    "not_working": _("This time is no longer offered. Please choose another one."),
    "closed": _("The clinic is closed on this day. Please choose another one."),
    "notice": _("This time is too soon to be booked. Please choose a later one."),
    "horizon": _("This day is too far ahead to be booked. Please choose an earlier one."),
    "no_room": _("No room is free at this time. Please choose another one."),
    "no_device": _("The equipment for this visit is not free at this time. Please choose another one."),
    "not_offered": _("This service is not offered here any more. Please choose another one."),
    "limit": _("You are already keeping several times. Please finish or give up one of them first."),
    "busy": _("Many people are booking right now. Please try again in a moment."),
}

CHANGE_REFUSALS = {
    "changed": _("Somebody else has just changed this visit. Please look at it again."),
    "not_allowed": _("This visit cannot be changed in this way."),
    "wrong_day": _("Patients can be marked as arrived on the day of their visit only."),
    "too_early": _("The visit has not begun yet."),
    "too_late": _("The time to approve this request has run out."),
    "over": _("This visit is already over."),
    "undo_late": _("This can no longer be undone."),
    "nobody": _("Nobody is waiting."),
    "overtaken": _("The queue has just changed. Nobody was called; please look at it again."),
    "cutoff": _("It is too late to change this visit online. Please call the clinic."),
    "busy": _("Many people are booking right now. Please try again in a moment."),
}

ABSENCE_REFUSALS = {
    "changed": _("The list of visits has changed meanwhile, and nothing was saved. Please look at the marked ones."),
    "visit": _("One visit could not be dealt with, and nothing was saved. Please choose again for the marked one."),
    "busy": _("Many people are booking right now. Please try again in a moment."),
}

HOURS_REFUSALS = {
    "changed": _("The list of visits has changed meanwhile, and nothing was saved. Please look at it again."),
    "overlap": _(
        "Other special hours of this location apply on some of these days, to the same people or to the doors."
    ),
    "busy": _("Many people are booking right now. Please try again in a moment."),
}


class BookingRefused(Exception):
    """A time was not booked or held, and nothing was written. `code` is a key of `BOOKING_REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return BOOKING_REFUSALS[self.code]


class ChangeRefused(Exception):
    """A visit was not changed. `code` is a key of `CHANGE_REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return CHANGE_REFUSALS[self.code]


class AbsenceRefused(Exception):
    """An absence was not entered, or its list not worked off. `code` is a key of `ABSENCE_REFUSALS`.

    `visits` are the ids of those that stood in the way, `why` what is to be said of them.
    """

    def __init__(self, code: str, *, visits: Sequence[int] = (), why: str | Promise = "") -> None:
        super().__init__(code)
        self.code = code
        self.visits = visits
        self.why = why

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return ABSENCE_REFUSALS[self.code]


class HoursRefused(Exception):
    """Special hours were not saved. `code` is a key of `HOURS_REFUSALS`; `visits` are ids that nobody had seen."""

    def __init__(self, code: str, *, visits: Sequence[int] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.visits = visits

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return HOURS_REFUSALS[self.code]


class RequestMismatch(Exception):
    """An idempotency key was used for two different requests (draft-ietf-httpapi-idempotency-key-header, 2.6)."""

    message = _("This form was already used for another booking. Please start again.")
