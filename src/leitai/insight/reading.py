"""The SQL that reads figures: of places from their sums, of smaller units from the rows.

Both forms of a statement answer the same columns: the group first. A sum's group is the unit's id
as text; a row's is the code of the child on the way down, "" for the unit itself (`SPAN`).
"""

# ruff: noqa: S608 - statements are put together of this file's own words; values are parameters
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leitai.insight import nodes

# Units below a path by the child that they stand under: %(depth)s is the child's place in the path.
SPAN: Final = """
WITH span AS (
    SELECT unit.id, split_part(unit.path, '/', %(depth)s) AS grp FROM units_unit unit
    WHERE unit.path LIKE %(path)s AND split_part(unit.path, '/', %(depth)s) = ANY(%(groups)s)
)
"""
_OF_KIND: Final = """(%(staffing)s = '' OR {0}.staffing = %(staffing)s)
    AND (%(desk)s = '' OR {0}.desk = %(desk)s) AND (%(line)s = '' OR {0}.line = %(line)s)
"""
# The series of the units asked for: everybody's, or those of each kind of people in the cut.
_OF_UNITS: Final = f"""
JOIN insight_series ON insight_series.id = series AND unit = ANY(%(units)s)
    AND part = %(part)s AND {_OF_KIND.format("insight_series")}
WHERE season = %(season)s"""
_FLOW: Final = """(
    SELECT series, day, one.previous, one.persons FROM insight_flow
    CROSS JOIN LATERAL unnest(previous, persons) AS one (previous, persons)
) flow"""
_OF_ACTIVE: Final = _OF_UNITS + " AND what = 'active'"
_OF_ROSTERS: Final = _OF_UNITS.replace("%(season)s", "''") + " AND what = 'roster'"
# The list of units stands there a second time for the planner: it cannot tell how few a path names,
# and would read everybody's rows.
_OF_ROWS: Final = f"""
JOIN span ON span.id = held.unit
WHERE held.unit = ANY(ARRAY(SELECT id FROM span))
    AND held.season = %(season)s AND {_OF_KIND.format("held")}
"""
_DAYS: Final = "day BETWEEN %(first)s AND %(last)s"
_WEEK: Final = "(day - (day - %(anchor)s::date) %% 7)"

# Series of those whose units have no confirmed roster on a day: {0} is the kind, {1} the day.
_OUTSIDE: Final = """(what LIKE '{0}before:%%' AND right(what, 10) COLLATE "C" > {1}
    OR what LIKE '{0}after:%%' AND right(what, 10) COLLATE "C" <= {1})"""
_LAST: Final = "to_char(%(last)s::date, 'YYYY-MM-DD')"
_WEEK_END: Final = f"to_char({_WEEK} + 6, 'YYYY-MM-DD')"
_PLACED: Final = "JOIN insight_placement placed ON placed.unit = held.unit"

SUMS: Final[Mapping[str, str]] = {
    "persons": f"""
        SELECT unit::text, sum(persons) FROM (
            SELECT unit, persons FROM {_FLOW} {_OF_ACTIVE}
                AND day BETWEEN %(first)s AND %(head)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM {_FLOW} {_OF_UNITS} AND what = 'months'
                AND day BETWEEN %(month)s AND %(until)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM {_FLOW} {_OF_ACTIVE}
                AND day BETWEEN %(tail)s AND %(last)s AND previous < %(first)s
        ) part GROUP BY unit""",
    "outside": f"""
        SELECT unit::text, sum(persons) FROM (
            SELECT unit, persons FROM {_FLOW} {_OF_UNITS} AND {_OUTSIDE.format("", _LAST)}
                AND day BETWEEN %(first)s AND %(head)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM {_FLOW} {_OF_UNITS} AND {_OUTSIDE.format("months-", _LAST)}
                AND day BETWEEN %(month)s AND %(until)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM {_FLOW} {_OF_UNITS} AND {_OUTSIDE.format("", _LAST)}
                AND day BETWEEN %(tail)s AND %(last)s AND previous < %(first)s
        ) part GROUP BY unit""",
    "titles": f"""
        SELECT unit::text, substr(what, 7), sum(persons) FILTER (WHERE previous < %(first)s),
            sum(persons)
        FROM {_FLOW} {_OF_UNITS} AND what = ANY(%(titles)s) AND {_DAYS}
        GROUP BY unit, what""",
    "registered": f"""
        SELECT unit::text, sum(persons) FROM {_FLOW} {_OF_UNITS}
            AND what = 'registered' AND day <= %(last)s GROUP BY unit""",
    "due": f"""
        SELECT unit::text, sum(persons) FROM {_FLOW} {_OF_ROSTERS}
            AND day <= %(last)s GROUP BY unit""",
    "tally": f"""
        SELECT unit::text, sum(days), sum(times), sum(answers), sum(correct), sum(seconds)
        FROM insight_tally {_OF_ACTIVE} AND {_DAYS} GROUP BY unit""",
    "points": f"""
        SELECT unit::text, ledger, sum(points)
        FROM insight_pointsum {_OF_ACTIVE} AND {_DAYS} GROUP BY unit, ledger""",
    "topics": f"""
        SELECT unit, module.name, module.topic, answers, correct FROM (
            SELECT unit::text, cell.node, sum(cell.answers) AS answers,
                sum(cell.correct) AS correct
            FROM insight_topic {nodes.EACH.format("nodes")} {_OF_ACTIVE} AND {_DAYS}
            GROUP BY unit, cell.node
        ) sums JOIN practice_module module ON module.id = sums.node""",
    "weeks": f"""
        SELECT unit::text, day, sum(persons) FROM {_FLOW} {_OF_UNITS}
            AND what = %(week)s AND {_DAYS} GROUP BY unit, day""",
    "week_outside": f"""
        SELECT unit::text, {_WEEK}, sum(persons) FROM {_FLOW} {_OF_UNITS} AND {_DAYS}
            AND previous < {_WEEK} AND {_OUTSIDE.format("", _WEEK_END)} GROUP BY 1, 2""",
    "week_sums": f"""
        SELECT unit::text, {_WEEK}, sum(times), sum(answers), sum(correct)
        FROM insight_tally {_OF_ACTIVE} AND {_DAYS} GROUP BY 1, 2""",
    "week_due": f"""
        SELECT unit::text, greatest({_WEEK}, %(first)s), sum(persons)
        FROM {_FLOW} {_OF_ROSTERS} AND day <= %(last)s GROUP BY 1, 2""",
    "lines": """
        SELECT DISTINCT line FROM insight_series
        WHERE season = %(season)s AND unit = ANY(%(units)s) AND line <> '' ORDER BY 1""",
}
ROWS: Final[Mapping[str, str]] = {
    "persons": f"""{SPAN}
        SELECT span.grp, count(*) FROM insight_presence held {_OF_ROWS}
            AND {_DAYS} AND previous < %(first)s GROUP BY span.grp""",
    "outside": f"""{SPAN}
        SELECT span.grp, count(*) FROM insight_presence held {_PLACED} {_OF_ROWS}
            AND {_DAYS} AND previous < %(first)s
            AND (placed.rostered_on > %(last)s OR placed.closed_on <= %(last)s)
        GROUP BY span.grp""",
    "titles": f"""{SPAN}
        SELECT span.grp, title, count(*) FILTER (WHERE previous < %(first)s), count(*)
        FROM insight_honour held {_OF_ROWS}
            AND 'title:' || title = ANY(%(titles)s) AND {_DAYS} GROUP BY span.grp, title""",
    "registered": f"""{SPAN}
        SELECT span.grp, count(*) FROM insight_enrolment held {_OF_ROWS}
            AND day <= %(last)s GROUP BY span.grp""",
    "due": f"""{SPAN}
        SELECT span.grp, sum(change) FROM insight_rosterstep held JOIN span ON span.id = held.unit
        WHERE {_OF_KIND.format("held")} AND day <= %(last)s GROUP BY span.grp""",
    "tally": f"""{SPAN}
        SELECT span.grp, count(*), sum(times), sum(answers), sum(correct), sum(seconds)
        FROM insight_presence held {_OF_ROWS} AND {_DAYS} GROUP BY span.grp""",
    "points": f"""{SPAN}
        SELECT span.grp, account.key, sum(account.value::numeric) FROM insight_presence held
        CROSS JOIN LATERAL jsonb_each_text(held.points) account {_OF_ROWS}
            AND {_DAYS} GROUP BY span.grp, account.key""",
    "topics": f"""{SPAN}
        SELECT span.grp, module.name, module.topic, sum(cell.answers), sum(cell.correct)
        FROM insight_presence held {nodes.EACH.format("held.modules")}
        JOIN practice_module module ON module.id = cell.node {_OF_ROWS}
            AND {_DAYS} GROUP BY span.grp, module.name, module.topic""",
    "weeks": f"""{SPAN}
        SELECT span.grp, {_WEEK}, count(*) FROM insight_presence held {_OF_ROWS}
            AND {_DAYS} AND previous < {_WEEK} GROUP BY 1, 2""",
    "week_outside": f"""{SPAN}
        SELECT span.grp, {_WEEK}, count(*) FROM insight_presence held {_PLACED} {_OF_ROWS}
            AND {_DAYS} AND previous < {_WEEK}
            AND (placed.rostered_on > {_WEEK} + 6 OR placed.closed_on <= {_WEEK} + 6)
        GROUP BY 1, 2""",
    "week_sums": f"""{SPAN}
        SELECT span.grp, {_WEEK}, sum(times), sum(answers), sum(correct)
        FROM insight_presence held {_OF_ROWS} AND {_DAYS} GROUP BY 1, 2""",
    "week_due": f"""{SPAN}
        SELECT span.grp, greatest({_WEEK}, %(first)s), sum(change)
        FROM insight_rosterstep held JOIN span ON span.id = held.unit
        WHERE {_OF_KIND.format("held")} AND day <= %(last)s GROUP BY 1, 2""",
    "lines": f"""{SPAN}
        SELECT DISTINCT held.line FROM insight_enrolment held JOIN span ON span.id = held.unit
        WHERE held.season = %(season)s AND held.line <> '' ORDER BY 1""",
}
