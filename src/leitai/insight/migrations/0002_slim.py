"""Sums named by the number of their series, and of each kind of people; modules by their numbers.

Sums are emptied: the next run of the roll-up makes all of them anew from practice's days.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

EMPTY = """
TRUNCATE insight_presence, insight_honour, insight_enrolment, insight_placement;
ALTER TABLE insight_presence ALTER COLUMN modules TYPE integer[] USING '{}';
ALTER TABLE insight_presence SET (autovacuum_vacuum_scale_factor = 0.02);
"""
PLAIN = """
ALTER TABLE insight_flow SET (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE insight_tally SET (autovacuum_vacuum_scale_factor = 0.05);
"""
NOTHING = ""  # the way back leads to no sums at all, whose tables an earlier migration drops
SERIES = ("series", models.IntegerField())
DAY = ("day", models.DateField())


def sums(name, keys, fields, title):
    """A table of sums, whose key comes first."""
    key = models.CompositePrimaryKey(*keys, blank=True, editable=False, primary_key=True, serialize=False)  # fmt: skip # noqa: E501
    return migrations.CreateModel(
        name=name, fields=[("pk", key), *fields], options={"verbose_name": title}
    )


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("practice", "0003_slim")]
    operations = [
        migrations.RunSQL(
            EMPTY,
            NOTHING,
            state_operations=[
                migrations.AlterField("presence", "modules", ArrayField(models.IntegerField()))
            ],
        ),
        migrations.RemoveIndex("presence", "presence_unit_day"),
        migrations.AddIndex(
            "presence", models.Index(fields=["unit", "day"], name="presence_unit_day")
        ),
        *(
            migrations.DeleteModel(name)
            for name in ("RosterStep", "Flow", "Tally", "PointSum", "Topic")
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("season", models.CharField(blank=True, max_length=64)),
                ("unit", models.BigIntegerField()),
                ("what", models.CharField(max_length=72)),
                ("part", models.BooleanField(default=False)),
                ("staffing", models.CharField(blank=True, max_length=12)),
                ("desk", models.CharField(blank=True, max_length=8)),
                ("line", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "汇总系列",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "season", "what", "part", "staffing", "desk", "line"),
                        name="series_once",
                    )
                ],
            },
        ),
        sums(
            "RosterStep",
            ("unit", "staffing", "desk", "line", "day"),
            [
                ("unit", models.BigIntegerField()),
                ("staffing", models.CharField(blank=True, max_length=12)),
                ("desk", models.CharField(blank=True, max_length=8)),
                ("line", models.CharField(blank=True, max_length=40)),
                DAY,
                ("change", models.IntegerField()),
            ],
            "应参学人数变动",
        ),
        sums(
            "Flow",
            ("series", "day"),
            [
                SERIES,
                DAY,
                ("previous", ArrayField(models.DateField())),
                ("persons", ArrayField(models.IntegerField())),
            ],
            "人数汇总",
        ),
        sums(
            "Tally",
            ("series", "day"),
            [
                SERIES,
                DAY,
                ("days", models.BigIntegerField()),
                ("times", models.BigIntegerField()),
                ("answers", models.BigIntegerField()),
                ("correct", models.BigIntegerField()),
                ("seconds", models.BigIntegerField()),
            ],
            "学习汇总",
        ),
        sums(
            "PointSum",
            ("series", "day", "ledger"),
            [
                SERIES,
                DAY,
                ("ledger", models.CharField(max_length=64)),
                ("points", models.DecimalField(decimal_places=6, max_digits=24)),
            ],
            "积分汇总",
        ),
        sums(
            "Topic",
            ("series", "day"),
            [
                SERIES,
                DAY,
                ("modules", ArrayField(models.IntegerField())),
                ("answers", ArrayField(models.BigIntegerField())),
                ("correct", ArrayField(models.BigIntegerField())),
            ],
            "模块汇总",
        ),
        migrations.RunSQL(PLAIN, NOTHING),
    ]
