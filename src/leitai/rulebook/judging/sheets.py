"""The marks of one event by entry: read, checked, and everything wrong with them named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import Problem
from leitai.rulebook import numbers
from leitai.rulebook.data import MarkIn
from leitai.rulebook.judging.panels import PREFIXES, RESERVED, lines_of, panel_of, panels
from leitai.rulebook.judging.recusals import Recusals
from leitai.rulebook.model import Event, Rulebook
from leitai.rulebook.model.judging import Judging, Line

Where = tuple[str, str, str]  # stage, track, event
_ONCE: Final = {"0": Fraction(0), "1": Fraction(1)}


@dataclass(slots=True)
class Record:
    """Everything that was recorded of one entry in one event."""

    marks: dict[str, dict[str, Fraction]] = field(default_factory=lambda: defaultdict(dict))
    vetoes: set[str] = field(default_factory=set)
    time: Fraction | None = None
    late: Fraction | None = None
    absent: bool = False
    penalties: dict[str, int] = field(default_factory=dict)
    bonuses: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)


def place_of(mark: MarkIn) -> str:
    """Name the place of a mark, as problems with it do."""
    where = (mark.stage, mark.track, mark.event, mark.entry, mark.judge, mark.line)
    return f"mark {'/'.join(where)}"


def entry_place(where: Where, entry: str) -> str:
    """Name the place of what is wrong with an entry's marks as a whole."""
    return f"marks {'/'.join((*where, entry))}"


class Reader:
    """Sorts marks by event and entry; ``problems`` has everything that is wrong with single ones.

    A mark that is given twice is a problem even where both say the same.
    """

    def __init__(self, rules: Rulebook, recusals: Recusals) -> None:
        self.records: dict[Where, dict[str, Record]] = defaultdict(dict)
        self.problems: list[Problem] = []
        self.spoilt: set[tuple[str, ...]] = set()  # stage, track, event, entry
        self._rules = rules
        self._recusals = recusals
        self._seen: set[tuple[str, ...]] = set()
        self._marks: dict[str, dict[str, dict[str, tuple[str, Line]]]] = {}

    def read(self, marks: Iterable[MarkIn]) -> None:
        """Take all marks, in any order."""
        for mark in sorted(marks, key=_order):
            event = self._event(mark)
            if event is None or event.judging is None or not self._first(mark):
                continue
            of = self.records[mark.stage, mark.track, mark.event]
            record = of.setdefault(mark.entry, Record())
            prefix = mark.line.partition(":")[0]
            if mark.line in RESERVED:
                self._reserved(mark, event.judging, record)
            elif prefix in PREFIXES and ":" in mark.line:
                self._counted(mark, event, event.judging, record)
            else:
                self._mark(mark, event.judging, record)

    def _event(self, mark: MarkIn) -> Event | None:
        stage = self._rules.stages.get(mark.stage)
        if stage is None:
            self._report(mark, "stage_unknown", stage=mark.stage)
            return None
        if mark.track not in self._rules.tracks:
            self._report(mark, "track_unknown", track=mark.track)
            return None
        event = self._rules.events.get(mark.event)
        if event is None or mark.event not in stage.events:
            self._report(mark, "event_unknown", event=mark.event)
            return None
        if event.kind != "judged" or event.judging is None:
            self._report(mark, "mark_not_judged", event=mark.event)
            return None
        if not mark.entry or not mark.judge:
            self._report(mark, "mark_of_nobody")
            return None
        return event

    def _first(self, mark: MarkIn) -> bool:
        """Refuse the second mark; what is recorded once an entry has no judge."""
        alone = mark.line in ("time", "late", "absent") or ":" in mark.line
        who = "" if alone else mark.judge
        key = (mark.stage, mark.track, mark.event, mark.entry, who, mark.line)
        if key in self._seen:
            self._report(mark, "mark_twice", line=mark.line)
            return False
        self._seen.add(key)
        return True

    def _reserved(self, mark: MarkIn, judging: Judging, record: Record) -> None:
        if mark.line in ("absent", "veto"):
            value = _ONCE.get(mark.mark)
            if value is None:
                self._report(mark, "mark_not_once", mark=brief(mark.mark))
            elif mark.line == "absent":
                record.absent = bool(value)
            elif value and self._may_veto(mark, judging):
                record.vetoes.add(mark.judge)
            return
        rule = judging.time if mark.line == "time" else judging.late
        if rule is None:
            self._report(
                mark, "mark_line_unknown", line=brief(mark.line), allowed=_allowed(judging)
            )
            return
        decimals = judging.time.decimals if mark.line == "time" and judging.time else 2
        value = self._figure(mark, decimals)
        if value is not None and value < 0:
            self._report(mark, "mark_negative", mark=mark.mark)
        elif mark.line == "time":
            record.time = value or Fraction(0)
        else:
            record.late = value or Fraction(0)

    def _may_veto(self, mark: MarkIn, judging: Judging) -> bool:
        rule = judging.veto
        if rule is None:
            self._unknown(mark, _allowed(judging))
            return False
        if mark.judge in rule.by or (panel_of(judging, mark.judge) or "/") in rule.by:
            return self._may_judge(mark, judging)
        self._report(mark, "veto_not_allowed", judge=mark.judge, allowed=", ".join(rule.by))
        return False

    def _counted(self, mark: MarkIn, event: Event, judging: Judging, record: Record) -> None:
        prefix, _, name = mark.line.partition(":")
        known = {"penalty": judging.penalties, "bonus": judging.bonuses, "key": event.keys}[prefix]
        if name not in known:
            self._report(
                mark, "mark_line_unknown", line=brief(mark.line), allowed=_allowed(judging)
            )
            return
        decimals = event.keys[name].decimals if prefix == "key" else 0
        value = self._figure(mark, decimals)
        if value is None:
            return
        if prefix == "key":
            record.keys[name] = int(value * 10**decimals)
        elif value < 0:
            self._report(mark, "mark_negative", mark=mark.mark)
        else:
            (record.penalties if prefix == "penalty" else record.bonuses)[name] = int(value)

    def _mark(self, mark: MarkIn, judging: Judging, record: Record) -> None:
        kind = panel_of(judging, mark.judge)
        if kind is None:
            self._report(mark, "judge_kind_unknown", judge=mark.judge, allowed=_kinds(judging))
            return
        lines = self._lines(mark.event, judging)[kind]
        if mark.line not in lines:
            self._report(mark, "mark_line_unknown", line=brief(mark.line), allowed=", ".join(lines))
            return
        value = None
        if self._may_judge(mark, judging):
            value = self._points(mark, *lines[mark.line])
        # A stand-in for what is refused: it is no missing mark besides.
        record.marks[mark.judge][mark.line] = Fraction(0) if value is None else value

    def _lines(self, name: str, judging: Judging) -> dict[str, dict[str, tuple[str, Line]]]:
        """Give each panel's marks: the step, or "", and the line of each."""
        if name not in self._marks:
            self._marks[name] = {
                kind: {
                    f"{key}.{step}" if step else key: (step, line)
                    for key, line in panel.lines.items()
                    for step in line.steps or ("",)
                }
                for kind, panel in panels(judging).items()
            }
        return self._marks[name]

    def _may_judge(self, mark: MarkIn, judging: Judging) -> bool:
        why = self._recusals.reason(judging.recuse, mark.judge, mark.entry)
        if why:
            self._report(mark, "judge_recused", judge=mark.judge, entry=mark.entry, relation=why)
        return not why

    def _points(self, mark: MarkIn, step: str, line: Line) -> Fraction | None:
        if step:
            if mark.mark not in _ONCE:
                self._report(mark, "mark_not_once", mark=brief(mark.mark))
                return None
            return line.steps[step].points * _ONCE[mark.mark]
        if line.grades:
            grades = {grade.grade: grade.points for grade in line.grades}
            if mark.mark not in grades:
                allowed = ", ".join(grades)
                self._report(mark, "mark_no_grade", mark=brief(mark.mark), allowed=allowed)
            return grades.get(mark.mark)
        value = self._figure(mark, line.decimals)
        if value is None or line.max is None:
            return None
        if not line.min <= value <= line.max:
            low, high = numbers.show(line.min), numbers.show(line.max)
            self._report(mark, "mark_range", mark=mark.mark, min=low, max=high)
        elif line.grain and value % line.grain:
            self._report(mark, "mark_grain", mark=mark.mark, grain=numbers.show(line.grain))
        return value

    def _figure(self, mark: MarkIn, decimals: int) -> Fraction | None:
        if not numbers.is_decimal(mark.mark):
            self._report(mark, "mark_no_figure", mark=brief(mark.mark))
            return None
        value = numbers.parse(mark.mark)
        if not numbers.fits(value, decimals):
            self._report(mark, "mark_decimals", mark=mark.mark, decimals=decimals)
            return None
        return value

    def _unknown(self, mark: MarkIn, allowed: str) -> None:
        self._report(mark, "mark_line_unknown", line=brief(mark.line), allowed=allowed)

    def _report(self, mark: MarkIn, code: str, /, **data: object) -> None:
        self.problems.append(Problem(place_of(mark), code, data))
        self.spoilt.add((mark.stage, mark.track, mark.event, mark.entry))


def _allowed(judging: Judging) -> str:
    found = [
        f"{name}.{step}" if step else name
        for name, line in lines_of(judging).items()
        for step in line.steps or ("",)
    ]
    found += ["absent", *(key for key in RESERVED[:3] if getattr(judging, key) is not None)]
    found += [f"penalty:{name}" for name in judging.penalties]
    found += [f"bonus:{name}" for name in judging.bonuses]
    return ", ".join(found)


def _kinds(judging: Judging) -> str:
    return ", ".join(f"{kind}/1" for kind in judging.kinds)


def _order(mark: MarkIn) -> tuple[str, ...]:
    where = (mark.stage, mark.track, mark.event, mark.entry)
    return (*where, mark.judge, mark.line, mark.mark)


def brief(text: str) -> str:
    """Cut a text from outside to what fits in a sentence."""
    return text if len(text) <= 40 else f"{text[:37]}..."
