"""The SQL of the roll-ups: stage what changed with its sign; `adding` adds it to every sum at once.

One run stands under one advisory lock. `insight_change` is a temporary table of the run: a row goes
to the sums of each unit in `above`, of everybody and of its kind of people, `sign` times `persons`.
Its `rostered_on` and `closed_on` say when its unit had no confirmed roster, as it was placed then.
"""

# ruff: noqa: S608 - statements are put together of this file's own words; values are parameters
from __future__ import annotations

from typing import Final

ROOM: Final = (
    "SET LOCAL work_mem = '192MB'"  # of one run at a time: its sums are hashed, not sorted
)
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('insight.roll_up'))"

# Sums are of everybody and of each kind of people; whoever is of no kind is in the first alone.
_KIND: Final = "{0}.staffing, {0}.desk, {0}.line"

TABLES: Final = """
DROP TABLE IF EXISTS insight_touched, insight_was, insight_is, insight_change, insight_delta,
    insight_sum;
CREATE TEMP TABLE insight_touched (learner bigint PRIMARY KEY, since date NOT NULL);
CREATE TEMP TABLE insight_change (
    sign int, persons int DEFAULT 1, above bigint[], staffing text, desk text, line text,
    season text, what text,
    day date, previous date DEFAULT '0001-01-01', times int, answers int, correct int, seconds int,
    modules int[], points jsonb, rostered_on date, closed_on date
)
"""
DONE: Final = """
DROP TABLE IF EXISTS insight_touched, insight_was, insight_is, insight_change, insight_delta,
    insight_sum
"""

TAKE: Final = """
WITH taken AS (
    DELETE FROM practice_daychange WHERE id IN (
        SELECT id FROM practice_daychange ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING learner, day
), kept AS (
    INSERT INTO insight_touched SELECT learner, min(day) FROM taken GROUP BY learner
)
SELECT count(*) FROM taken
"""
TOUCH: Final = """
INSERT INTO insight_touched SELECT id, '0001-01-01' FROM practice_learner
WHERE id > %s ORDER BY id LIMIT %s
"""

# Which units' sums a unit's rows go into: places of the three upper levels on its path.
_ABOVE: Final = """
SELECT unit.id AS unit, unit.closed_on, coalesce(
    array_agg(place.id ORDER BY place.id) FILTER (WHERE place.id IS NOT NULL), '{}') AS above
FROM units_unit unit LEFT JOIN units_unit place
    ON place.code = ANY(string_to_array(rtrim(unit.path, '/'), '/'))
    AND place.kind = 'place' AND place.level IN ('province', 'prefecture', 'county')
"""
PLACE: Final = f"""
INSERT INTO insight_placement (unit, above, closed_on, rosters, last_roster)
SELECT found.unit, found.above, found.closed_on, 0, 0 FROM (
    {_ABOVE} WHERE NOT EXISTS (SELECT FROM insight_placement held WHERE held.unit = unit.id)
    GROUP BY unit.id
) found
UNION ALL SELECT 0, ARRAY[0::bigint], NULL::date, 0, 0
ON CONFLICT (unit) DO NOTHING
"""

# Days ------------------------------------------------------------------------------------------
WAS_DAYS: Final = """
CREATE TEMP TABLE insight_was AS SELECT held.* FROM insight_presence held
JOIN insight_touched touched ON touched.learner = held.learner AND held.day >= touched.since
"""
DROP_DAYS: Final = """
DELETE FROM insight_presence held USING insight_was was
WHERE held.learner = was.learner AND held.day = was.day
"""
IS_DAYS: Final = """
CREATE TEMP TABLE insight_is AS
SELECT done.learner_id AS learner, done.day, learner.season,
    coalesce(lag(done.day) OVER (PARTITION BY done.learner_id ORDER BY done.day),
        (SELECT max(held.day) FROM insight_presence held WHERE held.learner = done.learner_id),
        '0001-01-01') AS previous,
    coalesce(done.unit_id, 0) AS unit, done.line, done.staffing, done."window" AS desk,
    coalesce((SELECT sum(value::int) FROM jsonb_each_text(done.acts)), 0)::int AS times,
    done.answers, done."right" AS correct, done.seconds, done.modules, done.points
FROM insight_touched touched
JOIN practice_learner learner ON learner.id = touched.learner
JOIN practice_day done ON done.learner_id = touched.learner AND done.day >= touched.since
WHERE done.sets > 0 OR done.answers > 0 OR done.acts <> '{}'
"""
KEEP_DAYS: Final = """
INSERT INTO insight_presence (learner, day, season, previous, unit, line, staffing, desk, times,
    answers, correct, seconds, modules, points)
SELECT learner, day, season, previous, unit, line, staffing, desk, times, answers, correct,
    seconds, modules, points FROM insight_is
"""
_DAY: Final = (
    "learner, day, season, previous, unit, line, staffing, desk, times, answers, correct, "
    "seconds, modules, points"
)
CHANGE_DAYS: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day, previous,
    times, answers, correct, seconds, modules, points, rostered_on, closed_on)
SELECT one.sign, placed.above, {_KIND.format("one")}, one.season, 'active', one.day, one.previous,
    one.times, one.answers, one.correct, one.seconds, one.modules, one.points, placed.rostered_on,
    placed.closed_on
FROM (
    SELECT -1 AS sign, gone.* FROM
        (SELECT {_DAY} FROM insight_was EXCEPT SELECT {_DAY} FROM insight_is) gone
    UNION ALL SELECT 1, new.* FROM
        (SELECT {_DAY} FROM insight_is EXCEPT SELECT {_DAY} FROM insight_was) new
) one JOIN insight_placement placed ON placed.unit = one.unit
"""

# Titles ----------------------------------------------------------------------------------------
WAS_TITLES: Final = """
CREATE TEMP TABLE insight_was AS
SELECT held.* FROM insight_honour held JOIN insight_touched USING (learner)
"""
DROP_TITLES: Final = """
DELETE FROM insight_honour held USING insight_touched touched
WHERE held.learner = touched.learner
"""
IS_TITLES: Final = """
CREATE TEMP TABLE insight_is AS
SELECT won.learner_id AS learner, won.title, won.period, won.reached_on AS day, learner.season,
    coalesce(lag(won.reached_on) OVER (PARTITION BY won.learner_id, won.title
        ORDER BY won.reached_on, won.period), '0001-01-01') AS previous,
    coalesce(was.unit, learner.unit_id, 0) AS unit, coalesce(was.line, '') AS line,
    coalesce(was.staffing, '') AS staffing, coalesce(was.desk, '') AS desk
FROM insight_touched touched
JOIN practice_learner learner ON learner.id = touched.learner
JOIN practice_title won ON won.learner_id = touched.learner AND won.lost_on IS NULL
LEFT JOIN LATERAL (
    SELECT unit, line, staffing, desk FROM insight_presence held
    WHERE held.learner = touched.learner AND held.day <= won.reached_on ORDER BY day DESC LIMIT 1
) was ON true
"""
_TITLE: Final = "learner, title, period, day, season, previous, unit, line, staffing, desk"
KEEP_TITLES: Final = f"INSERT INTO insight_honour ({_TITLE}) SELECT {_TITLE} FROM insight_is"
CHANGE_TITLES: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day, previous)
SELECT one.sign, placed.above, {_KIND.format("one")}, one.season, 'title:' || one.title, one.day,
    one.previous
FROM (
    SELECT -1 AS sign, was.* FROM insight_was was
    UNION ALL SELECT 1, {_TITLE} FROM insight_is
) one JOIN insight_placement placed ON placed.unit = one.unit
"""
# Titles that came or went without a day that changed (the best so many of a period): by hand.
UNSEEN_TITLES: Final = """
INSERT INTO insight_touched
SELECT DISTINCT coalesce(won.learner_id, held.learner), '9999-12-31'::date
FROM (SELECT * FROM practice_title WHERE lost_on IS NULL) won
FULL JOIN insight_honour held
    ON held.learner = won.learner_id AND held.title = won.title AND held.period = won.period
WHERE (held.learner IS NULL OR won.learner_id IS NULL OR held.day <> won.reached_on)
    AND EXISTS (SELECT FROM practice_learner
        WHERE id = coalesce(won.learner_id, held.learner))
ON CONFLICT DO NOTHING
"""

# Registered learners -----------------------------------------------------------------------------
NEW_LEARNERS: Final = """
INSERT INTO insight_touched
SELECT id, '9999-12-31' FROM practice_learner
WHERE id > (SELECT coalesce(max(learner), 0) FROM insight_enrolment)
ON CONFLICT DO NOTHING
"""
_LEARNER: Final = """
SELECT learner.id AS learner, learner.season,
    (learner.joined_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
    coalesce(learner.unit_id, 0) AS unit, coalesce(person.line, '') AS line,
    coalesce(person.staffing, '') AS staffing, coalesce(person."window", '') AS desk
FROM practice_learner learner LEFT JOIN people_person person ON person.id = learner.person_id
"""
# Who was erased stays counted, by a number that leads to nobody.
MOVED_LEARNERS: Final = f"""
INSERT INTO insight_touched
SELECT now.learner, '9999-12-31'::date FROM ({_LEARNER}) now
LEFT JOIN insight_enrolment held ON held.learner = now.learner
WHERE (now.season, now.day, now.unit, now.line, now.staffing, now.desk) IS DISTINCT FROM
    (held.season, held.day, held.unit, held.line, held.staffing, held.desk)
ON CONFLICT DO NOTHING
"""
WAS_LEARNERS: Final = """
CREATE TEMP TABLE insight_was AS
SELECT held.* FROM insight_enrolment held JOIN insight_touched USING (learner)
"""
DROP_LEARNERS: Final = """
DELETE FROM insight_enrolment held USING insight_touched touched
WHERE held.learner = touched.learner
"""
IS_LEARNERS: Final = f"""
CREATE TEMP TABLE insight_is AS
SELECT now.* FROM insight_touched touched
JOIN LATERAL ({_LEARNER} WHERE learner.id = touched.learner) now ON true
"""
_ENROLMENT: Final = "learner, season, day, unit, line, staffing, desk"
KEEP_LEARNERS: Final = (
    f"INSERT INTO insight_enrolment ({_ENROLMENT}) SELECT {_ENROLMENT} FROM insight_is"
)
CHANGE_LEARNERS: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day)
SELECT one.sign, placed.above, {_KIND.format("one")}, one.season, 'registered', one.day
FROM (
    SELECT -1 AS sign, {_ENROLMENT} FROM insight_was
    UNION ALL SELECT 1, {_ENROLMENT} FROM insight_is
) one JOIN insight_placement placed ON placed.unit = one.unit
"""

# Rosters -----------------------------------------------------------------------------------------
# The roster of a day is the latest at or before it; of several of one day the last confirmed.
IS_ROSTERS: Final = """
CREATE TEMP TABLE insight_is AS
WITH seen AS (
    SELECT unit_id AS unit, count(*) AS rosters, max(id) AS last FROM people_roster GROUP BY unit_id
), stale AS (
    SELECT held.unit, seen.rosters, seen.last, unit.closed_on FROM insight_placement held
    JOIN units_unit unit ON unit.id = held.unit LEFT JOIN seen ON seen.unit = held.unit
    WHERE (held.rosters, held.last_roster) IS DISTINCT FROM
        (coalesce(seen.rosters, 0), coalesce(seen.last, 0))
        OR held.closed_on IS DISTINCT FROM unit.closed_on OR held.rostered_on IS NULL
)
SELECT unit, coalesce(rosters, 0) AS rosters, coalesce(last, 0) AS last, closed_on, coalesce((
    SELECT min(day) FROM people_roster WHERE unit_id = unit AND members <> '[]'
        AND (closed_on IS NULL OR day < closed_on)), '9999-12-31') AS rostered_on
FROM stale
"""
WAS_ROSTERS: Final = """
CREATE TEMP TABLE insight_was AS
SELECT held.* FROM insight_rosterstep held JOIN insight_is USING (unit)
"""
DROP_ROSTERS: Final = """
DELETE FROM insight_rosterstep held USING insight_is stale WHERE held.unit = stale.unit
"""
KEEP_ROSTERS: Final = """
WITH counting AS (
    SELECT DISTINCT ON (roster.unit_id, roster.day) roster.unit_id AS unit, roster.day,
        roster.members, stale.closed_on
    FROM people_roster roster JOIN insight_is stale ON stale.unit = roster.unit_id
    WHERE stale.closed_on IS NULL OR roster.day < stale.closed_on
    ORDER BY roster.unit_id, roster.day, roster.confirmed_at DESC
), lasting AS (
    SELECT unit, day, members, coalesce(
        lead(day) OVER (PARTITION BY unit ORDER BY day), closed_on) AS until FROM counting
), cut AS (
    SELECT unit, day, until, member->>2 AS staffing, member->>1 AS desk, member->>3 AS line,
        count(*) AS persons
    FROM lasting CROSS JOIN jsonb_array_elements(members) member GROUP BY 1, 2, 3, 4, 5, 6
), step AS (
    SELECT unit, staffing, desk, line, day, persons AS change FROM cut
    UNION ALL
    SELECT unit, staffing, desk, line, until, -persons FROM cut WHERE until IS NOT NULL
)
INSERT INTO insight_rosterstep (unit, staffing, desk, line, day, change)
SELECT unit, staffing, desk, line, day, sum(change) FROM step
GROUP BY unit, staffing, desk, line, day HAVING sum(change) <> 0
"""
CHANGE_ROSTERS: Final = """
INSERT INTO insight_change (sign, persons, above, staffing, desk, line, season, what, day)
SELECT one.sign, one.change, placed.above, one.staffing, one.desk, one.line, '', 'roster', one.day
FROM (
    SELECT -1 AS sign, unit, staffing, desk, line, day, change FROM insight_was
    UNION ALL SELECT 1, unit, held.staffing, held.desk, held.line, held.day, held.change
    FROM insight_rosterstep held JOIN insight_is USING (unit)
) one JOIN insight_placement placed ON placed.unit = one.unit
"""
# A first roster, also of a past day, or a closing: the days outside the rosters are others now.
SHIFT_ROSTERS: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day, previous,
    rostered_on, closed_on)
SELECT side.sign, placed.above, {_KIND.format("one")}, one.season, 'outside', one.day, one.previous,
    side.rostered_on, side.closed_on
FROM insight_is stale JOIN insight_placement placed ON placed.unit = stale.unit
CROSS JOIN LATERAL (VALUES (-1, placed.rostered_on, placed.closed_on),
    (1, stale.rostered_on, stale.closed_on)) side (sign, rostered_on, closed_on)
JOIN insight_presence one ON one.unit = stale.unit
    AND (one.day < side.rostered_on OR side.closed_on IS NOT NULL)
WHERE (placed.rostered_on, placed.closed_on) IS DISTINCT FROM (stale.rostered_on, stale.closed_on)
"""
SEEN_ROSTERS: Final = """
UPDATE insight_placement held SET rosters = stale.rosters, last_roster = stale.last,
    closed_on = stale.closed_on, rostered_on = stale.rostered_on
FROM insight_is stale WHERE held.unit = stale.unit
"""

# Units that stand elsewhere in the tree than when they were rolled up ----------------------------
MOVED_UNITS: Final = f"""
CREATE TEMP TABLE insight_is AS
SELECT now.unit, now.above, held.above AS before FROM ({_ABOVE} GROUP BY unit.id) now
JOIN insight_placement held ON held.unit = now.unit WHERE held.above <> now.above
"""
_MOVED: Final = """
FROM insight_is moved
CROSS JOIN LATERAL (VALUES (-1, moved.before), (1, moved.above)) side (sign, above)
"""
MOVE_DAYS: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day, previous,
    times, answers, correct, seconds, modules, points, rostered_on, closed_on)
SELECT side.sign, side.above, {_KIND.format("one")}, one.season, 'active', one.day, one.previous,
    one.times, one.answers, one.correct, one.seconds, one.modules, one.points, placed.rostered_on,
    placed.closed_on
{_MOVED} JOIN insight_presence one ON one.unit = moved.unit
JOIN insight_placement placed ON placed.unit = moved.unit
"""
MOVE_TITLES: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day, previous)
SELECT side.sign, side.above, {_KIND.format("one")}, one.season, 'title:' || one.title, one.day,
    one.previous
{_MOVED} JOIN insight_honour one ON one.unit = moved.unit
"""
MOVE_LEARNERS: Final = f"""
INSERT INTO insight_change (sign, above, staffing, desk, line, season, what, day)
SELECT side.sign, side.above, {_KIND.format("one")}, one.season, 'registered', one.day
{_MOVED} JOIN insight_enrolment one ON one.unit = moved.unit
"""
MOVE_ROSTERS: Final = f"""
INSERT INTO insight_change (sign, persons, above, staffing, desk, line, season, what, day)
SELECT side.sign, one.change, side.above, one.staffing, one.desk, one.line, '', 'roster', one.day
{_MOVED} JOIN insight_rosterstep one ON one.unit = moved.unit
"""
PLACE_AGAIN: Final = """
UPDATE insight_placement held SET above = moved.above FROM insight_is moved
WHERE held.unit = moved.unit
"""

# As after a migration that left nothing of the sums.
UNBUILT: Final = """
SELECT NOT EXISTS (SELECT FROM insight_placement) AND EXISTS (SELECT FROM practice_learner)
"""
WIPE: Final = """
TRUNCATE insight_presence, insight_honour, insight_enrolment, insight_rosterstep, insight_flow,
    insight_tally, insight_pointsum, insight_topic, insight_placement
"""
