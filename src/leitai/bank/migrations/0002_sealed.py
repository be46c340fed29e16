from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [("bank", "0001_initial")]

    operations = [
        migrations.AddField(
            "bank", "live", models.BooleanField(default=True, verbose_name="竞赛题库")
        ),
        migrations.AddField("itemversion", "sealed", models.TextField(blank=True, default="")),
        migrations.AlterField("itemversion", "key", models.JSONField(null=True)),
        migrations.AlterField(
            "itemversion", "stem", models.TextField(blank=True, verbose_name="题干")
        ),
        migrations.AlterField("repairrow", "raw", models.JSONField(default=dict)),
        migrations.AddField(
            "repairrow", "digest", models.BinaryField(max_length=32, null=True)
        ),
        migrations.AddField("repairrow", "sealed", models.TextField(blank=True, default="")),
        migrations.AddField("paper", "composition", models.TextField(blank=True, default="")),
        migrations.AddField("paper", "item_count", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="PaperOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("early", models.BooleanField()),
                ("opened_at", models.DateTimeField()),
                ("proposal", models.BigIntegerField(null=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="bank.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "启封记录",
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "early"), name="paper_opened_once")
                ],
            },
        ),
    ]
