from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0003_text_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="news",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=32),
        ),
    ]
