"""The SQL of nodes: modules of the syllabus and topics below them, by practice's numbers.

An array of them is in one of two forms (`practice.columns`): below nought, each number is a node
with its answers and right ones; else each node takes three numbers. Sums are kept like days, for
a place has dozens of nodes a day: one number each where all answers are fewer than 256.
"""

from __future__ import annotations

from typing import Final

# The nodes of a row's array, {0}, as rows of `cell`.
EACH: Final = """
CROSS JOIN LATERAL (
    SELECT (~packed) >> 16 AS node, (~packed) >> 8 & 255 AS answers, (~packed) & 255 AS correct
    FROM unnest({0}) packed WHERE {0}[1] < 0
    UNION ALL SELECT {0}[at], {0}[at + 1], {0}[at + 2]
    FROM generate_series(1, cardinality({0}), 3) at WHERE {0}[1] > 0
) cell
"""
# Sums of `node`, `answers`, `correct` as arrays of both forms, and which of them it has to be.
GATHERED: Final = """
    array_agg(~((node << 16) | (answers << 8) | correct) ORDER BY node) FILTER (WHERE answers <> 0)
        AS narrow,
    array_agg(ARRAY[node, answers, correct] ORDER BY node) FILTER (WHERE answers <> 0) AS wide,
    max(greatest(answers, correct)) >= 256 OR max(node) >= 32768 AS large
"""
NODES: Final = "CASE WHEN large THEN ARRAY(SELECT unnest(wide)) ELSE narrow END AS nodes"
