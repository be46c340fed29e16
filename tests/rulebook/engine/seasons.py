"""Small seasons written as tables, for rules of any kind."""

from fractions import Fraction

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, FactIn, ResolutionIn, ScoreIn

HEAD = """
rulebook: 1
id: small
title: 小赛
tracks: {solo: {title: 个人赛}}
"""
UP = "beyond: {up: {title: 上一级比赛}}\n"
PAPER = """events:
  paper: {title: 笔试, kind: reported, max: "100", decimals: 2}
"""
SKILL = """  skill: {title: 实操, kind: reported, max: "100", decimals: 2,
          keys: {seconds: {title: 用时, better: lower, unit: 秒}}}
"""


def rules(body, events=PAPER):
    """Load a body under a head that has only what the body uses: nothing may stand unused."""
    if events == PAPER and "skill" in body:
        events += SKILL
    up = UP if "to: up" in body else ""
    return load(HEAD + up + events + body, name="small.yaml")


def entries(names, stage="one", track="solo"):
    """An entry's delegation is its first letter."""
    return [EntryIn(name, stage, track, name, name[0], name) for name in names]


def scores(table, stage="one", event="paper", track="solo", **keys):
    """``{"a1": "90.5", "b1": "absent"}``; ``seconds={"a1": 30}`` gives a tie key."""
    rows = []
    for name, text in table.items():
        status = text if text in ("absent", "void") else "ok"
        value = Fraction(text) * 100 if status == "ok" else Fraction(0)
        given = {key: figures[name] for key, figures in keys.items() if name in figures}
        rows.append(ScoreIn(stage, track, event, name, int(value), 2, status, given))
    return rows


def facts(**people):
    """``a1={"group": "A"}``."""
    return [
        FactIn(person, kind, value, value)
        for person, known in people.items()
        for kind, value in known.items()
    ]


def answer(board, line, order, how="draw", stage="one"):
    return ResolutionIn(stage, "solo", board, line, tuple(order.split()), how)


def run(law, table, **options):
    """Decide a season of one stage ``one`` with the event ``paper``."""
    more = options.pop("more", [])
    return decide(law, entries=entries(table), scores=[*scores(table), *more], **options)


def ranks(outcome, board="main", stage="one"):
    return {r.entry: r.rank for r in outcome.standings if (r.board, r.stage) == (board, stage)}


def totals(outcome, stage="one"):
    return {r.entry: r.total for r in outcome.standings if (r.board, r.stage) == ("main", stage)}


def gone(outcome, to="up"):
    return [r.entry for r in outcome.advancement if r.to_stage == to]


def won(outcome, award):
    return [r.holder for r in outcome.awards if r.award == award]


def codes(outcome):
    return [(row.subject, row.reason.code) for row in outcome.notes]


def open_lines(outcome):
    return [(row.board, row.line, row.entries, row.needs) for row in outcome.blocked]
