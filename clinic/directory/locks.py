"""The one order in which resources are locked, by whoever books them or changes when they work."""

from collections.abc import Iterable

from clinic.directory.models import Resource


def lock_hours_of(practitioners: Iterable[int]) -> None:
    """Wait until nobody books `practitioners`, and keep the others waiting until this transaction ends.

    The same rows in the same order as a booking takes them, so that the two can never deadlock and a booking
    reads either the old hours or the new ones.
    """
    rows = Resource.objects.select_for_update(no_key=True).filter(pk__in=list(practitioners)).order_by("pk")
    list(rows.values_list("pk", flat=True))
