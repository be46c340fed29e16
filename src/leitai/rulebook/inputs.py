"""The door of the engine: everything that is given is checked, and all that is wrong is named."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.chain import event_key
from leitai.rulebook.data import (
    EntryIn,
    FactIn,
    ResolutionIn,
    ScoreIn,
    advance_line,
    award_line,
    honour_line,
    ranks_line,
)
from leitai.rulebook.judging import without_votes
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Event, Rulebook, TieKey
from leitai.rulebook.roll import Roll, roll
from leitai.rulebook.scores import MISSING, STATUS, Scores, scores

Arena = tuple[str, str]  # stage, track
ALL_TRACKS: Final = "all"  # the track of a team's score over all tracks


@dataclass(slots=True)
class Given:
    """Checked inputs, found by stage and track."""

    delegations: frozenset[str]
    rolls: dict[Arena, Roll] = field(default_factory=dict)
    scores: dict[Arena, dict[str, Scores]] = field(default_factory=dict)
    resolutions: dict[Arena, list[ResolutionIn]] = field(default_factory=dict)
    facts: dict[str, tuple[FactIn, ...]] = field(default_factory=dict)
    known: frozenset[tuple[str, str]] | None = None  # None: no facts were given at all
    # Keys of events (stage, track, event, key) that a ranking reads and nobody's scores have.
    unknown: list[tuple[str, str, str, str]] = field(default_factory=list)


def check(
    rules: Rulebook,
    *,
    entries: Iterable[EntryIn],
    scores: Iterable[ScoreIn],
    resolutions: Iterable[ResolutionIn],
    delegations: Iterable[str] | None,
    facts: Iterable[FactIn] | None = None,
) -> Given:
    """Sort the inputs by stage and track; raises Problems that name every bad row.

    Without ``delegations`` those of the entries are taken.
    """
    rows = list(entries)
    known = {row.delegation for row in rows} if delegations is None else set(delegations)
    door = _Door(rules, Given(delegations=frozenset(known)))
    for entry in rows:
        door.entry(entry)
    for score in scores:
        door.score(score)
    for resolution in sorted(resolutions, key=lambda one: (one.line, one.how, one.order)):
        door.resolution(resolution)
    door.complete()
    raise_all(door.problems)
    door.finish()
    if facts is not None:
        _sort_facts(door.given, facts)
    return door.given


def check_arena(
    rules: Rulebook,
    arena: Arena,
    entries: Roll,
    given: Mapping[str, Scores],
    out: Collection[str] = (),
) -> dict[str, Scores]:
    """Put a stage's scores into the order of its entries.

    Demands a score (or ``absent``, or ``void``) of every entry in every event, and no others but of
    those who were kept ``out``: whatever they have does not count.
    """
    stage = rules.stages[arena[0]]
    problems = []
    aligned = {}
    for event in _columns(rules, arena, given):
        if event in given:
            problems += [
                _problem("score", (*arena, event, name), "entry_unknown", entry=name)
                for name in given[event].entries
                if name not in entries and name not in out
            ]
            aligned[event] = given[event].aligned(entries.ids)
            if event in rules.events and rules.events[event].kind == "ballot":
                _fill_votes(rules, arena, event, aligned[event])
            missing = (aligned[event].status == MISSING).nonzero()[0].tolist()
        else:
            missing = range(len(entries))
        problems += [
            _problem(
                "entry",
                (*arena, entries.ids[at]),
                "score_missing",
                event=event,
                entry=entries.ids[at],
            )
            for at in missing
        ]
    of_teams = stage.team.plus if stage.team else {}
    aligned |= {event: given[event] for event in of_teams if event in given}
    raise_all(problems)
    return aligned


def _fill_votes(rules: Rulebook, arena: Arena, event: str, found: Scores) -> None:
    """Give those for whom nobody voted what the ballot says of them."""
    for at in (found.status == MISSING).nonzero()[0].tolist():
        none = without_votes(rules, *arena, event, found.entries[at])
        found.status[at] = STATUS[none.status]


def _columns(rules: Rulebook, arena: Arena, given: Mapping[str, Scores]) -> Sequence[str]:
    """Name what every entry has a score in: the events, and what is carried where it was given."""
    carried = carried_into(rules, arena[0])
    return (*rules.stages[arena[0]].events, *(name for name in carried if name in given))


def lines_of(rules: Rulebook, stage: str) -> frozenset[str]:
    """Name every line that the rules draw on the boards of a stage."""
    rule = rules.stages[stage]
    ranking = rule.ranking
    lines = {advance_line(one.to) for one in rule.advance}
    lines |= {award_line(award.id) for award in rules.awards if award.stage == stage}
    lines |= {honour_line(one.id) for one in rules.honours if one.stage in (stage, None)}
    lines |= {ranks_line(*one.ranks) for one in (ranking.distinct if ranking else ())}
    return frozenset(lines)


def carried_into(rules: Rulebook, stage: str) -> tuple[str, ...]:
    """Name the stages from which a stage carries figures."""
    total = rules.stages[stage].total
    return tuple(carry.from_ for carry in total.carry) if total else ()


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
        self._entries: dict[Arena, dict[str, EntryIn]] = defaultdict(dict)
        self._scores: dict[Arena, dict[str, dict[str, ScoreIn]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._people: set[tuple[str, str, str]] = set()
        self._keys = {name: event_keys(event) for name, event in rules.events.items()}
        self._bounds = {name: _bounds(event) for name, event in rules.events.items()}
        self._needed = {name: _needed(rules, name, self._keys) for name in rules.stages}

    def complete(self) -> None:
        """Demand every declared key that a ranking reads, of all rows of an event or of none.

        Figures that follow from the kind of an event (a playoff, a segment) count as nought.
        """
        for (stage, track), events in self._scores.items():
            for event, rows in events.items():
                marked = [row for row in rows.values() if row.status == "ok"]
                for key in sorted(self._needed[stage].get(event, ())):
                    lacking = [row for row in marked if key not in row.keys]
                    if len(lacking) == len(marked):
                        self.given.unknown.append((stage, track, event, key))
                        continue
                    derived = key not in self._rules.events[event].keys
                    for row in () if derived else lacking:
                        where = (stage, track, event, row.entry)
                        self._report("score", where, "score_key_missing", key=key)

    def finish(self) -> None:
        """Write everything as columns."""
        for arena, entries in self._entries.items():
            self.given.rolls[arena] = roll(entries.values())
        for arena, events in self._scores.items():
            self.given.scores[arena] = {
                event: scores(
                    [rows[name] for name in sorted(rows)],
                    {key: 10**one.decimals for key, one in self._keys.get(event, {}).items()},
                )
                for event, rows in events.items()
            }

    def entry(self, entry: EntryIn) -> None:
        where = (entry.stage, entry.track, entry.id)
        if not self._arena("entry", where):
            return
        if entry.delegation not in self.given.delegations:
            self._report("entry", where, "delegation_unknown", delegation=entry.delegation)
        arena = self._entries[where[:2]]
        person = (entry.stage, entry.track, entry.person)
        if entry.id in arena or person in self._people:
            self._report("entry", where, "entry_twice", entry=entry.id)
        arena[entry.id] = entry
        self._people.add(person)

    def score(self, score: ScoreIn) -> None:
        where = (score.stage, score.track, score.event, score.entry)
        if not self._arena("score", where):
            return
        stage = self._rules.stages[score.stage]
        of_teams = stage.team.plus if stage.team else {}
        carried = score.event in carried_into(self._rules, score.stage)
        if score.event not in stage.events and score.event not in of_teams and not carried:
            self._report("score", where, "event_unknown", event=score.event)
            return
        if score.event in of_teams and score.entry not in self.given.delegations:
            self._report("score", where, "delegation_unknown", delegation=score.entry)
        rows = self._scores[where[:2]][score.event]
        if score.entry in rows:
            self._report("score", where, "score_twice", entry=score.entry)
        rows[score.entry] = score
        if score.status == "ok" and not carried:
            self._value(score, where)

    def resolution(self, resolution: ResolutionIn) -> None:
        where = (resolution.stage, resolution.track, resolution.board, resolution.line)
        if not self._arena("resolution", where):
            return
        lines = lines_of(self._rules, resolution.stage)
        if resolution.line not in lines:
            self._report(
                "resolution",
                where,
                "line_unknown",
                line=resolution.line,
                allowed=", ".join(sorted(lines)),
            )
        named = set(resolution.order)
        if len(named) != len(resolution.order) or not named:
            self._report("resolution", where, "resolution_order")
        others = self.given.resolutions.setdefault(where[:2], [])
        for other in others:
            same = (other.board, other.line) == where[2:] and set(other.order) == named
            # A list that is confirmed orders nobody, so it cannot contradict a draw.
            same &= (other.how == "confirmation") == (resolution.how == "confirmation")
            if same and other.order != resolution.order:
                self._report("resolution", where, "resolution_conflict", line=other.line)
        others.append(resolution)

    def _arena(self, kind: str, where: tuple[str, ...]) -> bool:
        stage, track = where[:2]
        if stage not in self._rules.stages:
            self._report(kind, where, "stage_unknown", stage=stage)
            return False
        if track not in self._rules.tracks:
            team = self._rules.stages[stage].team
            together = team is not None and team.tracks == "together"
            if kind == "resolution" and track == ALL_TRACKS and together:
                return True
            self._report(kind, where, "track_unknown", track=track)
            return False
        limited = self._rules.stages[stage].tracks
        if limited and track not in limited:
            self._report(kind, where, "track_not_in_stage", track=track, stage=stage)
            return False
        return True

    def _value(self, score: ScoreIn, where: tuple[str, ...]) -> None:
        event = self._rules.events[score.event]
        if not 0 <= score.decimals <= numbers.MAX_DECIMALS or score.over < 1:
            self._report(
                "score", where, "score_decimals", value=score.value, decimals=event.decimals
            )
            return
        self._range(event, score, where)
        known = self._keys[score.event]
        for key in score.keys:
            if key not in known:
                self._report("score", where, "score_key_unknown", key=key)

    def _range(self, event: Event, score: ScoreIn, where: tuple[str, ...]) -> None:
        """Compare in integers: a million scores pass here."""
        over = score.over * 10**score.decimals
        if score.over == 1 and score.decimals > event.decimals:
            value = Fraction(score.value, over)
            if not numbers.fits(value, event.decimals):
                shown = numbers.show(value)
                self._report("score", where, "score_decimals", value=shown, decimals=event.decimals)
        least, most = self._bounds[score.event]
        low = least is not None and score.value * least[1] < least[0] * over
        if low or (most is not None and score.value * most[1] > most[0] * over):
            self._report(
                "score",
                where,
                "score_range",
                value=numbers.show(Fraction(score.value, over)),
                min=numbers.show(event.min),
                max=numbers.show(event.max) if event.max is not None else "∞",
            )

    def _report(self, kind: str, where: tuple[str, ...], code: str, **data: object) -> None:
        self.problems.append(_problem(kind, where, code, **data))


def _bounds(event: Event) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Give the least and the greatest score as ratios; a live quiz has no least."""
    least = None if event.kind == "live" else event.min.as_integer_ratio()
    return least, None if event.max is None else event.max.as_integer_ratio()


def _sort_facts(given: Given, facts: Iterable[FactIn]) -> None:
    by_person: dict[str, list[FactIn]] = defaultdict(list)
    for fact in facts:
        by_person[fact.person].append(fact)
    given.facts = {person: tuple(sorted(rows, key=_fact_key)) for person, rows in by_person.items()}
    every = [fact for rows in by_person.values() for fact in rows]
    given.known = frozenset(
        pair for fact in every for pair in ((fact.kind, fact.key), (fact.kind, ""))
    )


def _fact_key(fact: FactIn) -> tuple[str, ...]:
    return (fact.kind, str(fact.since or ""), fact.source, fact.key, fact.value)


def _needed(
    rules: Rulebook, stage: str, known: Mapping[str, Mapping[str, TieKey]]
) -> dict[str, set[str]]:
    """Give the keys of each event that a stage's ranking reads."""
    ranking = rules.stages[stage].ranking
    names = [*ranking.keys, *ranking.at_lines] if ranking else []
    for board in rules.stages[stage].boards.values():
        names += board.keys
    needed: dict[str, set[str]] = defaultdict(set)
    for name in names:
        event, key = event_key(name)
        if key and key in known.get(event, {}):
            needed[event].add(key)
    return needed


def _problem(kind: str, where: tuple[str, ...], code: str, **data: object) -> Problem:
    return Problem(f"{kind} {'/'.join(where)}", code, data)
