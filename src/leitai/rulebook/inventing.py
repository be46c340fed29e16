"""People for a synthetic season: delegations, entries within the quotas, and facts that admit them.

Nothing here is chance: facts go round among their values, and what a bar asks is simply given.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Protocol

from leitai.rulebook import numbers
from leitai.rulebook.data import EntryIn, EntryKind, FactIn
from leitai.rulebook.eligibility import tests_of
from leitai.rulebook.model import Condition, FactTest, Quota, Rulebook, ValueTest

SLOT: Final = "slot"
GROUPS: Final = 4  # values of a kind of fact for which the rules name none
DELEGATIONS: Final = 10
_OWN: Final = ("delegation", "stage")  # what a quota counts by that is no fact
_SMALL: Final = Fraction(1)

Said = tuple[str, str, str]  # kind, key, value


class Chance(Protocol):
    """Gives numbers."""

    def below(self, bound: int) -> int:
        """Give a number from 0 to ``bound - 1``."""


@dataclass(slots=True)
class Invented:
    """Entrants and what is said of them; ``kinds`` has the values given out, by kind of fact.

    ``bars`` names the bars for which facts were made up, ``delegations`` those that no rule names.
    """

    entries: list[EntryIn] = field(default_factory=list)
    facts: list[FactIn] = field(default_factory=list)
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bars: tuple[str, ...] = ()
    delegations: int = 0


def invent(rules: Rulebook, count: int, chance: Chance) -> Invented:
    """Invent ``count`` entrants for each stage with which the season begins."""
    inventing = _Inventing(rules)
    fed = {rule.to for stage in rules.stages.values() for rule in stage.advance}
    for stage in rules.stage_order:
        if stage not in fed:
            inventing.begin(stage, count, chance)
    return inventing.made


class _Inventing:
    def __init__(self, rules: Rulebook) -> None:
        self.made = Invented(kinds=_kinds(rules))
        self._rules = rules
        also = rules.delegations.also
        self._delegations = [one.unit for one in also]
        if rules.delegations.each is not None or all(one.guest for one in also):
            self.made.delegations = DELEGATIONS
            self._delegations += [f"d{number:02d}" for number in range(1, DELEGATIONS + 1)]
        self._asked = {track: tuple(_asked(rules, track)) for track in rules.tracks}
        self.made.bars = tuple(
            dict.fromkeys(
                bar.title
                for stage in rules.stages.values()
                for bar in stage.bars
                if _of_bar(bar.require, bar.refuse)
            )
        )
        self._slots = max(
            (len(stage.roster.slots) for stage in rules.stages.values() if stage.roster), default=0
        )
        if self._slots:
            self.made.kinds[SLOT] = tuple(str(number + 1) for number in range(self._slots))

    def begin(self, stage: str, count: int, chance: Chance) -> None:
        """Invent the entrants of one stage, as far as its quotas allow."""
        rule = self._rules.stages[stage]
        tracks = rule.tracks or tuple(self._rules.tracks)
        quotas = [one for one in (rule.quota, *rule.caps) if one is not None]
        sent: Counter[tuple[int, str, str]] = Counter()
        seats: Counter[tuple[str, str]] = Counter()
        turns: Counter[str] = Counter()
        for number in range(count):
            track = tracks[number % len(tracks)]
            delegation = self._delegations[chance.below(len(self._delegations))]
            said = self._said(track, turns[track], seats[delegation, track])
            counted = [
                (at, track, value)
                for at, quota in enumerate(quotas)
                if not quota.tracks or track in quota.tracks
                for value in _values(quota, delegation, said)
            ]
            if any(sent[one] >= _limit(quotas[one[0]], one[2]) for one in counted):
                continue
            sent.update(counted)
            turns[track] += 1
            seats[delegation, track] += 1
            self._enter(stage, track, f"{stage}-{number + 1:06d}", delegation, said)

    def _enter(
        self, stage: str, track: str, name: str, delegation: str, said: Iterable[Said]
    ) -> None:
        kind: EntryKind = "team" if self._rules.tracks[track].kind == "team" else "person"
        self.made.entries.append(EntryIn(name, stage, track, name, delegation, name, kind=kind))
        self.made.facts += [FactIn(name, *one) for one in said]

    def _said(self, track: str, turn: int, seat: int) -> tuple[Said, ...]:
        """Say what the next one of a track is: first what bars ask, then values in turn."""
        found = list(self._asked[track])
        known = {kind for kind, _, _ in found}
        rounds = 0  # turns until all values were there together: equally many must not go in step
        for kind, values in self.made.kinds.items():
            if kind not in known:
                later = turn // rounds if rounds else 0
                value = values[(seat if kind == SLOT else turn + later) % len(values)]
                rounds = max(rounds, 1) * len(values)
                found.append((kind, value, value))
        return tuple(found)


def _limit(quota: Quota, value: str) -> int:
    return quota.counts.get(value, quota.count)


def _values(quota: Quota, delegation: str, said: Iterable[Said]) -> list[str]:
    if quota.per in _OWN:
        return [delegation if quota.per == "delegation" else quota.per]
    return [value for kind, _, value in said if kind == quota.per]


# ---- kinds of facts inside of which the rules rank or choose


def _kinds(rules: Rulebook) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = defaultdict(list)
    for condition in _conditions(rules):
        for test in tests_of(condition):
            if isinstance(test, ValueTest) and test.in_ is not None and test.key is None:
                words[test.kind] += test.in_
    named = sorted({*_inside(rules), *words} - {*_OWN, SLOT})
    return {kind: _words_of(rules, kind, words[kind]) for kind in named}


def _inside(rules: Rulebook) -> Iterator[str]:
    for stage in rules.stages.values():
        for rule in stage.advance:
            yield from (one for one in (rule.per, *(cap.per for cap in rule.cap)) if one)
        yield from (board.per for board in stage.boards.values() if board.per)
        yield from (quota.per for quota in (stage.quota, *stage.caps) if quota)
    yield from (award.per for award in rules.awards if award.per)


def _conditions(rules: Rulebook) -> Iterator[Condition]:
    """Give what chooses among those who are in: bars are answered elsewhere."""
    for stage in rules.stages.values():
        found = [rule.where for rule in stage.advance]
        found += [board.where for board in stage.boards.values()]
        yield from (one for one in found if one is not None)
    awards = [award.where for award in rules.awards] + [one.where for one in rules.honours]
    yield from (one for one in awards if one is not None)


def _words_of(rules: Rulebook, kind: str, tested: list[str]) -> tuple[str, ...]:
    declared = rules.facts[kind].values if kind in rules.facts else ()
    if declared:
        return declared
    if tested:
        return tuple(dict.fromkeys(tested))
    drawn = [one.group_count or len(one.groups) for one in rules.draws.values() if one.of == kind]
    count = min(next((one for one in drawn if one), GROUPS), 100)
    return tuple(str(number + 1) for number in range(count))


# ---- what bars ask


def _asked(rules: Rulebook, track: str) -> Iterator[Said]:
    seen = set()
    for stage in rules.stages.values():
        for bar in stage.bars:
            if bar.tracks and track not in bar.tracks:
                continue
            for one in _of_bar(bar.require, bar.refuse):
                if one not in seen:
                    seen.add(one)
                    yield one


def _of_bar(require: Condition | None, refuse: Condition | None) -> list[Said]:
    if require is not None:
        return _for(require, true=True)
    return _for(refuse, true=False) if refuse is not None else []


def _for(condition: Condition, *, true: bool) -> list[Said]:
    """Give facts that make a condition true (or not true); nothing where none are needed."""
    parts = condition.any or condition.all
    if parts is not None:
        every = (condition.all is not None) == true
        found = [_for(part, true=true) for part in (parts if every else parts[:1])]
        return [one for said in found for one in said]
    if condition.not_ is not None:
        return _for(condition.not_, true=not true)
    held = condition.has if true else condition.lacks
    if held is not None:
        return [_held(held)]
    if condition.below is not None and not true:
        test = condition.below
        return [(test.kind, test.key, numbers.show(test.value))]
    if condition.is_ is not None and true:
        return [_is(condition.is_)]
    return []


def _held(test: FactTest) -> Said:
    return test.kind, test.key, test.key


def _is(test: ValueTest) -> Said:
    figures: Mapping[str, Fraction | None] = {
        "least": test.least,
        "most": test.most,
        "above": test.above + _SMALL if test.above is not None else None,
        "under": test.under - _SMALL if test.under is not None else None,
    }
    figure = next((one for one in figures.values() if one is not None), None)
    day: date | None = test.from_ or test.to
    if test.in_:
        value = test.in_[0]
    elif figure is not None:
        value = numbers.show(figure)
    else:
        value = day.isoformat() if day is not None else ""
    return test.kind, test.key or value, value
