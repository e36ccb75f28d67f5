"""Whether days are told by the Hijri calendar too."""

from django.db import models
from django.db.models import Q, UniqueConstraint, Value
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinic.directory.enums import MonthBegin


@register_setting(icon="calendar", order=130)
class HijriSetting(BaseGenericSetting):
    """The one row of the clinic. `shift` is added, in days, to a day before it is looked up in the tables."""

    is_shown = models.BooleanField(
        _("show Hijri dates beside Gregorian ones"),
        default=False,
        help_text=_("At the desk, where visitors book, and in the e-mails about visits."),
    )
    shift = models.SmallIntegerField(
        _("the months begin"),
        choices=MonthBegin,
        default=MonthBegin.CALCULATED,
        help_text=_("Dates follow the calendar of Umm al-Qura. Where the moon is seen on another day, say so here."),
    )

    class Meta:
        verbose_name = _("Hijri dates")
        default_permissions = ("change",)
        constraints = [
            UniqueConstraint(Value(1), name="one_hijri_setting"),
            models.CheckConstraint(condition=Q(shift__range=(-2, 2)), name="hijri_months_begin_within_two_days"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
