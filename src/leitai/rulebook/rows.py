"""The rows of the outcome, written once everything is decided and every tie at a line broken."""

from collections.abc import Iterable, Iterator, Sequence

from leitai.rulebook import numbers
from leitai.rulebook.chain import TOTAL, Key, total_decimals
from leitai.rulebook.data import (
    TEAMS,
    Reason,
    ReasonValue,
    ResolutionIn,
    StandingRow,
    TeamRow,
)
from leitai.rulebook.inputs import Arena
from leitai.rulebook.ranking import Group, Groups
from leitai.rulebook.state import BoardId, State
from leitai.rulebook.teams import counted


def standing_rows(state: State) -> Iterator[StandingRow]:
    """Give every board of people, row by row, in the order in which stages were decided."""
    for board, groups in state.boards.items():
        if board[2] == TEAMS:
            continue
        arena = board[:2]
        values = state.values[arena]
        for group, reason in _explained(state, board, groups):
            for member in group.members:
                yield StandingRow(
                    *board,
                    group.rank,
                    member.id,
                    member.delegation,
                    member.total,
                    len(group.members) - 1,
                    reason,
                    values[member.id],
                )


def team_rows(state: State) -> Iterator[TeamRow]:
    """Give every board of teams, row by row."""
    for board, groups in state.boards.items():
        if board[2] != TEAMS:
            continue
        arena = board[:2]
        gone = state.teams_gone[arena]
        for group, reason in _explained(state, board, groups):
            for member in group.members:
                yield TeamRow(
                    *arena,
                    group.rank,
                    member.id,
                    member.id in state.rules.guests,
                    member.total,
                    counted(state, arena, member.id),
                    member.id in gone,
                    len(group.members) - 1,
                    reason,
                )


def _explained(
    state: State, board: BoardId, groups: Groups
) -> Iterable[tuple[Group, Reason | None]]:
    """Pair each group with what put it above or below a neighbour of the same total."""
    for at, group in enumerate(groups):
        above = groups[at - 1] if at else None
        below = groups[at + 1] if at + 1 < len(groups) else None
        if group.drawn is not None:
            yield group, _drawn(state, board, group, group.drawn)
        elif below is not None and _total(below) == _total(group):
            yield group, _differs(state, board, group, below, "above")
        elif above is not None and _total(above) == _total(group):
            yield group, _differs(state, board, group, above, "below")
        else:
            yield group, None


def _total(group: Group) -> object:
    return group.members[0].total


def _drawn(state: State, board: BoardId, group: Group, resolution: ResolutionIn) -> Reason:
    data: dict[str, ReasonValue] = {
        "total": state.total(board[:2], group),
        "how": resolution.how,
        "position": resolution.order.index(group.members[0].id) + 1,
        "count": len(resolution.order),
        "note": resolution.note,
    }
    return Reason("resolved", data)


def _differs(state: State, board: BoardId, group: Group, other: Group, side: str) -> Reason:
    """Name the first key of the chain in which two groups of the same total differ."""
    arena = board[:2]
    one, two = group.members[0], other.members[0]
    if board[2] == TEAMS:
        return _member_differs(state, arena, group, other, side)
    keys = state.chains[arena]
    at = next(
        at for at, pair in enumerate(zip(one.key, two.key, strict=True)) if len(set(pair)) > 1
    )
    key = keys[at]
    data: dict[str, ReasonValue] = {
        "total": state.total(arena, group),
        "same": tuple(before.title for before in keys[:at] if before.name != TOTAL),
        "title": key.title,
        "unit": key.unit,
        "better": key.better,
        "mine": _figure(key, state.values[arena][one.id][at]),
        "other": _figure(key, state.values[arena][two.id][at]),
    }
    return Reason(f"key_{side}", data)


def _member_differs(state: State, arena: Arena, group: Group, other: Group, side: str) -> Reason:
    stage = state.rules.stages[arena[0]]
    places = total_decimals(state.rules, stage)
    teams = state.teams[arena]
    mine, theirs = teams[group.ids[0]].members, teams[other.ids[0]].members
    nth = first_difference(mine, theirs)
    figures = [
        numbers.show(numbers.scaled(members[nth], places), places) if nth < len(members) else ""
        for members in (mine, theirs)
    ]
    data: dict[str, ReasonValue] = {
        "total": state.total(arena, group),
        "nth": nth + 1,
        "mine": figures[0],
        "other": figures[1],
    }
    return Reason(f"member_{side}", data)


def first_difference(mine: Sequence[object], theirs: Sequence[object]) -> int:
    """Give the position (from 0) of the first member in which two teams differ."""
    both = zip(mine, theirs, strict=False)
    shorter = min(len(mine), len(theirs))
    return next((nth for nth, pair in enumerate(both) if pair[0] != pair[1]), shorter)


def _figure(key: Key, value: int) -> str:
    return numbers.show(numbers.scaled(value, key.decimals), key.decimals)
