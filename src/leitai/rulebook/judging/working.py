"""One entry's score worked out from its marks: sheets, panels, rounding, what is taken off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.data import Reason, ReasonValue
from leitai.rulebook.judging.combining import combine, rounded, trims
from leitai.rulebook.judging.panels import NOUGHT, Panel, extra, panel_of, panels
from leitai.rulebook.judging.sheets import Record
from leitai.rulebook.model import Event
from leitai.rulebook.model.judging import Combine, Gap, Judging, Line

Sheets = Mapping[str, Mapping[str, Fraction]]  # judge → line → points
_MEAN = Combine()


@dataclass(slots=True)
class Work:
    """What the marks of one panel for one entry come to.

    ``sheets`` are the sums of the judges that count; ``lines`` what each line came to. ``gap`` says
    why there is no figure yet.
    """

    sheets: dict[str, Fraction] = field(default_factory=dict)
    lines: dict[str, Fraction] = field(default_factory=dict)
    figure: Fraction = NOUGHT
    gap: Reason | None = None
    notes: list[Reason] = field(default_factory=list)


def judges_of(judging: Judging, record: Record, panel: str) -> Sheets:
    """Give the sheets of a panel by judge, with each line's points; the arbiter's among them."""
    lines = panels(judging)[panel].lines
    return {
        judge: {name: _points(name, line, marks) for name, line in lines.items()}
        for judge, marks in record.marks.items()
        if panel_of(judging, judge) == panel
    }


def work(event: Event, judging: Judging, panel: Panel, sheets: Sheets) -> Work:
    """Work out a panel's figure, before it is normalised and weighted."""
    sums = {judge: _sheet(judging, panel, lines) for judge, lines in sheets.items()}
    result = Work()
    rule, counted = _settled(event, judging, panel, sums, result)
    result.sheets = {judge: sums[judge] for judge in counted}
    if not counted or result.gap is not None:
        return result
    for name in panel.lines:
        figures = [sheets[judge][name] for judge in counted]
        result.lines[name] = rounded(combine(rule, figures), judging.round.line)
    if judging.per == "sheet":
        figure = combine(rule, list(result.sheets.values()))
    else:
        weighted = (line.weight * result.lines[name] for name, line in panel.lines.items())
        figure = sum(weighted, start=NOUGHT)
    result.figure = rounded(figure, judging.round.kind)
    if rule.by == "trimmed" and not trims(rule, len(counted)):
        data: dict[str, ReasonValue] = {
            "title": event.title,
            "kind": panel.title,
            "count": len(counted),
        }
        result.notes.append(Reason("judged_untrimmed", data))
    return result


def score(
    event: Event, judging: Judging, works: Mapping[str, Work], bests: Mapping[str, Fraction]
) -> Fraction:
    """Put the panels' figures together and round the result; ``bests`` by panel, where needed."""
    whole = (event.max or NOUGHT) - extra(judging)
    total = NOUGHT
    for name, panel in panels(judging).items():
        figure = works[name].figure
        if panel.normalise != "none":
            out_of = bests[name] if panel.normalise == "best" else panel.full
            figure = figure * whole * Fraction(1, out_of) if out_of > 0 else NOUGHT
        total += panel.weight * figure
    return rounded(total, judging.round.result)


def line_figures(judging: Judging, works: Mapping[str, Work]) -> dict[str, Fraction]:
    """Give what each line came to; over several panels, their mean by weight, rounded as a line."""
    found: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for name, panel in panels(judging).items():
        for line, figure in works[name].lines.items():
            found.setdefault(line, []).append((panel.weight, figure))
    figures = {}
    for line, parts in found.items():
        weight = sum((weight for weight, _ in parts), start=NOUGHT)
        if weight and len(parts) > 1:
            added = sum((each * figure for each, figure in parts), start=NOUGHT)
            figures[line] = rounded(added * Fraction(1, weight), judging.round.line)
        else:
            figures[line] = parts[0][1]
    return figures


def _points(name: str, line: Line, marks: Mapping[str, Fraction]) -> Fraction:
    if not line.steps:
        return marks.get(name, NOUGHT)
    return sum((marks.get(f"{name}.{step}", NOUGHT) for step in line.steps), start=NOUGHT)


def _sheet(judging: Judging, panel: Panel, lines: Mapping[str, Fraction]) -> Fraction:
    parts = (line.weight * lines[name] for name, line in panel.lines.items())
    return rounded(sum(parts, start=NOUGHT), judging.round.sheet)


def _settled(
    event: Event, judging: Judging, panel: Panel, sums: Mapping[str, Fraction], result: Work
) -> tuple[Combine, list[str]]:
    """Name the judges whose sheets count, and how they are combined."""
    gap = judging.gap
    if gap is None or (gap.kinds and panel.id not in gap.kinds):
        return panel.combine, sorted(sums)
    others = sorted(judge for judge in sums if judge != gap.by)
    figures = [sums[judge] for judge in others]
    data: dict[str, ReasonValue] = {"title": event.title, "kind": panel.title, "judge": gap.by}
    if not figures or max(figures) - min(figures) <= gap.above:
        if gap.by in sums:
            result.notes.append(Reason("judged_arbiter_idle", data))
        return panel.combine, others
    data["high"] = numbers.show(max(figures), event.decimals)
    data["low"] = numbers.show(min(figures), event.decimals)
    data["above"] = numbers.show(gap.above)
    if gap.by not in sums:
        result.gap = Reason("judged_gap", data)
        return panel.combine, others
    result.notes.append(Reason("judged_arbiter", {**data, "take": gap.take}))
    return _MEAN, _with_nearest(gap, sums, others)


def _with_nearest(gap: Gap, sums: Mapping[str, Fraction], others: list[str]) -> list[str]:
    """Give the arbiter and, where two count, the nearest other; of equally near ones the higher."""
    if gap.take == "alone":
        return [gap.by]
    mine = sums[gap.by]
    nearest = min(others, key=lambda judge: (abs(sums[judge] - mine), -sums[judge], judge))
    return [gap.by, nearest]
