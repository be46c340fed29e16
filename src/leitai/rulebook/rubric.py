"""Points of a rubric: each unit's lines worked out exactly, with a sentence for each of them.

How many units have the award is not said here: the body that decides it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from leitai.rulebook import numbers
from leitai.rulebook.model.rubric import Rubric, RubricLine, Rung

How = Literal["each", "steps", "best", "hand"]
_HUNDREDTHS: Final = 2
_UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "ratio": ("%", "%"),
    "accuracy": ("%", "%"),
    "lists": ("%", "%"),
    "times": ("人次", " times"),
    "days": ("人天", " days"),
    "mean": ("分", " points"),
    "holders": ("人", " persons"),
    "entrants": ("人", " persons"),
    "late": ("天", " days"),
    "levels": ("级", " levels"),
    "incidents": ("次", " incidents"),
    "adopted": ("条", " items"),
    "facts": ("项", " records"),
}
ONE: Final[Mapping[str, tuple[str, str]]] = {  # one of a figure: «每1个百分点»
    "ratio": ("1个百分点", "percent"),
    "accuracy": ("1个百分点", "percent"),
    "lists": ("1个百分点", "percent"),
    "times": ("1人次", "time"),
    "days": ("1人天", "day"),
    "mean": ("1分", "point"),
    "holders": ("1人", "person"),
    "entrants": ("1人", "person"),
    "late": ("1天", "day"),
    "levels": ("1级", "level"),
    "incidents": ("1次", "incident"),
    "adopted": ("1条", "item"),
    "facts": ("1项", "record"),
}


@dataclass(frozen=True, slots=True)
class LineScore:
    """A line's points, and what they rest on; ``points`` is None while a figure or hand is missing.

    ``best`` is the highest figure of all units, where the line asks for it.
    """

    line: RubricLine
    points: Fraction | None
    figure: Fraction | None = None
    best: Fraction | None = None
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class UnitScore:
    unit: str
    rank: int
    total: Fraction
    lines: Mapping[str, LineScore]

    @property
    def open(self) -> tuple[str, ...]:
        """Name the lines that have no points yet; they count nought in the total."""
        return tuple(name for name, one in self.lines.items() if one.points is None)


Figures = Mapping[str, Mapping[str, Fraction | None]]  # unit → line → figure, or points by hand


def assess(rubric: Rubric, figures: Figures) -> tuple[UnitScore, ...]:
    """Work out and rank all units, the first first; equal ones share a rank, by their names.

    The figure of a line of ``hand`` is the points that were given.
    """
    tops = {
        name: max(
            (f for unit in figures.values() if (f := unit.get(name)) is not None), default=None
        )
        for name, line in rubric.lines.items()
        if line.best
    }
    found = []
    for unit, given in figures.items():
        lines = {
            name: score(line, given.get(name), tops.get(name), rubric.decimals)
            for name, line in rubric.lines.items()
        }
        total = sum((one.points or Fraction(0) for one in lines.values()), Fraction(0))
        compared = (total, *(lines[name].points or Fraction(0) for name in rubric.keys))
        found.append((compared, unit, lines))
    found.sort(key=lambda row: row[1])
    found.sort(key=lambda row: row[0], reverse=True)
    ranked: list[UnitScore] = []
    for place, (compared, unit, lines) in enumerate(found, start=1):
        same = place > 1 and found[place - 2][0] == compared
        rank = ranked[-1].rank if same else place
        ranked.append(UnitScore(unit, rank, compared[0], lines))
    return tuple(ranked)


def score(
    line: RubricLine, figure: Fraction | None, best: Fraction | None, decimals: int
) -> LineScore:
    """Give the points of one line, between nought and its maximum."""
    if figure is None:
        return LineScore(line, None, best=best)
    rung = None
    if line.of == "hand":
        points = figure
    elif line.each is not None:
        points = line.base + line.each * figure
    elif line.steps:
        rung = next((one for one in reversed(line.steps) if one.least <= figure), None)
        points = rung.points if rung is not None else Fraction(0)
    else:
        points = line.max * _part(figure, best)
    held = min(max(points, Fraction(0)), line.max)
    return LineScore(line, rounded(held, decimals), figure, best, rung)


def _part(figure: Fraction, best: Fraction | None) -> Fraction:
    if best is None or best <= 0:
        return Fraction(0)
    return figure * Fraction(best.denominator, best.numerator)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half up; nothing here is below nought."""
    scale: int = 10**decimals
    return Fraction((value * scale * 2 + 1) // 2, scale)


def figure_said(line: RubricLine, figure: Fraction, lang: str = "zh") -> str:
    """Write a figure with its unit; two decimals where it does not end."""
    if line.of == "held":
        held = figure > 0
        return (
            ("held" if held else "not held") if _english(lang) else "已举办" if held else "未举办"
        )
    shown = numbers.show(figure)
    if "/" in shown:
        shown = numbers.show(rounded(figure, _HUNDREDTHS), _HUNDREDTHS)
    return shown + _UNITS[line.of][_english(lang)]


def said(one: LineScore, decimals: int, lang: str = "zh") -> str:
    """Say how a line's points came about, in one sentence."""
    line, english = one.line, _english(lang)
    if one.points is None or one.figure is None:
        if line.of == "hand":
            return "No points given yet." if english else "尚未评分。"
        return "There is no figure: no points." if english else "没有数据，不计分。"
    points = numbers.show(one.points, decimals)
    if line.of == "hand":
        return f"Given by hand: {points}." if english else f"由人工评定，得{points}分。"
    figure, way = figure_said(line, one.figure, lang), _way(one, lang)
    if english:
        return f"{figure}; {way}: {points} points."
    return f"{figure}；{way}，得{points}分。"


def _way(one: LineScore, lang: str) -> str:
    line, english = one.line, _english(lang)
    most = numbers.show(line.max)
    if line.each is not None:
        each, base = numbers.show(abs(line.each)), numbers.show(line.base)
        less = line.each < 0
        if english:
            begin = f"from {base}, " if line.base else ""
            one_of = f" for each {ONE[line.of][1]}" if line.of in ONE else " if held"
            return f"{begin}{'minus ' if less else ''}{each}{one_of}, between 0 and {most}"
        begin = f"基础{base}分，" if line.base else ""
        one_of = f"每{ONE[line.of][0]}" if line.of in ONE else "举办的"
        return f"{begin}{one_of}{'扣' if less else '计'}{each}分，0至{most}分"
    if line.steps:
        if one.rung is None:
            return "below the first step" if english else "未达到最低一档"
        least = figure_said(line, one.rung.least, lang)
        return f"step from {least}" if english else f"达到“{least}”一档"
    best = figure_said(line, one.best or Fraction(0), lang)
    if english:
        return f"share of the best ({best}) of {most}"
    return f"与最高单位（{best}）之比乘以{most}分"


def _english(lang: str) -> bool:
    return lang.partition("-")[0] == "en"
