"""Who did what: events that are added and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One thing that somebody did to one subject. A trigger refuses every later change.

    `subject_type` and `subject` name the row by its opaque reference, so that an event outlives the row.
    `detail` holds what a reader needs to tell the story; never clinical content, secrets or contact data.
    """

    occurred_at = models.DateTimeField(_("time"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    actor_name = models.CharField(_("name of the person"), max_length=160, blank=True)
    verb = models.CharField(_("event"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=40)
    subject = models.CharField(_("subject"), max_length=40)
    detail = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-occurred_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["subject_type", "subject", "occurred_at"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
