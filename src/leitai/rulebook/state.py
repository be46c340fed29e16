"""What the engine knows so far while it walks through a season, and its one way to use a line."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from leitai.rulebook import numbers
from leitai.rulebook.chain import total_decimals
from leitai.rulebook.columns import Array
from leitai.rulebook.data import (
    MAIN,
    TEAMS,
    AdvanceRow,
    BlockedRow,
    FactIn,
    NoteRow,
    Reason,
    ReasonValue,
    ReserveRow,
    ResolutionIn,
    award_line,
    honour_line,
    ranks_line,
)
from leitai.rulebook.inputs import Arena, Given
from leitai.rulebook.model import Rulebook, Unbroken
from leitai.rulebook.ranking import Admitted, Board, Cut, Sheet, Tie, Torn, cut
from leitai.rulebook.roll import Roll
from leitai.rulebook.scores import Scores

BoardId = tuple[str, str, str]  # stage, track, board
_TREATED: Final = ("share", "out")


class Choosing(Protocol):
    """Says of each tie of a board, from the best down, who may have a place."""

    def fresh(self) -> "Choosing":
        """Give one that has not counted anybody yet."""

    def admit(self, rows: Sequence[int]) -> Admitted:
        """Choose among the members of a tie."""


@dataclass(slots=True)
class State:
    """One walk through a season. Boards only ever change by breaking a tie."""

    rules: Rulebook
    given: Given
    strict: bool = False
    waiting: tuple[BlockedRow, ...] = ()  # stages whose scores cannot be had yet
    rolls: dict[Arena, Roll] = field(default_factory=dict)
    scores: dict[Arena, dict[str, Scores]] = field(default_factory=dict)
    sheets: dict[Arena, Sheet] = field(default_factory=dict)
    ranked: dict[Arena, Array] = field(default_factory=dict)  # which rows have a result
    boards: dict[BoardId, Board] = field(default_factory=dict)
    counted: dict[Arena, dict[str, int]] = field(default_factory=dict)  # people, by team
    teams_in: dict[Arena, set[str]] = field(default_factory=lambda: defaultdict(set))
    teams_gone: dict[Arena, set[str]] = field(default_factory=lambda: defaultdict(set))
    advanced: dict[Arena, list[AdvanceRow]] = field(default_factory=lambda: defaultdict(list))
    reserves: list[ReserveRow] = field(default_factory=list)
    undecided: set[Arena] = field(default_factory=set)  # stages into which a rule is blocked
    not_held: set[Arena] = field(default_factory=set)
    blocked: list[BlockedRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    _asked: set[tuple[BoardId, int]] = field(default_factory=set)
    _used: set[tuple[BoardId, tuple[str, ...]]] = field(default_factory=set)

    def facts(self, person: str) -> tuple[FactIn, ...]:
        """Give what is known of a person."""
        return self.given.facts.get(person, ())

    def known_of(self, arena: Arena, row: int) -> list[tuple[FactIn, ...]]:
        """Give what is known of each person of an entry, what is known of the entry included."""
        roll = self.rolls[arena]
        return facts_of(self, roll, row)

    def settle(
        self,
        board: BoardId,
        line: str,
        places: tuple[int, int],
        *,
        chooser: Choosing,
        unbroken: Unbroken,
        above: Mapping[int, Unbroken] | None = None,
        matters: Callable[[Torn], bool] = lambda _: True,
    ) -> Cut | None:
        """Take places of a board; None when a tie at the line has no resolution (it is noted).

        A tie is asked about once, by the first line that runs through it; its answer holds for
        every line of the board. ``above`` says how the rule of a line further up treats a tie.
        """
        treated = dict(above or {}) | {places[1]: unbroken}
        upper = tuple(sorted(border for border in treated if border < places[0]))

        def treat(tie: Tie, border: int) -> str:
            how = treated.get(border, unbroken)
            return how if how in _TREATED and not tie.board.refinable(tie) else ""

        while True:
            found = cut(self.boards[board], *places, chooser.fresh().admit, treat, upper)
            torn = [one for one in found.torn if matters(one)]
            if not any(self._break(board, one.tie, unbroken) for one in torn[:1]):
                break
        unanswered = [one for one in torn if not self._break(board, one.tie, unbroken)]
        if len(unanswered) < len(torn):  # a tie further down was broken: look again
            return self.settle(
                board,
                line,
                places,
                chooser=chooser,
                unbroken=unbroken,
                above=above,
                matters=matters,
            )
        for one in torn:
            self._ask(board, line, one, treated.get(one.border, unbroken))
        return None if torn else found

    def tell_apart(self, board: BoardId, ranks: tuple[int, int], unbroken: Unbroken) -> None:
        """Break every tie among these ranks, whether a line runs through it or not."""
        first, last = ranks
        position = first - 1
        while position < min(last, len(self.boards[board])):
            tie = self.boards[board].tie(position)
            if tie.end - tie.start > 1 and self._break(board, tie, unbroken):
                continue
            if tie.end - tie.start > 1 and unbroken not in _TREATED:
                self._ask(board, ranks_line(first, last), Torn(tie, tie.start + 1), unbroken)
            position = tie.end

    def note(self, arena: Arena, subject: str, code: str, /, **data: ReasonValue) -> None:
        """Say something that changes no row."""
        self.notes.append(NoteRow(*arena, subject, Reason(code, data)))

    def note_unused(self) -> None:
        """Name the resolutions that broke no tie: the scores have changed, or it never mattered."""
        for arena in sorted(self.given.resolutions):
            for one in self.given.resolutions[arena]:
                boards = [(*arena, one.board)] if one.board else self._boards_of(arena)
                if not any(board in self.boards for board in boards):
                    continue  # its stage is not decided yet
                if not any((board, one.order) in self._used for board in boards):
                    self.note(arena, one.board, "resolution_unused", line=one.line, how=one.how)

    def use(self, board: BoardId, one: ResolutionIn) -> None:
        """Remember that a resolution decided something."""
        self._used.add(((*board[:2], board[2] or MAIN), one.order))

    def answers(self, arena: Arena, line: str) -> list[ResolutionIn]:
        """Give what was resolved at a line of a stage, whatever the board."""
        return [one for one in self.given.resolutions.get(arena, ()) if one.line == line]

    def total(self, arena: Arena, tie: Tie) -> str:
        """Write the total that a tie shares."""
        return numbers.show(tie.total, self.places(arena))

    def places(self, arena: Arena) -> int:
        """Give the least places with which a stage's totals are written."""
        return total_decimals(self.rules, self.rules.stages[arena[0]])

    def _boards_of(self, arena: Arena) -> list[BoardId]:
        return [board for board in self.boards if board[:2] == arena]

    def _break(self, board: BoardId, tie: Tie, needs: Unbroken) -> bool:
        """Break a tie by the keys for lines, or by an answer that was given; False if neither."""
        ranking = self.boards[board]
        if ranking.sheet.further and ranking.refine(tie):
            return True
        answer = self._answer(board, tie, needs)
        if answer is None:
            return False
        if needs not in (*_TREATED, answer.how):
            self.note(board[:2], answer.line, "resolution_how", how=answer.how, needs=needs)
        ranking.split(tie, answer)
        self.use(board, answer)
        return True

    def _answer(self, board: BoardId, tie: Tie, needs: Unbroken) -> ResolutionIn | None:
        """Find an answer to a tie; a list that a body named or confirmed orders nobody."""
        tied = set(tie.ids)
        for one in self.given.resolutions.get(board[:2], ()):
            lists = one.line in self._lists or (
                one.how == "confirmation" and needs != "confirmation"
            )
            if not lists and one.board in ("", board[2]) and set(one.order) == tied:
                return one
        return None

    @property
    def _lists(self) -> frozenset[str]:
        """Name the lines at which a body names holders, or lots are drawn."""
        named = {award_line(award.id) for award in self.rules.awards if award.decided}
        return frozenset(named | {honour_line(one.id) for one in self.rules.honours})

    def _ask(self, board: BoardId, line: str, torn: Torn, needs: Unbroken) -> None:
        tie = torn.tie
        if (board, tie.start) in self._asked:
            return
        self._asked.add((board, tie.start))
        detail: dict[str, ReasonValue] = {
            "board": TEAMS if board[2] == TEAMS else MAIN,
            "first": tie.start + 1,
            "last": tie.end,
            "count": tie.end - tie.start,
            "border": torn.border,
            "total": self.total(board[:2], tie),
            "needs": needs,
        }
        code = "torn_cap" if torn.limited else "torn"
        row = BlockedRow(*board, line, tie.ids, needs, Reason(code, detail))
        self.blocked.append(row)


def facts_of(state: State, roll: Roll, row: int) -> list[tuple[FactIn, ...]]:
    """Give what is known of each person of an entry, what is known of the entry included."""
    own = roll.persons[row]
    return [
        state.facts(one) if one == own else (*state.facts(one), *state.facts(own))
        for one in roll.people(row)
    ]
