from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryStatus(models.TextChoices):
    """Where a wish stands. All but the first are its end."""

    WAITING = "waiting", pgettext_lazy("on the waitlist", "Waiting")
    BOOKED = "booked", pgettext_lazy("on the waitlist", "Has a visit")
    LEFT = "left", _("Taken off the list")
    SILENT = "silent", _("Did not answer")
    OVER = "over", _("Its days are over")


class OfferStatus(models.TextChoices):
    """What became of an offered time. `GONE`: the clinic needed it for something else."""

    OPEN = "open", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered")
    GONE = "gone", _("Not free any more")
