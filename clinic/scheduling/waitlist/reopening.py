"""An acceptance that is taken back: the person waits again, in their old place, and the time is theirs to take."""

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models import Appointment, Hold, Reservation
from clinic.scheduling.models.waitlist import WaitlistEntry, WaitlistOffer
from clinic.scheduling.waitlist.enums import EntryStatus, OfferStatus


def reopen_offer(visit: Appointment, *, by: AbstractBaseUser) -> None:
    """Let the offer that `visit` came of stand as before, with the time of the visit; part of the caller's transaction.

    An offer that would be over by now is over. Without effect on a visit that came of none.
    """
    offer = WaitlistOffer.objects.select_for_update().filter(appointment=visit).first()
    if offer is None:
        return
    now = clock.now()
    WaitlistEntry.objects.filter(pk=offer.entry_id).update(status=EntryStatus.WAITING, ended_at=None)
    offers = WaitlistOffer.objects.filter(pk=offer.pk)
    if offer.expires_at <= now:
        offers.update(status=OfferStatus.EXPIRED, answered_at=now, appointment=None)
    else:
        offers.update(status=OfferStatus.OPEN, answered_at=None, appointment=None)
        hold = Hold.objects.create(
            service_id=visit.service_id,
            practitioner_id=visit.practitioner_id,
            location_id=visit.location_id,
            starts_at=visit.starts_at,
            holder=offer.holder,
            expires_at=offer.expires_at,
        )
        held = Reservation.objects.filter(appointment=visit)
        held.update(appointment=None, hold=hold, reason=ReservationReason.HOLD)
    record_event("waitlist.reopened", subject_type="waitlistentry", subject=offer.entry.reference, by=by)
