"""What the schema cannot see: names that lead nowhere, numbers that do not add up, holes.

Every check reports through ``Lint.report``, which stays silent about a part of the text in which
something is wrong already.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from leitai.rulebook.model import LANGUAGE_VERSION, Award, Rulebook, Stage
from leitai.rulebook.schema import Path
from leitai.rulebook.source import Source, read_path

_NOWHERE: Final = object()


class Lint:
    """A rulebook under inspection."""

    def __init__(self, rules: Rulebook, source: Source) -> None:
        self.rules = rules
        self.plain = source.plain
        self._source = source
        self._found: list[tuple[Path, str, dict[str, object]]] = []

    def report(self, path: Path, code: str, *, reads: Iterable[Path] = (), **data: object) -> None:
        """Note a problem at ``path`` that also rests on what stands at ``reads``."""
        if not any(self._source.spoilt(part) for part in (path, *reads)):
            self._found.append((path, code, data))

    def finish(self) -> None:
        """Hand what was found to the source: later checks leave these parts alone."""
        for path, code, data in self._found:
            self._source.report(path, code, **data)
        self._found.clear()

    @property
    def routes(self) -> list[Path]:
        """Name every place that says where somebody advances."""
        return [
            ("stages", name, "advance", index, "to")
            for name, stage in self.rules.stages.items()
            for index in range(len(stage.advance))
        ]


def check_events(lint: Lint) -> None:
    """Every event of a stage exists; first of all, since every key of a ranking rests on it."""
    for name, stage in lint.rules.stages.items():
        for index, event in enumerate(stage.events):
            if event not in lint.rules.events:
                lint.report(("stages", name, "events", index), "no_such_event", name=event)


def check_names(lint: Lint) -> None:
    """Every other name leads somewhere, and every event and assumption is used."""
    rules = lint.rules
    if rules.rulebook != LANGUAGE_VERSION:
        lint.report(("rulebook",), "version_unknown", version=rules.rulebook)
    for name, stage in rules.stages.items():
        _check_stage_names(lint, name, stage)
    for name in rules.visibility:
        if name not in rules.stages:
            lint.report(("visibility", name), "visibility_of_nothing", name=name)
    _check_awards(lint)
    used = {event for stage in rules.stages.values() for event in stage.events}
    for name in rules.events:
        if name not in used:
            events = [("stages", stage, "events") for stage in rules.stages]
            lint.report(("events", name), "unused_event", reads=events, name=name)
    _check_assumptions(lint)
    _unique(lint, ("delegations", "also"), [also.unit for also in rules.delegations.also], "unit")


def _check_stage_names(lint: Lint, name: str, stage: Stage) -> None:
    rules, at = lint.rules, ("stages", name)
    if stage.window is not None and stage.window not in rules.calendar:
        lint.report((*at, "window"), "no_such_window", name=stage.window)
    _unique(lint, (*at, "events"), stage.events)
    _unique(lint, (*at, "bars"), [bar.id for bar in stage.bars], "id")
    if stage.total is not None:
        for index, event in enumerate(stage.total.sum):
            if event not in stage.events:
                path = (*at, "total", "sum", index)
                lint.report(path, "event_not_in_stage", reads=[(*at, "events")], name=event)
        _unique(lint, (*at, "total", "sum"), stage.total.sum)
    if stage.ranking is not None:
        for index, key in enumerate(stage.ranking.keys):
            if not _is_key(rules, stage, key):
                lint.report(
                    (*at, "ranking", "keys", index),
                    "no_such_key",
                    reads=[(*at, "events"), ("events",)],
                    name=key,
                    allowed=", ".join(_known_keys(rules, stage)),
                )
        _unique(lint, (*at, "ranking", "keys"), stage.ranking.keys)
    if stage.team is not None:
        _unique(lint, (*at, "team", "keys"), stage.team.keys)
    for index, rule in enumerate(stage.advance):
        if rule.to not in rules.stages:
            lint.report((*at, "advance", index, "to"), "no_such_stage", name=rule.to)


def _known_keys(rules: Rulebook, stage: Stage) -> Iterator[str]:
    yield "total"
    for event in stage.events:
        if event in rules.events:
            yield event
            yield from (f"{event}.{key}" for key in rules.events[event].keys)


def _is_key(rules: Rulebook, stage: Stage, key: str) -> bool:
    return key in _known_keys(rules, stage)


def _check_awards(lint: Lint) -> None:
    rules = lint.rules
    ids = [award.id for award in rules.awards]
    _unique(lint, ("awards",), ids, "id")
    for index, award in enumerate(rules.awards):
        if award.stage not in rules.stages:
            lint.report(("awards", index, "stage"), "no_such_stage", name=award.stage)
        for at, other in enumerate(award.unless):
            path = ("awards", index, "unless", at)
            if other not in ids:
                lint.report(path, "no_such_award", name=other)
            elif award.id in _waits_for(rules.awards, other):
                lint.report(path, "unless_cycle", name=other)
            elif rules.award(other).to != award.to:
                lint.report(path, "unless_kind", name=other)


def _waits_for(awards: tuple[Award, ...], award_id: str) -> set[str]:
    """Give the award and all on which it depends."""
    unless = {award.id: award.unless for award in awards}
    seen: set[str] = set()
    todo = [award_id]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += unless.get(name, ())
    return seen


def _check_assumptions(lint: Lint) -> None:
    known = lint.rules.assumptions
    used: set[object] = set()
    for path, name in _assumptions_in(lint.plain, ()):
        used.add(name)
        if name not in known:
            lint.report(path, "no_such_assumption", name=name)
    for name, assumption in known.items():
        at = ("assumptions", name)
        if name not in used and not assumption.concerns:
            lint.report(at, "unused_assumption", name=name)
        for index, concern in enumerate(assumption.concerns):
            if not _leads_somewhere(lint.plain, read_path(concern)):
                lint.report((*at, "concerns", index), "no_such_path", name=concern)


def _assumptions_in(plain: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Find every ``assumption:`` of the text, wherever the language has one."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(plain, dict):
        items = plain.items()
    elif isinstance(plain, list):
        items = enumerate(plain)
    for key, value in items:
        if key == "assumption":
            yield (*path, key), value
        else:
            yield from _assumptions_in(value, (*path, key))


def _leads_somewhere(plain: object, path: Path) -> bool:
    for part in path:
        if isinstance(plain, dict):
            plain = plain.get(part, _NOWHERE)
        elif isinstance(plain, list) and isinstance(part, int) and part < len(plain):
            plain = plain[part]
        else:
            return False
    return bool(path) and plain is not _NOWHERE


def _unique(lint: Lint, path: Path, names: Iterable[str], key: str | None = None) -> None:
    counted: Counter[str] = Counter()
    for index, name in enumerate(names):
        counted[name] += 1
        if counted[name] > 1:
            lint.report((*path, index, key) if key else (*path, index), "duplicate", name=name)
