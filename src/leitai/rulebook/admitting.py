"""Who stands in a stage: entries that were given or advanced, less those whom a bar keeps out."""

from typing import Final

from leitai.rulebook.data import EntryIn
from leitai.rulebook.eligibility import is_known, refusals, tests_of
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Bar
from leitai.rulebook.roll import Roll, roll
from leitai.rulebook.rosters import check_rosters
from leitai.rulebook.state import State, facts_of

WITHDRAWN: Final = "withdrawn"  # the kind of fact that somebody does not come
SEASON: Final = "season"  # withdrawn from everything that is to come


def admit_entries(state: State, arena: Arena) -> Roll:
    """Give a stage's entries: those that were given, or else those that advanced into it."""
    given = state.given.rolls.get(arena)
    came = {row.entry: row for row in state.advanced.get(arena, ())}
    if given is None:
        came_in = _advanced(state, arena)
        return came_in.without(_withdrawn(state, arena, came_in))
    left_out = sorted(set(came) - set(given.ids))
    if left_out:
        first = "、".join(left_out[:5])
        state.note(arena, arena[0], "advanced_left_out", count=len(left_out), first=first)
    if came and arena not in state.undecided:
        for at, name in enumerate(given.ids):
            if name not in came:
                state.note(arena, name, "not_advanced", name=given.names[at])
    kept = given.without({*_barred(state, arena, given), *_withdrawn(state, arena, given)})
    if came:  # in what capacity somebody came follows from the rule that sent them
        kept.capacities = [
            came[name].as_ if name in came else own
            for name, own in zip(kept.ids, kept.capacities, strict=True)
        ]
    _check_quota(state, arena, kept)
    check_rosters(state, arena, kept)
    return kept


def _advanced(state: State, arena: Arena) -> Roll:
    entries = []
    for row in state.advanced.get(arena, ()):
        before = state.rolls[row.stage, row.track]
        at = before.index[row.entry]
        entries.append(
            EntryIn(
                id=row.entry,
                stage=arena[0],
                track=arena[1],
                name=before.names[at],
                delegation=row.delegation,
                person=before.persons[at],
                as_=row.as_,
                members=before.members[at],
            )
        )
    return roll(entries)


def _barred(state: State, arena: Arena, given: Roll) -> list[int]:
    """Find those whom a bar of the stage keeps out, or of the nomination that leads to it."""
    known = state.given.known
    if known is None:
        return []
    stages = [arena[0], *_skipped(state, arena)]
    for stage in stages:
        for bar in state.rules.stages[stage].bars:
            if not bar.tracks or arena[1] in bar.tracks:
                _note_unknown(state, arena, bar, known)
    gone = []
    for at in range(len(given)):
        found = [
            refusal
            for stage in stages
            for facts in facts_of(state, given, at)
            for refusal in refusals(state.rules, stage, facts, track=arena[1], known=known)
        ]
        if found:
            first = found[0]
            state.note(
                arena, given.ids[at], "barred", name=given.names[at], title=first.title,
                source=first.source,
            )  # fmt: skip
            gone.append(at)
    return gone


def _withdrawn(state: State, arena: Arena, given: Roll) -> list[int]:
    """Find those who have withdrawn from the stage or the season; their scores do not count."""
    gone = [
        at
        for at, person in enumerate(given.persons)
        if any(
            fact.kind == WITHDRAWN and fact.value in (arena[0], SEASON)
            for fact in state.facts(person)
        )
    ]
    for at in gone:
        state.note(arena, given.ids[at], "withdrawn", name=given.names[at])
    return gone


def _skipped(state: State, arena: Arena) -> list[str]:
    """Name the nominations that lead to a stage and were left out of the data."""
    return [
        name
        for name, stage in state.rules.stages.items()
        if stage.method == "nomination"
        and any(rule.to == arena[0] for rule in stage.advance)
        and (name, arena[1]) not in state.rolls
    ]


def _note_unknown(state: State, arena: Arena, bar: Bar, known: frozenset[tuple[str, str]]) -> None:
    condition = bar.refuse or bar.require
    for test in tests_of(condition) if condition else ():
        if not is_known(test, known):
            kind = state.rules.facts[test.kind].title if test.kind in state.rules.facts else ""
            fact = ":".join(part for part in (kind or test.kind, test.key or "") if part)
            state.note(arena, bar.id, "predicate_unknown", title=bar.title, fact=fact)


def _check_quota(state: State, arena: Arena, entries: Roll) -> None:
    """Note every delegation (or stage) that sends more or fewer than the quota."""
    quotas = [state.rules.stages[arena[0]].quota, *state.rules.stages[arena[0]].caps]
    for stage in _skipped(state, arena):
        quotas += [state.rules.stages[stage].quota, *state.rules.stages[stage].caps]
    for quota in quotas:
        if quota is None or (quota.tracks and arena[1] not in quota.tracks):
            continue
        counts: dict[str, int] = {}
        for at, delegation in enumerate(entries.delegations):
            for value in _values(state, entries, at, delegation, quota.per):
                counts[value] = counts.get(value, 0) + 1
        for value, count in sorted(counts.items()):
            limit = quota.counts.get(value, quota.count)
            if value and count > limit:
                state.note(arena, value, "over_quota", of=value, count=count, limit=limit)
            elif value and count < quota.least:
                state.note(arena, value, "under_quota", of=value, count=count, limit=quota.least)


def _values(state: State, entries: Roll, at: int, delegation: str, per: str) -> list[str]:
    if per == "delegation":
        return [delegation]
    if per == "stage":
        return ["stage"]
    return [fact.value for fact in state.facts(entries.persons[at]) if fact.kind == per]
