"""Small rulebooks with one judged event or one ballot, and marks and votes from short tables."""

import csv
import io
from fractions import Fraction
from pathlib import Path

from leitai.kernel.errors import Problems
from leitai.rulebook.data import BallotIn, MarkIn
from leitai.rulebook.judging import fold_ballots, fold_marks
from leitai.rulebook.loading import load

CASES = Path(__file__).parents[1] / "cases"

FRAME = """
rulebook: 1
id: small
title: 小赛
tracks: {{solo: {{title: 个人赛}}}}
events:
  show:
    title: 展示
    kind: {kind}
    {head}
    {part}: {body}
stages:
  final:
    title: 决赛
    events: [show]
    total: {{sum: [show]}}
    ranking: {{keys: {keys}}}
"""

# Marks as one figure of at most 100.
WHOLE = 'band: {min: "0", max: "100"}'


def judged(body, *, maximum="100", decimals=2, keys="[total]", more=""):
    head = f'max: "{maximum}"\n    decimals: {decimals}{more}'
    return load(
        FRAME.format(kind="judged", head=head, part="judging", body=_block(body), keys=keys),
        name="small.yaml",
    )


def voted(body, *, maximum=None, decimals=2, keys="[total]"):
    head = (f'max: "{maximum}"\n    ' if maximum else "") + f"decimals: {decimals}"
    return load(
        FRAME.format(kind="ballot", head=head, part="ballot", body=_block(body), keys=keys),
        name="small.yaml",
    )


def _block(body):
    return "\n" + "\n".join(f"      {line}" for line in body.strip().splitlines())


def codes(make, *args, **options):
    """Give the codes of all problems, sorted; empty when there are none."""
    try:
        make(*args, **options)
    except Problems as error:
        return sorted(problem.code for problem in error.problems)
    return []


def mark(entry, judge, line, value):
    return MarkIn("final", "solo", "show", entry, judge, line, str(value))


def whole(table):
    """Read ``entry mark mark …``: marks for the whole by judges j1, j2 …; ``-`` for none."""
    return [
        mark(entry, f"j{number}", "score", value)
        for entry, *values in (row.split() for row in table.strip().splitlines())
        for number, value in enumerate(values, start=1)
        if value != "-"
    ]


def vote(voter, entry, value="yes", board="show"):
    return BallotIn("final", "solo", board, voter, entry, str(value))


def papers(table, board="show"):
    """Read ``voter entry entry …``: approvals."""
    return [
        vote(voter, entry, board=board)
        for voter, *entries in (row.split() for row in table.strip().splitlines())
        for entry in entries
    ]


def value(score):
    return Fraction(score.value, score.over * 10**score.decimals)


def figures(folded):
    """Give {entry: figure, or its status}."""
    return {
        score.entry: value(score) if score.status == "ok" else score.status
        for score in folded.scores
    }


def marked(rules, marks, **options):
    return figures(fold_marks(rules, marks, **options))


def counted(rules, ballots, **options):
    return figures(fold_ballots(rules, ballots, **options))


def notes(folded):
    return sorted((note.subject, note.reason.code) for note in folded.notes)


def rows(case, name):
    text = (CASES / case / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
