"""Awards: places of a ranking, passing over guests and who holds another award (依次顺延)."""

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from math import ceil
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.advancing import portion_of
from leitai.rulebook.choosing import Chooser, together, where
from leitai.rulebook.contest import board_name, entrants_of
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AwardRow,
    BlockedRow,
    Reason,
    ReasonValue,
    ResolutionIn,
    award_line,
)
from leitai.rulebook.inputs import ALL_TRACKS, Arena
from leitai.rulebook.model import Award, Unbroken
from leitai.rulebook.ranking import Board, Taken
from leitai.rulebook.state import BoardId, State

MOST_NAMED: Final = 10  # so many passed over are named by their ranks in a reason
Rows = tuple[AwardRow, ...]
Given = dict[tuple[str, str], Rows | None]  # by award and track; None: cannot be decided yet


def award_all(state: State, tracks: tuple[str, ...]) -> Rows:
    """Decide every award that can be decided; each wholly or not at all."""
    results: Given = {}
    for award in _by_need(state.rules.awards):
        for track in _tracks(state, award, tracks):
            results[award.id, track] = _award(state, award, track, results)
    rows: list[AwardRow] = []
    for award in state.rules.awards:
        for track in _tracks(state, award, tracks):
            rows += results[award.id, track] or ()
    return tuple(rows)


def _tracks(state: State, award: Award, tracks: tuple[str, ...]) -> tuple[str, ...]:
    team = state.rules.stages[award.stage].team
    if award.to == "team" and team is not None and team.tracks == "together":
        return (ALL_TRACKS,)
    return tuple(track for track in tracks if not award.tracks or track in award.tracks)


def _by_need(awards: tuple[Award, ...]) -> Iterator[Award]:
    """Give each award after those that it must not coincide with."""
    done: set[str] = set()
    todo = list(awards)
    while todo:
        ready = next(award for award in todo if done.issuperset(award.unless))
        todo.remove(ready)
        done.add(ready.id)
        yield ready


def _award(state: State, award: Award, track: str, results: Given) -> Rows | None:
    """Give the award's rows, or None when it cannot be decided yet."""
    arena = (award.stage, track)
    if state.rules.stages[award.stage].trial:
        return ()
    if award.decided is not None:
        return _decided(state, award, arena)
    if (*arena, TEAMS if award.to == "team" else MAIN) not in state.boards:
        return None
    holders: dict[str, str] = {}  # person → title of the award that stands in the way
    for other in award.unless:
        every = [
            rows
            for (name, elsewhere), rows in results.items()
            if name == other and (rows is not None or _touches(state, arena, other, elsewhere))
        ]
        if None in every:
            waits = state.rules.award(other).title
            state.note(arena, award.id, "award_waits", title=award.title, other=waits)
            return None
        for row in (row for rows in every for row in rows or ()):
            holders[_person(state, row)] = row.title
    giving = [
        _Giving(state, award, board, holders).rows() for board in _boards(state, award, arena)
    ]
    if any(rows is None for rows in giving):
        return None
    return tuple(row for rows in giving for row in rows or ())


def _touches(state: State, arena: Arena, other: str, track: str) -> bool:
    """Say whether an award of some track could fall on somebody of a stage and track."""
    if track == arena[1] or ALL_TRACKS in (track, arena[1]):
        return True
    award = state.rules.award(other)
    rolls = (state.rolls.get(arena), state.rolls.get((award.stage, track)))
    mine, theirs = (
        set((roll.delegations if award.to == "team" else roll.persons) if roll else ())
        for roll in rolls
    )
    return not mine.isdisjoint(theirs)


def _decided(state: State, award: Award, arena: Arena) -> Rows | None:
    """Give an award to those whom a body has named; without its word nobody has it."""
    line = award_line(award.id)
    body = state.rules.bodies.get(award.decided or "")
    by = body.title if body else award.decided or ""
    for one in state.answers(arena, line):
        state.use((*arena, one.board), one)
        _check_named(state, award, arena, one)
        reason = Reason("award_decided", {"by": by, "note": one.note})
        return tuple(
            AwardRow(
                award=award.id,
                title=award.title,
                holder_kind=award.to,
                holder=name,
                delegation=_delegation(state, arena, award, name),
                basis="/".join((*arena, one.board or MAIN, "0")),
                reason=reason,
            )
            for name in one.order
        )
    if state.strict and arena in state.rolls:
        detail = Reason("award_undecided", {"title": award.title, "by": by})
        state.blocked.append(BlockedRow(*arena, MAIN, line, (), "jury", detail))
        return None
    if arena in state.rolls:
        state.note(arena, award.id, "award_undecided", title=award.title, by=by)
    return ()


def _check_named(state: State, award: Award, arena: Arena, named: ResolutionIn) -> None:
    """Refuse holders whom nobody knows."""
    roll = state.rolls.get(arena)
    known: Container[str] = state.given.delegations if award.to == "team" else roll or ()
    place = f"resolution {'/'.join((*arena, named.board, named.line))}"
    unknown = [name for name in named.order if name not in known]
    if unknown:
        raise Problems(Problem(place, "entry_unknown", {"entry": name}) for name in unknown)


def _delegation(state: State, arena: Arena, award: Award, name: str) -> str:
    roll = state.rolls.get(arena)
    if award.to == "team" or roll is None or name not in roll:
        return name
    return roll.delegations[roll.index[name]]


def _boards(state: State, award: Award, arena: Arena) -> list[BoardId]:
    if award.to == "team":
        return [(*arena, TEAMS)]
    if award.per is None:
        board = (*arena, award.board or MAIN)
        return [board] if board in state.boards else []
    prefix = f"{award.board}:" if award.board else board_name(award.per, "")
    return sorted(
        board for board in state.boards if board[:2] == arena and board[2].startswith(prefix)
    )


def _person(state: State, row: AwardRow) -> str:
    """Tell who holds an award: entries of two stages may be one person."""
    if row.holder_kind == "team":
        return row.holder
    stage, track, _ = row.basis.split("/", 2)
    roll = state.rolls.get((stage, track))
    at = roll.index.get(row.holder) if roll else None
    return row.holder if roll is None or at is None else roll.persons[at]


class _Giving:
    """One award given on one board."""

    def __init__(self, state: State, award: Award, board: BoardId, holders: dict[str, str]) -> None:
        self._state = state
        self._award = award
        self._id = board
        self._arena: Arena = board[:2]
        self._order: Board = state.boards[board]
        self._holders = holders
        self._roll = state.rolls.get(self._arena)
        self._decimals = state.places(self._arena)
        self._passed: list[tuple[int, str]] = []  # by rank
        self._basis = "/".join(board)
        self._reason = self._code()
        self._titles: dict[int, tuple[str, ...]] = {}

    def rows(self) -> Rows | None:
        """Give the rows, or None where a tie at a line is open."""
        award = self._award
        passes = self._passes()
        if award.succession == "next":
            chooser = Chooser(together([*passes, self._open] if self._holders else passes))
        else:
            chooser = Chooser(together(passes), self._open)
        first, last = self._places(chooser)
        if last < first:
            return ()
        found = self._state.settle(
            self._id,
            award_line(award.id),
            (first, last),
            chooser=chooser,
            unbroken=self._unbroken(),
            above=self._above(),
        )
        if found is None:
            return None
        wanted = last - first + 1
        if len(found.taken) < wanted and award.least is None and not award.rest:
            self._state.note(
                self._arena,
                f"{award.id}:{self._id[2]}",
                "award_vacant",
                title=award.title,
                places=wanted,
                given=len(found.taken),
            )
        lowest = max((one.rank for one in found.taken), default=0)
        self._passed = self._passed_over(lowest)
        common = self._common(first, last)
        return tuple(self._row(one, common) for one in found.taken)

    def _passes(self) -> list[Callable[[int], bool]]:
        award, state = self._award, self._state
        skip = award.guests == "skip" or (award.guests is None and award.to == "team")
        guests = state.rules.guests if skip else frozenset()
        delegations = self._order.sheet.delegations
        passes: list[Callable[[int], bool]] = []
        if guests:
            passes.append(lambda row: delegations[row] not in guests)
        if award.where is not None and award.to == "person":
            passes.append(where(state, self._arena, award.where))
        if award.least is not None:
            total = self._order.sheet.total
            line = ceil(award.least * total.over)
            passes.append(lambda row: bool(total.units[row] >= line))
        if award.within is not None:
            within = self._within()
            passes.append(lambda row: row in within)
        return passes

    def _within(self) -> frozenset[int]:
        """Give the rows of the best part of the board, a tie at its end included."""
        award = self._award
        if award.within is None:
            return frozenset()
        count = portion_of(award.within, self._base(award.within.of))
        rows: list[int] = []
        for tie in self._order.ties():
            if len(rows) >= count:
                break
            rows += tie.members
        return frozenset(rows)

    def _base(self, of: str) -> int:
        if of != "entrants":
            return len(self._order)
        if self._id[2] == TEAMS:
            return len(self._state.given.delegations - self._state.rules.guests - {""})
        return entrants_of(self._state, self._id, self._award.board, self._award.per)

    def _places(self, chooser: Chooser) -> tuple[int, int]:
        award = self._award
        if award.ranks is not None:
            return award.ranks
        if award.top is not None:
            return (1, award.top)
        if award.rest or award.least is not None:
            return (1, len(self._order))
        if award.share is None:
            return (1, 0)
        base = self._base(award.share.of)
        if award.share.of == "rest":
            base = len(chooser.fresh().admit(self._order.order.tolist()).inside)
        return (1, portion_of(award.share, base))

    def _unbroken(self) -> Unbroken:
        return self._award.unbroken or _default(self._state, self._award)

    def _above(self) -> dict[int, Unbroken]:
        """Give how the awards further up the same board treat a tie at their last place."""
        mine = self._award
        above: dict[int, Unbroken] = {}
        for other in self._state.rules.awards:
            same = _looks_at(other) == _looks_at(mine)
            last = other.ranks[1] if other.ranks else other.top
            here = not other.tracks or self._arena[1] in other.tracks
            if same and here and other.id != mine.id and last is not None:
                above[last] = other.unbroken or _default(self._state, other)
        return above

    def _who(self, row: int) -> str:
        if self._id[2] == TEAMS or self._roll is None:
            return self._order.sheet.ids[row]
        return self._roll.persons[row]

    def _open(self, row: int) -> bool:
        return self._who(row) not in self._holders

    def _passed_over(self, lowest: int) -> list[tuple[int, str]]:
        """Name rank and other award of each holder who stands above the last one taken."""
        passed: list[tuple[int, str]] = []
        if not self._holders:
            return passed
        for tie in self._order.ties():
            if tie.rank > lowest:
                break
            names = [self._who(row) for row in sorted(tie.members)]
            passed += [(tie.rank, self._holders[one]) for one in names if one in self._holders]
        return passed

    def _common(self, first: int, last: int) -> dict[str, ReasonValue]:
        """Give what stands in the reason of every row."""
        award, stage = self._award, self._state.rules.stages[self._arena[0]]
        data: dict[str, ReasonValue] = {
            "stage": stage.title,
            "first": first,
            "last": last,
            "source": f"awards.{award.id}",
        }
        if award.least is not None:
            data["line"] = numbers.show(award.least)
        return data

    def _row(self, one: Taken, common: dict[str, ReasonValue]) -> AwardRow:
        award, sheet = self._award, self._order.sheet
        total = sheet.total.show(one.row, self._decimals)
        data = {**common, "rank": one.rank, "place": one.place, "total": total}
        if self._passed and award.succession == "next":
            data |= self._names_passed(one.rank)
        return AwardRow(
            award=award.id,
            title=award.title,
            holder_kind=award.to,
            holder=sheet.ids[one.row],
            delegation=sheet.delegations[one.row],
            basis=f"{self._basis}/{one.rank}",
            reason=Reason(self._reason, data),
        )

    def _names_passed(self, rank: int) -> dict[str, ReasonValue]:
        """Name those passed over above a rank; where they are many, only how many they are."""
        count = bisect_left(self._passed, (rank, ""))
        if not count:
            return {}
        if count not in self._titles:
            titles = {title for _, title in self._passed[:count]}
            self._titles[count] = tuple(sorted(titles))
        if count > MOST_NAMED:
            return {"passed_count": count, "titles": self._titles[count]}
        ranks = tuple(rank for rank, _ in self._passed[:count])
        return {"passed": ranks, "titles": self._titles[count]}

    def _code(self) -> str:
        if self._award.least is not None:
            return "award_line"
        if self._award.rest:
            return "award_rest"
        if self._id[2] == TEAMS:
            return "award_team"
        return "award_rank" if self._award.per is None else "award_inside"


def _looks_at(award: Award) -> tuple[str | None, ...]:
    """Name the boards of which an award takes places; the main one may be named or not."""
    return (award.stage, award.to, award.board or MAIN, award.per)


def _default(state: State, award: Award) -> Unbroken:
    stage = state.rules.stages[award.stage]
    if award.to == "team":
        return stage.team.unbroken if stage.team else "share"
    board = stage.boards.get(award.board or MAIN)
    if board is not None and board.unbroken is not None:
        return board.unbroken
    return stage.ranking.unbroken if stage.ranking else "share"
