import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

USUAL = ((48, "email"), (3, "sms"))


def give_each_service_the_usual(apps, schema_editor):
    """What a new service begins with, for those that are there."""
    rule = apps.get_model("directory", "ReminderRule")
    services = apps.get_model("directory", "Service").objects.values_list("pk", flat=True)
    rule.objects.bulk_create(
        rule(service_id=service, hours_before=hours, channel=channel)
        for service in services
        for hours, channel in USUAL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hours_before",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(336),
                        ],
                        verbose_name="hours before the visit",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail"), ("sms", "SMS")], default="email", max_length=8, verbose_name="by"
                    ),
                ),
                (
                    "service",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_rules",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["-hours_before", "channel"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours_before__range", (1, 336))), name="reminder_within_two_weeks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "sms"])), name="reminder_by_a_known_channel"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("service", "hours_before", "channel"),
                        name="reminder_once_for_each_service",
                    ),
                ],
            },
        ),
        migrations.RunPython(give_each_service_the_usual, migrations.RunPython.noop),
    ]
