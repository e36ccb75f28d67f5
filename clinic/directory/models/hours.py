"""When people work and when doors are open, on the wall clock of the location.

Days of the week are ISO 8601 (Monday is 1). Times are local and half-open: 09:00 to 12:00 ends at noon sharp.
"""

from datetime import time

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.db.models.functions import Cast, Extract
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from clinic.directory.enums import Weekday
from clinic.directory.models.places import Location
from clinic.directory.models.practitioners import Practitioner
from clinic.lib.bilingual import Bilingual
from clinic.lib.clock import clock_range


def seconds(field: str) -> Cast:
    """A local time as seconds since midnight; PostgreSQL has no built-in range of times."""
    return Cast(Extract(F(field), "epoch"), models.IntegerField())


TIMES_OF_DAY = Func(seconds("starts"), seconds("ends"), function="int4range", output_field=IntegerRangeField())
DAYS_IN_FORCE = Func(
    F("valid_from"), F("valid_until"), Value("[]"), function="daterange", output_field=DateRangeField()
)


class LocalHours(models.Model):
    """From `starts` to `ends` on one day."""

    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        abstract = True

    def clean(self) -> None:
        if isinstance(self.starts, time) and isinstance(self.ends, time) and self.starts >= self.ends:
            raise ValidationError({"ends": _("The end must come after the start.")})


class OpeningHours(LocalHours):
    """When the doors of a location are open. Bookings follow the working hours, and these too where the location
    `keeps_to_hours`.
    """

    location = ParentalKey(Location, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="opening_hours_end_after_they_start"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="opening_hours_on_a_weekday"),
            ExclusionConstraint(
                name="opening_hours_do_not_overlap",
                expressions=[
                    ("location", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TIMES_OF_DAY, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock_range(self.starts, self.ends)}"


class WorkingHours(LocalHours):
    """A practitioner's weekly hours at one location; two rows on a day leave the lunch break between them."""

    practitioner = ParentalKey(Practitioner, on_delete=models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="working_hours", verbose_name=_("location")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(_("in force until"), null=True, blank=True, help_text=_("The last day, included."))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="working_hours_end_after_they_start"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="working_hours_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="working_hours_in_force_in_order",
            ),
            # Deferred, so that a form may swap two rows; nobody works in two places at once.
            ExclusionConstraint(
                name="working_hours_do_not_overlap",
                expressions=[
                    ("practitioner", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (TIMES_OF_DAY, RangeOperators.OVERLAPS),
                    (DAYS_IN_FORCE, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock_range(self.starts, self.ends)}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValidationError({"valid_until": _("The last day must not come before the first.")})


class ExtraHours(LocalHours):
    """Hours that a practitioner works on one day besides the weekly ones."""

    practitioner = ParentalKey(Practitioner, on_delete=models.CASCADE, related_name="extra_hours")
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="extra_hours", verbose_name=_("location")
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("extra hours")
        verbose_name_plural = _("extra hours")
        ordering = ["day", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="extra_hours_end_after_they_start"),
            ExclusionConstraint(
                name="extra_hours_do_not_overlap",
                expressions=[
                    ("practitioner", RangeOperators.EQUAL),
                    ("day", RangeOperators.EQUAL),
                    (TIMES_OF_DAY, RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {clock_range(self.starts, self.ends)}"


class Closure(models.Model):
    """Days on which a location, or every location, is closed: a public holiday, works in the building.

    Both days are included and follow the wall clock of each location. A closure offers no new times; visits
    that were booked before stay until staff move them.
    """

    location = models.ForeignKey(
        Location,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("location"),
        help_text=_("Empty closes every location."),
    )
    name_en = models.CharField(_("name in English"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("Included."))

    name = Bilingual()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="closure_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValidationError({"last_day": _("The last day must not come before the first.")})
