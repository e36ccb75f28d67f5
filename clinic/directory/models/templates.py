"""Weekly hours for a span of days, such as Ramadan, in the place of the usual ones."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from clinic.directory.enums import Weekday
from clinic.directory.models.hours import TIMES_OF_DAY, LocalHours
from clinic.directory.models.places import Location
from clinic.directory.models.practitioners import Practitioner
from clinic.lib.bilingual import Bilingual
from clinic.lib.clock import clock_range

SPAN = Func(F("first_day"), F("last_day"), Value("[]"), function="daterange", output_field=DateRangeField())


class HoursTemplate(models.Model):
    """Hours at a location from `first_day` to `last_day`, both included, prepared once for those who `uses` name.

    They replace the weekly hours of these practitioners at this location, and its opening hours where it is
    `for_doors`. Where it `keeps_days`, only on the weekdays on which each usually works there. Extra hours of one
    day stand beside it.
    """

    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="hours_templates", verbose_name=_("location")
    )
    name_en = models.CharField(_("name in English"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("Included."))
    keeps_days = models.BooleanField(
        _("only on the weekdays on which each of them usually works here"),
        default=True,
    )
    for_doors = models.BooleanField(_("these are the opening hours of the location too"), default=False)

    name = Bilingual()

    class Meta:
        verbose_name = _("special hours")
        verbose_name_plural = _("special hours")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="hours_template_days_in_order"),
            # What the days of `TemplateUse` refer to: see migration 0004.
            models.UniqueConstraint(
                fields=["id", "location", "first_day", "last_day"], name="hours_template_with_its_days"
            ),
            ExclusionConstraint(
                name="hours_templates_of_doors_do_not_overlap",
                expressions=[("location", RangeOperators.EQUAL), (SPAN, RangeOperators.OVERLAPS)],
                condition=Q(for_doors=True),
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValidationError({"last_day": _("The last day must not come before the first.")})


class TemplateHours(LocalHours):
    template = models.ForeignKey(HoursTemplate, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)

    class Meta:
        verbose_name = _("hours of a template")
        verbose_name_plural = _("hours of templates")
        default_permissions = ()
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="template_hours_end_after_they_start"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="template_hours_on_a_weekday"),
            ExclusionConstraint(
                name="template_hours_do_not_overlap",
                expressions=[
                    ("template", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TIMES_OF_DAY, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock_range(self.starts, self.ends)}"


class TemplateUse(models.Model):
    """That a practitioner follows a template.

    Its place and days are those of the template: a foreign key of four columns keeps them the same, so that a
    constraint on this table alone can forbid two templates at once.
    """

    template = models.ForeignKey(HoursTemplate, on_delete=models.CASCADE, related_name="uses")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="template_uses")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        verbose_name = _("practitioner with special hours")
        verbose_name_plural = _("practitioners with special hours")
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="hours_templates_of_a_practitioner_do_not_overlap",
                expressions=[
                    ("practitioner", RangeOperators.EQUAL),
                    ("location", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} {self.first_day}/{self.last_day}"
