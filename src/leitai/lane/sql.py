"""All of the lane's SQL. A contract test prepares each statement against the migrated database.

States are those of `sittings.enums.SittingState`, incident kinds those of `IncidentKind`. Times go
over the wire as milliseconds since the epoch. Two rules carry the lane's promises:

* An answer is acknowledged only for a journal row that was committed.
* A journal row is inserted only under a share lock of its sitting's row, and a sitting is ended
  only under an exclusive one, in two statements: first the lock, then, with a snapshot taken after
  it, the end of the journal. So whoever ends a sitting sees every row that was or will ever be
  acknowledged. Both lock with SKIP LOCKED: nobody waits for a stranger's lock with a whole batch
  in hand, and nobody can deadlock.
"""

from typing import Final

# Parameters are arrays of one batch: sitting, seq, epoch, arrival in ms, body, digest.
# Answers (how many rows went in, which sittings when not all did).
SAVE: Final = """
WITH batch AS (
  SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::bytea[], $6::bytea[])
    AS batch(sitting, seq, epoch, at_ms, body, digest)
), live AS (
  SELECT id, epoch, deadline FROM sittings_sitting
  WHERE id = ANY($1) AND state = 'open'
  FOR SHARE SKIP LOCKED
), saved AS (
  INSERT INTO sittings_journal (sitting_id, seq, epoch, at, body, digest)
  SELECT batch.sitting, batch.seq, batch.epoch, to_timestamp(batch.at_ms / 1000.0::float8),
    batch.body, batch.digest
  FROM batch JOIN live ON live.id = batch.sitting AND live.epoch = batch.epoch
  WHERE to_timestamp(batch.at_ms / 1000.0::float8) <= live.deadline
  ON CONFLICT (sitting_id, seq) DO NOTHING
  RETURNING sitting_id
)
SELECT count(*)::int AS saved,
  CASE WHEN count(*) < cardinality($1) THEN array_agg(sitting_id) END AS which
FROM saved
"""

# Parameters are arrays of one batch: day, set, learner, act, items and body as
# `packing` writes them, arrival in ms.
# Answers (how many rows went in, which sets when not all did).
TAKE_SETS: Final = """
WITH taken AS (
  INSERT INTO practice_journal (day, set, learner, act, items, body, at)
  SELECT day, set, learner, act, items, body, to_timestamp(at_ms / 1000.0::float8)
  FROM unnest($1::date[], $2::bytea[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[],
    $7::bigint[]) AS batch(day, set, learner, act, items, body, at_ms)
  ON CONFLICT (day, set) DO NOTHING
  RETURNING day, set
)
SELECT count(*)::int AS saved,
  CASE WHEN count(*) < cardinality($1) THEN array_agg(day) END AS days,
  CASE WHEN count(*) < cardinality($1) THEN array_agg(set) END AS sets
FROM taken
"""

SET: Final = """
SELECT floor(extract(epoch FROM at) * 1000)::bigint AS at_ms, body
FROM practice_journal WHERE day = $1 AND set = $2
"""

CLOCK: Final = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

SEAT: Final = """
SELECT s.id AS sitting, s.state, s.epoch, s.version, s.device, s.receipt,
  floor(extract(epoch FROM s.deadline) * 1000)::bigint AS deadline_ms,
  floor(extract(epoch FROM s.ended_at) * 1000)::bigint AS ended_ms,
  ceil(extract(epoch FROM x.opens_at) * 1000)::bigint AS opens_ms,
  floor(extract(epoch FROM x.closes_at) * 1000)::bigint AS closes_ms,
  x.code AS exam_code, x.title AS exam_title,
  p.code AS paper, p.version AS paper_version, octet_length(p.sealed) AS paper_size,
  p.item_count::int AS items,
  EXISTS (SELECT FROM bank_paperopening o WHERE o.paper_id = p.id AND o.early) AS opened_early,
  person.name AS name, delegation.name AS delegation, s.number, site.name AS site, s.seat
FROM sittings_sitting s
JOIN sittings_exam x ON x.id = s.exam_id
JOIN bank_paper p ON p.id = x.paper_id
JOIN sittings_site site ON site.id = s.site_id
JOIN seasons_entry entry ON entry.id = s.entry_id
JOIN people_person person ON person.id = entry.person_id
JOIN units_delegation delegation ON delegation.id = entry.delegation_id
WHERE s.id = $1
"""

SITTING_OF_CODE: Final = "SELECT id FROM sittings_sitting WHERE admission_digest = $1"

JOURNAL: Final = """
SELECT seq, floor(extract(epoch FROM at) * 1000)::bigint AS at_ms, body, digest
FROM sittings_journal WHERE sitting_id = $1 AND seq > $2 ORDER BY seq
"""

# The batch before and the batch itself, to compare a repeat with what is stored.
JOURNAL_PAIR: Final = """
SELECT seq, floor(extract(epoch FROM at) * 1000)::bigint AS at_ms, digest
FROM sittings_journal WHERE sitting_id = $1 AND seq IN ($2::int - 1, $2::int) ORDER BY seq
"""

# A first entry opens the sitting; another machine raises the epoch; the same one changes nothing.
ENTER: Final = """
UPDATE sittings_sitting s SET
  state = 'open', epoch = s.epoch + 1, device = $2, version = s.version + 1,
  entered_at = coalesce(s.entered_at, clock_timestamp())
FROM (SELECT id, device FROM sittings_sitting WHERE id = $1 FOR NO KEY UPDATE) before
WHERE s.id = before.id AND s.state IN ('waiting', 'open') AND s.deadline > clock_timestamp()
  AND (s.epoch = 0 OR s.entered_at IS NULL OR s.device <> $2)
RETURNING s.exam_id, s.epoch, before.device AS before
"""

INCIDENT: Final = """
INSERT INTO sittings_incident (exam_id, sitting_id, kind, data, reason, recorded_by, at)
SELECT exam_id, id, $2, $3::jsonb, '', 'lane', clock_timestamp()
FROM sittings_sitting WHERE id = $1
"""

# Evidence of a sitting is bounded, and the same batch is kept once however often it is sent.
LATE: Final = """
INSERT INTO sittings_late (sitting_id, at, body)
SELECT $1::bigint, to_timestamp($2::bigint / 1000.0::float8), $3::bytea
WHERE (SELECT count(*) FROM sittings_late WHERE sitting_id = $1::bigint) < 100
  AND NOT EXISTS (SELECT FROM sittings_late WHERE sitting_id = $1::bigint AND body = $3::bytea)
RETURNING (SELECT count(*) FROM sittings_late WHERE sitting_id = $1::bigint)::int AS before
"""

# Sittings whose time is over, but not those ($1) for which the lane still has batches in hand that
# came in time; those wait for at most five seconds.
DUE: Final = """
SELECT id, deadline <= clock_timestamp() - interval '5 seconds' AS overdue
FROM sittings_sitting
WHERE state IN ('waiting', 'open') AND deadline <= clock_timestamp()
  AND (id <> ALL($1::bigint[]) OR deadline <= clock_timestamp() - interval '5 seconds')
ORDER BY deadline LIMIT 5000
FOR NO KEY UPDATE SKIP LOCKED
"""

CLOSE: Final = """
UPDATE sittings_sitting s SET
  state = CASE WHEN s.entered_at IS NULL AND last.seq IS NULL THEN 'absent' ELSE 'closed' END,
  ended_at = clock_timestamp(), version = s.version + 1,
  final_seq = coalesce(last.seq, 0),
  final_digest = coalesce(last.digest, sha256(convert_to('sitting:' || s.id, 'UTF8')))
FROM unnest($1::bigint[]) AS due(id)
LEFT JOIN LATERAL (
  SELECT seq, digest FROM sittings_journal WHERE sitting_id = due.id ORDER BY seq DESC LIMIT 1
) last ON true
WHERE s.id = due.id AND s.state IN ('waiting', 'open') AND s.deadline <= clock_timestamp()
RETURNING s.id, s.state
"""

LOCK_OPEN: Final = """
SELECT id FROM sittings_sitting WHERE id = ANY($1::bigint[]) AND state = 'open'
ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""

# Arrays: sitting, epoch, seq, digest, receipt, arrival in ms. Only what agrees is handed in.
HAND_IN: Final = """
UPDATE sittings_sitting s SET
  state = 'handed_in', ended_at = to_timestamp(wish.at_ms / 1000.0::float8),
  version = s.version + 1, final_seq = wish.seq, final_digest = wish.digest, receipt = wish.receipt
FROM unnest($1::bigint[], $2::int[], $3::int[], $4::bytea[], $5::text[], $6::bigint[])
  AS wish(id, epoch, seq, digest, receipt, at_ms)
LEFT JOIN LATERAL (
  SELECT seq, digest FROM sittings_journal WHERE sitting_id = wish.id ORDER BY seq DESC LIMIT 1
) last ON true
WHERE s.id = wish.id AND s.id = ANY($7::bigint[]) AND s.state = 'open' AND s.epoch = wish.epoch
  AND to_timestamp(wish.at_ms / 1000.0::float8) <= s.deadline
  AND coalesce(last.seq, 0) = wish.seq
  AND coalesce(last.digest, sha256(convert_to('sitting:' || s.id, 'UTF8'))) = wish.digest
RETURNING s.id
"""

# One job for all sittings that ended together, in the transaction that ended them.
DEFER_FOLD: Final = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
  'default', 'sittings.fold', 0, NULL, NULL, jsonb_build_object('sittings', $1::bigint[]), NULL
)::procrastinate_job_to_defer_v1])
"""

# The fold of practice, unless one waits already; two lanes at once may still find the lock taken.
DEFER_PRACTICE: Final = """
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
  'default', 'practice.fold', 0, $1::text, $1::text, '{}'::jsonb, NULL
)::procrastinate_job_to_defer_v1])
WHERE NOT EXISTS (
  SELECT FROM procrastinate_jobs WHERE queueing_lock = $1::text AND status = 'todo'
)
"""

# Which of the seats in memory are no longer as the database has them. Arrays: sitting, version,
# state, epoch, deadline and opening in ms, whether the paper was opened early.
CHANGED: Final = """
SELECT s.id FROM unnest($1::bigint[], $2::int[], $3::text[], $4::int[], $5::bigint[], $6::bigint[],
    $7::boolean[])
  AS known(id, version, state, epoch, deadline_ms, opens_ms, opened_early)
JOIN sittings_sitting s ON s.id = known.id
JOIN sittings_exam x ON x.id = s.exam_id
WHERE s.version <> known.version OR s.state <> known.state OR s.epoch <> known.epoch
  OR floor(extract(epoch FROM s.deadline) * 1000)::bigint <> known.deadline_ms
  OR ceil(extract(epoch FROM x.opens_at) * 1000)::bigint <> known.opens_ms
  OR NOT known.opened_early AND EXISTS (
    SELECT FROM bank_paperopening o WHERE o.paper_id = x.paper_id AND o.early)
"""

PRESENCE: Final = """
INSERT INTO sittings_presence (sitting_id, last_seen, seq, answered)
SELECT sitting, to_timestamp(seen_ms / 1000.0::float8), seq, answered
FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[])
  AS seen(sitting, seen_ms, seq, answered)
ORDER BY sitting
ON CONFLICT (sitting_id) DO UPDATE SET
  last_seen = excluded.last_seen, seq = excluded.seq, answered = excluded.answered
WHERE sittings_presence.last_seen <= excluded.last_seen
"""

PAPER: Final = """
SELECT sealed, wrapped_key FROM bank_paper WHERE code = $1 AND version = $2
"""

STATEMENTS: Final = {
    name: value for name, value in sorted(globals().items()) if name.isupper() and name[0] != "_"
}
