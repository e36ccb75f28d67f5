from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

add_words(
    {
        "message.retried": _("Message sent again"),
        "message.discarded": _("Message discarded"),
    }
)
