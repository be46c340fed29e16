from django.db import migrations, models
from django.db.models import Min


def freeze(apps, schema_editor):
    """What has frozen files was frozen with the first of them."""
    events = apps.get_model('judging', 'JudgedEvent').objects
    found = events.filter(slots__materials__state='frozen').annotate(at=Min('slots__materials__frozen_at'))
    for event in found:
        events.filter(pk=event.pk).update(frozen_at=event.at)


class Migration(migrations.Migration):

    dependencies = [
        ('judging', '0002_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='judgedevent',
            name='frozen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='slot',
            name='deferred',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
    ]
