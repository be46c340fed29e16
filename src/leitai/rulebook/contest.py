"""From scores to boards: the ranking of all, inside each group, and declared boards."""

from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np

from leitai.rulebook import numbers
from leitai.rulebook import scores as scored
from leitai.rulebook.chain import TOTAL, Key, chain, further
from leitai.rulebook.columns import Array, Column
from leitai.rulebook.data import MAIN, team_board
from leitai.rulebook.eligibility import Facts, holds
from leitai.rulebook.figures import figure, ranked_figure
from leitai.rulebook.inputs import Arena
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Board, Condition
from leitai.rulebook.ranking import Board as Order
from leitai.rulebook.ranking import Sheet, inside, rank
from leitai.rulebook.state import BoardId, State

DELEGATION = "delegation"


def rank_stage(state: State, arena: Arena) -> None:
    """Make the boards of a stage whose scores are complete."""
    stage = state.rules.stages[arena[0]]
    figures = {TOTAL: figure(state, arena, TOTAL)}
    keys = chain(state.rules, stage)
    sheet = _sheet(state, arena, keys, figures)
    state.sheets[arena] = sheet
    state.ranked[arena] = _ranked(state, arena, figures)
    rows = np.flatnonzero(state.ranked[arena])
    dense = stage.ranking is not None and stage.ranking.style == "dense"
    main = rank(sheet, rows, dense=dense)
    state.boards[*arena, MAIN] = main
    for stage_name, track, event, key in state.given.unknown:
        if (stage_name, track) == arena:
            title = event_keys(state.rules.events[event])[key].title
            state.note(arena, f"{event}.{key}", "key_unknown", title=title)
    if stage.ranking is not None:
        for one in stage.ranking.distinct:
            state.tell_apart((*arena, MAIN), one.ranks, one.unbroken)
    for per in _groupings(state, arena):
        _rank_inside(state, arena, main, per)
    for name, board in stage.boards.items():
        _rank_board(state, arena, name, board, rows)


def board_name(per: str, value: str) -> str:
    """Name the board inside a delegation or a group."""
    return team_board(value) if per == DELEGATION else f"{per}:{value}"


def fact_of(state: State, arena: Arena, row: int, kind: str) -> str:
    """Give an entry's value of a kind of fact, its delegation for ``delegation``, "" for none."""
    roll = state.rolls[arena]
    if kind == DELEGATION:
        return roll.delegations[row]
    values = [fact.value for fact in state.facts(roll.persons[row]) if fact.kind == kind]
    return values[-1] if values else ""


def values_of(state: State, arena: Arena, kind: str) -> list[str]:
    """Give every entry's value of a kind of fact, in the order of the roll."""
    roll = state.rolls[arena]
    if kind == DELEGATION:
        return list(roll.delegations)
    return [fact_of(state, arena, row, kind) for row in range(len(roll))]


def is_true(state: State, arena: Arena, row: int, condition: Condition) -> bool:
    """Say whether a condition is true of an entry or of one of its members.

    Where nothing is given about what it asks, nobody is left out.
    """
    known = state.given.known
    every = state.known_of(arena, row)
    return any(holds(condition, Facts(facts, known)) is not False for facts in every)


def entrants_of(state: State, board: BoardId, declared: str | None, per: str | None) -> int:
    """Count those of a stage who belong to a board, whether they have a result or not."""
    arena, name = board[:2], board[2]
    rows: Sequence[int] = range(len(state.rolls[arena]))
    rule = state.rules.stages[arena[0]].boards.get(declared or "")
    if rule is not None and rule.where is not None:
        rows = [row for row in rows if is_true(state, arena, row, rule.where)]
    kind = per if rule is None else rule.per
    if not per or not kind:
        return len(rows)
    return sum(fact_of(state, arena, row, kind) == name.partition(":")[2] for row in rows)


def _groupings(state: State, arena: Arena) -> Iterable[str]:
    """Name what the rules rank inside: always delegations, and whatever ``per`` names."""
    named = {rule.per for rule in state.rules.stages[arena[0]].advance}
    named |= {award.per for award in state.rules.awards if award.stage == arena[0]}
    return [DELEGATION, *sorted(one for one in named if one and one != DELEGATION)]


def _rank_inside(state: State, arena: Arena, board: Order, per: str, prefix: str = "") -> None:
    values = values_of(state, arena, per)
    for value, order in inside(board, values).items():
        name = f"{prefix}:{value}" if prefix else board_name(per, value)
        state.boards[*arena, name] = order
    if per != DELEGATION and not all(values):
        missing = sum(not value for value in values)
        state.note(arena, per, "group_unknown", kind=_kind(state, per), count=missing)


def _kind(state: State, kind: str) -> str:
    return state.rules.facts[kind].title if kind in state.rules.facts else kind


def _rank_board(state: State, arena: Arena, name: str, board: Board, rows: Array) -> None:
    """Rank a declared board: some entries only, or by other keys."""
    stage = state.rules.stages[arena[0]]
    sheet = state.sheets[arena]
    if board.keys:
        total = {TOTAL: sheet.total}
        sheet = _sheet(state, arena, chain(state.rules, stage, board), total)
    if board.where is not None:
        condition = board.where
        rows = rows[[is_true(state, arena, int(row), condition) for row in rows]]
    order = rank(sheet, rows, dense=state.boards[*arena, MAIN].dense)
    state.boards[*arena, name] = order
    if board.per:
        _rank_inside(state, arena, order, board.per, prefix=name)


def _sheet(state: State, arena: Arena, keys: tuple[Key, ...], figures: dict[str, Column]) -> Sheet:
    more = further(state.rules, state.rules.stages[arena[0]])
    for key in (*keys, *more):
        if key.name not in figures:
            figures[key.name] = ranked_figure(state, arena, key)
    roll = state.rolls[arena]
    return Sheet(
        roll.ids,
        roll.delegations,
        figures[TOTAL],
        keys,
        tuple(figures[key.name] for key in keys),
        tuple((key, figures[key.name]) for key in more),
    )


def _ranked(state: State, arena: Arena, figures: dict[str, Column]) -> Array:
    """Say who has a result: nothing void, nothing missed where that matters, every mark reached."""
    stage, roll = state.rules.stages[arena[0]], state.rolls[arena]
    has: Array = np.ones(len(roll), dtype=bool)
    void: Array = np.zeros(len(roll), dtype=bool)
    for name in stage.events:
        status = state.scores[arena][name].status
        void |= status == scored.VOID
        if stage.absent == "out":
            has &= status != scored.ABSENT
    for row in np.flatnonzero(void).tolist():
        state.note(arena, roll.ids[row], "void", name=roll.names[row])
    for row in np.flatnonzero(~has & ~void).tolist():
        state.note(arena, roll.ids[row], "absent", name=roll.names[row])
    for mark in stage.qualify:
        reached = figures[TOTAL] if mark.of == TOTAL else figure(state, arena, mark.of)
        enough = reached.units >= ceil(mark.least * reached.over)
        for row in np.flatnonzero(has & ~void & ~enough).tolist():
            line = numbers.show(mark.least)
            state.note(arena, roll.ids[row], "below_mark", name=roll.names[row], line=line)
        has &= enough
    return has & ~void
