from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class Basis(models.Model):
    """From which words of its source a translation was made, or last found to be up to date.

    One row for each translation, whether page or snippet; the original has none. `as_of` is the moment of the
    source's publication that the translation takes account of: whatever is published later makes it older than
    its source. `revision` holds those words for comparison, and is empty where they are no longer kept.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(_("object"), max_length=255)
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("words of the source")
    )
    as_of = models.DateTimeField(_("takes account of the source as of"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    class Meta:
        verbose_name = _("basis of a translation")
        verbose_name_plural = _("bases of translations")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_basis_for_each_translation"),
            models.CheckConstraint(condition=~Q(object_id=""), name="a_basis_belongs_to_a_translation"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.as_of:%Y-%m-%d %H:%M}"
