"""The three tables that grow with every answer, partitioned by month.

Each has a DEFAULT partition, so that a month nobody thought of never costs an answer.
"""

from __future__ import annotations

from django.db import migrations

FORWARD = """
CREATE TABLE practice_journal (
  day date NOT NULL,
  set bytea NOT NULL,
  learner bigint NOT NULL,
  act varchar(64) NOT NULL,
  items jsonb NOT NULL,
  body bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  folded_at timestamptz,
  PRIMARY KEY (day, set)
) PARTITION BY RANGE (day);
CREATE INDEX practice_journal_waits ON practice_journal (at) WHERE folded_at IS NULL;
CREATE INDEX practice_journal_learner ON practice_journal (learner, day);
CREATE TABLE practice_journal_rest PARTITION OF practice_journal DEFAULT;

CREATE TABLE practice_act (
  day date NOT NULL,
  source varchar(64) NOT NULL,
  learner bigint NOT NULL,
  act varchar(64) NOT NULL,
  at timestamptz NOT NULL,
  value text NOT NULL DEFAULT '',
  void varchar(64) NOT NULL DEFAULT '',
  PRIMARY KEY (day, source)
) PARTITION BY RANGE (day);
CREATE INDEX practice_act_learner ON practice_act (learner, day);
CREATE TABLE practice_act_rest PARTITION OF practice_act DEFAULT;

CREATE TABLE practice_credit (
  day date NOT NULL,
  learner bigint NOT NULL,
  line integer NOT NULL,
  act varchar(64) NOT NULL,
  ledger varchar(64) NOT NULL,
  at timestamptz NOT NULL,
  points varchar(32) NOT NULL,
  balance varchar(32) NOT NULL,
  reason jsonb NOT NULL,
  corrects integer,
  PRIMARY KEY (day, learner, line)
) PARTITION BY RANGE (day);
CREATE INDEX practice_credit_learner ON practice_credit (learner, line);
CREATE TABLE practice_credit_rest PARTITION OF practice_credit DEFAULT;
"""
BACK = "DROP TABLE practice_credit; DROP TABLE practice_act; DROP TABLE practice_journal;"


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
