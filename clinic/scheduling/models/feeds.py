"""A practitioner's visits in the calendar of their phone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.lib.references import new_reference


class CalendarFeed(models.Model):
    """The secret address at which a calendar program fetches the visits to the practitioner that `user` is.

    The address is signed from `reference`, so that who has read the database has not read an address. A new reference
    ends the old address; so does an account that is closed or loses its practitioner.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("user")
    )
    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    shows_names = models.BooleanField(_("with the names of patients"), default=False)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user_id)
