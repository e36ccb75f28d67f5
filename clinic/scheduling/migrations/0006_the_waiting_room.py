from django.db import migrations, models

import clinic.scheduling.models.queue


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("scheduling", "0005_what_can_be_undone"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingScreen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=clinic.scheduling.models.queue.new_key,
                        editable=False,
                        max_length=32,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="switched on at")),
                (
                    "location",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        related_name="waiting_screen",
                        to="directory.location",
                        verbose_name="location",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiting-room screen",
                "verbose_name_plural": "waiting-room screens",
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="Lateness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes late")),
                ("told_at", models.DateTimeField(verbose_name="told at")),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="lateness",
                        to="directory.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="lateness",
                        to="directory.practitioner",
                        verbose_name="practitioner",
                    ),
                ),
            ],
            options={
                "verbose_name": "delay",
                "verbose_name_plural": "delays",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practitioner", "location", "day"), name="lateness_once_a_day_and_location"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 480))), name="lateness_of_1_to_480_minutes"
                    ),
                ],
            },
        ),
    ]
