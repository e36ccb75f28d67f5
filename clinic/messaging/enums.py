from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageStatus(models.TextChoices):
    """Where a message stands. `UNCONFIRMED`: its worker died between sending and noting; only staff send it again."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not needed any more")
    UNCONFIRMED = "unconfirmed", _("Perhaps sent")
    DEAD = "dead", _("Given up")
    DISCARDED = "discarded", _("Discarded")


STUCK = (MessageStatus.UNCONFIRMED, MessageStatus.DEAD)  # what waits for a decision of the staff
