"""How what happens to visits reads in their history and in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words
from clinic.scheduling.enums import DeedKind

add_words(
    {
        "appointment.booked": _("Booked (%(source)s)"),
        "appointment.status": _("%(to)s (before: %(from)s)"),
        "appointment.moved": _("Moved"),
        "appointment.cancelled": _("Cancelled"),
        "appointment.undone": _("Undone: %(undone)s"),
    },
    undone=dict(DeedKind.choices),
)
