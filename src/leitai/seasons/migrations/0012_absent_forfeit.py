from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seasons', '0011_teams'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draw',
            name='absent_rule',
            field=models.CharField(blank=True, choices=[('leader', '由领队代抽'), ('supervisor', '由监督仲裁组代抽'), ('remaining', '取剩余的号'), ('last', '排在最后'), ('forfeit', '按弃权处理，排在最后')], max_length=12),
        ),
    ]
