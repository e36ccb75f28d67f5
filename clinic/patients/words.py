"""How changes of patients read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

add_words(
    {
        "patient.created": _("Patient registered"),
        "patient.changed": _("Patient's details changed: %(fields)s"),
    }
)
