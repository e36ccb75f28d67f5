from django.utils.translation import gettext_lazy as _

from clinic.audit.words import add_words

add_words({"pagecache.emptied": _("Page cache emptied"), "pagecache.warmed": _("Page cache warmed")})

# What a process was doing when the cache let it down.
FAULTS = {
    "asking": _("Asking for a page"),
    "storing": _("Keeping a page"),
    "refreshing": _("Renewing a page"),
    "giving back": _("Letting others render"),
    "raising": _("Telling of a change"),
    "settling": _("Making up for missed changes"),
    "paying debts": _("Making up for missed changes (background)"),
    "announcing the release": _("Announcing a new version"),
}
