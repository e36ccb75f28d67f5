"""The doorbell of the waitlist: a time may have become free."""

from datetime import timedelta

from django.db import transaction

from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.tasks import offer_freed_times
from clinic.scheduling.waitlist.enums import EntryStatus


def wake_waitlist(service: int, *, after: timedelta = timedelta()) -> None:
    """Have `service`'s waitlist looked at when this transaction commits, and `after` has passed, if anybody waits.

    While the broker is down the next periodic run does it.
    """
    if WaitlistEntry.objects.filter(service=service, status=EntryStatus.WAITING).exists():

        def ring() -> None:  # no partial: Django names by its name what failed
            seconds = after.total_seconds()
            offer_freed_times.apply_async((service,), countdown=seconds or None, expires=seconds + 60)

        transaction.on_commit(ring, robust=True)
