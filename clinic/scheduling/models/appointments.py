"""Visits that are agreed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.directory.models import Location, Practitioner, Service
from clinic.lib.references import new_reference, spoken
from clinic.messaging.enums import Channel
from clinic.patients.models import Patient
from clinic.scheduling.enums import AppointmentStatus, BookingSource, Ending


class Appointment(models.Model):
    """A visit of one patient to one practitioner for one service.

    `starts_at` and `ends_at` are the visit itself, without buffers; what it takes up stands in its reservations.
    `token` is the number that the waiting room shows on `token_day`, of its location. `overbooked` says why the visit
    was given an extra seat. A visit that the clinic has to approve has an `approve_by` until that is decided; if the
    answer was no, `ending` says how. `confirmed_at` says when the patient promised to come. `revision` rises with each
    change and is the SEQUENCE of its calendar entry (RFC 5545, 3.8.7.4). The contact fields hold what was typed for
    this visit and outlive a change of the patient's own; `proven` names the one of them whose owner read a code.
    """

    reference = models.CharField(_("reference"), max_length=10, unique=True, default=new_reference, editable=False)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("patient")
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("practitioner")
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("service")
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("location")
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    status = models.CharField(_("status"), max_length=12, choices=AppointmentStatus, default=AppointmentStatus.BOOKED)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    source = models.CharField(_("booked"), max_length=4, choices=BookingSource)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    contact_name = models.CharField(_("name"), max_length=120)
    contact_phone = models.CharField(_("phone"), max_length=16, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    proven = models.CharField(_("contact confirmed with a code"), max_length=8, choices=Channel, blank=True, default="")
    note = models.TextField(_("note for the clinic"), blank=True, max_length=1000)
    cancel_reason = models.CharField(_("reason for the cancellation"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("booked at"), auto_now_add=True)
    approve_by = models.DateTimeField(_("to be approved until"), null=True, blank=True)
    ending = models.CharField(_("how the request ended"), max_length=8, choices=Ending, blank=True, default="")
    confirmed_at = models.DateTimeField(_("attendance confirmed at"), null=True, blank=True)
    overbooked = models.CharField(_("reason for the extra seat"), max_length=200, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True)
    began_at = models.DateTimeField(_("consultation began at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    token = models.PositiveSmallIntegerField(_("number in the queue"), null=True, blank=True)
    token_day = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "pk"]
        permissions = [("overbook_appointment", _("Can give a visit an extra seat"))]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status__in=AppointmentStatus.values), name="appointment_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=AppointmentStatus.PENDING, approve_by__isnull=False, approve_by__lte=F("starts_at"))
                | (~Q(status=AppointmentStatus.PENDING) & Q(approve_by__isnull=True)),
                name="appointment_has_a_deadline_while_to_approve",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ending__in=Ending.values, status=AppointmentStatus.CANCELLED),
                name="appointment_that_ended_unapproved_is_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(proven="")
                | (Q(proven=Channel.EMAIL) & ~Q(contact_email=""))
                | (Q(proven=Channel.SMS) & ~Q(contact_phone="")),
                name="appointment_proven_contact_is_there",
            ),
            models.CheckConstraint(
                condition=Q(token__isnull=True, token_day__isnull=True) | Q(token__gte=1, token_day__isnull=False),
                name="appointment_token_is_of_a_day",
            ),
            models.UniqueConstraint(
                fields=["location", "token_day", "token"], name="appointment_token_once_a_day_and_location"
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "starts_at"], name="appointment_by_practitioner"),
            models.Index(fields=["location", "starts_at"], name="appointment_by_location"),
            models.Index(fields=["starts_at"], name="appointment_by_start"),
            models.Index(
                fields=["approve_by"], condition=Q(status=AppointmentStatus.PENDING), name="appointment_to_approve"
            ),
        ]

    def __str__(self) -> str:
        return self.spoken_reference

    @property
    def spoken_reference(self) -> str:
        """The reference in two groups, as people read it aloud."""
        return spoken(self.reference)
