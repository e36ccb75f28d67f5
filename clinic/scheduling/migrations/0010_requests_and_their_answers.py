from django.db import migrations, models

# Deadlines were written by nobody yet but an import.
IN_STEP = """
    UPDATE scheduling_appointment
    SET approve_by = CASE WHEN status = 'pending' THEN least(approve_by, starts_at) END
    WHERE approve_by IS NOT NULL AND (status <> 'pending' OR approve_by > starts_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_approval"),
        ("patients", "0002_find_by_email"),
        ("scheduling", "0009_calendar_feeds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="appointment",
            name="appointment_to_approve_has_a_deadline",
        ),
        migrations.AddField(
            model_name="appointment",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[("refused", "Not approved"), ("expired", "Not approved in time")],
                default="",
                max_length=8,
                verbose_name="how the request ended",
            ),
        ),
        migrations.AlterField(
            model_name="deed",
            name="kind",
            field=models.CharField(
                choices=[
                    ("booked", "booking"),
                    ("moved", "move"),
                    ("cancelled", "cancellation"),
                    ("status", "change of status"),
                    ("approved", "approval"),
                    ("refused", "refusal"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(IN_STEP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approve_by__isnull", False), ("approve_by__lte", models.F("starts_at")), ("status", "pending")
                    ),
                    models.Q(models.Q(("status", "pending"), _negated=True), ("approve_by__isnull", True)),
                    _connector="OR",
                ),
                name="appointment_has_a_deadline_while_to_approve",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ending", ""),
                    models.Q(("ending__in", ["refused", "expired"]), ("status", "cancelled")),
                    _connector="OR",
                ),
                name="appointment_that_ended_unapproved_is_cancelled",
            ),
        ),
    ]
