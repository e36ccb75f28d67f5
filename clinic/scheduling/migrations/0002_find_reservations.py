"""Two indexes that the query of free times reads; see `clinic.scheduling.availability.sql`.

Nearly every reservation is short, and is found by when it begins. The few long ones (leave) would need a look
back of weeks, so they have an index of their own, by when they end.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="CREATE INDEX reservation_by_start ON scheduling_reservation (resource_id, lower(during))",
            reverse_sql="DROP INDEX reservation_by_start",
        ),
        migrations.RunSQL(
            sql="CREATE INDEX reservation_long ON scheduling_reservation (resource_id, upper(during))"
            " WHERE upper(during) - lower(during) > interval '4 hours'",
            reverse_sql="DROP INDEX reservation_long",
        ),
    ]
