from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_maintenance_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="code_by",
            field=models.CharField(
                blank=True,
                choices=[("", "No code"), ("email", "A code by e-mail"), ("sms", "A code by SMS")],
                default="",
                help_text="Visitors type the code that they are sent, so that nobody books under somebody else’s contact.",
                max_length=5,
                verbose_name="code before a booking on the site",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("code_by__in", ["", "email", "sms"])), name="service_code_goes_a_known_way"
            ),
        ),
    ]
