from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_codes"),
        ("patients", "0002_find_by_email"),
        ("scheduling", "0011_visits_follow_their_patient"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="proven",
            field=models.CharField(
                blank=True,
                choices=[("email", "E-mail"), ("sms", "SMS")],
                default="",
                max_length=8,
                verbose_name="contact confirmed with a code",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="is_extended",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proven", ""),
                    models.Q(("proven", "email"), models.Q(("contact_email", ""), _negated=True)),
                    models.Q(("proven", "sms"), models.Q(("contact_phone", ""), _negated=True)),
                    _connector="OR",
                ),
                name="appointment_proven_contact_is_there",
            ),
        ),
    ]
