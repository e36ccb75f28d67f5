"""Idempotency: the same request twice is one appointment."""

from django.db import models

from clinic.scheduling.models.appointments import Appointment


class BookingRequest(models.Model):
    """A request that was answered with an appointment.

    `key` is chosen by the sender (draft-ietf-httpapi-idempotency-key-header) and unique for one `sender`;
    `digest` is the SHA-256 of what was asked, so that one key cannot stand for two requests.
    """

    sender = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, null=True, related_name="requests")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["sender", "key"], name="booking_request_once_for_each_key")]
        indexes = [models.Index(fields=["created_at"], name="booking_request_by_age")]

    def __str__(self) -> str:
        return self.key
