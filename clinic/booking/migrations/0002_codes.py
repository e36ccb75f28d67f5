import clinic.lib.references
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_sites_with_the_booking")]

    operations = [
        migrations.CreateModel(
            name="ContactCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=clinic.lib.references.new_reference, editable=False, max_length=10, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("channel", models.CharField(choices=[("email", "E-mail"), ("sms", "SMS")], max_length=8)),
                ("contact", models.CharField(max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("proven_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "code",
                "verbose_name_plural": "codes",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["contact", "created_at"], name="code_by_contact"),
                    models.Index(fields=["key"], name="code_by_form"),
                    models.Index(fields=["created_at"], name="code_by_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("attempts__lte", 5)), name="code_is_tried_so_often_at_most"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("created_at__lt", models.F("expires_at"))),
                        name="code_ends_after_it_was_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proven_at__isnull", True), ("attempts__gte", 1), _connector="OR"),
                        name="code_proves_what_was_tried",
                    ),
                ],
            },
        ),
    ]
