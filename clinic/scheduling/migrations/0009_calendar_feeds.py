import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.lib.references


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0008_absences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=clinic.lib.references.new_reference, editable=False, max_length=10, unique=True
                    ),
                ),
                ("shows_names", models.BooleanField(default=False, verbose_name="with the names of patients")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "verbose_name_plural": "calendar addresses",
                "default_permissions": (),
            },
        ),
    ]
