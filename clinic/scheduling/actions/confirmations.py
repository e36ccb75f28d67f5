"""The patient's promise to come."""

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.scheduling import rules
from clinic.scheduling.actions.changes import fresh
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import ChangeRefused
from clinic.scheduling.models import Appointment


def confirm_attendance(*, appointment: Appointment, by: AbstractBaseUser | None) -> Appointment:
    """Note that the patient will come. A visit that is confirmed already is returned as it is.

    `appointment` is the visit as the patient saw it: nobody promises to come at a time that they were not shown. The
    revision stays, for the visit itself does not change: reminders still hold, and calendars need not hear of it
    (RFC 5546, 2.1.4). Raises `ChangeRefused` with "changed", "not_allowed" or "busy".
    """

    def confirm() -> Appointment:
        current = fresh(appointment)
        if current.revision != appointment.revision:
            raise ChangeRefused("changed")
        if current.confirmed_at is not None:
            return current
        now = clock.now()
        if not rules.can_confirm(current, now):
            raise ChangeRefused("not_allowed")
        unconfirmed = Appointment.objects.filter(pk=current.pk, revision=current.revision, confirmed_at=None)
        if not unconfirmed.update(confirmed_at=now):
            # Somebody was faster. Two promises are one; a visit that has changed meanwhile is to be looked at again.
            current = fresh(appointment)
            if current.revision != appointment.revision or current.confirmed_at is None:
                raise ChangeRefused("changed")
            return current
        current.confirmed_at = now
        record_event("appointment.confirmed", subject_type="appointment", subject=current.reference, by=by)
        return current

    try:
        return in_transaction(confirm)
    except StillBusy:
        raise ChangeRefused("busy") from None
