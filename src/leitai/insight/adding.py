"""The SQL of the roll-ups that adds what was staged (`rolling`) to every sum at once."""

# ruff: noqa: S608 - statements are put together of this file's own words; values are parameters
from __future__ import annotations

from typing import Final

from leitai.insight import nodes

_SPREAD: Final = """
FROM insight_change one CROSS JOIN LATERAL unnest(one.above) AS place (unit)
CROSS JOIN LATERAL (
    SELECT false AS part, '' AS staffing, '' AS desk, '' AS line
    UNION ALL SELECT true, one.staffing, one.desk, one.line
    WHERE (one.staffing, one.desk, one.line) <> ('', '', '')
) kind
"""
_SERIES: Final = "season, unit, what, part, staffing, desk, line"
_OF_ACTIVE: Final = f"""
SELECT season, place.unit, what, kind.part, kind.staffing, kind.desk, kind.line, day, {{sums}}
{_SPREAD} {{more}} WHERE what = 'active' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
_NAMED: Final = f"JOIN insight_series series USING ({_SERIES})"
ADD: Final = (
    f"""
CREATE TEMP TABLE insight_delta AS
SELECT season, place.unit, what, kind.part, kind.staffing, kind.desk, kind.line, day, previous,
    sum(sign * persons)::int AS persons
{_SPREAD} WHERE what <> 'outside' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
HAVING sum(sign * persons) <> 0
""",
    f"""
INSERT INTO insight_delta
SELECT season, place.unit, outside.what, kind.part, kind.staffing, kind.desk, kind.line, day,
    previous, sum(sign)
{_SPREAD} CROSS JOIN LATERAL (
    SELECT to_char(one.rostered_on, '"before:"YYYY-MM-DD') WHERE one.day < one.rostered_on
    UNION ALL SELECT to_char(one.closed_on, '"after:"YYYY-MM-DD')
    WHERE one.closed_on IS NOT NULL AND one.rostered_on < '9999-12-31'
) outside (what)
WHERE one.what IN ('active', 'outside') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(sign) <> 0
""",
    """
INSERT INTO insight_delta
SELECT season, unit,
    CASE what WHEN 'active' THEN 'months' ELSE 'months-' || what END AS months, part,
    staffing, desk, line, date_trunc('month', day)::date AS month, previous, sum(persons)
FROM insight_delta WHERE what = 'active' OR what LIKE 'before:%' OR what LIKE 'after:%'
GROUP BY season, unit, months, part, staffing, desk, line, month, previous HAVING sum(persons) <> 0
UNION ALL
SELECT season, unit, week.what, part, staffing, desk, line, week.first, '0001-01-01', sum(persons)
FROM insight_delta CROSS JOIN LATERAL (VALUES
    ('week:monday', day - (day - '2018-01-01'::date) % 7),
    ('week:sunday', day - (day - '2017-12-31'::date) % 7)) week (what, first)
WHERE insight_delta.what = 'active' AND previous < week.first
GROUP BY season, unit, week.what, part, staffing, desk, line, week.first HAVING sum(persons) <> 0
""",
    # of "active" also where nobody came or went: its other sums may have changed
    f"""
INSERT INTO insight_series ({_SERIES})
SELECT {_SERIES} FROM insight_delta
UNION SELECT season, place.unit, what, kind.part, kind.staffing, kind.desk, kind.line
{_SPREAD} WHERE what = 'active'
EXCEPT SELECT {_SERIES} FROM insight_series
""",
    f"""
CREATE TEMP TABLE insight_sum AS
WITH fresh AS (SELECT series.id AS series, day, previous, persons FROM insight_delta {_NAMED})
SELECT series, day, array_agg(previous ORDER BY previous) FILTER (WHERE persons <> 0) AS previous,
    array_agg(persons ORDER BY previous) FILTER (WHERE persons <> 0) AS persons
FROM (
    SELECT series, day, previous, sum(persons)::int AS persons FROM (
        SELECT * FROM fresh
        UNION ALL SELECT held.series, held.day, one.previous, one.persons
        FROM (SELECT DISTINCT series, day FROM fresh) touched
        JOIN insight_flow held USING (series, day)
        CROSS JOIN LATERAL unnest(held.previous, held.persons) one (previous, persons)
    ) parts GROUP BY series, day, previous
) sums GROUP BY series, day
""",
    """
INSERT INTO insight_flow SELECT * FROM insight_sum WHERE persons IS NOT NULL
ON CONFLICT (series, day) DO UPDATE SET previous = excluded.previous, persons = excluded.persons
""",
    """
DELETE FROM insight_flow held USING insight_sum gone
WHERE gone.persons IS NULL AND (held.series, held.day) = (gone.series, gone.day)
""",
    f"""
INSERT INTO insight_tally AS held (series, day, days, times, answers, correct, seconds)
SELECT series.id, day, days, times, answers, correct, seconds FROM ({
        _OF_ACTIVE.format(
            sums="sum(sign) AS days, sum(sign * times) AS times, sum(sign * answers) AS answers, "
            "sum(sign * correct) AS correct, sum(sign * seconds) AS seconds",
            more="",
        )
    }) sums {_NAMED}
ON CONFLICT (series, day) DO UPDATE SET days = held.days + excluded.days,
    times = held.times + excluded.times, answers = held.answers + excluded.answers,
    correct = held.correct + excluded.correct, seconds = held.seconds + excluded.seconds
""",
    f"""
INSERT INTO insight_pointsum AS held (series, day, ledger, points)
SELECT series.id, day, ledger, points FROM ({
        _OF_ACTIVE.format(
            sums="account.key AS ledger, sum(sign * account.value::numeric) AS points",
            more="CROSS JOIN LATERAL jsonb_each_text(one.points) account",
        )
    }, ledger) sums {_NAMED}
WHERE points <> 0
ON CONFLICT (series, day, ledger) DO UPDATE SET points = held.points + excluded.points
""",
    "DROP TABLE insight_sum",
    # nodes are taken out of a day's array once, not again for each of the sums that it goes into
    f"""
CREATE TEMP TABLE insight_sum AS
WITH done AS MATERIALIZED (
    SELECT above, staffing, desk, line, season, what, day, cell.node,
        sum(sign * cell.answers) AS answers, sum(sign * cell.correct) AS correct
    FROM insight_change one {nodes.EACH.format("one.modules")} WHERE what = 'active'
    GROUP BY above, staffing, desk, line, season, what, day, cell.node
), fresh AS (
    SELECT series.id AS series, day, node, answers, correct FROM ({
        _OF_ACTIVE.replace("FROM insight_change one", "FROM done one").format(
            sums="node, sum(answers) AS answers, sum(correct) AS correct", more=""
        )
    }, node) sums {_NAMED} WHERE (answers, correct) <> (0, 0)
)
SELECT series, day, {nodes.NODES} FROM (
    SELECT series, day, {nodes.GATHERED} FROM (
        SELECT series, day, node, sum(answers)::int AS answers, sum(correct)::int AS correct
        FROM (
            SELECT * FROM fresh
            UNION ALL SELECT held.series, held.day, cell.node, cell.answers, cell.correct
            FROM (SELECT DISTINCT series, day FROM fresh) touched
            JOIN insight_topic held USING (series, day) {nodes.EACH.format("held.nodes")}
        ) parts GROUP BY series, day, node
    ) sums GROUP BY series, day
) gathered
""",
    """
INSERT INTO insight_topic (series, day, nodes)
SELECT series, day, nodes FROM insight_sum WHERE nodes IS NOT NULL
ON CONFLICT (series, day) DO UPDATE SET nodes = excluded.nodes
""",
    """
DELETE FROM insight_topic held USING insight_sum gone
WHERE gone.nodes IS NULL AND (held.series, held.day) = (gone.series, gone.day)
""",
)
