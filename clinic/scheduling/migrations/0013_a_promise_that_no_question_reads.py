"""The index that forbids double bookings is read by its constraint alone.

PostgreSQL may lose live entries of a GiST index that a question reads again and again while rows come in (decision 46).
The constraint is made anew, which also puts back what an index may have lost; where two reservations overlap already,
this stops and names them.
"""

import django.contrib.postgres.constraints
from django.db import migrations, models

# As in migration 0008, but for the condition of the inner question.
PROMISE = """
CREATE OR REPLACE FUNCTION scheduling_time_falls_to_absence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    away record;
BEGIN
    FOR away IN
        SELECT id, kind, during FROM scheduling_absence
        WHERE resource_id = OLD.resource_id AND withdrawn_at IS NULL AND during && OLD.during
    LOOP
        INSERT INTO scheduling_reservation (resource_id, seat, during, reason, absence_id, note)
        SELECT OLD.resource_id, OLD.seat, piece.during, away.kind, away.id, ''
        FROM unnest(
            tstzmultirange(away.during * OLD.during) - coalesce((
                SELECT range_agg(b.during) FROM scheduling_reservation b
                WHERE b.resource_id = OLD.resource_id AND b.seat = OLD.seat AND CONDITION
            ), '{}')
        ) piece (during)
        ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END
$$;
"""
BEFORE = "b.during && OLD.during"
# By the two indexes of migration 0002.
AFTER = """(
                    upper(b.during) - lower(b.during) <= interval '4 hours'
                        AND lower(b.during) > lower(OLD.during) - interval '4 hours'
                    OR upper(b.during) - lower(b.during) > interval '4 hours'
                ) AND upper(b.during) > lower(OLD.during) AND lower(b.during) < upper(OLD.during)"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0012_proven_contacts")]

    operations = [
        migrations.RunSQL(sql=PROMISE.replace("CONDITION", AFTER), reverse_sql=PROMISE.replace("CONDITION", BEFORE)),
        migrations.RemoveConstraint(model_name="reservation", name="no_seat_is_reserved_twice"),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="no_seat_is_reserved_twice",
                expressions=[
                    (models.ExpressionWrapper(models.F("resource") + 0, models.BigIntegerField()), "="),
                    (models.ExpressionWrapper(models.F("seat") + 0, models.IntegerField()), "="),
                    (models.Func(models.F("during"), template="(%(expressions)s * '(,)'::tstzrange)"), "&&"),
                ],
            ),
        ),
    ]
