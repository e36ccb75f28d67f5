import clinic.lib.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A merged patient is a sign of one step: it points to somebody who is none, and nobody points to it. What the row says
# is read at the commit, under a lock of the other one, so that two merges at one moment cannot make two steps.
#
# For each table of followers, whose column is patient_id, an app makes two triggers:
#   follows_its_patient, on the table: whoever writes for a merged patient writes for the kept one. The patient's row is
#     locked, so that a merge at that moment waits and finds what was written;
#   leaves_no_<table>, on the patients: nothing is left with a merged patient at the commit.
PROMISE = """
CREATE FUNCTION patients_sign_of_one_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    target bigint;
    next bigint;
BEGIN
    SELECT merged_into_id INTO target FROM patients_patient WHERE id = NEW.id;
    IF target IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT merged_into_id INTO next FROM patients_patient WHERE id = target FOR SHARE;
    IF next IS NOT NULL OR EXISTS (SELECT FROM patients_patient WHERE merged_into_id = NEW.id) THEN
        RAISE EXCEPTION 'patient % is merged in more than one step', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_of_one_step';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER sign_of_one_step AFTER INSERT OR UPDATE OF merged_into_id ON patients_patient
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION patients_sign_of_one_step();

CREATE FUNCTION patients_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    target bigint;
BEGIN
    SELECT merged_into_id INTO target FROM patients_patient WHERE id = NEW.patient_id FOR SHARE;
    NEW.patient_id := coalesce(target, NEW.patient_id);
    RETURN NEW;
END
$$;

CREATE FUNCTION patients_leave_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_left boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %I f JOIN patients_patient p ON p.id = f.patient_id'
        ' WHERE p.id = $1 AND p.merged_into_id IS NOT NULL)', TG_ARGV[0]
    ) INTO is_left USING NEW.id;
    IF is_left THEN
        RAISE EXCEPTION 'patient % is merged, and rows of % are left', NEW.id, TG_ARGV[0]
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION patients_alike(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN one <> '' AND other <> '' AND (
    string_to_array(btrim(one), ' ') <@ string_to_array(btrim(other), ' ')
    OR string_to_array(btrim(other), ' ') <@ string_to_array(btrim(one), ' ')
    OR similarity(one, other) >= 0.6
);
"""

TAKEN_BACK = """
DROP FUNCTION patients_alike(text, text);
DROP FUNCTION patients_leave_nothing();
DROP FUNCTION patients_follow();
DROP TRIGGER sign_of_one_step ON patients_patient;
DROP FUNCTION patients_sign_of_one_step();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0003_search_keys_by_the_database'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'two people who look like one',
                'verbose_name_plural': 'people who look like one',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=clinic.lib.references.new_reference, editable=False, max_length=10, unique=True, verbose_name='reference')),
                ('taken', models.JSONField(default=dict, verbose_name='details taken over')),
                ('done_at', models.DateTimeField(verbose_name='merged at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
            ],
            options={
                'verbose_name': 'merge of patients',
                'verbose_name_plural': 'merges of patients',
                'ordering': ['-done_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MovedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follower', models.CharField(max_length=80)),
                ('row', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'row moved by a merge',
                'verbose_name_plural': 'rows moved by a merge',
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='patient',
            options={'ordering': ['pk'], 'permissions': [('merge_patient', 'Can merge patients and undo it')], 'verbose_name': 'patient', 'verbose_name_plural': 'patients'},
        ),
        migrations.AddField(
            model_name='patient',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='patients.patient', verbose_name='merged into'),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(condition=models.Q(('merged_into', None), ('origin', 'site')), fields=['id'], name='patient_to_match'),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='patient_is_merged_into_another'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient', verbose_name='first'),
        ),
        migrations.AddField(
            model_name='distinction',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient', verbose_name='second'),
        ),
        migrations.AddField(
            model_name='merge',
            name='done_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='merge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='patients.patient', verbose_name='kept'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='patients.patient', verbose_name='merged'),
        ),
        migrations.AddField(
            model_name='movedrow',
            name='merge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='patients.merge'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinction_is_in_order'),
        ),
        migrations.AddConstraint(
            model_name='distinction',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='distinction_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_is_of_two_patients'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at', None), ('undone_at__gte', models.F('done_at')), _connector='OR'), name='merge_is_undone_later'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='patient_is_merged_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='movedrow',
            constraint=models.UniqueConstraint(fields=('merge', 'follower', 'row'), name='merge_moves_a_row_once'),
        ),
        migrations.RunSQL(sql=PROMISE, reverse_sql=TAKEN_BACK),
    ]
