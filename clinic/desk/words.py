"""How what happens to visits reads in their history and in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words
from clinic.scheduling.enums import DeedKind

add_words(
    {
        "appointment.booked": _("Booked (%(source)s)"),
        "appointment.requested": _("Asked for (%(source)s)"),
        "appointment.approved": _("Approved"),
        "appointment.refused": _("Not approved"),
        "appointment.expired": _("Not approved in time"),
        "appointment.status": _("%(to)s (before: %(from)s)"),
        "appointment.moved": _("Moved"),
        "appointment.cancelled": _("Cancelled"),
        "waitlist.joined": _("Put on the waitlist"),
        "waitlist.offered": _("A free time was offered"),
        "waitlist.accepted": _("The offered time was accepted"),
        "waitlist.reopened": _("The acceptance was undone, and the time is offered again"),
        "waitlist.declined": _("The offered time was declined"),
        "waitlist.expired": _("The offered time was not answered"),
        "waitlist.gone": _("The offered time was not free any more"),
        "waitlist.ended": _("The wait has ended: %(status)s"),
        "appointment.confirmed": _("The patient has promised to come"),
        "calendarfeed.opened": _("Calendar address made; with names of patients: %(names)s"),
        "calendarfeed.changed": _("Calendar address changed; with names of patients: %(names)s"),
        "calendarfeed.closed": _("Calendar address closed"),
        "appointment.called_again": _("Called again"),
        "practitioner.late": _("Told to be %(minutes)s minutes late"),
        "practitioner.on_time": _("Told to be on time again"),
        "waitingscreen.opened": _("Waiting-room screen switched on with a new address"),
        "waitingscreen.closed": _("Waiting-room screen switched off"),
        "appointment.undone": _("Undone: %(undone)s"),
    },
    names={"yes": _("yes"), "no": _("no")},
    undone=dict(DeedKind.choices),
)

add_words(
    {
        "appointment.asked": _("Asked by e-mail to choose another time"),
        "appointment.reseated": _("Given another room or device at the same time"),
        "absence.added": _("Entered; visits affected: %(affected)s"),
        "absence.withdrawn": _("Withdrawn"),
    }
)
