"""What readers say is wrong with a question; a search in the texts of practice banks."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import leitai.base.bigrams
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_initial"),
        ("bank", "0004_one_way"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("season", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("key", "答案有误"),
                            ("stem", "题干有误"),
                            ("policy", "政策已更新"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="问题",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("account", models.CharField(max_length=64)),
                ("page", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待处理"), ("taken", "已采纳"), ("declined", "不采纳")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="答复")),
                ("answered_by", models.CharField(blank=True, max_length=64)),
                ("answered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "试题纠错",
            },
        ),
        migrations.AddIndex(
            model_name="itemversion",
            index=django.contrib.postgres.indexes.GinIndex(
                leitai.base.bigrams.Bigrams("stem"),
                condition=models.Q(("stem", ""), _negated=True),
                name="item_stem_bigrams",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="bank.item"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["account", "season"], name="report_account"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("item", "account"),
                name="report_open_once",
            ),
        ),
    ]
