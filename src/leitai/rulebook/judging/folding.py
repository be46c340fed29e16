"""All marks of a season folded into scores."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import (
    BlockedRow,
    EntryIn,
    FactIn,
    Folded,
    MarkIn,
    NoteRow,
    Reason,
    ReasonValue,
    ScoreIn,
    ScoreStatus,
)
from leitai.rulebook.judging.keys import TIME, line_keys
from leitai.rulebook.judging.panels import NOUGHT, Panel, panel_of, panels
from leitai.rulebook.judging.recusals import Recusals
from leitai.rulebook.judging.sheets import Reader, Record, Where, entry_place, place_of
from leitai.rulebook.judging.taking import Taken, needs_time, status_of, taken, used
from leitai.rulebook.judging.working import Work, judges_of, line_figures, score, work
from leitai.rulebook.model import Event, Rulebook, TieKey
from leitai.rulebook.model.judging import Judging

AGAIN: Final = "marks"  # what is needed where judges lie too far apart: new marks


def again_line(event: str) -> str:
    """Name the line of a ``BlockedRow`` that waits for new marks (``marks:speech``)."""
    return f"{AGAIN}:{event}"


@dataclass(slots=True)
class Worked:
    """How one entry's score came about; ``total`` is before anything is taken off or added.

    ``keys`` are the figures of its lines and its time, by which ties can be broken.
    """

    entry: str
    record: Record
    status: ScoreStatus = "ok"
    works: dict[str, Work] = field(default_factory=dict)
    total: Fraction = NOUGHT
    taken: tuple[Taken, ...] = ()
    result: Fraction = NOUGHT
    keys: dict[str, Fraction] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)

    @property
    def gaps(self) -> list[Reason]:
        """Say why there is no score yet."""
        return [work.gap for work in self.works.values() if work.gap is not None]


def fold_marks(
    rules: Rulebook,
    marks: Iterable[MarkIn],
    facts: Iterable[FactIn] = (),
    entries: Iterable[EntryIn] = (),
) -> Folded:
    """Fold the marks of all judged events into scores, ordered by stage, track, event and entry.

    ``facts`` (of judges and of entries) and ``entries`` serve the withdrawal of judges alone.
    Raises Problems that name every bad or missing mark. Who has no mark at all has no score.
    """
    scores: list[ScoreIn] = []
    notes: list[NoteRow] = []
    blocked: list[BlockedRow] = []
    for where, all_of in work_out(rules, marks, facts, entries).items():
        event = rules.events[where[2]]
        lines = line_keys(event)
        waits = [one for one in all_of if one.gaps]
        together = any(panel.normalise == "best" for panel in _panels(event).values())
        for one in all_of:
            notes += [NoteRow(*where[:2], one.entry, reason) for reason in one.notes]
            gaps = one.gaps
            if waits and together and not gaps and one.status == "ok":
                gaps = [Reason("judged_waits", {"title": event.title, "count": len(waits)})]
            if not gaps:
                scores.append(_score_in(where, event, one, lines))
                continue
            line = again_line(where[2])
            blocked.append(BlockedRow(*where, line, (one.entry,), AGAIN, gaps[0]))
    return Folded(tuple(scores), tuple(notes), tuple(blocked))


def work_out(
    rules: Rulebook,
    marks: Iterable[MarkIn],
    facts: Iterable[FactIn] = (),
    entries: Iterable[EntryIn] = (),
) -> Mapping[Where, tuple[Worked, ...]]:
    """Show how each score comes about, by stage, track and event; raises as ``fold_marks``."""
    reader = Reader(rules, Recusals(facts, entries))
    reader.read(marks)
    problems = list(reader.problems)
    found: dict[Where, tuple[Worked, ...]] = {}
    for where, records in sorted(reader.records.items()):
        event = rules.events[where[2]]
        judging = event.judging
        if judging is None:  # the reader keeps no such record
            continue
        found[where] = tuple(
            _entry(event, judging, entry, record) for entry, record in sorted(records.items())
        )
        for one in found[where]:
            if (*where, one.entry) not in reader.spoilt:
                problems += _missing(judging, where, one)
    if problems:
        raise Problems(sorted(problems, key=lambda one: (one.place, one.code, str(one.data))))
    for where, all_of in found.items():
        event = rules.events[where[2]]
        if event.judging is not None:
            _finish(event, event.judging, all_of)
    return found


def _panels(event: Event) -> Mapping[str, Panel]:
    return panels(event.judging) if event.judging else {}


def _entry(event: Event, judging: Judging, entry: str, record: Record) -> Worked:
    """Work out everything that does not hang on other entries."""
    one = Worked(entry, record, taken=taken(judging, record))
    one.status = status_of(one.taken)
    if record.absent and one.status == "ok":
        one.status = "absent"
    if judging.veto is not None and len(record.vetoes) >= judging.veto.least:
        one.status = "void"
        judges = tuple(sorted(record.vetoes))
        data: dict[str, ReasonValue] = {
            "title": event.title,
            "what": judging.veto.title,
            "judges": judges,
        }
        one.notes.append(Reason("judged_veto", data))
    if one.status == "ok":
        for name, panel in panels(judging).items():
            one.works[name] = work(event, judging, panel, judges_of(judging, record, name))
            one.notes += one.works[name].notes
    return one


def _missing(judging: Judging, where: Where, one: Worked) -> Iterator[Problem]:
    """Name what an entry's score lacks; an entry that has none needs nothing."""
    record, place = one.record, entry_place(where, one.entry)
    if record.absent and record.marks:
        yield Problem(place, "absent_with_marks", {"entry": one.entry})
    if one.status != "ok":
        return
    if needs_time(judging) and record.time is None:
        yield Problem(place, "time_missing", {"entry": one.entry})
    arbiter = judging.gap.by if judging.gap else ""
    for name, panel in panels(judging).items():
        judges = [judge for judge in record.marks if panel_of(judging, judge) == name]
        for judge in judges:
            for line in panel.marks - record.marks[judge].keys():
                at = place_of(MarkIn(*where, one.entry, judge, line, ""))
                yield Problem(at, "mark_missing", {"judge": judge, "line": line})
        count = sum(judge != arbiter for judge in judges)
        data = {"entry": one.entry, "count": count, "kind": panel.title or panel.id}
        if count < panel.least:
            yield Problem(place, "judges_few", {**data, "least": panel.least})
        if panel.judges is not None and count > panel.judges:
            yield Problem(place, "judges_many", {**data, "judges": panel.judges})


def _finish(event: Event, judging: Judging, all_of: tuple[Worked, ...]) -> None:
    """Work out what hangs on the best entry, then the scores."""
    going = [one for one in all_of if one.status == "ok" and not one.gaps]
    bests = {
        name: max((one.works[name].figure for one in going), default=NOUGHT)
        for name in panels(judging)
    }
    for one in going:
        one.total = score(event, judging, one.works, bests)
        one.result = one.total + sum((change.points for change in one.taken), start=NOUGHT)
        one.keys = line_figures(judging, one.works)
    for one in all_of:
        one.notes += [change.reason(event) for change in one.taken]
        time = used(judging.time, one.record)
        if time is not None:
            one.keys[TIME] = time
        if one.status == "ok" and one.result < event.min:
            shown = numbers.show(one.result, event.decimals)
            least = numbers.show(event.min, event.decimals)
            data: dict[str, ReasonValue] = {"title": event.title, "value": shown, "min": least}
            one.notes.append(Reason("judged_floor", data))
            one.result = event.min


def _score_in(where: Where, event: Event, one: Worked, lines: Mapping[str, TieKey]) -> ScoreIn:
    if one.status != "ok":
        return ScoreIn(*where, one.entry, 0, event.decimals, one.status)
    value, decimals, over = exact(one.result, event.decimals)
    keys = dict(one.record.keys)
    for name, key in lines.items():
        figure = one.keys.get(name)
        if figure is not None and numbers.fits(figure, key.decimals):
            keys[name] = int(figure * 10**key.decimals)
    return ScoreIn(*where, one.entry, value, decimals, "ok", MappingProxyType(keys), over)


def exact(value: Fraction, decimals: int) -> tuple[int, int, int]:
    """Write a figure as a score's ``value``, ``decimals`` and ``over``, exactly.

    A figure that needs no more than ``decimals`` places is written with them and ``over`` 1; any
    other as a ratio, with no decimals.
    """
    if numbers.fits(value, decimals):
        return int(value * 10**decimals), decimals, 1
    return value.numerator, 0, value.denominator
