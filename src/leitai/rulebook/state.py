"""What the engine knows so far while it walks through a season, and its one way to use a line."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain as chained
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.chain import Key, total_decimals
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AdvanceRow,
    BlockedRow,
    EntryIn,
    NoteRow,
    Reason,
    ReasonValue,
    ResolutionIn,
    advance_line,
    award_line,
)
from leitai.rulebook.inputs import Arena, Given
from leitai.rulebook.model import Award, Rulebook
from leitai.rulebook.ranking import Chooser, Cut, Group, Groups, Torn, cut, split

BoardId = tuple[str, str, str]  # stage, track, board
_INSIDE: Final = "inside"  # any board of one delegation's people


@dataclass(frozen=True, slots=True)
class TeamScore:
    """A ranked delegation's counted figures, best first, in the unit of the stage's totals."""

    delegation: str
    members: tuple[int, ...]


@dataclass(slots=True)
class State:
    """One walk through a season. Boards only ever change by breaking a tie."""

    rules: Rulebook
    given: Given
    entries: dict[Arena, dict[str, EntryIn]] = field(default_factory=dict)
    chains: dict[Arena, tuple[Key, ...]] = field(default_factory=dict)
    values: dict[Arena, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    boards: dict[BoardId, Groups] = field(default_factory=dict)
    teams: dict[Arena, dict[str, TeamScore]] = field(default_factory=dict)
    teams_in: dict[Arena, set[str]] = field(default_factory=lambda: defaultdict(set))
    teams_gone: dict[Arena, set[str]] = field(default_factory=lambda: defaultdict(set))
    advanced: list[AdvanceRow] = field(default_factory=list)
    undecided: set[Arena] = field(default_factory=set)  # stages into which a rule is blocked
    blocked: list[BlockedRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    _asked: set[tuple[BoardId, int]] = field(default_factory=set)
    _used: set[tuple[BoardId, tuple[str, ...]]] = field(default_factory=set)

    def settle(
        self,
        board: BoardId,
        line: str,
        places: tuple[int, int],
        *,
        eligible: Chooser,
        matters: Callable[[Group], bool] = lambda _: True,
    ) -> Cut | None:
        """Take places of a board; None when a tie at the line has no resolution (it is noted).

        A tie is asked about once, by the first line that runs through it; its answer holds for
        every line of the board.
        """
        while True:
            found = cut(self.boards[board], *places, eligible=eligible)
            torn = [one for one in found.torn if matters(one.group)]
            answers = [(one.group, self._answer(board, line, one.group)) for one in torn]
            usable = [(group, answer) for group, answer in answers if answer is not None]
            if not usable:
                break
            group, answer = usable[0]
            self.boards[board] = split(self.boards[board], group, answer)
            self._used.add((board, answer.order))
        for one in torn:
            self._ask(board, line, one)
        return None if torn else found

    def note(self, arena: Arena, subject: str, code: str, /, **data: ReasonValue) -> None:
        """Say something that changes no row."""
        self.notes.append(NoteRow(*arena, subject, Reason(code, data)))

    def note_unused(self) -> None:
        """Name the resolutions that broke no tie: the scores have changed, or it never mattered."""
        for board in sorted(self.given.resolutions):
            if board not in self.boards:  # its stage is not decided yet
                continue
            for one in self.given.resolutions[board]:
                if (board, one.order) not in self._used:
                    self.note(board[:2], board[2], "resolution_unused", line=one.line, how=one.how)

    def total(self, arena: Arena, group: Group) -> str:
        """Write the total that a group shares."""
        places = total_decimals(self.rules, self.rules.stages[arena[0]])
        return numbers.show(group.members[0].total, places)

    def _answer(self, board: BoardId, line: str, group: Group) -> ResolutionIn | None:
        lines = {line} | lines_of(self.rules, board)
        for one in self.given.resolutions.get(board, ()):
            if one.line in lines and set(one.order) == set(group.ids):
                return one
        return None

    def _ask(self, board: BoardId, line: str, torn: Torn) -> None:
        group = torn.group
        if (board, group.rank) in self._asked:
            return
        self._asked.add((board, group.rank))
        stage = self.rules.stages[board[0]]
        ranking = stage.team if board[2] == TEAMS else stage.ranking
        needs = ranking.unbroken if ranking else "draw"
        detail: dict[str, ReasonValue] = {
            "board": TEAMS if board[2] == TEAMS else MAIN,
            "first": group.rank,
            "last": group.rank + len(group.members) - 1,
            "count": len(group.members),
            "border": torn.border,
            "total": self.total(board[:2], group),
            "needs": needs,
        }
        row = BlockedRow(*board, line, group.ids, needs, Reason("torn", detail))
        self.blocked.append(row)


def lines_of(rules: Rulebook, board: BoardId) -> frozenset[str]:
    """Name every line that the rules draw on a board."""
    stage, _, name = board
    kind = name if name in (MAIN, TEAMS) else _INSIDE
    advances = [
        advance_line(rule.to)
        for rule in rules.stages[stage].advance
        if (rule.top if kind == MAIN else rule.teams)
    ]
    awards = [
        award_line(award.id)
        for award in rules.awards
        if award.stage == stage and _board_kind(award) == kind
    ]
    return frozenset(advances + awards)


def _board_kind(award: Award) -> str:
    if award.to == "team":
        return TEAMS
    return MAIN if award.per is None else _INSIDE


def flat(groups: Groups) -> tuple[str, ...]:
    """Name everyone on a board, best first."""
    return tuple(chained.from_iterable(group.ids for group in groups))
