"""Keeping a time for a few minutes, while somebody types."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import BookingRefused
from clinic.scheduling.actions.seats import choose_seats, drop_holds, lock_candidates, reserve
from clinic.scheduling.actions.terms import check_clock, check_hours
from clinic.scheduling.actions.wishes import Wish
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models import Hold, Reservation

HOLD_MINUTES = 10

# Whoever else is dropping one of them is welcome to it.
SWEEP = """
    WITH ended AS (
        SELECT id FROM scheduling_hold WHERE expires_at <= %(now)s ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), freed AS (
        DELETE FROM scheduling_reservation b USING ended WHERE b.hold_id = ended.id
    )
    DELETE FROM scheduling_hold h USING ended WHERE h.id = ended.id
"""


def hold_time(
    *, service: Service, practitioner: Practitioner, location: Location, starts_at: datetime, holder: str
) -> Hold:
    """Keep a time for `HOLD_MINUTES`; the holder who already keeps it gets the same hold, not a longer one.

    Raises `BookingRefused`, with "limit" when `holder` keeps `settings.HOLDS_PER_VISITOR` times already, or all
    visitors together `settings.HOLDS_PER_PRACTITIONER` of one practitioner.
    """
    wish = Wish(service, practitioner, location, starts_at)

    def keep() -> Hold:
        # Two requests of one holder are counted one after the other.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('hold ' || %s, 0))", [holder])
        now = clock.now()
        held = Hold.objects.filter(holder=holder, expires_at__gt=now)
        for hold in held:
            if (hold.service_id, hold.practitioner_id, hold.location_id, hold.starts_at) == (
                service.pk,
                practitioner.pk,
                location.pk,
                starts_at,
            ):
                return hold
        if len(held) >= settings.HOLDS_PER_VISITOR:
            raise BookingRefused("limit")
        if not service.is_public:
            raise BookingRefused("not_offered")
        check_clock(wish, now=now, ignore_notice=False)
        resources = lock_candidates(wish)
        drop_holds(resources=resources, now=now, own=None)
        # Counted under the practitioner's lock. However many addresses somebody has, they block only so much;
        # a visitor who is refused here books without a hold.
        kept = Hold.objects.filter(practitioner=practitioner, expires_at__gt=now)
        if kept.count() >= settings.HOLDS_PER_PRACTITIONER:
            raise BookingRefused("limit")
        check_hours(wish, now=now, ignore_notice=False)
        seats = choose_seats(wish, resources=resources)
        hold = Hold.objects.create(
            practitioner=practitioner,
            service=service,
            location=location,
            starts_at=starts_at,
            holder=holder,
            expires_at=now + timedelta(minutes=HOLD_MINUTES),
        )
        reserve(wish, seats=seats, reason=ReservationReason.HOLD, hold=hold.pk)
        return hold

    try:
        return in_transaction(keep)
    except StillBusy:
        raise BookingRefused("busy") from None


def extend_hold(*, hold: Hold) -> None:
    """Let a hold last `HOLD_MINUTES` from now, for somebody who waits for a code; once, and only while it lasts."""
    now = clock.now()
    lasting = Hold.objects.filter(pk=hold.pk, expires_at__gt=now, is_extended=False)
    if lasting.update(expires_at=now + timedelta(minutes=HOLD_MINUTES), is_extended=True):
        hold.refresh_from_db(fields=["expires_at", "is_extended"])


def release_hold(*, hold: Hold) -> None:
    """Give the time back; without effect on a hold that has become an appointment or is gone."""

    def release() -> None:
        Reservation.objects.filter(hold=hold).delete()
        Hold.objects.filter(pk=hold.pk).delete()

    in_transaction(release)


def sweep_expired() -> int:
    """Delete holds that have ended, a thousand at most; how many. They forbid nothing, they only take up room."""

    def sweep() -> int:
        with connection.cursor() as cursor:
            cursor.execute(SWEEP, {"now": clock.now()})
            return cursor.rowcount

    return in_transaction(sweep)
