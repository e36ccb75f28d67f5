import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
from django.db import migrations, models


# So that a use of a template always has its place and days, also when these change.
SAME_DAYS = """
    ALTER TABLE directory_templateuse ADD CONSTRAINT template_use_has_the_days_of_its_template
    FOREIGN KEY (template_id, location_id, first_day, last_day)
    REFERENCES directory_hourstemplate (id, location_id, first_day, last_day) ON UPDATE CASCADE ON DELETE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="location",
            name="keeps_to_hours",
            field=models.BooleanField(
                default=False,
                help_text="Offers no time outside of the opening hours, whatever the hours of the practitioners say.",
                verbose_name="visits within the opening hours only",
            ),
        ),
        migrations.CreateModel(
            name="HoursTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                ("name_ar", models.CharField(max_length=80, verbose_name="name in Arabic")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(help_text="Included.", verbose_name="last day")),
                (
                    "keeps_days",
                    models.BooleanField(
                        default=True, verbose_name="only on the weekdays on which each of them usually works here"
                    ),
                ),
                (
                    "for_doors",
                    models.BooleanField(default=False, verbose_name="these are the opening hours of the location too"),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours_templates",
                        to="directory.location",
                        verbose_name="location",
                    ),
                ),
            ],
            options={
                "verbose_name": "special hours",
                "verbose_name_plural": "special hours",
                "ordering": ["first_day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TemplateHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Monday"),
                            (2, "Tuesday"),
                            (3, "Wednesday"),
                            (4, "Thursday"),
                            (5, "Friday"),
                            (6, "Saturday"),
                            (7, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="directory.hourstemplate"
                    ),
                ),
            ],
            options={
                "verbose_name": "hours of a template",
                "verbose_name_plural": "hours of templates",
                "ordering": ["weekday", "starts"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TemplateUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.location"
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="template_uses",
                        to="directory.practitioner",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="directory.hourstemplate"
                    ),
                ),
            ],
            options={
                "verbose_name": "practitioner with special hours",
                "verbose_name_plural": "practitioners with special hours",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="hourstemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))), name="hours_template_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="hourstemplate",
            constraint=models.UniqueConstraint(
                fields=("id", "location", "first_day", "last_day"), name="hours_template_with_its_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="hourstemplate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("for_doors", True)),
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    ("location", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="hours_templates_of_doors_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatehours",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts__lt", models.F("ends"))), name="template_hours_end_after_they_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatehours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (1, 7))), name="template_hours_on_a_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatehours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    ("template", "="),
                    ("weekday", "="),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                django.db.models.functions.datetime.Extract(models.F("starts"), "epoch"),
                                models.IntegerField(),
                            ),
                            django.db.models.functions.comparison.Cast(
                                django.db.models.functions.datetime.Extract(models.F("ends"), "epoch"),
                                models.IntegerField(),
                            ),
                            function="int4range",
                            output_field=django.contrib.postgres.fields.ranges.IntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="template_hours_do_not_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateuse",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                expressions=[
                    ("practitioner", "="),
                    ("location", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("last_day"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="hours_templates_of_a_practitioner_do_not_overlap",
            ),
        ),
        migrations.RunSQL(
            SAME_DAYS, "ALTER TABLE directory_templateuse DROP CONSTRAINT template_use_has_the_days_of_its_template"
        ),
    ]
