from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_see_every_visit'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='user',
            options={'permissions': [('see_every_visit', 'Can see the visits of everybody, not only their own'), ('write_en', 'Can write the parts of the website that are in English'), ('write_ar', 'Can write the parts of the website that are in Arabic')], 'verbose_name': 'user', 'verbose_name_plural': 'users'},
        ),
    ]
