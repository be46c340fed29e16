"""An act that the journal tells need not be stored: what is left of the acts is written anew.

Left are acts of other rooms, those taken out of account, and those of sets whose journal was
forgotten or that stand on the list of the unread. Points are not touched.
"""

from __future__ import annotations

from django.db import migrations

# As many hash joins as there are months, each small; journal and acts have the same ones.
FORWARD = """
SET LOCAL enable_partitionwise_join = on;
CREATE TEMP TABLE practice_act_left ON COMMIT DROP AS
SELECT act.* FROM practice_act act
WHERE act.void <> '' OR substr(act.source, 1, 1) <> '\\x00'::bytea
  OR NOT EXISTS (
    SELECT FROM practice_journal journal
    WHERE journal.day = act.day AND journal.set = substr(act.source, 2)
      AND journal.learner = act.learner AND journal.folded_at IS NOT NULL)
  OR EXISTS (
    SELECT FROM practice_unread unread
    WHERE unread.day = act.day AND unread.set = substr(act.source, 2));
TRUNCATE practice_act;
INSERT INTO practice_act (learner, at, day, source, act, value, void)
SELECT learner, at, day, source, act, value, void FROM practice_act_left ORDER BY day, learner;
DROP TABLE practice_act_left;
"""
BACK = ""  # `leitai practice rebuild` of that time writes an act for every set of the journal


class Migration(migrations.Migration):
    dependencies = [("practice", "0004_outside_jobs")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
