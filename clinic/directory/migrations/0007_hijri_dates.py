from django.db import migrations, models


def write_the_row(apps, schema_editor):
    apps.get_model("directory", "HijriSetting").objects.create()


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HijriSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_shown",
                    models.BooleanField(
                        default=False,
                        help_text="At the desk, where visitors book, and in the e-mails about visits.",
                        verbose_name="show Hijri dates beside Gregorian ones",
                    ),
                ),
                (
                    "shift",
                    models.SmallIntegerField(
                        choices=[
                            (-2, "two days later than calculated"),
                            (-1, "a day later than calculated"),
                            (0, "as calculated"),
                            (1, "a day earlier than calculated"),
                            (2, "two days earlier than calculated"),
                        ],
                        default=0,
                        help_text="Dates follow the calendar of Umm al-Qura. Where the moon is seen on another day, say so here.",
                        verbose_name="the months begin",
                    ),
                ),
            ],
            options={
                "verbose_name": "Hijri dates",
                "default_permissions": ("change",),
                "constraints": [
                    models.UniqueConstraint(models.Value(1), name="one_hijri_setting"),
                    models.CheckConstraint(
                        condition=models.Q(("shift__range", (-2, 2))), name="hijri_months_begin_within_two_days"
                    ),
                ],
            },
        ),
        migrations.RunPython(write_the_row, migrations.RunPython.noop),
    ]
