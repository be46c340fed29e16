import hashlib
import json

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Every season's rules become its version 1; confirmations are of the answer that it has."""
    Season = apps.get_model("seasons", "Season")
    SeasonRules = apps.get_model("seasons", "SeasonRules")
    Confirmation = apps.get_model("seasons", "AssumptionConfirmation")
    for season in Season.objects.select_related("rulebook").order_by("pk"):
        SeasonRules.objects.create(
            season=season, number=1, rulebook=season.rulebook, adopted_at=season.created_at
        )
        asked = json.loads(bytes(season.rulebook.canonical)).get("assumptions", {})
        for one in Confirmation.objects.filter(season=season):
            said = asked.get(one.key, {})
            one.answer = digest(said.get("question", ""), said.get("chosen", ""))
            one.save(update_fields=["answer"])


def digest(question, chosen):
    said = json.dumps([question, chosen], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("seasons", "0003_draw_party_words")]

    operations = [
        migrations.CreateModel(
            name="SeasonRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("adopted_at", models.DateTimeField()),
                ("adopted_by", models.CharField(blank=True, max_length=64)),
                ("adopted_name", models.CharField(blank=True, max_length=120)),
                ("reason", models.TextField(blank=True)),
                ("effective", models.CharField(blank=True, max_length=200)),
                ("rulebook", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="seasons.rulebookversion")),
                ("season", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rule_versions", to="seasons.season")),
            ],
            options={"verbose_name": "规则版本", "ordering": ["season", "number"]},
        ),
        migrations.AddConstraint(
            model_name="seasonrules",
            constraint=models.UniqueConstraint(fields=("season", "number"), name="season_rules_number"),
        ),
        migrations.RemoveConstraint(model_name="assumptionconfirmation", name="assumption_confirmed_once"),
        migrations.AddField(
            model_name="assumptionconfirmation",
            name="answer",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
