"""Who goes on: everyone, the best teams with their best members, the best individuals."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil

import numpy as np

from leitai.rulebook import numbers
from leitai.rulebook.choosing import (
    Chooser,
    always,
    caps_of,
    may_enter,
    no_guest,
    together,
    where,
)
from leitai.rulebook.contest import board_name, entrants_of
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AdvanceRow,
    BlockedRow,
    Reason,
    ReasonValue,
    ReserveRow,
    advance_line,
    team_board,
)
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Advance, Portion, Unbroken
from leitai.rulebook.ranking import Cut, Taken
from leitai.rulebook.roll import Roll
from leitai.rulebook.state import BoardId, State

Rows = list[AdvanceRow]


def advance(state: State, arena: Arena) -> None:
    """Apply a stage's rules of advancement in order; each is decided wholly or not at all."""
    stage = state.rules.stages[arena[0]]
    if stage.trial:
        return
    for index, rule in enumerate(stage.advance):
        if not _applies(state, arena, rule):
            continue
        target = (rule.to, arena[1])
        walk = _Walk(state, arena, rule, f"stages.{arena[0]}.advance[{index}]")
        rows = walk.rows()
        if rows is not None and not _confirmed(state, arena, rule, rows):
            rows = None
        if rows is None:
            state.undecided.add(target)
            continue
        taken = {row.entry for row in state.advanced[target]}
        state.advanced[target] += [row for row in rows if row.entry not in taken]
        if rule.teams is not None:
            gone = {row.delegation for row in rows}
            state.teams_in[target] |= gone
            state.teams_gone[arena] |= gone
        state.reserves += walk.reserves


def pass_all_on(state: State, arena: Arena) -> None:
    """Let everybody go on from a stage that is not held, wherever its rules lead."""
    roll = state.rolls[arena]
    rules = [one for one in state.rules.stages[arena[0]].advance if _applies(state, arena, one)]
    reason = Reason("advance_not_held", {"source": f"stages.{arena[0]}.held"})
    for target in dict.fromkeys(rule.to for rule in rules):
        as_ = next(rule.as_ for rule in rules if rule.to == target)
        passes = may_enter(state, arena, target)
        before = {row.entry for row in state.advanced[target, arena[1]]}
        state.advanced[target, arena[1]] += [
            AdvanceRow(arena[0], target, arena[1], name, roll.delegations[at], as_, reason)
            for at, name in enumerate(roll.ids)
            if name not in before and passes(at)
        ]
    state.note(arena, arena[0], "stage_not_held", count=len(roll))


def portion_of(portion: Portion, base: int) -> int:
    """Give the places that a share of a number of entries comes to."""
    exact = portion.share * base
    if portion.round == "up":
        return ceil(exact)
    if portion.round == "down":
        return int(exact)
    return int(exact + Fraction(1, 2))


def _applies(state: State, arena: Arena, rule: Advance) -> bool:
    if rule.tracks and arena[1] not in rule.tracks:
        return False
    if rule.when is None:
        return True
    count = len(state.rolls[arena])
    return rule.when.least <= count and (rule.when.most is None or count <= rule.when.most)


def _confirmed(state: State, arena: Arena, rule: Advance, rows: Rows) -> bool:
    """See whether a body has confirmed a list, where the rule asks for it and we are strict."""
    if rule.confirm is None or not rows:  # there is nobody to confirm
        return True
    line = advance_line(rule.to)
    names = {row.entry for row in rows}
    for one in state.answers(arena, line):
        if one.how == "confirmation" and names <= set(one.order):
            state.use((*arena, one.board), one)
            return True
    if not state.strict:
        state.note(arena, rule.to, "confirmation_taken", by=rule.confirm, count=len(rows))
        return True
    detail = Reason("confirm", {"by": rule.confirm, "count": len(rows)})
    names_in_order = tuple(sorted(names))
    row = BlockedRow(*arena, MAIN, line, names_in_order, "confirmation", detail)
    state.blocked.append(row)
    return False


class _Walk:
    """One rule of advancement, applied to one stage and track."""

    def __init__(self, state: State, arena: Arena, rule: Advance, source: str) -> None:
        self._state = state
        self._arena = arena
        self._rule = rule
        self._source = source
        self._line = advance_line(rule.to)
        self._target = (rule.to, arena[1])
        self._roll: Roll = state.rolls[arena]
        stage = state.rules.stages[arena[0]]
        default: Unbroken = stage.ranking.unbroken if stage.ranking else "share"
        if rule.board is not None and rule.board in stage.boards:
            default = stage.boards[rule.board].unbroken or default
        of_team: Unbroken = stage.team.unbroken if stage.team else default
        self._unbroken: Unbroken = rule.unbroken or default
        self._unbroken_team: Unbroken = rule.unbroken or of_team
        self._decimals = state.places(arena)
        self.reserves: list[ReserveRow] = []

    def rows(self) -> Rows | None:
        """Give those who go on, or None while a tie or an earlier rule keeps it open."""
        if self._rule.take is not None:
            return self._everyone()
        if self._rule.teams is not None:
            return self._teams()
        rule = self._rule
        counts_others = rule.except_ is not None or rule.up_to is not None or self._of_rest
        if counts_others and self._target in self._state.undecided:
            return None  # an earlier rule is open: who is in already is not known
        return self._best()

    def _row(self, row: int, reason: Reason) -> AdvanceRow:
        return AdvanceRow(
            self._arena[0],
            self._rule.to,
            self._arena[1],
            self._roll.ids[row],
            self._roll.delegations[row],
            self._rule.as_,
            reason,
        )

    def _chooser(self) -> Chooser:
        state, arena, rule = self._state, self._arena, self._rule
        passes: list[Callable[[int], bool]] = []
        if rule.guests == "skip" and state.rules.guests:
            passes.append(no_guest(state, arena))
        if rule.where is not None:
            passes.append(where(state, arena, rule.where))
        enters = always if state.given.known is None else may_enter(state, arena, rule.to)
        caps = caps_of(state, arena, rule.cap)
        if rule.fill == "none":
            return Chooser(together(passes), enters, caps)
        return Chooser(together([*passes, enters]), always, caps)

    def _everyone(self) -> Rows | None:
        board = (*self._arena, MAIN)
        reason = Reason("advance_all", {"source": self._source})
        if board not in self._state.boards:  # names were nominated: nobody is better than another
            everyone = self._chooser().admit(range(len(self._roll))).inside
        else:
            found = self._all_of(board, self._state.boards[board].order.tolist(), set())
            if found is None:
                return None
            everyone = found
        return [self._row(row, reason) for row in everyone]

    def _all_of(self, board: BoardId, rows: list[int], already: set[str]) -> Sequence[int] | None:
        """Take all of these rows who may go on; only a cap can draw a line among them."""
        chooser = self._chooser()
        if not chooser.caps:
            return chooser.admit(rows).inside
        chooser.passes = together([set(rows).__contains__, chooser.passes])
        found = self._settle(board, len(rows), chooser, already)
        return None if found is None else [one.row for one in found.taken]

    def _settle(self, board: BoardId, last: int, chooser: Chooser, already: set[str]) -> Cut | None:
        """Take the best; a tie among those who are in anyway changes nothing."""
        ids = self._roll.ids
        return self._state.settle(
            board,
            self._line,
            (1, last),
            chooser=chooser,
            unbroken=self._unbroken,
            matters=lambda one: not already.issuperset(ids[row] for row in one.inside),
        )

    def _teams(self) -> Rows | None:
        state, rule = self._state, self._rule
        board = (*self._arena, TEAMS)
        if board not in state.boards:
            return []
        teams = state.boards[board].sheet
        guests = state.rules.guests if rule.guests == "skip" else frozenset()
        best = state.settle(
            board,
            self._line,
            (1, rule.teams or 0),
            chooser=Chooser(lambda row: teams.ids[row] not in guests),
            unbroken=self._unbroken_team,
        )
        if best is None:
            return None
        rows: Rows = []
        blocked = False
        for team in best.taken:  # all of them, so that every open question is named at once
            inside = (*self._arena, team_board(teams.ids[team.row]))
            chooser = self._chooser()
            last = rule.members or len(state.boards[inside])
            members = self._settle(inside, last, chooser, set())
            if members is None:
                blocked = True
                continue
            rows += [
                self._row(one.row, self._member_reason(board, team, inside, one))
                for one in members.taken
            ]
        return None if blocked else rows

    def _member_reason(self, teams: BoardId, team: Taken, inside: BoardId, member: Taken) -> Reason:
        data: dict[str, ReasonValue] = {
            "team_rank": team.rank,
            "team_place": team.place,
            "team_total": self._total(teams, team.row),
            "teams": self._rule.teams or 0,
            "rank": member.rank,
            "members": self._rule.members or 0,
            "total": self._total(inside, member.row),
            "source": self._source,
        }
        return Reason("advance_team", data)

    def _best(self) -> Rows | None:
        """Take the best of a board, or of each group's own."""
        rule, state = self._rule, self._state
        base = rule.board or MAIN
        if rule.per is None:
            boards = [(*self._arena, base)]
        else:
            prefix = f"{rule.board}:" if rule.board else board_name(rule.per, "")
            boards = sorted(
                board
                for board in state.boards
                if board[:2] == self._arena and board[2].startswith(prefix)
            )
        taken = [self._of(board) for board in boards if board in state.boards]
        if any(rows is None for rows in taken):
            return None
        return [row for rows in taken for row in rows or ()]

    def _of(self, board: BoardId) -> Rows | None:
        rule = self._rule
        already = self._already()
        if rule.least is not None:
            return self._by_line(board, already)
        places = self._places(board, already)
        filling = rule.up_to is not None or self._of_rest
        chooser = self._chooser()
        if filling:
            chooser.passes = together([lambda row: self._roll.ids[row] not in already,
                                       chooser.passes])  # fmt: skip
        if places <= 0:
            return []
        best = self._settle(board, places, chooser, already)
        if best is None:
            return None
        gone = already | {self._roll.ids[one.row] for one in best.taken}
        self._keep_reserves(board, gone, Chooser(chooser.passes, chooser.gets))  # caps may ease
        return [
            self._row(one.row, self._top_reason(board, one, places))
            for one in best.taken
            if self._roll.ids[one.row] not in already
        ]

    @property
    def _of_rest(self) -> bool:
        return self._rule.share is not None and self._rule.share.of == "rest"

    def _already(self) -> set[str]:
        rule = self._rule
        if rule.except_ is None and rule.up_to is None and not self._of_rest:
            return set()
        return {row.entry for row in self._state.advanced[self._target]}

    def _places(self, board: BoardId, already: set[str]) -> int:
        rule = self._rule
        if rule.up_to is not None:
            return rule.up_to - len(already)
        if rule.share is not None:
            every = len(self._state.boards[board])
            if rule.share.of == "entrants":
                every = entrants_of(self._state, board, rule.board, rule.per)
            if self._of_rest:
                ids, order = self._roll.ids, self._state.boards[board].order.tolist()
                every = sum(ids[row] not in already for row in order)
            return portion_of(rule.share, every)
        return rule.top or 0

    def _by_line(self, board: BoardId, already: set[str]) -> Rows | None:
        order = self._state.boards[board]
        line = self._rule.least or Fraction(0)
        enough = order.sheet.total.units[order.order] >= ceil(line * order.sheet.total.over)
        rows = self._all_of(board, order.order[np.flatnonzero(enough)].tolist(), already)
        return None if rows is None else [
            self._row(row, Reason("advance_line", {
                "total": self._total(board, row),
                "line": numbers.show(line),
                "source": self._source,
            }))
            for row in rows
            if self._roll.ids[row] not in already
        ]  # fmt: skip

    def _top_reason(self, board: BoardId, one: Taken, places: int) -> Reason:
        data: dict[str, ReasonValue] = {
            "rank": one.rank,
            "place": one.place,
            "top": places,
            "total": self._total(board, one.row),
            "source": self._source,
        }
        if self._rule.per is None:
            return Reason("advance_top", data)
        return Reason("advance_inside", data | {"group": _group(board[2])})

    def _keep_reserves(self, board: BoardId, gone: set[str], chooser: Chooser) -> None:
        """Name who would move up next; a tie among them shares its place in the queue."""
        ids, order = self._roll.ids, 1
        if not self._rule.reserves or gone.issuperset(ids):
            return
        for tie in self._state.boards[board].ties():
            if order > self._rule.reserves:
                break
            out = [row for row in tie.members if ids[row] not in gone]
            left = chooser.admit(out).inside if out else []
            self.reserves += [
                ReserveRow(
                    self._arena[0],
                    self._rule.to,
                    self._arena[1],
                    order,
                    ids[row],
                    self._roll.delegations[row],
                    Reason("reserve", {"rank": tie.rank, "order": order}),
                )
                for row in sorted(left)
            ]
            order += len(left)

    def _total(self, board: BoardId, row: int) -> str:
        return self._state.boards[board].sheet.total.show(row, self._decimals)


def _group(board: str) -> str:
    return board.partition(":")[2]
