from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Debt(models.Model):
    """A change of what pages show whose versions may not have been raised.

    Written in the transaction of the change and deleted when the raise has been done. One that stays tells that
    the process died in between or that the cache was away; a job then makes every entry old.
    """

    made_at = models.DateTimeField("made at", db_default=Now())

    class Meta:
        verbose_name = "debt of the page cache"
        verbose_name_plural = "debts of the page cache"
        default_permissions = ()
        permissions = [("manage_page_cache", _("Can warm and empty the page cache"))]

    def __str__(self) -> str:
        return f"{self.pk}, {self.made_at:%Y-%m-%d %H:%M}"
