from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_roster_guests'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='guest',
            field=models.CharField(blank=True, choices=[('enterprise', '企事业单位'), ('agency', '人力资源服务机构'), ('public', '社会公众')], max_length=12, verbose_name='人员类别'),
        ),
    ]
