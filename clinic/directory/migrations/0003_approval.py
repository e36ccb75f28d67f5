import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="approval_hours",
            field=models.PositiveSmallIntegerField(
                default=24,
                help_text="Without an answer until then, or until the visit begins, the request ends and its time is free.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(336)],
                verbose_name="hours to approve",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="needs_approval",
            field=models.BooleanField(
                default=False,
                help_text="What visitors book holds its time, and is agreed only when somebody of the clinic approves it.",
                verbose_name="the clinic approves each booking",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("approval_hours__range", (1, 336))),
                name="service_is_approved_within_1_to_336_hours",
            ),
        ),
    ]
