"""Why a day has no free times, in words: a line beside the day, a word in a month, a sentence on a page of its own."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.directory.models import Service
from clinic.scheduling.availability import Reason, Why


def line(reason: Reason) -> str:
    """ "No free times left"."""
    if reason.closure:
        return _("Closed: %(name)s") % {"name": reason.closure}
    return {
        Why.SHORT: _("No gap is long enough"),
        Why.FULL: _("No free times left"),
        Why.LATE: _("Too late to book for this day"),
        Why.BEYOND: _("Cannot be booked yet"),
        Why.AWAY: _("No working hours"),
        Why.CLOSED: _("Closed"),
    }[reason.why]


def word(reason: Reason) -> str:
    """ "Full": as short as a day of a month on a phone."""
    return {
        Why.SHORT: _("Gaps too short"),
        Why.FULL: _("Full"),
        Why.LATE: _("Too late"),
        Why.BEYOND: _("Not yet"),
        Why.AWAY: _("Not working"),
        Why.CLOSED: _("Closed"),
    }[reason.why]


def sentence(reason: Reason, *, service: Service) -> str:
    """ "Every time of this day is taken."."""
    if reason.closure:
        return _("The clinic is closed on this day: %(name)s.") % {"name": reason.closure}
    return {
        Why.SHORT: ngettext(
            "Some time is left on this day, but no gap is long enough: this visit takes %(count)s minute.",
            "Some time is left on this day, but no gap is long enough: this visit takes %(count)s minutes.",
            service.duration,
        )
        % {"count": service.duration},
        Why.FULL: _("Every time of this day is taken."),
        Why.LATE: _("It is too late to book for this day here. Please call us: perhaps there is a way."),
        Why.BEYOND: ngettext(
            "This day cannot be booked yet: we book up to %(count)s day ahead.",
            "This day cannot be booked yet: we book up to %(count)s days ahead.",
            service.horizon_days,
        )
        % {"count": service.horizon_days},
        Why.AWAY: _("There are no working hours on this day."),
        Why.CLOSED: _("The clinic is closed on this day."),
    }[reason.why]
