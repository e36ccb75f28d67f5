"""A visit that holds time has a reservation of its practitioner over all of it; a cancelled one has none.

The exclusion constraint forbids two reservations of one seat, and says nothing of a visit without any. This says it,
at the commit, when a visit and its reservations have both been written.
"""

from django.db import migrations

PROMISE = """
CREATE FUNCTION scheduling_visit_has_its_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    visit bigint;
    found scheduling_appointment%ROWTYPE;
BEGIN
    IF TG_TABLE_NAME = 'scheduling_appointment' THEN
        visit := NEW.id;
    ELSIF TG_OP = 'INSERT' THEN
        visit := NEW.appointment_id;
    ELSE
        visit := OLD.appointment_id;
    END IF;
    SELECT * INTO found FROM scheduling_appointment WHERE id = visit;
    IF found.id IS NULL THEN
        RETURN NULL;
    ELSIF found.status = 'cancelled' THEN
        IF NOT EXISTS (SELECT FROM scheduling_reservation WHERE appointment_id = visit) THEN
            RETURN NULL;
        END IF;
    ELSIF EXISTS (
        SELECT FROM scheduling_reservation
        WHERE appointment_id = visit AND resource_id = found.practitioner_id
            AND during @> tstzrange(found.starts_at, found.ends_at)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'Visit % (%) and its reservations do not agree.', found.reference, found.status
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_visit_has_its_time', TABLE = 'scheduling_appointment';
END
$$;

CREATE CONSTRAINT TRIGGER a_visit_has_its_time
    AFTER INSERT OR UPDATE OF status, practitioner_id, starts_at, ends_at ON scheduling_appointment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION scheduling_visit_has_its_time();

CREATE CONSTRAINT TRIGGER a_visit_takes_no_other_time
    AFTER INSERT ON scheduling_reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.appointment_id IS NOT NULL)
    EXECUTE FUNCTION scheduling_visit_has_its_time();

CREATE CONSTRAINT TRIGGER a_visit_keeps_its_time
    AFTER DELETE OR UPDATE ON scheduling_reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.appointment_id IS NOT NULL)
    EXECUTE FUNCTION scheduling_visit_has_its_time();
"""

TAKEN_BACK = """
DROP TRIGGER a_visit_keeps_its_time ON scheduling_reservation;
DROP TRIGGER a_visit_takes_no_other_time ON scheduling_reservation;
DROP TRIGGER a_visit_has_its_time ON scheduling_appointment;
DROP FUNCTION scheduling_visit_has_its_time();
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0003_the_day_of_a_visit")]

    operations = [migrations.RunSQL(sql=PROMISE, reverse_sql=TAKEN_BACK)]
