"""What the clinic offers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from clinic.directory.enums import CodeBy, DeviceKind, RoomKind
from clinic.lib.bilingual import Bilingual


class Specialty(models.Model):
    """A medical specialty, in the words that patients use."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Stands in web addresses."))
    name_en = models.CharField(_("name in English"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    summary_en = models.CharField(_("summary in English"), max_length=200, blank=True)
    summary_ar = models.CharField(_("summary in Arabic"), max_length=200, blank=True)
    icon = models.SlugField(_("icon"), blank=True, help_text=_("The name of a picture in the site's icon set."))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    name, summary = Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name


class Service(ClusterableModel):
    """A kind of visit. All lengths are minutes unless the name says otherwise.

    A booking takes the practitioner, and a room and a device of the kinds named here, for the visit and the
    buffers around it. Visitors may book from `notice` minutes ahead until `horizon_days` ahead, and cancel
    until `cancel_cutoff` minutes before. With `needs_approval` what they book is a request, which the clinic answers
    within `approval_hours`, and before the visit begins. `code_by` says how they prove their contact first.
    """

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Stands in web addresses."))
    specialty = models.ForeignKey(
        Specialty, on_delete=models.PROTECT, related_name="services", verbose_name=_("specialty")
    )
    name_en = models.CharField(_("name in English"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    summary_ar = models.CharField(_("summary in Arabic"), max_length=300, blank=True)
    preparation_en = models.TextField(_("how to prepare, in English"), blank=True)
    preparation_ar = models.TextField(_("how to prepare, in Arabic"), blank=True)
    duration = models.PositiveSmallIntegerField(
        _("length in minutes"), validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    buffer_before = models.PositiveSmallIntegerField(
        _("minutes kept free before"), default=0, validators=[MaxValueValidator(240)]
    )
    buffer_after = models.PositiveSmallIntegerField(
        _("minutes kept free after"), default=0, validators=[MaxValueValidator(240)]
    )
    step = models.PositiveSmallIntegerField(
        _("minutes between starting times"), default=15, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    notice = models.PositiveIntegerField(_("minutes of notice before a booking"), default=120)
    horizon_days = models.PositiveSmallIntegerField(
        _("days ahead that can be booked"), default=60, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    cancel_cutoff = models.PositiveIntegerField(
        _("minutes before the visit until which it can be cancelled"), default=240
    )
    needs_approval = models.BooleanField(
        _("the clinic approves each booking"),
        default=False,
        help_text=_("What visitors book holds its time, and is agreed only when somebody of the clinic approves it."),
    )
    approval_hours = models.PositiveSmallIntegerField(
        _("hours to approve"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_("Without an answer until then, or until the visit begins, the request ends and its time is free."),
    )
    code_by = models.CharField(
        _("code before a booking on the site"),
        max_length=5,
        choices=CodeBy,
        default=CodeBy.NOTHING,
        blank=True,
        help_text=_("Visitors type the code that they are sent, so that nobody books under somebody else’s contact."),
    )
    room_kind = models.CharField(_("room that it needs"), max_length=20, choices=RoomKind, blank=True)
    device_kind = models.CharField(_("device that it needs"), max_length=20, choices=DeviceKind, blank=True)
    is_public = models.BooleanField(_("bookable on the site"), default=True)
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    name, summary, preparation = Bilingual(), Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(duration__range=(5, 480)), name="service_duration_of_5_to_480_minutes"),
            models.CheckConstraint(condition=Q(step__range=(5, 240)), name="service_step_of_5_to_240_minutes"),
            models.CheckConstraint(
                condition=Q(buffer_before__lte=240, buffer_after__lte=240), name="service_buffers_up_to_240_minutes"
            ),
            models.CheckConstraint(condition=Q(horizon_days__range=(1, 400)), name="service_horizon_of_1_to_400_days"),
            models.CheckConstraint(
                condition=Q(approval_hours__range=(1, 336)), name="service_is_approved_within_1_to_336_hours"
            ),
            models.CheckConstraint(condition=Q(code_by__in=CodeBy.values), name="service_code_goes_a_known_way"),
            models.CheckConstraint(
                condition=Q(notice__lte=F("horizon_days") * 1440), name="service_notice_within_its_horizon"
            ),
        ]

    def __str__(self) -> str:
        return self.name
