"""How the directory's changes read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

MODELS = (
    "location",
    "specialty",
    "practitioner",
    "service",
    "room",
    "device",
    "closure",
    "maintenancerecord",
)

add_words({f"{model}.created": _("Entry added") for model in MODELS})
add_words({f"{model}.changed": _("Entry changed: %(fields)s") for model in MODELS})
add_words({f"{model}.deleted": _("Entry deleted") for model in MODELS})
add_words(
    {
        "hourstemplate.created": _("Hours entered; visits outside of them: %(affected)s"),
        "hourstemplate.changed": _("Hours changed; visits outside of them: %(affected)s"),
        "hourstemplate.deleted": _("Hours deleted; visits outside of the usual ones: %(affected)s"),
    }
)
