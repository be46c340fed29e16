import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0002_result_rules"), ("seasons", "0005_rules_drafts")]

    operations = [
        migrations.AlterField(
            model_name="stageresult",
            name="rulebook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="seasons.rulebookversion",
            ),
        ),
    ]
