"""A time that somebody asks for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.directory.models import Location, Practitioner, Service


@dataclass(frozen=True, slots=True)
class Wish:
    """One visit: what, with whom, where and when. `length` is the service's unless a desk has chosen another."""

    service: Service
    practitioner: Practitioner
    location: Location
    starts_at: datetime
    length: timedelta | None = None

    @property
    def ends_at(self) -> datetime:
        """In UTC: on a wall clock the sum would be another length on a night when it changes."""
        return self.starts_at.astimezone(UTC) + (self.length or timedelta(minutes=self.service.duration))

    @property
    def during(self) -> DateTimeTZRange:
        """The visit with its buffers: what it takes of each resource."""
        return DateTimeTZRange(
            self.starts_at.astimezone(UTC) - timedelta(minutes=self.service.buffer_before),
            self.ends_at + timedelta(minutes=self.service.buffer_after),
        )
