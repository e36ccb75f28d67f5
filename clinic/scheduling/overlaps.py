"""Which reservations take some of a span of time: asked everywhere in the same way, of two indexes of their own.

Nearly every reservation is short, and is found by when it begins. The few long ones (leave) would need a look back of
weeks, so they have an index by when they end; migration 0002 makes both. Over a million rows that takes a tenth of
what the index of the exclusion constraint would. That index is read by the constraint alone (decision 46).
"""

from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.lookups import GreaterThan, LessThanOrEqual

LONG = "interval '4 hours'"  # the same as in migration 0002
LONG_TIME = timedelta(hours=4)

# The rows of some of [begins, ends) that are of one resource, or of one of several; `resources` begins with "=".
OVERLAPPING = """
    SELECT b.* FROM scheduling_reservation b
    WHERE b.resource_id {resources} AND upper(b.during) - lower(b.during) <= LONG
        AND lower(b.during) > {begins} - LONG AND lower(b.during) < {ends} AND upper(b.during) > {begins}
    UNION ALL
    SELECT b.* FROM scheduling_reservation b
    WHERE b.resource_id {resources} AND upper(b.during) - lower(b.during) > LONG
        AND upper(b.during) > {begins} AND lower(b.during) < {ends}
""".replace("LONG", LONG)


def overlaps(begins: datetime, ends: datetime) -> Q:
    """The same as a condition on reservations; whoever asks names the resources, too."""
    length = ExpressionWrapper(F("during__endswith") - F("during__startswith"), output_field=DurationField())
    short = Q(LessThanOrEqual(length, Value(LONG_TIME)), during__startswith__gt=begins - LONG_TIME)
    long = Q(GreaterThan(length, Value(LONG_TIME)))
    return Q(short | long, during__startswith__lt=ends, during__endswith__gt=begins)
