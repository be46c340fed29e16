"""A title of a week has its first and last day as its period: 21 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0005_topics")]

    operations = [
        migrations.AlterField("honour", "period", models.CharField(max_length=24)),
    ]
