"""Checks of what was given: does it fit the rulebook, is it all there, and may they enter."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from leitai.rulebook import numbers
from leitai.rulebook.bundle import rows
from leitai.rulebook.bundle.differences import Difference
from leitai.rulebook.bundle.form import place
from leitai.rulebook.bundle.reading import Bundle
from leitai.rulebook.chain import event_key
from leitai.rulebook.data import EntryIn, FactIn, ResolutionIn, ScoreIn
from leitai.rulebook.eligibility import refusals
from leitai.rulebook.model import Condition, Event, Rulebook

FactName = tuple[str, str]  # kind and key


def check_inputs(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    """Give every difference of the inputs; the engine runs only if there is none."""
    yield from _delegations(rules, bundle)
    entries = list(_entries(rules, bundle))
    yield from entries
    facts = list(_facts(rules, bundle))
    yield from facts
    if not entries and not facts:
        yield from _bars(rules, bundle)
    yield from _scores(rules, bundle)
    yield from _resolutions(rules, bundle)


def facts_read(rules: Rulebook) -> tuple[frozenset[FactName], frozenset[FactName]]:
    """Name the facts that the bars read, and those among them whose value is a figure."""
    read: set[FactName] = set()
    figures: set[FactName] = set()

    def walk(condition: Condition) -> None:
        for part in (*(condition.any or ()), *(condition.all or ())):
            walk(part)
        for test in (condition.has, condition.lacks, condition.below):
            if test is not None:
                read.add((test.kind, test.key))
        if condition.below is not None:
            figures.add((condition.below.kind, condition.below.key))

    for stage in rules.stages.values():
        for bar in stage.bars:
            walk(bar.refuse)
    return frozenset(read), frozenset(figures)


def _delegations(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    present = {one.code for one in bundle.delegations}
    for also in rules.delegations.also:
        if also.unit not in present:
            yield Difference("delegation_missing", f"delegation {also.unit}")
    for one in bundle.delegations:
        if one.guest != (one.code in rules.guests):
            yield Difference("delegation_guest", f"delegation {one.code}")


def _arena(rules: Rulebook, where: str, row: EntryIn | ScoreIn | ResolutionIn) -> Difference | None:
    if row.stage not in rules.stages:
        return Difference("stage_unknown", where)
    if row.track not in rules.tracks:
        return Difference("track_unknown", where)
    return None


def _entries(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    codes = {one.code for one in bundle.delegations}
    people: set[tuple[str, str, str]] = set()
    per_delegation: Counter[tuple[str, ...]] = Counter()
    per_stage: Counter[tuple[str, ...]] = Counter()
    for entry in bundle.entries:
        where = place(rows.entry(entry))
        wrong = _arena(rules, where, entry)
        if wrong is not None:
            yield wrong
            continue
        if entry.delegation not in codes:
            yield Difference("delegation_unknown", where, {"delegation": entry.delegation})
        person = (entry.stage, entry.track, entry.person)
        if person in people:
            yield Difference("person_twice", where)
        people.add(person)
        per_stage[entry.stage, entry.track] += 1
        per_delegation[entry.stage, entry.track, entry.delegation] += 1
    for counted, per in ((per_delegation, "delegation"), (per_stage, "stage")):
        for name, found in counted.items():
            quota = rules.stages[name[0]].quota
            if quota is not None and quota.per == per and found > quota.count:
                data = {"found": found, "quota": quota.count}
                yield Difference("quota_exceeded", "/".join(name), data)


def _facts(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    read, figures = facts_read(rules)
    people = {entry.person for entry in bundle.entries}
    for fact in bundle.facts:
        where = place(rows.fact(fact))
        if fact.person not in people:
            yield Difference("fact_stranger", where)
        if (fact.kind, fact.key) not in read:
            yield Difference("fact_unread", where)
        elif (fact.kind, fact.key) in figures and not numbers.is_decimal(fact.value):
            yield Difference("fact_not_decimal", where, {"value": fact.value})


def _bars(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    facts: dict[str, list[FactIn]] = defaultdict(list)
    for fact in bundle.facts:
        facts[fact.person].append(fact)
    for entry in bundle.entries:
        for refusal in refusals(rules, entry.stage, facts[entry.person]):
            data = {"bar": refusal.bar, "title": refusal.title, "source": refusal.source}
            yield Difference("entry_barred", place(rows.entry(entry)), data)


def _scores(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    entries = {(entry.stage, entry.track, entry.id) for entry in bundle.entries}
    scored: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for score in bundle.scores:
        where = place(rows.score(score))
        wrong = _arena(rules, where, score)
        if wrong is not None:
            yield wrong
        elif score.event not in rules.stages[score.stage].events:
            yield Difference("event_unknown", where)
        elif (score.stage, score.track, score.entry) not in entries:
            yield Difference("entry_unknown", where)
        else:
            scored[score.stage, score.track].add((score.event, score.entry))
            if score.status == "ok":
                yield from _value(rules, score, where)
    for entry in bundle.entries:
        found = scored.get((entry.stage, entry.track))
        for event in rules.stages[entry.stage].events if found else ():
            if found and (event, entry.id) not in found:
                name = f"{entry.stage}/{entry.track}/{event}/{entry.id}"
                yield Difference("score_missing", f"score {name}")


def _value(rules: Rulebook, score: ScoreIn, where: str) -> Iterator[Difference]:
    event = rules.events[score.event]
    value = numbers.scaled(score.value, score.decimals)
    if not numbers.fits(value, event.decimals):
        yield Difference("score_decimals", where)
    if not 0 <= value <= event.max:
        yield Difference("score_range", where)
    for key in sorted(set(score.keys) - set(event.keys)):
        yield Difference("score_key_unknown", where, {"key": key})
    for key in sorted(_needed(rules, score, event) - set(score.keys)):
        yield Difference("score_key_missing", where, {"key": key})


def _needed(rules: Rulebook, score: ScoreIn, event: Event) -> set[str]:
    ranking = rules.stages[score.stage].ranking
    pairs = [event_key(name) for name in ranking.keys] if ranking else []
    return {key for name, key in pairs if name == score.event and key in event.keys}


def _resolutions(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    answered: set[tuple[str, str, str, frozenset[str]]] = set()
    for one in bundle.resolutions:
        where = place(rows.resolution(one))
        wrong = _arena(rules, where, one)
        if wrong is not None:
            yield wrong
            continue
        tied = frozenset(one.order)
        if len(tied) != len(one.order) or len(tied) < 2:
            yield Difference("resolution_order", where)
        name = (one.stage, one.track, one.board, tied)
        if name in answered:
            yield Difference("resolution_twice", where)
        answered.add(name)
