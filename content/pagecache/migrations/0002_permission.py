from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pagecache", "0001_debts")]

    operations = [
        migrations.AlterModelOptions(
            name="debt",
            options={
                "default_permissions": (),
                "permissions": [("manage_page_cache", "Can warm and empty the page cache")],
                "verbose_name": "debt of the page cache",
                "verbose_name_plural": "debts of the page cache",
            },
        ),
    ]
