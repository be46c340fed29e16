from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('seasons', '0002_draws'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='drawparty',
            options={'ordering': ['draw', 'pk'], 'verbose_name': '参与方'},
        ),
    ]
