"""Wishes for a time, and the times that were offered."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.enums import Weekday
from clinic.directory.models import Location, Practitioner, Service
from clinic.lib.references import new_reference, spoken
from clinic.patients.models import Patient
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models.appointments import Appointment
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus


class WaitlistEntry(models.Model):
    """Somebody who waits for a time, first come, first served.

    Days and times are those of the clock on each location's wall: both days are included, no weekday means any, and
    a visit begins between `earliest` and `latest`. `key` makes the same form twice one entry. `unanswered` counts
    offers that ended by themselves, one after the other.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="waitlist", verbose_name=_("service"))
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waitlist",
        verbose_name=_("practitioner"),
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="waitlist", verbose_name=_("location")
    )
    patient = models.ForeignKey(
        Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="waitlist", verbose_name=_("patient")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), help_text=_("Included."))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"), default=list, blank=True
    )
    earliest = models.TimeField(_("begins not before"), null=True, blank=True)
    latest = models.TimeField(_("begins not after"), null=True, blank=True)
    contact_name = models.CharField(_("name"), max_length=120)
    contact_phone = models.CharField(_("phone"), max_length=16, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    source = models.CharField(_("asked"), max_length=4, choices=BookingSource)
    status = models.CharField(_("status"), max_length=8, choices=EntryStatus, default=EntryStatus.WAITING)
    unanswered = models.PositiveSmallIntegerField(_("offers without an answer"), default=0)
    created_at = models.DateTimeField(_("waits since"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("waitlist entry")
        verbose_name_plural = _("waitlist entries")
        ordering = ["created_at", "pk"]
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="waitlist_days_in_order"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(Weekday.values)), name="waitlist_weekdays_are_days"
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(earliest__lte=F("latest")),
                name="waitlist_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(contact_phone="") | ~Q(contact_email=""), name="waitlist_entry_can_be_reached"
            ),
            models.CheckConstraint(condition=Q(status__in=EntryStatus.values), name="waitlist_status_is_known"),
            models.CheckConstraint(
                condition=Q(status=EntryStatus.WAITING, ended_at__isnull=True)
                | (~Q(status=EntryStatus.WAITING) & Q(ended_at__isnull=False)),
                name="waitlist_entry_waits_or_has_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["service", "created_at"], condition=Q(status=EntryStatus.WAITING), name="waitlist_by_turn"
            ),
            models.Index(fields=["ended_at"], name="waitlist_by_end"),
        ]

    def __str__(self) -> str:
        return spoken(self.reference)


class WaitlistOffer(models.Model):
    """A time that is kept for one entry until `expires_at`; its hold carries `holder`.

    That no time is offered to two people is the promise of the reservation of that hold. Nobody has two offers at
    once, or is offered the same time again.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    entry = models.ForeignKey(WaitlistEntry, on_delete=models.CASCADE, related_name="offers")
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="offers", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="offers", verbose_name=_("location"))
    starts_at = models.DateTimeField(_("starts at"))
    status = models.CharField(_("status"), max_length=8, choices=OfferStatus, default=OfferStatus.OPEN)
    made_at = models.DateTimeField(_("offered at"))
    expires_at = models.DateTimeField(_("kept until"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="offer"
    )

    class Meta:
        verbose_name = _("offered time")
        verbose_name_plural = _("offered times")
        ordering = ["made_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(status=OfferStatus.OPEN), name="waitlist_one_open_offer_for_an_entry"
            ),
            models.UniqueConstraint(
                fields=["entry", "practitioner", "starts_at"], name="waitlist_no_time_is_offered_twice_to_an_entry"
            ),
            models.CheckConstraint(condition=Q(made_at__lt=F("expires_at")), name="waitlist_offer_lasts"),
            models.CheckConstraint(
                condition=Q(status=OfferStatus.OPEN, answered_at__isnull=True)
                | (~Q(status=OfferStatus.OPEN) & Q(status__in=OfferStatus.values) & Q(answered_at__isnull=False)),
                name="waitlist_offer_is_open_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(status=OfferStatus.ACCEPTED, appointment__isnull=False)
                | (~Q(status=OfferStatus.ACCEPTED) & Q(appointment__isnull=True)),
                name="waitlist_accepted_offer_is_a_visit",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(status=OfferStatus.OPEN), name="waitlist_offer_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def ends_at(self) -> datetime:
        """When the visit would end."""
        return self.starts_at + timedelta(minutes=self.entry.service.duration)

    @property
    def holder(self) -> str:
        """Under what its time is held."""
        return f"waitlist {self.reference}"
