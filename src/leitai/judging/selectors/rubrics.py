"""A judge's form: the rubric's lines as boxes, and what is wrong with what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from leitai.judging.models import JudgedEvent, Seat, Slot
from leitai.judging.selectors.laws import judging_of, law_of
from leitai.kernel.errors import Problem
from leitai.rulebook import numbers
from leitai.rulebook.data import MarkIn
from leitai.rulebook.judging.panels import Panel, lines_of, most, panel_of, panels
from leitai.rulebook.judging.recusals import Recusals
from leitai.rulebook.judging.sheets import Reader
from leitai.rulebook.model.judging import Judging, Line

VETO: Final = "veto"
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A grade that may be given, or 0 and 1 of a step."""

    value: str
    title: str
    points: str


@dataclass(frozen=True, slots=True)
class Level:
    """What marks from `least` to `most`, both among them, stand for."""

    title: str
    least: str
    most: str
    text: str

    @property
    def bounds(self) -> str:
        return self.least if self.least == self.most else f"{self.least}—{self.most}"


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that a judge fills in. Without `choices` it takes points from `least` to `most`.

    `grain` is the step of its buttons. `group` is the rubric's line of a step. `weight`: what its
    points count in the sheet's sum.
    """

    name: str
    title: str
    note: str
    group: str = ""
    least: str = ""
    most: str = ""
    decimals: int = 0
    grain: str = ""
    choices: tuple[Choice, ...] = ()
    levels: tuple[Level, ...] = ()
    weight: str = "1"

    @property
    def called(self) -> str:
        """How it is named where it stands alone."""
        return f"{self.group}：{self.title}" if self.group else self.title


def rule_panels(judging: Judging) -> Mapping[str, Panel]:
    """The rules' panels by kind of judge; without kinds there is one, called ""."""
    return panels(judging)


def panel_rule(judging: Judging, seat: Seat) -> Panel | None:
    kind = panel_of(judging, seat.judge)
    return None if kind is None else panels(judging)[kind]


def boxes_of(event: JudgedEvent, seat: Seat) -> tuple[Box, ...]:
    """What this judge marks."""
    judging = judging_of(event)
    panel = panel_rule(judging, seat)
    if panel is None:
        return ()
    return tuple(
        box
        for name, line in panel.lines.items()
        for box in _boxes(name, line, line.title or event.title)
    )


def may_veto(judging: Judging, seat: Seat) -> bool:
    return judging.veto is not None and bool({seat.judge, seat.kind} & set(judging.veto.by))


def _boxes(name: str, line: Line, title: str) -> Iterable[Box]:
    if line.steps:
        for step, rule in line.steps.items():
            points = numbers.show(rule.points)
            yield Box(
                f"{name}.{step}",
                rule.title,
                rule.source,
                group=title,
                most=points,
                choices=(Choice("1", "", points), Choice("0", "", "0")),
                weight=numbers.show(line.weight),
            )
        return
    note = line.source
    if line.grades:
        grades = tuple(
            Choice(one.grade, one.grade, numbers.show(one.points)) for one in line.grades
        )
        top, weight = numbers.show(most(line)), numbers.show(line.weight)
        yield Box(name, title, note, most=top, choices=grades, weight=weight)
        return
    grain = line.grain or Fraction(1, 10**line.decimals)
    yield Box(
        name,
        title,
        note,
        least=numbers.show(line.min),
        most=numbers.show(most(line)),
        decimals=line.decimals,
        grain=numbers.show(grain),
        levels=tuple(
            Level(one.title, numbers.show(one.from_), numbers.show(one.to), one.text)
            for one in line.levels
        ),
        weight=numbers.show(line.weight),
    )


def cleaned(marks: Mapping[str, str]) -> dict[str, str]:
    """As they are kept: full-width digits become plain, blanks are no marks."""
    found = {}
    for line, value in marks.items():
        text = unicodedata.normalize("NFKC", str(value)).strip()[:LONGEST]
        if text:
            found[line] = text
    return found


def alike(one: str, other: str) -> bool:
    """The same mark, however it is written: 50 and 50.0 are one."""
    if numbers.is_decimal(one) and numbers.is_decimal(other):
        return numbers.parse(one) == numbers.parse(other)
    return one == other


def problems_of(slot: Slot, seat: Seat, marks: Mapping[str, str]) -> list[Problem]:
    """What the rules' own reader says to these marks, and which are missing; places are lines."""
    event = slot.event
    rows = [_row(event, slot.code, seat.judge, line, value) for line, value in marks.items()]
    reader = Reader(law_of(event), Recusals((), ()))
    reader.read(rows)
    found = [Problem(_line(one.place), one.code, one.data) for one in reader.problems]
    panel = panel_rule(judging_of(event), seat)
    wanted = panel.marks if panel else frozenset()
    missing = [box for box in boxes_of(event, seat) if box.name in wanted - marks.keys()]
    lacks = (
        Problem(box.name, "mark_missing", {"judge": seat.judge, "line": box.called})
        for box in missing
    )
    return [*found, *lacks]


def _row(event: JudgedEvent, entry: str, judge: str, line: str, value: str) -> MarkIn:
    return MarkIn(event.stage.code, event.track, event.event, entry, judge, line, value)


def _line(place: str) -> str:
    return place.rpartition("/")[2]


def total_of(event: JudgedEvent, seat: Seat, marks: Mapping[str, str]) -> Fraction:
    """What a sheet adds up to, before it is rounded; lines without a mark count nought."""
    panel = panel_rule(judging_of(event), seat)
    return _sum(panel.lines, marks) if panel else Fraction(0)


def _sum(lines: Mapping[str, Line], marks: Mapping[str, str]) -> Fraction:
    return sum(
        (line.weight * figure(name, line, marks) for name, line in lines.items()), Fraction(0)
    )


def figure(name: str, line: Line, marks: Mapping[str, str]) -> Fraction:
    """The points of a line as one sheet has them."""
    if line.steps:
        done = (
            rule.points for step, rule in line.steps.items() if marks.get(f"{name}.{step}") == "1"
        )
        return sum(done, Fraction(0))
    given = marks.get(name, "")
    if line.grades:
        return next((one.points for one in line.grades if one.grade == given), Fraction(0))
    return numbers.parse(given) if numbers.is_decimal(given) else Fraction(0)


@lru_cache(maxsize=1024)
def _middle(ordered: tuple[Fraction, ...]) -> Fraction:
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def median(figures: Iterable[Fraction]) -> Fraction:
    return _middle(tuple(sorted(figures)))


COMPARED: Final = 3  # sheets of others, from which on a mark can be called far off


def far_lines(
    event: JudgedEvent, seat: Seat, marks: Mapping[str, str], others: Sequence[Mapping[str, str]]
) -> list[str]:
    """Titles of lines further from the others' median than 15 % of the maximum and 3 × MAD.

    Only a hint: whoever means it says so, and the mark stands. Exact, and it never shows a figure
    of anybody else.
    """
    if len(others) < COMPARED:
        return []
    panel = panel_rule(judging_of(event), seat)
    found = []
    for name, line in (panel.lines if panel else lines_of(judging_of(event))).items():
        given = [figure(name, line, one) for one in others]
        middle = median(given)
        spread = 3 * median(abs(one - middle) for one in given)
        bound = max(Fraction(15, 100) * most(line), spread)
        if abs(figure(name, line, marks) - middle) > bound:
            found.append(line.title or event.title)
    return found
