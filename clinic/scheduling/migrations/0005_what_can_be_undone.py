import clinic.lib.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scheduling', '0004_a_visit_has_its_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='appointment',
            options={'ordering': ['starts_at', 'pk'], 'permissions': [('overbook_appointment', 'Can give a visit an extra seat')], 'verbose_name': 'appointment', 'verbose_name_plural': 'appointments'},
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(default=clinic.lib.references.new_reference, max_length=10)),
                ('kind', models.CharField(choices=[('booked', 'booking'), ('moved', 'move'), ('cancelled', 'cancellation'), ('status', 'change of status')], max_length=10)),
                ('revision', models.PositiveIntegerField()),
                ('before', models.JSONField(blank=True, default=dict)),
                ('done_at', models.DateTimeField()),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to=settings.AUTH_USER_MODEL)),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to='scheduling.appointment')),
            ],
            options={
                'verbose_name': 'last action at a desk',
                'verbose_name_plural': 'last actions at a desk',
                'default_permissions': (),
                'indexes': [models.Index(fields=['done_at'], name='deed_by_age')],
                'constraints': [models.UniqueConstraint(fields=('appointment', 'revision'), name='deed_once_for_each_revision'), models.CheckConstraint(condition=models.Q(models.Q(('before', {}), ('kind', 'booked')), models.Q(models.Q(('kind', 'booked'), _negated=True), models.Q(('before', {}), _negated=True)), _connector='OR'), name='deed_knows_what_was_before')],
            },
        ),
    ]
