"""How the directory's changes read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

MODELS = ("location", "specialty", "practitioner", "service", "room", "device", "closure")

add_words({f"{model}.created": _("Entry added") for model in MODELS})
add_words({f"{model}.changed": _("Entry changed: %(fields)s") for model in MODELS})
add_words({f"{model}.deleted": _("Entry deleted") for model in MODELS})
