"""All of the stage's SQL. A contract test prepares each statement against the migrated database.

States are those of `live.enums.MatchState`. Lines are inserted under the advisory lock of their
match, which its one writer holds as long as its connection lives.
"""

from typing import Final

CHANNEL: Final = "live"
LOCK_CLASS: Final = 0x6C697665  # «live»

LOCK: Final = "SELECT pg_try_advisory_lock($1::int, ($2::bigint % 2147483647)::int)"

MATCH: Final = """
SELECT id, season, stage, track, event, code, title, state, rehearsal, rules::text AS rules,
  names::text AS names, mode, cap_ms::int, band_us::int, network <> '{}' AS chosen, wrapped_key,
  version::int
FROM live_match WHERE id = $1
"""

LINES: Final = """
SELECT seq::int, at, kind, seat, value, by, evidence::text AS evidence
FROM live_log WHERE match_id = $1 ORDER BY seq
"""

QUESTIONS: Final = """
SELECT name, number::int, segment, spare, sealed FROM live_question WHERE match_id = $1
ORDER BY number
"""

EPOCHS: Final = (
    "SELECT seat, max(epoch)::int AS epoch FROM live_device WHERE match_id = $1 GROUP BY 1"
)

# Arrays of one group: seq, at, kind, seat, value, by, evidence as JSON.
APPEND: Final = """
INSERT INTO live_log (match_id, seq, at, kind, seat, value, by, evidence, written_at)
SELECT $1, seq, at, kind, seat, value, by, evidence::jsonb, clock_timestamp()
FROM unnest($2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
  AS line(seq, at, kind, seat, value, by, evidence)
"""

OPEN: Final = """
UPDATE live_match SET state = 'running', opened_at = coalesce(opened_at, clock_timestamp())
WHERE id = $1 AND state IN ('ready', 'running')
"""

CLOSE: Final = """
UPDATE live_match SET state = 'closed', closed_at = clock_timestamp()
WHERE id = $1 AND state = 'running'
"""

# The scores of a closed match, unless a job for them waits already.
DEFER_SCORE: Final = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
  'default', 'live.score', 0, 'live.score:' || $1::bigint, 'live.score:' || $1::bigint,
  jsonb_build_object('match', $1::bigint), NULL
)::procrastinate_job_to_defer_v1])
WHERE NOT EXISTS (
  SELECT FROM procrastinate_jobs
  WHERE queueing_lock = 'live.score:' || $1::bigint AND status = 'todo'
)
"""

# Arrays: match, at, kind, seat, value, by, code, evidence as JSON.
REFUSE: Final = """
INSERT INTO live_refusal (match_id, at, kind, seat, value, by, code, evidence, written_at)
SELECT match, at, kind, seat, value, by, code, evidence::jsonb, clock_timestamp()
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
  $7::text[], $8::text[]) AS refusal(match, at, kind, seat, value, by, code, evidence)
"""

# What is known of the device already (that it holds several seats) stays.
MEASURED: Final = """
UPDATE live_device SET measured = measured || $4::jsonb
WHERE match_id = $1 AND seat = $2 AND epoch = $3
"""

PADDLES: Final = """
SELECT id, account, "order"::text AS "order", decides FROM live_paddles
WHERE match_id = $1 AND after >= $2 AND NOT sent ORDER BY at
"""

PADDLES_SENT: Final = "UPDATE live_paddles SET sent = true WHERE id = ANY($1::bigint[])"

STATEMENTS: Final = {
    name: value
    for name, value in sorted(globals().items())
    if name.isupper() and name not in ("CHANNEL", "LOCK_CLASS")
}
