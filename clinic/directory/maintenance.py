"""Which work on rooms and devices is due."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import QuerySet

from clinic.directory.models import MaintenanceRecord

SOON = timedelta(days=30)


def latest() -> QuerySet[MaintenanceRecord]:
    """The last record of each task of each room and device: what came before it is not due any more."""
    return MaintenanceRecord.objects.order_by("resource", "task", "-done_on", "-pk").distinct("resource", "task")


def due(*, today: date, resources: Collection[int] | None = None) -> list[MaintenanceRecord]:
    """The work that is due by a month from `today`, the most urgent first, of rooms and devices in use."""
    last = latest().values("pk")
    rows = MaintenanceRecord.objects.filter(pk__in=last, next_due__lte=today + SOON, resource__is_active=True)
    if resources is not None:
        rows = rows.filter(resource__in=resources)
    return list(rows.select_related("resource").order_by("next_due", "resource__name_en", "pk"))
