"""Awards: places of a ranking, passing over guests and who holds another award (依次顺延)."""

from collections.abc import Iterator

from leitai.rulebook import numbers
from leitai.rulebook.chain import total_decimals
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AwardRow,
    Reason,
    ReasonValue,
    award_line,
    team_board,
)
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Award
from leitai.rulebook.ranking import Chooser, Competitor, Cut, Taken
from leitai.rulebook.state import BoardId, State

Rows = tuple[AwardRow, ...]


def award_all(state: State, tracks: tuple[str, ...]) -> Rows:
    """Decide every award that can be decided; each wholly or not at all."""
    results: dict[tuple[str, str], Rows | None] = {}
    for award in _by_need(state.rules.awards):
        for track in tracks:
            results[award.id, track] = _award(state, award, track, results)
    rows: list[AwardRow] = []
    for award in state.rules.awards:
        for track in tracks:
            rows += results[award.id, track] or ()
    return tuple(rows)


def _by_need(awards: tuple[Award, ...]) -> Iterator[Award]:
    """Give each award after those that it must not coincide with."""
    done: set[str] = set()
    todo = list(awards)
    while todo:
        ready = next(award for award in todo if done.issuperset(award.unless))
        todo.remove(ready)
        done.add(ready.id)
        yield ready


def _award(
    state: State,
    award: Award,
    track: str,
    results: dict[tuple[str, str], Rows | None],
) -> Rows | None:
    """Give the award's rows, or None when it cannot be decided yet."""
    arena = (award.stage, track)
    if (*arena, TEAMS if award.to == "team" else MAIN) not in state.boards:
        return None
    holders: dict[str, str] = {}  # person → title of the award that stands in the way
    for other in award.unless:
        rows = results[other, track]
        if rows is None:
            waits = state.rules.award(other).title
            state.note(arena, award.id, "award_waits", title=award.title, other=waits)
            return None
        for row in rows:
            holders[_person(state, row, track)] = row.title
    rows_or_none = [
        _give(state, award, arena, board, holders) for board in _boards(state, award, arena)
    ]
    if any(rows is None for rows in rows_or_none):
        return None
    return tuple(row for rows in rows_or_none if rows is not None for row in rows)


def _boards(state: State, award: Award, arena: Arena) -> list[BoardId]:
    if award.to == "team":
        return [(*arena, TEAMS)]
    if award.per is None:
        return [(*arena, MAIN)]
    boards = [(*arena, team_board(code)) for code in sorted(state.given.delegations)]
    return [board for board in boards if board in state.boards]


def _person(state: State, row: AwardRow, track: str) -> str:
    """Tell who holds an award: entries of two stages may be one person."""
    if row.holder_kind == "team":
        return row.holder
    return state.entries[state.rules.award(row.award).stage, track][row.holder].person


def _give(
    state: State, award: Award, arena: Arena, board: BoardId, holders: dict[str, str]
) -> Rows | None:
    first, last = award.ranks or (1, award.top or 0)
    chooser = _chooser(state, award, arena, holders)
    found = state.settle(board, award_line(award.id), (first, last), eligible=chooser)
    if found is None:
        return None
    if len(found.taken) < last - first + 1:
        state.note(
            arena,
            f"{award.id}:{board[2]}",
            "award_vacant",
            title=award.title,
            places=last - first + 1,
            given=len(found.taken),
        )
    passed = _passed(state, arena, board, found, holders)
    return tuple(_row(state, award, board, one, passed) for one in found.taken)


def _chooser(state: State, award: Award, arena: Arena, holders: dict[str, str]) -> Chooser:
    skip = award.guests == "skip" or (award.guests is None and award.to == "team")
    guests = state.rules.guests if skip else frozenset()

    def choose(one: Competitor) -> bool:
        return one.delegation not in guests and _who(state, arena, one) not in holders

    return choose


def _who(state: State, arena: Arena, one: Competitor) -> str:
    entry = state.entries[arena].get(one.id)
    return entry.person if entry else one.id


def _passed(
    state: State, arena: Arena, board: BoardId, found: Cut, holders: dict[str, str]
) -> tuple[tuple[int, str], ...]:
    """Name rank and other award of each holder who stands above the last one taken."""
    lowest = max((one.rank for one in found.taken), default=0)
    return tuple(
        (group.rank, holders[_who(state, arena, member)])
        for group in state.boards[board]
        for member in group.members
        if group.rank <= lowest and _who(state, arena, member) in holders
    )


def _row(
    state: State, award: Award, board: BoardId, one: Taken, passed: tuple[tuple[int, str], ...]
) -> AwardRow:
    stage = state.rules.stages[board[0]]
    first, last = award.ranks or (1, award.top or 0)
    above = [(rank, title) for rank, title in passed if rank < one.rank]
    data: dict[str, ReasonValue] = {
        "stage": stage.title,
        "rank": one.rank,
        "place": one.place,
        "first": first,
        "last": last,
        "total": numbers.show(one.competitor.total, total_decimals(state.rules, stage)),
        "source": f"awards.{award.id}",
    }
    if above:
        data["passed"] = tuple(rank for rank, _ in above)
        data["titles"] = tuple(sorted({title for _, title in above}))
    kind = {TEAMS: "award_team", MAIN: "award_rank"}.get(board[2], "award_inside")
    return AwardRow(
        award=award.id,
        title=award.title,
        holder_kind=award.to,
        holder=one.competitor.id,
        delegation=one.competitor.delegation,
        basis="/".join((*board, str(one.rank))),
        reason=Reason(kind, data),
    )
