"""How changes of patients read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

add_words(
    {
        "patient.created": _("Patient registered"),
        "patient.changed": _("Patient's details changed: %(fields)s"),
        "patient.merged": _("Patient %(other)s merged into this one; moved: %(moved)s; details taken: %(fields)s"),
        "patient.merged_away": _("Merged into patient %(other)s"),
        "patient.merge_undone": _("The merge with patient %(other)s was undone; moved back: %(moved)s"),
        "patient.told_apart": _("Found to be somebody else than patient %(other)s"),
    }
)
