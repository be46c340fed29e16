"""The SQL that reads figures: of places from their sums, of smaller units from the rows.

Both forms of a statement answer the same columns: the group first. A sum's group is the unit's id
as text; a row's is the code of the child on the way down, "" for the unit itself (`SPAN`).
"""

# ruff: noqa: S608 - statements are put together of this file's own words; values are parameters
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Units below a path by the child that they stand under: %(depth)s is the child's place in the path.
SPAN: Final = """
WITH span AS (
    SELECT unit.id, split_part(unit.path, '/', %(depth)s) AS grp FROM units_unit unit
    WHERE unit.path LIKE %(path)s AND split_part(unit.path, '/', %(depth)s) = ANY(%(groups)s)
)
"""
_OF_UNITS: Final = "season = %(season)s AND unit = ANY(%(units)s) AND cut = %(cut)s"
_OF_ROWS: Final = """
JOIN span ON span.id = held.unit
WHERE held.season = %(season)s AND (%(cut)s = ''
    OR %(cut)s = 'line:' || held.line OR %(cut)s = 'staffing:' || held.staffing
    OR %(cut)s = 'desk:' || held.desk)
"""
_DAYS: Final = "day BETWEEN %(first)s AND %(last)s"
_WEEK: Final = "(day - (day - %(anchor)s::date) %% 7)"

SUMS: Final[Mapping[str, str]] = {
    "persons": f"""
        SELECT unit::text, sum(persons) FROM (
            SELECT unit, persons FROM insight_flow WHERE {_OF_UNITS} AND what = 'active'
                AND day BETWEEN %(first)s AND %(head)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM insight_flow WHERE {_OF_UNITS} AND what = 'months'
                AND day BETWEEN %(month)s AND %(until)s AND previous < %(first)s
            UNION ALL
            SELECT unit, persons FROM insight_flow WHERE {_OF_UNITS} AND what = 'active'
                AND day BETWEEN %(tail)s AND %(last)s AND previous < %(first)s
        ) part GROUP BY unit""",
    "titles": f"""
        SELECT unit::text, substr(what, 7), sum(persons) FILTER (WHERE previous < %(first)s),
            sum(persons) FROM insight_flow
        WHERE {_OF_UNITS} AND what = ANY(%(titles)s) AND {_DAYS} GROUP BY unit, what""",
    "registered": f"""
        SELECT unit::text, sum(persons) FROM insight_flow
        WHERE {_OF_UNITS} AND what = 'registered' AND day <= %(last)s GROUP BY unit""",
    "due": """
        SELECT unit::text, sum(persons) FROM insight_flow
        WHERE season = '' AND unit = ANY(%(units)s) AND cut = %(cut)s AND what = 'roster'
            AND day <= %(last)s GROUP BY unit""",
    "tally": f"""
        SELECT unit::text, sum(days), sum(times), sum(answers), sum(correct), sum(seconds)
        FROM insight_tally WHERE {_OF_UNITS} AND {_DAYS} GROUP BY unit""",
    "points": f"""
        SELECT unit::text, ledger, sum(points)
        FROM insight_pointsum WHERE {_OF_UNITS} AND {_DAYS} GROUP BY unit, ledger""",
    "topics": f"""
        SELECT unit::text, module, sum(answers), sum(correct) FROM insight_topic
        WHERE season = %(season)s AND unit = ANY(%(units)s) AND {_DAYS} GROUP BY unit, module""",
    "weeks": f"""
        SELECT unit::text, day, persons FROM insight_flow
        WHERE {_OF_UNITS} AND what = %(week)s AND {_DAYS}""",
    "week_sums": f"""
        SELECT unit::text, {_WEEK}, sum(times), sum(answers), sum(correct)
        FROM insight_tally WHERE {_OF_UNITS} AND {_DAYS} GROUP BY 1, 2""",
    "week_due": f"""
        SELECT unit::text, greatest({_WEEK}, %(first)s), sum(persons) FROM insight_flow
        WHERE season = '' AND unit = ANY(%(units)s) AND cut = %(cut)s AND what = 'roster'
            AND day <= %(last)s GROUP BY 1, 2""",
    "lines": """
        SELECT DISTINCT substr(cut, 6) FROM insight_tally
        WHERE season = %(season)s AND unit = ANY(%(units)s) AND cut LIKE 'line:%%' ORDER BY 1""",
}
ROWS: Final[Mapping[str, str]] = {
    "persons": f"""{SPAN}
        SELECT span.grp, count(*) FROM insight_presence held {_OF_ROWS}
            AND {_DAYS} AND previous < %(first)s GROUP BY span.grp""",
    "titles": f"""{SPAN}
        SELECT span.grp, title, count(*) FILTER (WHERE previous < %(first)s), count(*)
        FROM insight_honour held {_OF_ROWS}
            AND 'title:' || title = ANY(%(titles)s) AND {_DAYS} GROUP BY span.grp, title""",
    "registered": f"""{SPAN}
        SELECT span.grp, count(*) FROM insight_enrolment held {_OF_ROWS}
            AND day <= %(last)s GROUP BY span.grp""",
    "due": f"""{SPAN}
        SELECT span.grp, sum(change) FROM insight_rosterstep held JOIN span ON span.id = held.unit
        WHERE cut = %(cut)s AND day <= %(last)s GROUP BY span.grp""",
    "tally": f"""{SPAN}
        SELECT span.grp, count(*), sum(times), sum(answers), sum(correct), sum(seconds)
        FROM insight_presence held {_OF_ROWS} AND {_DAYS} GROUP BY span.grp""",
    "points": f"""{SPAN}
        SELECT span.grp, account.key, sum(account.value::numeric) FROM insight_presence held
        CROSS JOIN LATERAL jsonb_each_text(held.points) account {_OF_ROWS}
            AND {_DAYS} GROUP BY span.grp, account.key""",
    "topics": f"""{SPAN}
        SELECT span.grp, topic.key, sum((topic.value->>0)::int), sum((topic.value->>1)::int)
        FROM insight_presence held CROSS JOIN LATERAL jsonb_each(held.modules) topic {_OF_ROWS}
            AND {_DAYS} GROUP BY span.grp, topic.key""",
    "weeks": f"""{SPAN}
        SELECT span.grp, {_WEEK}, count(*) FROM insight_presence held {_OF_ROWS}
            AND {_DAYS} AND previous < {_WEEK} GROUP BY 1, 2""",
    "week_sums": f"""{SPAN}
        SELECT span.grp, {_WEEK}, sum(times), sum(answers), sum(correct)
        FROM insight_presence held {_OF_ROWS} AND {_DAYS} GROUP BY 1, 2""",
    "week_due": f"""{SPAN}
        SELECT span.grp, greatest({_WEEK}, %(first)s), sum(change)
        FROM insight_rosterstep held JOIN span ON span.id = held.unit
        WHERE cut = %(cut)s AND day <= %(last)s GROUP BY 1, 2""",
    "lines": f"""{SPAN}
        SELECT DISTINCT held.line FROM insight_enrolment held JOIN span ON span.id = held.unit
        WHERE held.season = %(season)s AND held.line <> '' ORDER BY 1""",
}
