"""Sums by node of the syllabus, a number for each node where it fits: see `insight.nodes`.

What stands is put into the new form as it is. The way back empties the sums: the next run of the
roll-up makes all of them anew from practice's days.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE FUNCTION pg_temp.narrowed(integer[], bigint[], bigint[])
RETURNS integer[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN max(greatest(one.answers, one.correct)) >= 256 OR max(one.node) >= 32768
    THEN (SELECT array_agg(figure ORDER BY at, place)
      FROM unnest($1, $2, $3) WITH ORDINALITY AS each (node, answers, correct, at)
      CROSS JOIN LATERAL (VALUES (1, each.node), (2, each.answers::int), (3, each.correct::int))
        part (place, figure))
    ELSE array_agg(~((one.node << 16) | (one.answers::int << 8) | one.correct::int) ORDER BY one.node)
  END FROM unnest($1, $2, $3) AS one (node, answers, correct)
$$;
ALTER TABLE insight_topic
  ALTER COLUMN answers DROP NOT NULL, ALTER COLUMN correct DROP NOT NULL,
  ALTER COLUMN modules TYPE integer[] USING pg_temp.narrowed(modules, answers, correct),
  ALTER COLUMN answers TYPE bigint[] USING NULL::bigint[],
  ALTER COLUMN correct TYPE bigint[] USING NULL::bigint[];
ALTER TABLE insight_topic RENAME COLUMN modules TO nodes;
ALTER TABLE insight_topic DROP COLUMN answers, DROP COLUMN correct;
"""
BACK = """
TRUNCATE insight_presence, insight_honour, insight_enrolment, insight_rosterstep, insight_flow,
  insight_tally, insight_pointsum, insight_topic, insight_placement;
ALTER TABLE insight_topic RENAME COLUMN nodes TO modules;
ALTER TABLE insight_topic ADD COLUMN answers bigint[] NOT NULL, ADD COLUMN correct bigint[] NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0004_outside"), ("practice", "0006_topics")]
    operations = [
        migrations.RunSQL(
            FORWARD,
            BACK,
            state_operations=[
                migrations.RenameField("topic", "modules", "nodes"),
                migrations.RemoveField("topic", "answers"),
                migrations.RemoveField("topic", "correct"),
                migrations.AlterModelOptions("topic", {"verbose_name": "知识点汇总"}),
            ],
        ),
    ]
