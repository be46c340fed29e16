"""Which facts the rules read, and the checks of what was given that the engine does not make."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from leitai.rulebook import numbers
from leitai.rulebook.admitting import WITHDRAWN
from leitai.rulebook.bundle import form, rows
from leitai.rulebook.bundle.differences import Difference
from leitai.rulebook.bundle.form import place
from leitai.rulebook.bundle.reading import Bundle
from leitai.rulebook.chain import fact_key, stage_key
from leitai.rulebook.days import day
from leitai.rulebook.eligibility import tests_of
from leitai.rulebook.model import AmountTest, Condition, Quota, Rulebook, Stage, ValueTest
from leitai.rulebook.teams import SLOT

FactName = tuple[str, str | None]  # kind and key; None: whatever the key
_NO_KINDS = ("delegation", "stage")  # what ``per`` may name beside a kind of fact


@dataclass(slots=True)
class Read:
    """The facts that rules read; those among them that must be figures, and those that are days."""

    names: set[FactName] = field(default_factory=set)
    figures: set[FactName] = field(default_factory=set)
    days: set[FactName] = field(default_factory=set)

    def __contains__(self, name: tuple[str, str]) -> bool:
        return _within(name, self.names)


def facts_read(rules: Rulebook) -> Read:
    """Name every fact that a rule reads."""
    read = Read()
    read.names.add((WITHDRAWN, None))
    for condition in _conditions(rules):
        for test in tests_of(condition):
            name = (test.kind, test.key)
            read.names.add(name)
            if isinstance(test, AmountTest):
                read.figures.add(name)
            elif isinstance(test, ValueTest) and (test.from_ or test.to):
                read.days.add(name)
            elif isinstance(test, ValueTest) and test.in_ is None:
                read.figures.add(name)
    for award in rules.awards:
        _add_kind(read, award.per)
    for stage in rules.stages.values():
        for kind in _kinds(stage):
            _add_kind(read, kind)
    return read


def check_given(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    """Give the differences of delegations, facts, titles and tie keys."""
    yield from _delegations(rules, bundle)
    yield from _facts(rules, bundle)
    named = {title for honour in rules.honours for title in honour.titles or ()}
    for title in bundle.titles:
        if title.title not in named:
            yield Difference("title_unread", place(rows.title(title)))


def check_keys(rules: Rulebook, records: list[form.Plain]) -> Iterator[Difference]:
    """Demand exactly the tie keys that follow from the events' kinds."""
    due = {form.encode(one): one for one in rows.tie_keys(rules)}
    there = {form.encode(one): one for one in records if one["kind"] == "tie_key"}
    wrong = [one for key, one in (due | there).items() if key not in due or key not in there]
    for name in sorted({place(one) for one in wrong}):
        yield Difference("tie_key_wrong", name)


def _conditions(rules: Rulebook) -> Iterator[Condition]:
    found: list[Condition | None] = [award.where for award in rules.awards]
    found += [honour.where for honour in rules.honours]
    for stage in rules.stages.values():
        found += [condition for bar in stage.bars for condition in (bar.refuse, bar.require)]
        found += [rule.where for rule in stage.advance]
        found += [board.where for board in stage.boards.values()]
    yield from (one for one in found if one is not None)


def _kinds(stage: Stage) -> Iterator[str | None]:
    """Name the kinds of facts that a stage counts by, ranks by or seats by."""
    caps: list[Quota] = []
    for rule in stage.advance:
        yield rule.per
        caps += rule.cap
    yield from (cap.per for cap in caps)
    yield from (board.per for board in stage.boards.values())
    chains = [(*stage.ranking.keys, *stage.ranking.at_lines)] if stage.ranking else []
    chains += [board.keys for board in stage.boards.values()]
    chains.append(tuple(mark.of for mark in stage.qualify))
    for name in (name for keys in chains for name in keys):
        key = name
        while earlier := stage_key(key):
            key = earlier[1]
        fact = fact_key(key)
        yield fact[0] if fact else None
    team_keys = (*stage.team.keys, *stage.team.at_lines) if stage.team else ()
    if any(key.startswith(SLOT) for key in team_keys):
        yield "slot"


def _add_kind(read: Read, kind: str | None) -> None:
    if kind is not None and kind not in _NO_KINDS:
        read.names.add((kind, None))


def _within(name: tuple[str, str], names: set[FactName]) -> bool:
    return name in names or (name[0], None) in names


def _delegations(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    present = {one.code for one in bundle.delegations}
    for also in rules.delegations.also:
        if not present & {also.unit, also.name}:
            yield Difference("delegation_missing", f"delegation {also.unit}")
    for one in bundle.delegations:
        if one.guest != (one.code in rules.guests):
            yield Difference("delegation_guest", f"delegation {one.code}")


def _facts(rules: Rulebook, bundle: Bundle) -> Iterator[Difference]:
    read = facts_read(rules)
    people = people_of(bundle)
    for name in sorted(bundle.known):
        if name not in read:
            yield Difference("fact_unread", f"known {'/'.join(name)}")
    for fact in bundle.facts:
        where, name = place(rows.fact(fact)), (fact.kind, fact.key)
        if fact.person not in people:
            yield Difference("fact_stranger", where)
        if name not in read:
            yield Difference("fact_unread", where)
            continue
        if name not in bundle.known:
            yield Difference("fact_unknown", where)
        if _within(name, read.figures) and not numbers.is_decimal(fact.value):
            yield Difference("fact_not_decimal", where, {"value": fact.value})
        if _within(name, read.days) and day(fact.value) is None:
            yield Difference("fact_not_day", where, {"value": fact.value})


def people_of(bundle: Bundle) -> frozenset[str]:
    """Name everybody whose facts can count: of entries, of their members, of holders of titles."""
    people = {entry.person for entry in bundle.entries}
    people |= {one for entry in bundle.entries for one in entry.members}
    return frozenset(people | {title.person for title in bundle.titles})
