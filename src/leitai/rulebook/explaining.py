"""«Why is A above B»: every step of the chain, from the outcome and the rulebook alone."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal, TypeVar

from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers, reasons_en, reasons_zh
from leitai.rulebook.chain import TOTAL, chain, total_decimals
from leitai.rulebook.data import MAIN, TEAMS, Outcome, Reason, StandingRow, Step, TeamRow
from leitai.rulebook.model import Rulebook
from leitai.rulebook.reasons import language

_TITLES: Final = {
    "zh": {"total": "总分", "team": "团体总分", "members": "从高到低逐名比较", "tie": "并列"},
    "en": {
        "total": "Total",
        "team": "Team total",
        "members": "Members, from the best down",
        "tie": "Shared rank",
    },
}
_Figure = TypeVar("_Figure", int, Fraction, list[Fraction])
Sign = Literal["=", ">", "<", ""]
Verdict = Literal["same", "decides", "unused"]
Compared = tuple[str, str, str, Sign]  # title, upper, lower, how the figures compare


def explain(  # noqa: PLR0917  (the address of two rows, as the engine names it)
    rulebook: Rulebook,
    outcome: Outcome,
    stage: str,
    track: str,
    board: str,
    upper: str,
    lower: str,
    *,
    lang: str = "zh",
) -> tuple[Step, ...]:
    """Compare two entries of a board (or two delegations on ``teams``) key by key.

    Raises DomainError("not_on_board") for a stranger and DomainError("not_above") when ``upper``
    stands below ``lower``.
    """
    writer = _Writer(rulebook, outcome, (stage, track, board), language(lang))
    above, below = writer.row(upper), writer.row(lower)
    if above.rank > below.rank:
        raise DomainError("not_above", upper=upper, lower=lower)
    compared = writer.team_steps(above, below) if board == TEAMS else writer.steps(above, below)
    steps: list[Step] = []
    decided = False
    for title, one, other, sign in compared:
        same = one == other
        verdict: Verdict = "unused" if decided else "same" if same else "decides"
        steps.append(Step(title, one, other, verdict, sign))
        decided = decided or not same
    return (*steps, *writer.last_step(above, below, decided=decided))


class _Writer:
    def __init__(
        self, rules: Rulebook, outcome: Outcome, board: tuple[str, str, str], lang: str
    ) -> None:
        self._rules = rules
        self._outcome = outcome
        self._board = board
        self._stage = rules.stages[board[0]]
        self._places = total_decimals(rules, self._stage)
        self._lang = lang
        self._titles = _TITLES[lang]

    def row(self, name: str) -> StandingRow | TeamRow:
        stage, track, board = self._board
        rows: Sequence[StandingRow | TeamRow] = self._outcome.standings
        if board == TEAMS:
            rows = self._outcome.teams
        for row in rows:
            here = (row.stage, row.track) == (stage, track)
            if isinstance(row, TeamRow):
                if here and row.delegation == name:
                    return row
            elif here and (row.board, row.entry) == (board, name):
                return row
        raise DomainError("not_on_board", name=name, board=board)

    def steps(self, above: StandingRow | TeamRow, below: StandingRow | TeamRow) -> list[Compared]:
        """Compare the keys of the ranking."""
        steps: list[Compared] = []
        for at, key in enumerate(chain(self._rules, self._stage)):
            values = [row.values[at] for row in (above, below) if isinstance(row, StandingRow)]
            figures = [
                self._amount(numbers.show(value, key.decimals), key.unit) for value in values
            ]
            title = self._titles["total"] if key.name == TOTAL else key.title
            steps.append((title, figures[0], figures[1], _sign(values[0], values[1])))
        return steps

    def team_steps(
        self, above: StandingRow | TeamRow, below: StandingRow | TeamRow
    ) -> list[Compared]:
        """Compare the keys of the team ranking."""
        steps: list[Compared] = []
        team = self._stage.team
        for name in team.keys if team else ():
            if name == TOTAL:
                totals = [
                    self._amount(numbers.show(row.total, self._places)) for row in (above, below)
                ]
                sign = _sign(above.total, below.total)
                steps.append((self._titles["team"], totals[0], totals[1], sign))
            else:
                steps.append((self._titles["members"], *self._members(above, below)))
        return steps

    def _members(
        self, above: StandingRow | TeamRow, below: StandingRow | TeamRow
    ) -> tuple[str, str, Sign]:
        stage, track, _ = self._board
        totals = {
            row.entry: row.total
            for row in self._outcome.standings
            if (row.stage, row.track, row.board) == (stage, track, MAIN)
        }
        lists = [
            sorted((totals[entry] for entry in row.counted), reverse=True)
            for row in (above, below)
            if isinstance(row, TeamRow)
        ]
        nth = first_difference(lists[0], lists[1])
        if all(nth == len(members) for members in lists):
            nth -= 1  # all the same: show the last pair
        texts = [
            self._nth(nth, numbers.show(members[nth], self._places) if nth < len(members) else "")
            for members in lists
        ]
        tails = [members[nth:] for members in lists]
        return texts[0], texts[1], _sign(tails[0], tails[1])

    def _nth(self, nth: int, figure: str) -> str:
        amount = self._amount(figure) if figure else "—"
        if self._lang == "en":
            return f"{reasons_en.ordinal(nth + 1)}: {amount}"
        return f"第{nth + 1}名{amount}"

    def last_step(
        self, above: StandingRow | TeamRow, below: StandingRow | TeamRow, *, decided: bool
    ) -> tuple[Step, ...]:
        """Say what happened when every key is equal: an answer to the tie, or a shared rank."""
        if decided:
            return ()
        answers = [row.decided_by for row in (above, below)]
        if above.rank != below.rank and answers[0] is not None and answers[1] is not None:
            title, texts = self._answer(answers[0]), [self._position(a) for a in answers if a]
            return (Step(title, texts[0], texts[1], "decides"),)
        ranks = [
            reasons_en.ordinal(row.rank) if self._lang == "en" else f"第{row.rank}名"
            for row in (above, below)
        ]
        return (Step(self._titles["tie"], ranks[0], ranks[1], "same"),)

    def _answer(self, reason: Reason) -> str:
        how, note = str(reason.data["how"]), str(reason.data["note"])
        if self._lang == "en":
            title = reasons_en.HOW[how].removeprefix("a ").capitalize()
            return f"{title} ({note})" if note else title
        return f"{reasons_zh.HOW[how]}（{note}）" if note else reasons_zh.HOW[how]

    def _position(self, reason: Reason) -> str:
        position = int(str(reason.data["position"]))
        return reasons_en.ordinal(position) if self._lang == "en" else f"第{position}位"

    def _amount(self, figure: str, unit: str = "") -> str:
        if self._lang == "en":
            return reasons_en.amount(figure, unit)
        return figure + (unit or "分")


def first_difference(mine: Sequence[object], theirs: Sequence[object]) -> int:
    """Give the position (from 0) of the first member in which two teams differ."""
    both = zip(mine, theirs, strict=False)
    shorter = min(len(mine), len(theirs))
    return next((nth for nth, pair in enumerate(both) if pair[0] != pair[1]), shorter)


def _sign(upper: _Figure, lower: _Figure) -> Sign:
    return "=" if upper == lower else ">" if upper > lower else "<"
