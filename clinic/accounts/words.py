from django.utils.translation import gettext_lazy as _

from clinic.accounts.enums import Role
from clinic.audit.words import add_words

add_words(
    {
        "user.created": _("Account created"),
        "user.changed": _("Account changed: %(fields)s"),
        "user.deleted": _("Account deleted"),
        "user.signed_out": _("Signed out on every device"),
        "user.role_given": _("Role given: %(role)s"),
        "apikey.created": _("API key made: %(name)s"),
        "apikey.revoked": _("API key revoked"),
        "website_data.rebuilt": _("Website data rebuilt: %(parts)s"),
    },
    role={role.value: role.label for role in Role},
)
