import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_hours_for_a_span_of_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="MaintenanceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.CharField(
                        help_text="Always under the same name, such as “Calibration”.",
                        max_length=80,
                        verbose_name="what was done",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="done on")),
                (
                    "done_by",
                    models.CharField(help_text="A person or a company.", max_length=120, verbose_name="done by"),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost",
                    ),
                ),
                (
                    "interval_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: not again.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="due again after months",
                    ),
                ),
                (
                    "next_due",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("done_on"),
                            models.F("interval_months"),
                            arg_joiner=" + make_interval(months => ",
                            output_field=models.DateField(),
                            template="((%(expressions)s)))::date",
                        ),
                        output_field=models.DateField(null=True),
                        verbose_name="due again on",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        limit_choices_to={"kind__in": ["room", "device"]},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="maintenance",
                        to="directory.resource",
                        verbose_name="room or device",
                    ),
                ),
            ],
            options={
                "verbose_name": "maintenance record",
                "verbose_name_plural": "maintenance records",
                "ordering": ["-done_on", "-pk"],
                "indexes": [models.Index(fields=["resource", "task", "-done_on"], name="maintenance_by_task")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_months__isnull", True), ("interval_months__range", (1, 120)), _connector="OR"
                        ),
                        name="maintenance_due_within_ten_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                        name="maintenance_cost_is_positive",
                    ),
                ],
            },
        ),
    ]
