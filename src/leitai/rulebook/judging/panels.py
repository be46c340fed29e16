"""A judged event's rubric and judges in one shape, however it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal

from leitai.rulebook.judging.combining import trim_from
from leitai.rulebook.model.judging import WHOLE, Combine, Judging, Line

NOUGHT: Final = Fraction(0)
RESERVED: Final = ("time", "late", "veto", "absent")
PREFIXES: Final = ("penalty", "bonus", "key")


@dataclass(frozen=True, slots=True)
class Panel:
    """The judges who count together; without kinds of judges there is one panel, called ""."""

    id: str
    title: str
    weight: Fraction
    judges: int | None
    least: int
    combine: Combine
    lines: Mapping[str, Line]
    normalise: Literal["none", "full", "best"]

    @property
    def marks(self) -> frozenset[str]:
        """Name every mark that a judge of the panel must give."""
        return frozenset(mark for name, line in self.lines.items() for mark in marks_of(name, line))

    @property
    def full(self) -> Fraction:
        """Give the most that the panel can come to, before its weight."""
        sheet = sum((line.weight * most(line) for line in self.lines.values()), start=NOUGHT)
        return sheet * (self.judges or 1) if self.combine.by == "sum" else sheet


def lines_of(judging: Judging) -> Mapping[str, Line]:
    """Give the rubric's lines; a mark for the whole is the one line ``score``."""
    if judging.band is not None:
        band = judging.band
        whole = Line(
            "",
            max=band.max,
            min=band.min,
            decimals=band.decimals,
            grain=band.grain,
            levels=band.levels,
        )
    elif judging.grades:
        whole = Line("", grades=judging.grades)
    else:
        return judging.lines
    return MappingProxyType({WHOLE: whole})


def marks_of(name: str, line: Line) -> tuple[str, ...]:
    """Name the marks of a line: itself, or each of its steps (``wiring.measure``)."""
    return tuple(f"{name}.{step}" for step in line.steps) or (name,)


def most(line: Line) -> Fraction:
    """Give the most points of a line."""
    if line.steps:
        return sum((max(step.points, NOUGHT) for step in line.steps.values()), start=NOUGHT)
    if line.grades:
        return max(grade.points for grade in line.grades)
    return NOUGHT if line.max is None else line.max


def least(line: Line) -> Fraction:
    """Give the fewest points of a line."""
    if line.steps:
        return sum((min(step.points, NOUGHT) for step in line.steps.values()), start=NOUGHT)
    if line.grades:
        return min(grade.points for grade in line.grades)
    return line.min


def panels(judging: Judging) -> Mapping[str, Panel]:
    """Give the panels by their kind of judge."""
    lines = lines_of(judging)
    if not judging.kinds:
        count, few, rule = judging.judges, judging.least, judging.combine
        one = Panel("", "", Fraction(1), count, _least(count, few, rule), rule, lines, "none")
        return MappingProxyType({"": one})
    return MappingProxyType(
        {
            name: Panel(
                name,
                kind.title,
                kind.weight,
                kind.judges,
                _least(kind.judges, kind.least, kind.combine or judging.combine),
                kind.combine or judging.combine,
                {key: lines[key] for key in kind.lines or lines if key in lines},
                kind.normalise,
            )
            for name, kind in judging.kinds.items()
        }
    )


def _least(judges: int | None, few: int | None, rule: Combine) -> int:
    """Give the fewest sheets with which there is a figure."""
    declared = few or judges or 1
    if rule.by == "trimmed" and rule.fewer != "mean":
        return max(declared, trim_from(rule))
    return declared


def panel_of(judging: Judging, judge: str) -> str | None:
    """Give the panel of a judge by the judge's id, None where there is no such kind."""
    if not judging.kinds:
        return ""
    kind, slash, number = judge.partition("/")
    return kind if slash and number and kind in judging.kinds else None


def reach(judging: Judging, whole: Fraction) -> Fraction:
    """Give the most that the rubric can come to with all bonuses; ``whole`` is the event's max."""
    figure = sum(
        (
            panel.weight * (panel.full if panel.normalise == "none" else whole)
            for panel in panels(judging).values()
        ),
        start=NOUGHT,
    )
    return figure + extra(judging)


def extra(judging: Judging) -> Fraction:
    """Give the most points that bonuses can add."""
    early = judging.time.early if judging.time else None
    added = sum((bonus.most for bonus in judging.bonuses.values()), start=NOUGHT)
    return added + (early.most if early else NOUGHT)
