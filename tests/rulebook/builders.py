"""Small seasons for tests: a table of scores becomes entries and scores of a small rulebook.

An entry's name begins with its delegation's letter: ``a1`` is of delegation ``a``.
"""

from pathlib import Path

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, ResolutionIn, ScoreIn

CASES = Path(__file__).parent / "cases"
MINI_TEXT = (CASES / "mini.yaml").read_text(encoding="utf-8")
MINI = load(MINI_TEXT, name="mini.yaml")
DELEGATIONS = ("a", "b", "c", "g")
TRACK = "solo"

# Worked through by hand in test_engine.py.
HEAT = """
a1 90 40 3000
a2 80 40 3000
a3 70 30 3000
b1 85 40 3000
b2 80 30 3000
b3 60 30 3000
c1 80 40 3100
c2 75 30 3000
c3 74 30 3000
g1 95 40 3000
g2 94 40 3000
"""
FINAL = """
a1 88 40 3000
a2 86 40 3000
b1 92 40 3000
b2 90 40 3000
g1 91 40 3000
g2 70 40 3000
"""


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


def entries(table, stage="heat", as_="individual"):
    return [
        EntryIn(
            id=row[0],
            stage=stage,
            track=TRACK,
            name=f"选手{row[0]}",
            delegation=row[0][0],
            person=f"p-{row[0]}",
            as_=as_,
        )
        for row in rows(table)
    ]


def scores(table, stage="heat"):
    """Columns: entry, score, multiple, seconds; the word ``absent`` or ``void`` for a score."""
    return [
        ScoreIn(stage, TRACK, "exam", row[0], 0, 2, status=row[1])
        if row[1] in ("absent", "void")
        else ScoreIn(
            stage,
            TRACK,
            "exam",
            row[0],
            int(row[1]) * 100,
            2,
            keys={
                "multiple": int(row[2] if len(row) > 2 else 0) * 100,
                "seconds": int(row[3] if len(row) > 3 else 0),
            },
        )
        for row in rows(table)
    ]


def draw(board, line, order, *, stage="heat", how="draw", note=""):
    return ResolutionIn(stage, TRACK, board, line, tuple(order.split()), how, note)


def run(heat=HEAT, final="", resolutions=(), rulebook=MINI, **options):
    given = scores(heat) + (scores(final, "final") if final else [])
    return decide(
        rulebook,
        entries=options.pop("given", None) or entries(heat),
        scores=given,
        resolutions=resolutions,
        delegations=DELEGATIONS,
        **options,
    )


def board(outcome, name="main", stage="heat"):
    return [
        (row.rank, row.entry)
        for row in outcome.standings
        if (row.stage, row.board) == (stage, name)
    ]


def teams(outcome, stage="heat"):
    return [
        (row.rank, row.delegation, row.total, row.advanced)
        for row in outcome.teams
        if row.stage == stage
    ]


def advanced(outcome):
    return {row.entry: row.as_ for row in outcome.advancement}


def holders(outcome, award):
    return [row.holder for row in outcome.awards if row.award == award]


def blocked(outcome):
    return [(row.stage, row.board, row.line, row.entries, row.needs) for row in outcome.blocked]


def notes(outcome):
    return [(row.subject, row.reason.code) for row in outcome.notes]


def resolve_all(decide_with):
    """Answer every question of the engine, in the order of ids, until nothing is blocked."""
    answers = ()
    for _ in range(40):
        outcome = decide_with(answers)
        if not outcome.blocked:
            return outcome, answers
        answers += tuple(
            ResolutionIn(row.stage, row.track, row.board, row.line, row.entries, "draw", "")
            for row in outcome.blocked
        )
    raise AssertionError(outcome.blocked)
