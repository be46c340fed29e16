"""Days count by topic: a number of the dictionary is a module, or a topic below one.

Rows of before stay as they are and are read as before; `practice rebuild` puts their topics in. The
way back makes topics into their modules again.
"""

from __future__ import annotations

from django.db import migrations, models

NOTHING = ""
BACK = """
INSERT INTO practice_module (name, topic)
SELECT DISTINCT name, '' FROM practice_module WHERE topic <> '' ON CONFLICT DO NOTHING;
CREATE FUNCTION pg_temp.widened(told integer[]) RETURNS integer[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(figure ORDER BY code, place), '{}') FROM (
    SELECT sums.code, part.place, part.figure FROM (
      SELECT module.id AS code, sum(one.answers)::int AS answers, sum(one.correct)::int AS correct
      FROM (
        SELECT (~cell) >> 16 AS node, (~cell) >> 8 & 255 AS answers, (~cell) & 255 AS correct
        FROM unnest(told) cell WHERE told[1] < 0
        UNION ALL SELECT told[at], told[at + 1], told[at + 2]
        FROM generate_series(1, cardinality(told), 3) at WHERE told[1] > 0
      ) one
      JOIN practice_module node ON node.id = one.node
      JOIN practice_module module ON module.name = node.name AND module.topic = ''
      GROUP BY module.id
    ) sums
    CROSS JOIN LATERAL (VALUES (1, sums.code), (2, sums.answers), (3, sums.correct))
      part (place, figure)
  ) parts
$$;
UPDATE practice_day SET modules = pg_temp.widened(modules) WHERE modules <> '{}';
DELETE FROM practice_module WHERE topic <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0005_acts_of_sets")]
    operations = [
        migrations.AlterField("module", "name", models.CharField(max_length=120)),
        migrations.AddField(
            "module", "topic", models.CharField(blank=True, default="", max_length=80)
        ),
        migrations.AddConstraint(
            "module",
            models.UniqueConstraint(fields=("name", "topic"), name="module_topic_once"),
        ),
        migrations.RunSQL(NOTHING, BACK),
    ]
