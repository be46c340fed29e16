"""The door of the engine: everything that is given is checked, and all that is wrong is named."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.chain import event_key
from leitai.rulebook.data import EntryIn, ResolutionIn, ScoreIn
from leitai.rulebook.model import Event, Rulebook

Arena = tuple[str, str]  # stage, track


@dataclass(slots=True)
class Given:
    """Checked inputs, found by stage and track."""

    delegations: frozenset[str]
    entries: dict[Arena, dict[str, EntryIn]] = field(default_factory=lambda: defaultdict(dict))
    scores: dict[Arena, dict[tuple[str, str], ScoreIn]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    resolutions: dict[tuple[str, str, str], list[ResolutionIn]] = field(
        default_factory=lambda: defaultdict(list)
    )


def check(
    rules: Rulebook,
    *,
    entries: Iterable[EntryIn],
    scores: Iterable[ScoreIn],
    resolutions: Iterable[ResolutionIn],
    delegations: Iterable[str],
) -> Given:
    """Sort the inputs by stage and track; raises Problems that name every bad row."""
    door = _Door(rules, Given(delegations=frozenset(delegations)))
    for entry in entries:
        door.entry(entry)
    for score in scores:
        door.score(score)
    for resolution in sorted(resolutions, key=lambda one: (one.line, one.how, one.order)):
        door.resolution(resolution)
    raise_all(door.problems)
    return door.given


def check_arena(
    rules: Rulebook,
    arena: Arena,
    entries: Mapping[str, EntryIn],
    scores: Mapping[tuple[str, str], ScoreIn],
) -> None:
    """Demand a score (or ``absent``, or ``void``) of every entry in every event, and no others."""
    stage = rules.stages[arena[0]]
    problems = [
        _problem("score", (*arena, *where), "entry_unknown", entry=where[1])
        for where in scores
        if where[1] not in entries
    ]
    problems += [
        _problem("entry", (*arena, entry), "score_missing", event=event, entry=entry)
        for entry in entries
        for event in stage.events
        if (event, entry) not in scores
    ]
    raise_all(problems)


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise Problems in the order of their places, if there are any."""
    ordered = sorted(problems, key=lambda one: (one.place, one.code))
    if ordered:
        raise Problems(ordered)


class _Door:
    def __init__(self, rules: Rulebook, given: Given) -> None:
        self.given = given
        self.problems: list[Problem] = []
        self._rules = rules
        self._people: set[tuple[str, str, str]] = set()

    def entry(self, entry: EntryIn) -> None:
        where = (entry.stage, entry.track, entry.id)
        if not self._arena("entry", where):
            return
        if entry.delegation not in self.given.delegations:
            self._report("entry", where, "delegation_unknown", delegation=entry.delegation)
        arena = self.given.entries[where[:2]]
        person = (entry.stage, entry.track, entry.person)
        if entry.id in arena or person in self._people:
            self._report("entry", where, "entry_twice", entry=entry.id)
        arena[entry.id] = entry
        self._people.add(person)

    def score(self, score: ScoreIn) -> None:
        where = (score.stage, score.track, score.event, score.entry)
        if not self._arena("score", where):
            return
        if score.event not in self._rules.stages[score.stage].events:
            self._report("score", where, "event_unknown", event=score.event)
            return
        arena = self.given.scores[where[:2]]
        if where[2:] in arena:
            self._report("score", where, "score_twice", entry=score.entry)
        arena[where[2:]] = score
        if score.status == "ok":
            self._value(score, where)

    def resolution(self, resolution: ResolutionIn) -> None:
        where = (resolution.stage, resolution.track, resolution.board, resolution.line)
        if not self._arena("resolution", where):
            return
        tied = set(resolution.order)
        if len(tied) != len(resolution.order) or len(tied) <= 1:
            self._report("resolution", where, "resolution_order")
        others = self.given.resolutions[where[:3]]
        for other in others:
            if set(other.order) == tied and other.order != resolution.order:
                self._report("resolution", where, "resolution_conflict", line=other.line)
        others.append(resolution)

    def _arena(self, kind: str, where: tuple[str, ...]) -> bool:
        stage, track = where[:2]
        if stage not in self._rules.stages:
            self._report(kind, where, "stage_unknown", stage=stage)
            return False
        if track not in self._rules.tracks:
            self._report(kind, where, "track_unknown", track=track)
            return False
        return True

    def _value(self, score: ScoreIn, where: tuple[str, ...]) -> None:
        event = self._rules.events[score.event]
        places = event.decimals
        if not 0 <= score.decimals <= numbers.MAX_DECIMALS:
            self._report("score", where, "score_decimals", value=score.value, decimals=places)
            return
        value = numbers.scaled(score.value, score.decimals)
        shown = numbers.show(value)
        if not numbers.fits(value, places):
            self._report("score", where, "score_decimals", value=shown, decimals=places)
        if not 0 <= value <= event.max:
            most = numbers.show(event.max)
            self._report("score", where, "score_range", value=shown, max=most)
        for key in sorted(score.keys):
            if key not in event.keys:
                self._report("score", where, "score_key_unknown", key=key)
        for key in sorted(_needed(self._rules, score, event)):
            if key not in score.keys:
                self._report("score", where, "score_key_missing", key=key)

    def _report(self, kind: str, where: tuple[str, ...], code: str, **data: object) -> None:
        self.problems.append(_problem(kind, where, code, **data))


def _needed(rules: Rulebook, score: ScoreIn, event: Event) -> set[str]:
    ranking = rules.stages[score.stage].ranking
    pairs = [event_key(name) for name in ranking.keys] if ranking else []
    return {key for name, key in pairs if name == score.event and key in event.keys}


def _problem(kind: str, where: tuple[str, ...], code: str, **data: object) -> Problem:
    return Problem(f"{kind} {'/'.join(where)}", code, data)
