"""Several closures at once, as a calendar of holidays brings them."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser

from clinic.audit.actions import record_event
from clinic.directory.models import Closure
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import HoursRefused
from clinic.scheduling.actions.templates import lock_everybody


def add_closures(*, closures: Sequence[Closure], by: AbstractBaseUser | None) -> list[Closure]:
    """Save those that are not there yet: of the same location, or of all, on the same days. All or none.

    Visits of these days stay until somebody moves them. Raises `HoursRefused` ("busy").
    """

    def add() -> list[Closure]:
        lock_everybody()
        days = Closure.objects.filter(first_day__in={each.first_day for each in closures})
        known = {(row.location_id, row.first_day, row.last_day) for row in days}
        added = []
        for closure in closures:
            key = (closure.location_id, closure.first_day, closure.last_day)
            if key in known or (None, *key[1:]) in known:
                continue
            known.add(key)
            closure.save()
            record_event("closure.created", subject_type="closure", subject=str(closure.pk), by=by)
            added.append(closure)
        return added

    try:
        return in_transaction(add)
    except StillBusy:
        raise HoursRefused("busy") from None
