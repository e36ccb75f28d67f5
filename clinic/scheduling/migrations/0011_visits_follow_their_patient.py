from django.db import migrations

# See the migration of the patients' merges for what these triggers promise.
FOLLOWERS = ("scheduling_appointment", "scheduling_waitlistentry")

PROMISE = "".join(
    f"""
CREATE TRIGGER follows_its_patient BEFORE INSERT OR UPDATE OF patient_id ON {table}
    FOR EACH ROW WHEN (NEW.patient_id IS NOT NULL) EXECUTE FUNCTION patients_follow();

CREATE CONSTRAINT TRIGGER leaves_no_{table} AFTER INSERT OR UPDATE OF merged_into_id ON patients_patient
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION patients_leave_nothing('{table}');
"""
    for table in FOLLOWERS
)

TAKEN_BACK = "".join(
    f"""
DROP TRIGGER leaves_no_{table} ON patients_patient;
DROP TRIGGER follows_its_patient ON {table};
"""
    for table in FOLLOWERS
)


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0004_files_of_one_person'),
        ('scheduling', '0010_requests_and_their_answers'),
    ]

    operations = [migrations.RunSQL(sql=PROMISE, reverse_sql=TAKEN_BACK)]
