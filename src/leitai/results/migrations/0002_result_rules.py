import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """A result names its rules by their hash; they are stored under it."""
    Result = apps.get_model("results", "StageResult")
    Version = apps.get_model("seasons", "RulebookVersion")
    same = Version.objects.filter(hash=OuterRef("rulebook_hash")).values("pk")[:1]
    Result.objects.update(rulebook=Subquery(same))


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial"), ("seasons", "0004_rule_versions")]

    operations = [
        migrations.AddField(
            model_name="stageresult",
            name="rulebook",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="seasons.rulebookversion",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
