"""Which resolutions decided something: the writer leaves the others out, a verifier names them."""

from collections.abc import Mapping

from leitai.rulebook.data import (
    TEAMS,
    Outcome,
    Reason,
    ResolutionIn,
    advance_line,
    award_line,
    honour_line,
)
from leitai.rulebook.model import Rulebook

Board = tuple[str, str, str]  # stage, track, board


class Uses:
    """Says of resolutions whether they decided something of an outcome."""

    def __init__(self, rules: Rulebook, outcome: Outcome) -> None:
        self._rules = rules
        self._outcome = outcome
        self._resolved: dict[Board, dict[str, Reason]] = {}
        for row in outcome.standings:
            self._add((row.stage, row.track, row.board), row.entry, row.decided_by)
        for team in outcome.teams:
            self._add((team.stage, team.track, TEAMS), team.delegation, team.decided_by)

    def __contains__(self, one: ResolutionIn) -> bool:
        """Say whether a resolution broke a tie, named an award's holders, drew or confirmed."""
        return self._breaks(one) or self._names(one) or self._draws(one) or self._confirms(one)

    def _add(self, board: Board, name: str, reason: Reason | None) -> None:
        if reason is not None and reason.code == "resolved":
            self._resolved.setdefault(board, {})[name] = reason

    def _breaks(self, one: ResolutionIn) -> bool:
        """Look whether its order stands on a board, and the board says so."""
        arena = (one.stage, one.track)
        boards = (
            names
            for board, names in self._resolved.items()
            if board[:2] == arena and one.board in ("", board[2])
        )
        return any(_ordered(one, names) for names in boards)

    def _names(self, one: ResolutionIn) -> bool:
        """Look for an award that a body decides and that exactly these hold."""
        begin = f"{one.stage}/{one.track}/"
        for award in self._rules.awards:
            if award.decided is None or award_line(award.id) != one.line:
                continue
            rows = [row for row in self._outcome.awards if row.award == award.id]
            return {row.holder for row in rows if row.basis.startswith(begin)} == set(one.order)
        return False

    def _draws(self, one: ResolutionIn) -> bool:
        """Look for an honour that was drawn and that the first of these hold."""
        for honour in self._rules.honours:
            if honour.lottery and honour_line(honour.id) == one.line:
                rows = [row for row in self._outcome.honours if row.honour == honour.id]
                drawn = {row.holder for row in rows if row.reason.code == "honour_drawn"}
                return drawn == set(one.order[: honour.lottery])
        return False

    def _confirms(self, one: ResolutionIn) -> bool:
        """Look for a rule whose list is to be confirmed and holds nobody but these."""
        rules = self._rules.stages[one.stage].advance if one.how == "confirmation" else ()
        for index, rule in enumerate(rules):
            if rule.confirm is None or advance_line(rule.to) != one.line:
                continue
            source = f"stages.{one.stage}.advance[{index}]"
            names = {
                row.entry
                for row in self._outcome.advancement
                if (row.stage, row.track) == (one.stage, one.track)
                and row.reason.data.get("source") == source
            }
            if names and names <= set(one.order):
                return True
        return False


def _ordered(one: ResolutionIn, resolved: Mapping[str, Reason]) -> bool:
    for position, name in enumerate(one.order, start=1):
        reason = resolved.get(name)
        if reason is None:
            return False
        if (reason.data["position"], reason.data["count"]) != (position, len(one.order)):
            return False
    return True
