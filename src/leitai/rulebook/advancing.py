"""Who goes on: everyone, the best teams with their best members, the best individuals."""

from collections.abc import Iterable

from leitai.rulebook import numbers
from leitai.rulebook.chain import total_decimals
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AdvanceRow,
    EntryIn,
    Reason,
    ReasonValue,
    advance_line,
    team_board,
)
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Advance
from leitai.rulebook.ranking import Chooser, Competitor, Taken
from leitai.rulebook.state import State, flat


def advance(state: State, arena: Arena) -> None:
    """Apply a stage's rules of advancement in order; each is decided wholly or not at all."""
    for index, rule in enumerate(state.rules.stages[arena[0]].advance):
        target = (rule.to, arena[1])
        source = f"stages.{arena[0]}.advance[{index}]"
        rows = _apply(state, arena, rule, source)
        if rows is None:
            state.undecided.add(target)
            continue
        taken = {row.entry for row in state.advanced if (row.to_stage, row.track) == target}
        fresh = [row for row in rows if row.entry not in taken]
        state.advanced += fresh
        if rule.teams is not None:
            gone = {row.delegation for row in rows}
            state.teams_in[target] |= gone
            state.teams_gone[arena] |= gone


def _apply(state: State, arena: Arena, rule: Advance, source: str) -> tuple[AdvanceRow, ...] | None:
    if rule.take is not None:
        return tuple(_everyone(state, arena, rule, source))
    if rule.teams is not None:
        return _teams(state, arena, rule, source)
    return _best(state, arena, rule, source)


def _row(state: State, arena: Arena, rule: Advance, entry: str, reason: Reason) -> AdvanceRow:
    delegation = state.entries[arena][entry].delegation
    return AdvanceRow(*_from_to(arena, rule), entry, delegation, rule.as_, reason)


def _from_to(arena: Arena, rule: Advance) -> tuple[str, str, str]:
    return (arena[0], rule.to, arena[1])


def _everyone(state: State, arena: Arena, rule: Advance, source: str) -> Iterable[AdvanceRow]:
    main = state.boards.get((*arena, MAIN))
    ids = sorted(state.entries[arena]) if main is None else flat(main)
    for entry in ids:
        yield _row(state, arena, rule, entry, Reason("advance_all", {"source": source}))


def _teams(state: State, arena: Arena, rule: Advance, source: str) -> tuple[AdvanceRow, ...] | None:
    line = advance_line(rule.to)
    eligible = _eligible(state, rule)
    best = state.settle((*arena, TEAMS), line, (1, rule.teams or 0), eligible=eligible)
    if best is None:
        return None
    rows: list[AdvanceRow] = []
    blocked = False
    for team in best.taken:  # all of them, so that every open question is named at once
        board = (*arena, team_board(team.competitor.id))
        members = state.settle(board, line, (1, rule.members or 0), eligible=_anyone)
        if members is None:
            blocked = True
            continue
        for member in members.taken:
            reason = _member_reason(state, arena, rule, team, member, source)
            rows.append(_row(state, arena, rule, member.competitor.id, reason))
    return None if blocked else tuple(rows)


def _member_reason(
    state: State, arena: Arena, rule: Advance, team: Taken, member: Taken, source: str
) -> Reason:
    data: dict[str, ReasonValue] = {
        "team_rank": team.rank,
        "team_place": team.place,
        "team_total": _show(state, arena, team),
        "teams": rule.teams or 0,
        "rank": member.rank,
        "members": rule.members or 0,
        "total": _show(state, arena, member),
        "source": source,
    }
    return Reason("advance_team", data)


def _best(state: State, arena: Arena, rule: Advance, source: str) -> tuple[AdvanceRow, ...] | None:
    target = (rule.to, arena[1])
    already: set[str] = set()
    if rule.except_ is not None:
        if target in state.undecided:  # an earlier rule is open: who is in already is not known
            return None
        already = {row.entry for row in state.advanced if (row.to_stage, row.track) == target}
    best = state.settle(
        (*arena, MAIN),
        advance_line(rule.to),
        (1, rule.top or 0),
        eligible=_eligible(state, rule),
        # A tie among those who are in anyway changes nothing.
        matters=lambda group: not already.issuperset(group.ids),
    )
    if best is None:
        return None
    rows = []
    for one in best.taken:
        if one.competitor.id in already:
            continue
        data: dict[str, ReasonValue] = {
            "rank": one.rank,
            "place": one.place,
            "top": rule.top or 0,
            "total": _show(state, arena, one),
            "source": source,
        }
        reason = Reason("advance_top", data)
        rows.append(_row(state, arena, rule, one.competitor.id, reason))
    return tuple(rows)


def _eligible(state: State, rule: Advance) -> Chooser:
    guests = state.rules.guests if rule.guests == "skip" else frozenset()
    return lambda one: one.delegation not in guests


def _anyone(_competitor: Competitor) -> bool:
    return True


def _show(state: State, arena: Arena, one: Taken) -> str:
    places = total_decimals(state.rules, state.rules.stages[arena[0]])
    return numbers.show(one.competitor.total, places)


def entries_of(state: State, arena: Arena) -> dict[str, EntryIn]:
    """Give a stage's entries: those that were given, or else those that advanced into it."""
    if arena in state.given.entries:
        return state.given.entries[arena]
    entries = {}
    for row in state.advanced:
        if (row.to_stage, row.track) == arena:
            before = state.entries[row.stage, row.track][row.entry]
            entries[row.entry] = EntryIn(
                id=row.entry,
                stage=arena[0],
                track=arena[1],
                name=before.name,
                delegation=row.delegation,
                person=before.person,
                as_=row.as_,
            )
    return entries
