"""From scores to boards: the ranking of all, and inside each delegation."""

from collections import defaultdict
from fractions import Fraction
from itertools import groupby

from leitai.rulebook.chain import TOTAL, Key, chain, event_key, total_decimals
from leitai.rulebook.data import MAIN, EntryIn, ScoreIn, team_board
from leitai.rulebook.inputs import Arena
from leitai.rulebook.ranking import Competitor, number, rank
from leitai.rulebook.state import State

Scores = dict[str, ScoreIn]  # one entry's, by event


def rank_stage(state: State, arena: Arena) -> None:
    """Make the boards ``main`` and ``team:…`` of a stage whose scores are complete."""
    state.chains[arena] = chain(state.rules, state.rules.stages[arena[0]])
    state.values[arena] = {}
    by_entry: dict[str, Scores] = defaultdict(dict)
    for (event, name), score in state.given.scores[arena].items():
        by_entry[name][event] = score
    competitors = []
    for entry in state.entries[arena].values():
        scores = by_entry[entry.id]
        if any(score.status == "void" for score in scores.values()):
            state.note(arena, entry.id, "void", name=entry.name)
        elif all(score.status == "ok" for score in scores.values()):
            competitors.append(_competitor(state, arena, entry, scores))
    main = rank(competitors)
    state.boards[(*arena, MAIN)] = main
    inside: dict[str, list[Competitor]] = defaultdict(list)
    for group in main:
        for competitor in group.members:
            inside[competitor.delegation].append(competitor)
    for delegation in sorted(inside):  # already in order: what is equal in all stands together
        ties = groupby(inside[delegation], key=lambda one: one.key)
        board = number(tuple(members) for _, members in ties)
        state.boards[(*arena, team_board(delegation))] = board


def _competitor(state: State, arena: Arena, entry: EntryIn, scores: Scores) -> Competitor:
    rules, keys = state.rules, state.chains[arena]
    stage = rules.stages[arena[0]]
    places = total_decimals(rules, stage)
    summed = stage.total.sum if stage.total else ()
    total = sum(_units(scores[event], places) for event in summed)
    values = tuple(total if key.name == TOTAL else _value(key, scores) for key in keys)
    state.values[arena][entry.id] = values
    return Competitor(
        id=entry.id,
        delegation=entry.delegation,
        total=Fraction(total, 10**places),
        key=tuple(key.sortable(value) for key, value in zip(keys, values, strict=True)),
    )


def _value(key: Key, scores: Scores) -> int:
    event, name = event_key(key.name)
    return scores[event].keys[name] if name else _units(scores[event], key.decimals)


def _units(score: ScoreIn, decimals: int) -> int:
    """Give a score in units of ``10 ** -decimals``; the door has seen to it that it fits."""
    if score.decimals <= decimals:
        return score.value * int(10 ** (decimals - score.decimals))
    return score.value // int(10 ** (score.decimals - decimals))
