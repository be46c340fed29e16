from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_twins'),
    ]

    operations = [
        # They are kept for a day at most, and in another form than the new jobs read.
        migrations.RunSQL('DELETE FROM people_importdraft', migrations.RunSQL.noop),
        migrations.AddField(
            model_name='importdraft',
            name='told_at',
            field=models.DateTimeField(),
        ),
        migrations.AddField(
            model_name='importdraft',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='importdraft',
            name='state',
            field=models.CharField(choices=[('reading', '正在核对'), ('ready', '待确认'), ('running', '正在导入'), ('done', '已完成'), ('failed', '未能办理')], max_length=8),
        ),
        migrations.CreateModel(
            name='ImportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('content', models.TextField()),
                ('back', models.TextField(blank=True)),
                ('taken', models.JSONField(null=True)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='people.importdraft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'number'), name='import_part_once')],
            },
        ),
    ]
