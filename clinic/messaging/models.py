"""The outbox: each message is a row, written in the transaction of the change that causes it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.lib.references import new_reference
from clinic.messaging.enums import Channel, MessageStatus


class Message(models.Model):
    """One message to one person about one revision of one subject.

    Unique by (subject, rule, channel, revision): the same cause can never be told twice. `kind` names the
    registered template and check (`clinic.messaging.registry`); the row holds no text, so nothing goes stale.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=40)
    subject = models.CharField(_("subject"), max_length=40)
    rule = models.CharField(_("rule"), max_length=60)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.EMAIL)
    revision = models.PositiveIntegerField(_("revision"))
    recipient = models.CharField(_("recipient"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    status = models.CharField(_("status"), max_length=12, choices=MessageStatus, default=MessageStatus.PENDING)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    # A digest of what was told. With a default of the database: `queue_message` writes rows by SQL of its own.
    news = models.CharField(max_length=32, blank=True, db_default="", editable=False)
    provider_id = models.CharField(_("provider's id"), max_length=200, blank=True, editable=False)
    last_error = models.CharField(_("last fault"), max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        default_permissions = ("view", "change")
        permissions = [("view_sent_mail", _("Can read the mails that are kept instead of sent"))]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject", "rule", "channel", "revision"], name="message_once_for_each_revision"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status=MessageStatus.PENDING), name="message_due"),
            models.Index(fields=["claimed_until"], condition=Q(status=MessageStatus.SENDING), name="message_claimed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
