"""The same rows in less room: wide columns first, bytes for texts, a reason stored once.

Journal, acts and credits are written anew, month by month; what their rows say stays. Bodies of the
journal stay JSON where they are (`lane.packing` reads both), and so do the questions of such a set.
"""

from __future__ import annotations

from django.db import migrations, models

from leitai.practice import columns

TABLES = """
ALTER TABLE practice_journal RENAME TO practice_journal_old;
ALTER TABLE practice_journal_old DROP CONSTRAINT practice_journal_pkey;
DROP INDEX practice_journal_waits, practice_journal_learner;
ALTER TABLE practice_act RENAME TO practice_act_old;
ALTER TABLE practice_act_old DROP CONSTRAINT practice_act_pkey;
DROP INDEX practice_act_learner;
ALTER TABLE practice_credit RENAME TO practice_credit_old;
ALTER TABLE practice_credit_old DROP CONSTRAINT practice_credit_pkey;
DROP INDEX practice_credit_learner;

CREATE TABLE practice_journal (
  learner bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  folded_at timestamptz,
  day date NOT NULL,
  set bytea NOT NULL,
  act varchar(64) NOT NULL,
  items bytea NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (day, set)
) PARTITION BY RANGE (day);
CREATE INDEX practice_journal_waits ON practice_journal (at) WHERE folded_at IS NULL;
CREATE INDEX practice_journal_learner ON practice_journal (learner);

CREATE TABLE practice_act (
  learner bigint NOT NULL,
  at timestamptz NOT NULL,
  day date NOT NULL,
  source bytea NOT NULL,
  act varchar(64) NOT NULL,
  value bytea NOT NULL DEFAULT '',
  void varchar(64) NOT NULL DEFAULT '',
  PRIMARY KEY (learner, day, source)
) PARTITION BY RANGE (day);

CREATE TABLE practice_credit (
  learner bigint NOT NULL,
  at timestamptz NOT NULL,
  day date NOT NULL,
  line integer NOT NULL,
  why_id integer NOT NULL,
  corrects integer,
  act bytea NOT NULL,
  ledger varchar(64) NOT NULL,
  points varchar(32) NOT NULL,
  balance varchar(32) NOT NULL,
  PRIMARY KEY (learner, line, day)
) PARTITION BY RANGE (day);

DO $$
DECLARE part record; own text;
BEGIN
  FOR part IN
    SELECT parent.relname AS parent, child.relname AS name,
      pg_get_expr(child.relpartbound, child.oid) AS bound
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    JOIN pg_class parent ON parent.oid = inhparent
    WHERE parent.relname IN
      ('practice_journal_old', 'practice_act_old', 'practice_credit_old')
  LOOP
    own := left(part.parent, -4);
    EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, part.name || '_old');
    EXECUTE format('CREATE TABLE %I PARTITION OF %I %s WITH (autovacuum_vacuum_scale_factor = 0.02)',
      part.name, own, part.bound);
  END LOOP;
END $$;
"""
ROWS = """
INSERT INTO practice_journal (learner, at, folded_at, day, set, act, items, body)
SELECT learner, at, folded_at, day, set, act, convert_to(items::text, 'UTF8'), body
FROM practice_journal_old ORDER BY day, at;

CREATE FUNCTION pg_temp.short(source text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN source ~ '^set:[0-9a-f]{32}$'
    THEN '\\x00'::bytea || decode(substr(source, 5), 'hex') ELSE convert_to(source, 'UTF8') END
$$;
INSERT INTO practice_act (learner, at, day, source, act, value, void)
SELECT learner, at, day, pg_temp.short(source), act, convert_to(value, 'UTF8'), void
FROM practice_act_old ORDER BY day, learner;

INSERT INTO practice_why (digest, told)
SELECT DISTINCT sha256(convert_to(reason::text, 'UTF8')), reason FROM practice_credit_old;
INSERT INTO practice_credit
  (learner, at, day, line, why_id, corrects, act, ledger, points, balance)
SELECT learner, at, day, line, why.id, corrects, pg_temp.short(act), ledger, points, balance
FROM practice_credit_old
JOIN practice_why why ON why.digest = sha256(convert_to(reason::text, 'UTF8'))
ORDER BY day, learner, line;

DROP TABLE practice_journal_old;
DROP TABLE practice_act_old;
DROP TABLE practice_credit_old;
"""
DAYS = """
INSERT INTO practice_module (name)
SELECT DISTINCT jsonb_object_keys(modules) FROM practice_day;
CREATE FUNCTION pg_temp.coded(told jsonb) RETURNS integer[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(figure ORDER BY code, place), '{}') FROM (
    SELECT module.id AS code, part.place, part.figure FROM jsonb_each(told) one
    JOIN practice_module module ON module.name = one.key
    CROSS JOIN LATERAL (VALUES (1, module.id), (2, (one.value->>0)::int),
      (3, (one.value->>1)::int)) part (place, figure)
  ) parts
$$;
ALTER TABLE practice_day ALTER COLUMN modules TYPE integer[] USING pg_temp.coded(modules);
ALTER TABLE practice_day SET (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE practice_account SET (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE practice_memory SET (autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE practice_daychange
  SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
"""
NOTHING = ""  # the way back leads to no practice at all, whose tables an earlier migration drops


class Migration(migrations.Migration):
    dependencies = [("practice", "0002_partitions")]
    operations = [
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
            options={"verbose_name": "模块"},
        ),
        migrations.CreateModel(
            name="Why",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("told", models.JSONField()),
            ],
            options={"verbose_name": "积分缘由"},
        ),
        migrations.RunSQL(TABLES, NOTHING),
        migrations.RunSQL(ROWS, NOTHING),
        migrations.RunSQL(
            DAYS,
            NOTHING,
            state_operations=[
                migrations.AlterField("day", "modules", columns.ModulesColumn(default=dict))
            ],
        ),
        migrations.AlterField("account", "state", columns.PressedColumn(default=bytes)),
        migrations.AlterField("memory", "cards", columns.PressedColumn(default=bytes)),
    ]
