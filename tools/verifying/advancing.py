"""Section 6.6 of docs/formats/bundle.md: who goes on, and who would move up."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from verifying.boards import Cap, Chooser, Taken
from verifying.records import Arena, Record
from verifying.rows import written
from verifying.rules import share

if TYPE_CHECKING:
    from verifying.season import BoardId, Season


def portion(rule: Record, base: int) -> int:
    exact = share(rule["share"]) * base
    if rule["round"] == "up":
        return ceil(exact)
    return floor(exact + (Fraction(1, 2) if rule["round"] == "half-up" else 0))


def advance(season: Season, arena: Arena) -> None:
    stage = season.stages[arena[0]]
    for index, rule in enumerate(stage.get("advance", ()) if not stage.get("trial") else ()):
        if _applies(season, arena, rule):
            _Rule(season, arena, rule, f"stages.{arena[0]}.advance[{index}]").apply()


def is_held(held: Record, count: int) -> bool:
    return bool(held.get("least", 0) <= count <= held.get("most", count))


def pass_on(season: Season, arena: Arena) -> None:
    """Let everybody who may go on from a stage that is not held."""
    reason = {"code": "advance_not_held", "data": {"source": f"stages.{arena[0]}.held"}}
    done = set()
    for rule in season.stages[arena[0]].get("advance", ()):
        if rule["to"] in done or not _applies(season, arena, rule):
            continue
        done.add(rule["to"])
        there = season.advanced[rule["to"], arena[1]]
        before = {row["entry"] for row in there}
        there += [
            _row(season, arena, rule, one, reason)
            for one in season.people[arena]
            if one not in before and may_enter(season, arena, rule["to"], one)
        ]


def _applies(season: Season, arena: Arena, rule: Record) -> bool:
    if arena[1] not in rule.get("tracks", [arena[1]]):
        return False
    return "when" not in rule or is_held(rule["when"], len(season.people[arena]))


def may_enter(season: Season, arena: Arena, target: str, one: str) -> bool:
    """See whether someone is neither withdrawn nor barred from where a rule leads."""
    entry = season.people[arena][one]
    if season.is_gone(target, entry):
        return False
    return target not in season.stages or not season.is_barred(target, arena[1], entry)


def entrants_of(season: Season, board: BoardId, rule: Record) -> int:
    """Count those of an arena who belong to a board, whether they have a result or not."""
    arena = board[:2]
    declared = season.stages[arena[0]].get("boards", {}).get(rule.get("board"))
    people = list(season.people[arena])
    if declared and "where" in declared:
        people = [one for one in people if season.is_true(arena, one, declared["where"])]
    kind = declared.get("per") if declared else rule.get("per")
    if "per" not in rule or kind is None:
        return len(people)
    value = board[2].partition(":")[2]
    return sum(season.value_of(arena, one, kind) == value for one in people)


def caps_of(season: Season, arena: Arena, caps: list[Record]) -> list[Cap]:
    def value_of(kind: str) -> Callable[[str], str]:
        return lambda one: season.value_of(arena, one, kind)

    def most_of(cap: Record) -> Callable[[str], int]:
        return lambda value: int(cap.get("counts", {}).get(value, cap["count"]))

    return [
        (value_of(cap["per"]), most_of(cap))
        for cap in caps
        if arena[1] in cap.get("tracks", [arena[1]])
    ]


def boards_of(season: Season, arena: Arena, rule: Record) -> list[BoardId]:
    """Name the boards of people that a rule looks at."""
    base, per = rule.get("board"), rule.get("per")
    if per is None:
        board = (*arena, base or "main")
        return [board] if board in season.boards else []
    prefix = f"{base or ('team' if per == 'delegation' else per)}:"
    return sorted(b for b in season.boards if b[:2] == arena and b[2].startswith(prefix))


def _row(season: Season, arena: Arena, rule: Record, one: str, reason: Record) -> Record:
    return {
        "kind": "advance",
        "stage": arena[0],
        "to_stage": rule["to"],
        "track": arena[1],
        "entry": one,
        "delegation": season.people[arena][one]["delegation"],
        "as": rule.get("as", "individual"),
        "reason": reason,
    }


class _Rule:
    """One rule of advancement in one arena."""

    def __init__(self, season: Season, arena: Arena, rule: Record, source: str) -> None:
        self.season, self.arena, self.rule, self.source = season, arena, rule, source
        self.line, self.target = f"advance:{rule['to']}", (rule["to"], arena[1])
        stage = season.stages[arena[0]]
        default = stage.get("ranking", {}).get("unbroken", "share")
        of_team = stage["team"].get("unbroken", "share") if "team" in stage else default
        board = stage.get("boards", {}).get(rule.get("board"), {})
        self.unbroken = rule.get("unbroken", board.get("unbroken", default))
        self.unbroken_team = rule.get("unbroken", of_team)
        # What is counted are the others: who is in already is passed over.
        self.fills = "up_to" in rule or rule.get("share", {}).get("of") == "rest"
        self.already = set()
        if self.fills or "except" in rule:
            self.already = {row["entry"] for row in season.advanced[self.target]}
        self.reserves: list[Record] = []

    def apply(self) -> None:
        season = self.season
        rows = self.rows()
        if rows is None:
            season.waiting.add(self.target)
            return
        before = {row["entry"] for row in season.advanced[self.target]}
        season.advanced[self.target] += [row for row in rows if row["entry"] not in before]
        if "teams" in self.rule:
            codes = {row["delegation"] for row in rows}
            season.came[self.target] |= codes
            season.gone[self.arena] |= codes
        season.reserves += self.reserves

    def rows(self) -> list[Record] | None:
        if "take" in self.rule:
            everyone = self.everyone()
            return None if everyone is None else [self.row(n, "advance_all", {}) for n in everyone]
        if "teams" in self.rule:
            return self.best_teams()
        if (self.fills or "except" in self.rule) and self.target in self.season.waiting:
            return None
        boards = boards_of(self.season, self.arena, self.rule)
        found = [self.of(board) for board in boards]
        return None if None in found else [row for rows in found for row in rows or ()]

    def everyone(self) -> list[str] | None:
        board = (*self.arena, "main")
        if board in self.season.boards:
            return self.all_of(board, self.season.boards[board].names(), set())
        return self.chooser().walk()(self.season.people[self.arena])[0]

    def all_of(self, board: BoardId, names: list[str], already: set[str]) -> list[str] | None:
        """Take all of these who pass; only a cap can draw a line among them."""
        chooser = self.chooser()
        if not chooser.caps:
            return chooser.walk()(names)[0]
        some, passes = set(names), chooser.passes
        chooser.passes = lambda one: one in some and passes(one)
        found = self.take(board, len(names), chooser, already)
        return None if found is None else [one.name for one in found]

    def take(
        self, board: BoardId, last: int, chooser: Chooser, already: set[str]
    ) -> list[Taken] | None:
        """Take the best; a tie among those who are in anyway changes nothing."""
        return self.season.take(
            board,
            self.line,
            (1, last),
            chooser=chooser,
            unbroken=self.unbroken,
            among=already,
        )

    def row(self, one: str, code: str, data: Record) -> Record:
        reason = {"code": code, "data": data | {"source": self.source}}
        return _row(self.season, self.arena, self.rule, one, reason)

    def chooser(self, *, leave_out: bool = False) -> Chooser:
        season, arena, rule = self.season, self.arena, self.rule
        people = season.people[arena]
        fills = rule.get("fill", "next") == "next"

        def passes(one: str) -> bool:
            if rule.get("guests") == "skip" and people[one]["delegation"] in season.guests:
                return False
            if "where" in rule and not season.is_true(arena, one, rule["where"]):
                return False
            if leave_out and one in self.already:
                return False
            return not fills or enters(one)

        def enters(one: str) -> bool:
            return may_enter(season, arena, rule["to"], one)

        gets = (lambda _: True) if fills else enters
        return Chooser(passes, gets, caps_of(season, arena, rule.get("cap", [])))

    def best_teams(self) -> list[Record] | None:
        season, rule, board = self.season, self.rule, (*self.arena, "teams")
        if board not in season.boards:
            return []
        skipped = season.guests if rule.get("guests") == "skip" else set()
        best = season.take(
            board,
            self.line,
            (1, rule["teams"]),
            chooser=Chooser(lambda code: code not in skipped),
            unbroken=self.unbroken_team,
        )
        if best is None:
            return None
        rows: list[Record] = []
        open_ = False
        for team in best:
            inside = (*self.arena, f"team:{team.name}")
            last = rule.get("members", len(season.boards[inside]))
            members = self.take(inside, last, self.chooser(), set())
            open_ = open_ or members is None
            for one in members or ():
                data = {"team_rank": team.rank, "team_place": team.place, "teams": rule["teams"]}
                data |= {"team_total": self.points(board, team.name), "rank": one.rank}
                data |= {"members": rule.get("members", 0), "total": self.points(inside, one.name)}
                rows.append(self.row(one.name, "advance_team", data))
        return None if open_ else rows

    def of(self, board: BoardId) -> list[Record] | None:
        """Take from one board."""
        if "least" in self.rule:
            return self.by_line(board)
        places = self.places(board)
        if places <= 0:
            return []
        chooser = self.chooser(leave_out=self.fills)
        best = self.take(board, places, chooser, self.already)
        if best is None:
            return None
        chooser.caps = []  # they may ease when somebody leaves
        self.keep_reserves(board, self.already | {one.name for one in best}, chooser)
        return [self.top(board, one, places) for one in best if one.name not in self.already]

    def top(self, board: BoardId, one: Taken, places: int) -> Record:
        data: Record = {"rank": one.rank, "place": one.place, "top": places}
        data["total"] = self.points(board, one.name)
        if "per" not in self.rule:
            return self.row(one.name, "advance_top", data)
        return self.row(one.name, "advance_inside", data | {"group": board[2].partition(":")[2]})

    def places(self, board: BoardId) -> int:
        rule = self.rule
        if "up_to" in rule:
            return int(rule["up_to"]) - len(self.already)
        if "share" not in rule:
            return int(rule["top"])
        of, names = rule["share"].get("of", "entrants"), self.season.boards[board].names()
        if of == "entrants":
            return portion(rule["share"], entrants_of(self.season, board, rule))
        left_out = self.already if of == "rest" else set()
        return portion(rule["share"], sum(name not in left_out for name in names))

    def by_line(self, board: BoardId) -> list[Record] | None:
        least, order = Fraction(self.rule["least"]), self.season.boards[board]
        reaching = [name for name in order.names() if order.totals[name] >= least]
        inside = self.all_of(board, reaching, self.already)
        line = written(least)
        return (
            None
            if inside is None
            else [
                self.row(one, "advance_line", {"total": self.points(board, one), "line": line})
                for one in inside
                if one not in self.already
            ]
        )

    def keep_reserves(self, board: BoardId, gone: set[str], chooser: Chooser) -> None:
        """Name who would move up next."""
        order, admit = 1, chooser.walk()
        for rank, group in self.season.boards[board].ranked():
            if order > self.rule.get("reserves", 0):
                break
            left = [one for one in admit(group)[0] if one not in gone]
            reason = {"code": "reserve", "data": {"rank": rank, "order": order}}
            for one in left:
                row = _row(self.season, self.arena, self.rule, one, reason)
                del row["as"]
                self.reserves.append(row | {"kind": "reserve", "order": order})
            order += len(left)

    def points(self, board: BoardId, name: str) -> str:
        return self.season.points(board, name)
