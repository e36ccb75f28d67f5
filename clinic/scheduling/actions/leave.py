"""Leave, maintenance and closure, entered together with what becomes of the visits that lie in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.audit.actions import record_event
from clinic.directory.models import Closure, Practitioner
from clinic.lib import clock
from clinic.scheduling.absences import affected_by, to_work_off
from clinic.scheduling.actions.leave_visits import Choice, check_seen, note_decision, settle
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import AbsenceRefused
from clinic.scheduling.actions.seats import EXTRA_SEATS, RESERVED, lock_for
from clinic.scheduling.enums import Decision
from clinic.scheduling.models import Absence, Appointment, Hold, Reservation
from clinic.scheduling.overlaps import overlaps

# Of each seat what nothing else holds; a visit that goes leaves its seat to the absence, by a trigger.
PIECES = """
    SELECT r.id AS resource_id, n.seat, piece.during
    FROM directory_resource r
    CROSS JOIN LATERAL generate_series(1, r.seats + EXTRA) n (seat)
    CROSS JOIN LATERAL unnest(
        tstzmultirange(%(during)s::tstzrange) - coalesce((
            SELECT range_agg(b.during) FROM (RESERVED) b WHERE b.seat = n.seat
        ), '{}')
    ) piece (during)
    WHERE r.id = %(resource)s
""".replace("EXTRA", str(EXTRA_SEATS)).replace("RESERVED", RESERVED)
LEFT_OVER = "SELECT 1 FROM (PIECES) p LIMIT 1".replace("PIECES", PIECES)
OCCUPY = """
    INSERT INTO scheduling_reservation (resource_id, seat, during, reason, absence_id, note)
    SELECT p.resource_id, p.seat, p.during, %(reason)s, %(absence)s, '' FROM (PIECES) p
    ON CONFLICT DO NOTHING
""".replace("PIECES", PIECES)


def take_absence(
    *,
    absence: Absence,
    choices: Sequence[Choice],
    by: AbstractBaseUser | None,
    name_en: str = "",
    name_ar: str = "",
) -> Absence:
    """Enter `absence`, not saved yet, and do what was chosen for each visit in it: all in one transaction, or nothing.

    The patients of visits that move, are cancelled or are asked are told. A closure is shown to visitors under
    `name_en` and `name_ar`. The same absence twice is one. Raises `AbsenceRefused`: "changed" when `choices` are not
    those of exactly the visits that are affected now, "visit" when one of them could not be done.
    """

    def take() -> Absence:
        lock_all(absence, choices)
        earlier = _same(absence)
        if earlier:
            return earlier
        affected = lock_visits(affected_by(absence, now=clock.now()))
        check_seen(affected, choices, all_of_them=True)
        entered = _enter(absence, names=(name_en, name_ar), by=by, affected=len(affected))
        settle(entered, affected, choices, by=by)
        return entered

    return _all_or_nothing(take)


def report_sick(*, practitioner: Practitioner, zone: str, by: AbstractBaseUser | None, note: str = "") -> Absence:
    """Take the rest of today, by the wall clock of `zone`, out of a practitioner's hands at once.

    Nothing else is decided: the visits stay until somebody has worked off their list. Reported again, it is the
    absence that was reported first. Raises `AbsenceRefused` ("busy").
    """

    def report() -> Absence:
        lock_for([], others=[practitioner.pk])
        now = clock.now()
        end = clock.day_bounds(clock.local_day(now, zone), zone)[1]
        absence = Absence(
            kind="leave",
            resource=practitioner.resource_ptr,
            during=DateTimeTZRange(now, end),
            time_zone=zone,
            note=note,
        )
        current = Absence.objects.filter(
            resource=practitioner.pk, during__contains=absence.during, withdrawn_at__isnull=True
        ).first()
        if current:
            return current
        affected = lock_visits(affected_by(absence, now=now))
        entered = _enter(absence, names=("", ""), by=by, affected=len(affected))
        for visit in affected:
            note_decision(entered, visit, Decision.CALL)
        return entered

    return _all_or_nothing(report)


def settle_visits(*, absence: Absence, choices: Sequence[Choice], by: AbstractBaseUser | None) -> None:
    """Do what was chosen for visits on the list of `absence`: all of it, or nothing. Visits that have left the list
    meanwhile are passed over. Raises `AbsenceRefused`.
    """

    def work() -> None:
        lock_all(absence, choices)
        current = Absence.objects.select_related("resource", "location").get(pk=absence.pk)
        chosen = [choice.visit.pk for choice in choices]
        visits = lock_visits(to_work_off(current, now=clock.now()).filter(pk__in=chosen))
        check_seen(visits, choices, all_of_them=False)
        settle(current, visits, choices, by=by)

    _all_or_nothing(work)


def withdraw_absence(*, absence: Absence, by: AbstractBaseUser | None) -> Absence:
    """Give the time of an absence back. What was done about its visits stays done. Twice is once.

    Raises `AbsenceRefused` ("busy").
    """

    def withdraw() -> Absence:
        lock_all(absence, [])
        # First it ends, then its time goes: else the trigger would take each piece for it again.
        current = Absence.objects.filter(pk=absence.pk, withdrawn_at__isnull=True)
        if current.update(withdrawn_at=clock.now()):
            Reservation.objects.filter(absence=absence.pk).delete()
            Closure.objects.filter(absence=absence.pk).delete()
            _record("absence.withdrawn", absence, by=by)
        absence.refresh_from_db()
        return absence

    return _all_or_nothing(withdraw)


def lock_all(absence: Absence, choices: Sequence[Choice]) -> None:
    """Lock whatever the absence takes, what its visits hold, and what they shall move to, in one order.

    A closure may concern anybody, as in `clinic.directory.views`.
    """
    visits = [choice.visit.pk for choice in choices]
    held = Reservation.objects.filter(appointment__in=visits).values_list("resource", flat=True)
    away = [absence.resource_id] if absence.resource_id else Practitioner.objects.values_list("pk", flat=True)
    lock_for([choice.wish for choice in choices if choice.wish], others=sorted({*away, *held}))


def lock_visits(visits: Any) -> list[Appointment]:
    """`visits` with all that their actions read; none of them changes until the transaction ends."""
    related = visits.select_related("service", "location", "practitioner", "patient")
    return list(related.select_for_update(of=("self",), no_key=True))


def _same(absence: Absence) -> Absence | None:
    return Absence.objects.filter(
        resource=absence.resource, location=absence.location, during=absence.during, withdrawn_at__isnull=True
    ).first()


def _enter(absence: Absence, *, names: tuple[str, str], by: AbstractBaseUser | None, affected: int) -> Absence:
    """Save the absence, and take all of its time that no visit holds. What visitors are keeping there is given up."""
    entered = Absence.objects.create(
        kind=absence.kind,
        resource=absence.resource,
        location=absence.location,
        closure=_close(absence, names) if absence.location else None,
        during=absence.during,
        time_zone=absence.time_zone,
        note=absence.note,
    )
    begins, ends = absence.during.lower, absence.during.upper
    if entered.resource is None:
        _drop_holds(Hold.objects.filter(location=entered.location, starts_at__gte=begins, starts_at__lt=ends))
    else:
        kept = Reservation.objects.filter(overlaps(begins, ends), resource=entered.resource_id)
        _drop_holds(Hold.objects.filter(pk__in=kept.filter(hold__isnull=False).values("hold")))
        _occupy(entered)
    _record("absence.added", entered, by=by, affected=affected)
    return entered


def _close(absence: Absence, names: tuple[str, str]) -> Closure:
    """The days on which the location is closed."""
    zone = absence.time_zone
    return Closure.objects.create(
        location=absence.location,
        name_en=names[0],
        name_ar=names[1],
        first_day=clock.local_day(absence.during.lower, zone),
        last_day=clock.local_day(absence.during.upper - datetime.resolution, zone),
    )


def _drop_holds(holds: Any) -> None:
    found = list(holds.values_list("pk", flat=True))
    Reservation.objects.filter(hold__in=found).delete()
    Hold.objects.filter(pk__in=found).delete()


def _occupy(absence: Absence) -> None:
    asked = {"during": absence.during, "resource": absence.resource_id, "reason": absence.kind, "absence": absence.pk}
    with connection.cursor() as cursor:
        cursor.execute(OCCUPY, asked)
        # Whoever reserves without the lock of the resource may have been faster: then nothing is saved.
        cursor.execute(LEFT_OVER, asked)
        if cursor.fetchone():
            raise AbsenceRefused("busy")


def _record(verb: str, absence: Absence, *, by: AbstractBaseUser | None, **detail: Any) -> None:
    record_event(
        verb,
        subject_type="absence",
        subject=absence.reference,
        by=by,
        detail={
            "kind": str(absence.kind),
            "from": absence.during.lower.isoformat(),
            "until": absence.during.upper.isoformat(),
            **detail,
        },
    )


def _all_or_nothing(work: Any) -> Any:
    try:
        return in_transaction(work)
    except StillBusy:
        raise AbsenceRefused("busy") from None
