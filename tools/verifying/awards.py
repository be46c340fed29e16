"""Sections 6.7 and 6.8 of docs/formats/bundle.md: awards and honours."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verifying import facts
from verifying.advancing import boards_of, entrants_of, portion
from verifying.boards import Chooser, Taken
from verifying.records import Arena, Difference, Record, Stop, called
from verifying.rows import written
from verifying.teams import ALL

if TYPE_CHECKING:
    from verifying.season import BoardId, Season

Rows = list[Record]


def award_all(season: Season) -> Rows:
    """Give every award that can be given; each wholly or not at all."""
    results: dict[tuple[str, str], Rows | None] = {}
    todo, done = list(season.rules.get("awards", ())), set[str]()
    while todo:
        award = next(one for one in todo if done.issuperset(one.get("unless", ())))
        todo.remove(award)
        done.add(award["id"])
        for track in _tracks(season, award):
            results[award["id"], track] = _award(season, award, (award["stage"], track), results)
    order = [award["id"] for award in season.rules.get("awards", ())]
    return [row for name in order for (one, _), rows in results.items() if one == name
            for row in rows or ()]  # fmt: skip


def _tracks(season: Season, award: Record) -> list[str]:
    team = season.stages[award["stage"]].get("team", {})
    if award["to"] == "team" and team.get("tracks") == "together":
        return [ALL]
    return [track for track in season.tracks if track in award.get("tracks", [track])]


def _award(
    season: Season, award: Record, arena: Arena, results: dict[tuple[str, str], Rows | None]
) -> Rows | None:
    if season.stages[award["stage"]].get("trial"):
        return []
    if "decided" in award:
        return _decided(season, award, arena)
    if (*arena, "teams" if award["to"] == "team" else "main") not in season.boards:
        return None
    titles: dict[str, str] = {}
    for other in award.get("unless", ()):
        found = [
            rows
            for (name, track), rows in results.items()
            if name == other and (rows is not None or _meets_in(season, arena, other, track))
        ]
        if None in found:
            return None
        titles |= {holder(season, r): r["title"] for rows in found for r in rows or ()}
    boards = [(*arena, "teams")]
    if award["to"] == "person":
        boards = boards_of(season, arena, award)
    given = [_Giving(season, award, board, titles).rows() for board in boards]
    return None if None in given else [row for rows in given for row in rows or ()]


def _meets_in(season: Season, arena: Arena, other: str, track: str) -> bool:
    """See whether an award of some track could fall on somebody who is in an arena."""
    if track == arena[1] or ALL in (track, arena[1]):
        return True
    award = next(award for award in season.rules["awards"] if award["id"] == other)
    who = "delegation" if award["to"] == "team" else "person"
    mine, theirs = (
        {one[who] for one in season.people.get(where, {}).values()}
        for where in (arena, (award["stage"], track))
    )
    return not mine.isdisjoint(theirs)


def _decided(season: Season, award: Record, arena: Arena) -> Rows:
    for one in season.answers.get(arena, ()):
        if one["line"] != f"award:{award['id']}":
            continue
        there = season.people.get(arena, {}) if award["to"] == "person" else season.codes
        if any(name not in there for name in one["order"]):
            raise Stop(Difference("entry_unknown", called(one)))
        body = season.rules.get("bodies", {}).get(award["decided"], {})
        reason = {"by": body.get("title", award["decided"]), "note": one["note"]}
        people = season.people.get(arena, {}) if award["to"] == "person" else {}
        return [
            _row(award, (*arena, one["board"] or "main"), Taken(name, 0, 0))
            | {"delegation": people[name]["delegation"] if people else name}
            | {"reason": {"code": "award_decided", "data": reason}}
            for name in one["order"]
        ]
    return []


def _looks_at(award: Record) -> tuple[object, ...]:
    """Name the boards of which an award takes places; the main one may be named or not."""
    return (award["stage"], award["to"], award.get("board") or "main", award.get("per"))


def _row(award: Record, board: BoardId, one: Taken) -> Record:
    row = {"kind": "award", "award": award["id"], "title": award["title"], "rank": one.rank}
    row |= {"stage": board[0], "track": board[1], "board": board[2]}
    return row | {"holder_kind": award["to"], "holder": one.name}


def holder(season: Season, row: Record) -> str:
    """Tell who holds an award: a delegation's code, or the person of an entry."""
    people = season.people.get((row["stage"], row["track"]), {})
    if row["holder_kind"] == "team" or row["holder"] not in people:
        return str(row["holder"])
    return str(people[row["holder"]]["person"])


class _Giving:
    """One award on one board."""

    def __init__(
        self, season: Season, award: Record, board: BoardId, titles: dict[str, str]
    ) -> None:
        self.season, self.award, self.id, self.titles = season, award, board, titles
        self.board, self.people = season.boards[board], season.people.get(board[:2], {})
        self.default = season.stages[board[0]].get("ranking", {}).get("unbroken", "share")
        self.next = award.get("succession", "next") == "next"

    def rows(self) -> Rows | None:
        award = self.award
        chooser = Chooser(self.passes, lambda name: self.next or self.free(name))
        first, last = self.places(chooser)
        if last < first:
            return []
        found = self.season.take(
            self.id,
            f"award:{award['id']}",
            (first, last),
            chooser=chooser,
            unbroken=self.unbroken(award),
            above=self.above(),
        )
        if found is None:
            return None
        return [
            _row(award, self.id, one) | self.reason(one, first, last) | self.home(one.name)
            for one in found
        ]

    def who(self, name: str) -> str:
        return name if self.id[2] == "teams" else str(self.people[name]["person"])

    def home(self, name: str) -> Record:
        teams = self.id[2] == "teams"
        return {"delegation": name if teams else self.people[name]["delegation"]}

    def free(self, name: str) -> bool:
        return self.who(name) not in self.titles

    def passes(self, name: str) -> bool:
        award, team = self.award, self.award["to"] == "team"
        skips = award.get("guests", "skip" if team else "include") == "skip"
        if skips and self.home(name)["delegation"] in self.season.guests:
            return False
        asked = award.get("where") if not team else None
        if asked and not self.season.is_true(self.id[:2], name, asked):
            return False
        if "least" in award and self.board.totals[name] < Fraction(award["least"]):
            return False
        if "within" in award and name not in self.within():
            return False
        return self.free(name) or not self.next

    def within(self) -> set[str]:
        """Give the best part of the board, with all of the group at its end."""
        portion_ = self.award["within"]
        count, best = portion(portion_, self.base(portion_.get("of", "entrants"))), set[str]()
        for group in self.board.groups:
            if len(best) >= count:
                break
            best |= set(group)
        return best

    def base(self, of: str) -> int:
        if of != "entrants":
            return len(self.board)
        if self.id[2] == "teams":
            return len(set(self.season.codes) - self.season.guests)
        return entrants_of(self.season, self.id, self.award)

    def places(self, chooser: Chooser) -> tuple[int, int]:
        award = self.award
        if "ranks" in award:
            first, last = award["ranks"]
            return first, last
        if "top" in award:
            return 1, award["top"]
        if award.get("rest") or "least" in award:
            return 1, len(self.board)
        if "share" not in award:
            return 1, 0
        of = award["share"].get("of", "entrants")
        base = len(chooser.walk()(self.board.names())[0]) if of == "rest" else self.base(of)
        return 1, portion(award["share"], base)

    def unbroken(self, award: Record) -> str:
        stage = self.season.stages[award["stage"]]
        if award["to"] == "team":
            found = stage.get("team", {}).get("unbroken", "share")
        else:
            board = stage.get("boards", {}).get(award.get("board"), {})
            found = board.get("unbroken", self.default)
        return str(award.get("unbroken", found))

    def above(self) -> dict[int, str]:
        """Give how the other awards of the same boards answer at their last places."""
        track, mine = self.id[1], _looks_at(self.award)
        above = {}
        for other in self.season.rules["awards"]:
            same = _looks_at(other) == mine
            if same and other["id"] != self.award["id"] and track in other.get("tracks", [track]):
                last = other["ranks"][1] if "ranks" in other else other.get("top", 0)
                above[last] = self.unbroken(other)
        return above

    def reason(self, one: Taken, first: int, last: int) -> Record:
        award = self.award
        data = {"stage": self.season.stages[self.id[0]]["title"], "rank": one.rank}
        data |= {"place": one.place, "first": first, "last": last}
        data |= {"total": self.season.points(self.id, one.name), "source": f"awards.{award['id']}"}
        if "least" in award:
            data["line"] = written(Fraction(award["least"]))
        above = [
            (rank, self.titles[self.who(name)])
            for rank, group in self.board.ranked()
            for name in (sorted(group) if rank < one.rank else ())
            if not self.free(name)
        ]
        if above and self.next:
            named = [rank for rank, _ in above]
            data |= {"passed": named} if len(named) <= 10 else {"passed_count": len(named)}
            data["titles"] = sorted({title for _, title in above})
        code = "award_rank" if "per" not in award else "award_inside"
        code = "award_team" if self.id[2] == "teams" else code
        code = "award_rest" if award.get("rest") else code
        return {"reason": {"code": "award_line" if "least" in award else code, "data": data}}


# ---- 6.8 -----------------------------------------------------------------------------------------


def honour_all(season: Season) -> Rows:
    won: dict[str, set[str]] = {}
    for row in season.awards:
        won.setdefault(holder(season, row), set()).add(row["title"])
    return [
        row | {"kind": "honour", "honour": honour["id"], "title": honour["title"]}
        for honour in season.rules.get("honours", ())
        for row in _honour(season, honour, won)
    ]


def _honour(season: Season, honour: Record, won: dict[str, set[str]]) -> Rows:
    found = list(_qualify(season, honour))
    if "where" in honour:
        found = [(who, row) for who, row in found if _meets(season, honour, who, won)]
    rows = _drawn(season, honour, [row for _, row in found])
    amount = Fraction(honour["amount"]) if "amount" in honour else None
    for row in rows:
        row |= {"sort": honour["kind"], "amount": None if amount is None else str(amount)}
        if amount is not None:
            row["reason"]["data"]["amount"] = written(amount)
    return rows


def _honour_row(
    name: str, kind: str, delegation: str, basis: str, code: str, data: Record
) -> Record:
    row = {"holder": name, "holder_kind": kind, "delegation": delegation, "basis": basis}
    return row | {"reason": {"code": code, "data": data}}


def _qualify(season: Season, honour: Record) -> list[tuple[str, Record]]:
    """Give who comes into question, each with the person or code whose facts count."""
    if "awards" in honour:
        return [
            (holder(season, row), _honour_row(
                row["holder"], row["holder_kind"], row["delegation"], _basis(row),
                "honour_award", {"title": row["title"]},
            ))
            for row in season.awards
            if row["award"] in honour["awards"]
            and row["track"] in honour.get("tracks", [row["track"]])
        ]  # fmt: skip
    if "titles" in honour:
        return [
            (one["person"], _honour_row(
                one["person"], "person", "", one["period"],
                "honour_title", {"title": one["name"], "period": one["period"]},
            ))
            for one in season.titles
            if one["title"] in honour["titles"]
        ]  # fmt: skip
    return _placed(season, honour)


def _basis(row: Record) -> str:
    return "/".join((row["stage"], row["track"], row["board"], str(row["rank"])))


def _placed(season: Season, honour: Record) -> list[tuple[str, Record]]:
    (first, last), to = honour["ranks"], honour.get("to", "person")
    found = []
    for board, order in season.boards.items():
        limited = board[1] not in honour.get("tracks", [board[1]])
        if board[0] != honour.get("stage") or limited:
            continue
        if board[2] != ("teams" if to == "team" else "main"):
            continue
        people = season.people.get(board[:2], {})
        for rank, group in order.ranked():
            for name in group if first <= rank <= last else ():
                data = {"stage": season.stages[board[0]]["title"], "rank": rank}
                home = name if to == "team" else people[name]["delegation"]
                basis = "/".join((*board, str(rank)))
                who = name if to == "team" else people[name]["person"]
                found.append((who, _honour_row(name, to, home, basis, "honour_rank", data)))
    return found


def _meets(season: Season, honour: Record, who: str, won: dict[str, set[str]]) -> bool:
    mine = list(season.facts[who])
    for title in won.get(who, ()):
        fact = {"fact": "award", "key": title, "value": title, "since": None, "until": None}
        mine.append(fact)
    known = season.known | {pair for f in mine for pair in ((f["fact"], f["key"]), (f["fact"], ""))}
    known |= {("award", award["title"]) for award in season.rules.get("awards", ())}
    known.add(("award", ""))
    return facts.holds(honour["where"], mine, known) is not False


def _drawn(season: Season, honour: Record, rows: Rows) -> Rows:
    most, line = honour.get("lottery", 0), f"honour:{honour['id']}"
    if not most:
        return rows
    names = {row["holder"] for row in rows}
    for arena in sorted(season.answers):
        for one in season.answers[arena]:
            if one["line"] == line and names.issuperset(one["order"]):
                chosen, note = one["order"][:most], one["note"]
                return [
                    row | {"reason": {"code": "honour_drawn", "data": {"note": note}}}
                    for row in rows
                    if row["holder"] in chosen
                ]
    if len(rows) <= most:
        return rows
    stage, track = honour.get("stage", season.order[0]), season.tracks[0]
    words = f"draw for {', '.join(sorted(names))}"
    season.open.append(Difference("tie_open", f"{stage}/{track}/main/{line}", words))
    return []
