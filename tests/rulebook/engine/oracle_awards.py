"""Awards, for the oracle."""

from fractions import Fraction

from tests.rulebook.engine.oracle_figures import base, portion
from tests.rulebook.engine.oracle_lines import Line, Rule, settle


class Awards:
    """Gives the awards once every stage is decided."""

    def _give_awards(self):
        todo = list(self.law.get("awards", []))
        while todo:
            award = next(
                one for one in todo
                if all(any(key[0] == other for key in self.awards) for other in one.get("unless", []))
            )  # fmt: skip
            todo.remove(award)
            team = self.stages[award["stage"]].get("team", {})
            tracks = award.get("tracks") or sorted(self.law["tracks"])
            if award["to"] == "team" and team.get("tracks") == "together":
                tracks = ["all"]
            for track in tracks:
                self.awards[award["id"], track] = self._award(award, track)

    def _award(self, award, track):
        stage = award["stage"]
        if (stage, track, "teams" if award["to"] == "team" else "main") not in self.boards:
            return None
        holders = set()
        for other in award.get("unless", []):
            for (name, at), given in self.awards.items():
                if name == other and given is None and self._meet(award, track, other, at):
                    return None
                if name == other:
                    holders |= set(given or ())
        names = []
        for board in self._award_boards(award, track):
            some = self._award_on(award, board, holders)
            if some is None:
                names = None
            elif names is not None:
                names += some
        return names

    def _meet(self, award, track, other, at):
        """Say whether two awards could fall on one holder; no person stands in two tracks here."""
        if at == track or "all" in (at, track):
            return True
        if award["to"] == "person":
            return False
        stage = next(one["stage"] for one in self.law["awards"] if one["id"] == other)
        here, there = (
            {delegation for delegation, _ in self.rolls.get(arena, {}).values()}
            for arena in ((award["stage"], track), (stage, at))
        )
        return bool(here & there)

    def _award_boards(self, award, track):
        stage = award["stage"]
        if award["to"] == "team":
            return [(stage, track, "teams")]
        if not award.get("per"):
            return [(stage, track, award.get("board", "main"))]
        prefix = {"delegation": "team"}.get(award["per"], award["per"])
        prefix = award.get("board", prefix)
        return sorted(
            at for at in self.boards
            if at[:2] == (stage, track) and at[2].startswith(f"{prefix}:")
        )  # fmt: skip

    def default(self, award):
        rule = self.stages[award["stage"]]
        if award["to"] == "team":
            return rule["team"].get("unbroken", "share")
        board = rule.get("boards", {}).get(award.get("board"), {})
        return board.get("unbroken") or rule["ranking"].get("unbroken", "share")

    def _award_on(self, award, at, holders):
        board = self.boards[at]
        person = award["to"] == "person"
        skip = award.get("guests", "include" if person else "skip") == "skip"
        within = None
        if "within" in award:
            count = portion(award["within"], base(board, award["within"]))
            within = [
                name
                for start, group in board.starts()
                if start < count
                for name in group
            ]  # fmt: skip

        def passes(name):
            code = self.rolls[at[0], at[1]][name][0] if person else name
            if skip and code in self.guests:
                return False
            if person and "where" in award and not self.true(name, award["where"]):
                return False
            if succeeds and name in holders:
                return False
            if "least" in award and board.totals[name] < Fraction(award["least"]):
                return False
            return within is None or name in within

        succeeds = award.get("succession", "next") == "next"
        gets = None if succeeds else lambda name: name not in holders
        rule = Rule(passes, gets)
        first, last = self._places(award, board, rule)
        above = {
            other.get("ranks", [1, other.get("top")])[1]: other.get("unbroken") or self.default(other)
            for other in self.law["awards"]
            if ("ranks" in other or "top" in other) and other["id"] != award["id"]
            and at[1] in other.get("tracks", [at[1]])
            and all(other.get(key) == award.get(key) for key in ("stage", "to", "board", "per"))
        }  # fmt: skip
        if last < first:
            return []
        how = award.get("unbroken") or self.default(award)
        return settle(self, Line(at, f"award:{award['id']}", (first, last), how, above), rule)

    def _places(self, award, board, rule):
        if "ranks" in award:
            return award["ranks"]
        if "top" in award:
            return (1, award["top"])
        if "rest" in award or "least" in award:
            return (1, len(board.names()))
        if award["share"].get("of") == "rest":
            left = [name for name in board.names() if rule.passes(name) and rule.has(name)]
            return (1, portion(award["share"], len(left)))
        return (1, portion(award["share"], base(board, award["share"])))
