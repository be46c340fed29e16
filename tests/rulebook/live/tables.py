"""Matches for tests, written as people would note them: a line an entry, ``KIND SEAT VALUE``.

``+5`` before a line lets five seconds pass (otherwise one); ``-`` stands for no seat.
"""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from leitai.rulebook import live
from leitai.rulebook.data import LogIn
from leitai.rulebook.loading import load
from leitai.rulebook.model.live import Live, Points, Segment

CASES = Path(__file__).parents[1] / "cases"
SECOND = 1_000_000
TEN = Points(right=Fraction(10), wrong=Fraction(-10))


def entries(text, seq=1, at=10 * SECOND):
    found = []
    for line in text.strip().splitlines():
        words = line.split()
        if not words:
            continue
        gap = Fraction(words.pop(0)[1:]) if words[0].startswith("+") else 1
        at += int(gap * SECOND)
        kind, seat, value = words[0], words[1] if len(words) > 1 else "", " ".join(words[2:])
        found.append(LogIn("final", "teams", "quiz", "m", seq, at, kind, seat.strip("-"), value))
        seq += 1
    return found


def match_of(rules, seats="123"):
    return live.start(rules, {seat: f"t{seat}" for seat in seats})


def play(match, text):
    """Step through a text; the entries follow those of the match."""
    seq = match.log[-1].seq + 1 if match.log else 1
    for entry in entries(text, seq, match.at or 10 * SECOND):
        match = live.step(match, entry)
    return match


def scores(match):
    return {name: int(value) for name, value in match.scores.items()}


def one(kind, rules, **more):
    """A match of one segment."""
    points = more.pop(
        "points", None if kind in ("risk", "designation", "playoff", "arena") else TEN
    )
    options = {
        key: more.pop(key) for key in ("base", "members", "carried", "conduct") if key in more
    }
    if "only" in more:
        more["members"] = more.pop("only")
    segment = Segment(id="it", title="环节", points=points, **{kind: rules}, **more)
    return Live(segments=(segment,), **options)


def with_segments(rules, *segments):
    return replace(rules, segments=(*rules.segments, *segments))


def rules_of(case):
    path = CASES / case / "rulebook.yaml"
    return load(path.read_text(encoding="utf-8"), name=str(path))


def log_of(case):
    with (CASES / case / "data" / "log.csv").open(encoding="utf-8") as file:
        return [
            LogIn(
                row["stage"], row["track"], row["event"], row["match"],
                int(row["seq"]), int(row["at"]), row["kind"], row["seat"], row["value"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip
