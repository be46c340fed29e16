"""Sections 6.1 to 6.3 of docs/formats/bundle.md: the walk through a season, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from verifying import advancing, awards, facts, figures, rows, teams
from verifying.boards import Board, Chooser, Taken, cut, grouped
from verifying.records import Arena, Difference, Record, Stop
from verifying.rules import at_lines_of, chain_of, guests_of, stage_order

BoardId = tuple[str, str, str]  # stage, track, board


class Season:
    """What is known so far; made by walking through the whole season."""

    def __init__(self, rules: Record, file: dict[str, list[Record]]) -> None:
        self.rules, self.stages = rules, rules["stages"]
        self.order, self.tracks = stage_order(rules), sorted(rules["tracks"])
        self.guests, self.codes = (
            guests_of(rules),
            sorted(one["code"] for one in file["delegation"]),
        )
        self.known = {pair for one in file["known"] for pair in _pairs(one)}
        self.titles = file["title"]
        self.tie_keys = {(one["event"], one["key"]): one for one in file["tie_key"]}
        self.facts: dict[str, list[Record]] = defaultdict(list)
        for one in facts.ordered(file["fact"]):
            self.facts[one["person"]].append(one)
        self.given: dict[Arena, dict[str, Record]] = defaultdict(dict)
        for one in file["entry"]:
            self.given[one["stage"], one["track"]][one["id"]] = one
        self.scores: dict[Arena, dict[str, dict[str, Record]]] = defaultdict(dict)
        for one in file["score"]:
            of_event = self.scores[one["stage"], one["track"]].setdefault(one["event"], {})
            of_event[one["entry"]] = one
        self.answers: dict[Arena, list[Record]] = defaultdict(list)
        for one in sorted(file["resolution"], key=lambda r: (r["line"], r["how"], r["order"])):
            self.answers[one["stage"], one["track"]].append(one)

        self.people: dict[Arena, dict[str, Record]] = {}
        self.ranked: dict[Arena, set[str]] = {}
        self.boards: dict[BoardId, Board] = {}
        self.advanced: dict[Arena, list[Record]] = defaultdict(list)
        self.came: dict[Arena, set[str]] = defaultdict(set)  # delegations that came as a team
        self.gone: dict[Arena, set[str]] = defaultdict(set)  # delegations that go on as a team
        self.waiting: set[Arena] = set()  # into which a rule is held up
        self.not_held: set[Arena] = set()
        self.reserves: list[Record] = []
        self.open: list[Difference] = []
        for stage in self.order:
            for track in self.tracks:
                self._enter((stage, track))
            teams.rank_teams(self, stage)
            for track in self.tracks:
                if (stage, track) in self.people and (stage, track) not in self.not_held:
                    advancing.advance(self, (stage, track))
        self.awards = awards.award_all(self)
        self.honours = awards.honour_all(self)

    # 6.2

    def _enter(self, arena: Arena) -> None:
        stage, scores = self.stages[arena[0]], self.scores.get(arena) or self._adds_up(arena)
        held = stage.get("held")
        if stage.get("method", "contest") == "contest" and not scores and held is None:
            return
        if arena in self.waiting and arena not in self.given:
            return
        people = self._admitted(arena)
        if not people and not self.scores.get(arena):
            return
        if held is not None and not advancing.is_held(held, len(people)):
            self.people[arena] = people
            self.not_held.add(arena)
            advancing.pass_on(self, arena)
            return
        if not scores:
            if stage.get("method", "contest") == "nomination":
                self.people[arena] = people
            return
        self._check_scores(arena, people)
        if not people:
            return
        self.people[arena] = people
        self._find_teams(arena)
        self._rank(arena)

    def _adds_up(self, arena: Arena) -> bool:
        """Say whether an arena without events of its own has all that is carried into it."""
        stage = self.stages[arena[0]]
        carries = stage.get("total", {}).get("carry", [])
        there = [(one["from"], arena[1]) in self.ranked for one in carries]
        return not stage.get("events") and bool(there) and all(there)

    def _admitted(self, arena: Arena) -> dict[str, Record]:
        if arena not in self.given:
            came = {one["id"]: one for one in self.followers(arena)}
            return {name: one for name, one in came.items() if not self.is_gone(arena[0], one)}
        stages = [arena[0]]
        for name, stage in self.stages.items():
            leads = any(rule["to"] == arena[0] for rule in stage.get("advance", ()))
            nominates = stage.get("method", "contest") == "nomination"
            if nominates and leads and (name, arena[1]) not in self.people:
                stages.append(name)
        capacity = {row["entry"]: {"as": row["as"]} for row in self.advanced[arena]}
        return {
            name: one | capacity.get(name, {})
            for name, one in self.given[arena].items()
            if not self.is_gone(arena[0], one)
            and not any(self.is_barred(stage, arena[1], one) for stage in stages)
        }

    def is_gone(self, stage: str, entry: Record) -> bool:
        """See whether somebody has withdrawn."""
        return any(
            fact["fact"] == "withdrawn" and fact["value"] in (stage, "season")
            for fact in self.facts[entry["person"]]
        )

    def followers(self, arena: Arena) -> Iterator[Record]:
        """Give the entries that advanced into an arena."""
        for row in sorted(self.advanced[arena], key=lambda row: str(row["entry"])):
            before = self.people[row["stage"], row["track"]][row["entry"]]
            yield before | {"stage": arena[0], "as": row["as"]}

    def _find_teams(self, arena: Arena) -> None:
        """See which delegations are in an arena as teams."""
        people, came = self.people[arena].values(), self.came[arena]
        came |= {one["delegation"] for one in people if one["as"] == "team"}
        team = self.stages[arena[0]].get("team", {})
        if team.get("of") == "advanced" and not came and not self.advanced[arena]:
            came |= {one["delegation"] for one in people} - self.guests

    def is_barred(self, stage: str, track: str, entry: Record) -> bool:
        for bar in self.stages[stage].get("bars", ()):
            if track in bar.get("tracks", [track]) and any(
                facts.refused(bar, some, self.known) for some in self._known_of(entry)
            ):
                return True
        return False

    def _check_scores(self, arena: Arena, people: dict[str, Record]) -> None:
        stage, scores = self.stages[arena[0]], self.scores[arena]
        carried = [one["from"] for one in stage.get("total", {}).get("carry", ())]
        found = []
        for event in [*stage.get("events", ()), *(name for name in carried if name in scores)]:
            there = scores.get(event, {})
            where = f"score {arena[0]}/{arena[1]}/{event}"
            found += [
                Difference("entry_unknown", f"{where}/{one}")
                for one in there
                if one not in people and one not in self.given[arena]
            ]
            rule = self.rules.get("events", {}).get(event, {})
            if there and rule.get("kind") == "ballot":
                unvoted = _without_votes(rule)
                there |= {one: there.get(one, unvoted) for one in people}
            found += [
                Difference("score_missing", f"{where}/{one}") for one in people if one not in there
            ]
        if found:
            raise Stop(*dict.fromkeys(found))

    # 6.3

    def _rank(self, arena: Arena) -> None:
        stage = self.stages[arena[0]]
        self.ranked[arena] = {one for one in self.people[arena] if self._has_result(arena, one)}
        for mark in stage.get("qualify", ()):
            reached = figures.figure(self, arena, mark["of"])
            least = Fraction(mark["least"])
            self.ranked[arena] -= {one for one in self.ranked[arena] if reached[one] < least}
        main = self._board(arena, chain_of(stage), self.ranked[arena])
        self.boards[*arena, "main"] = main
        for one in stage.get("ranking", {}).get("distinct", ()):
            self._tell_apart((*arena, "main"), tuple(one["ranks"]), one["unbroken"])
        kinds = {rule.get("per") for rule in stage.get("advance", ())}
        kinds |= {a.get("per") for a in self.rules.get("awards", ()) if a["stage"] == arena[0]}
        for kind in ["delegation", *sorted(kinds - {None, "delegation"})]:
            self._rank_inside(arena, main, kind, "team" if kind == "delegation" else kind)
        for name, rule in stage.get("boards", {}).items():
            condition = rule.get("where")
            some = {
                one
                for one in self.ranked[arena]
                if condition is None or self.is_true(arena, one, condition)
            }
            board = self._board(arena, rule.get("keys") or chain_of(stage), some)
            self.boards[*arena, name] = board
            if "per" in rule:
                self._rank_inside(arena, board, rule["per"], name)

    def _has_result(self, arena: Arena, one: str) -> bool:
        stage = self.stages[arena[0]]
        found = {self.scores[arena][event][one]["status"] for event in stage.get("events", ())}
        return not found & ({"void"} if stage.get("absent") == "zero" else {"void", "absent"})

    def _board(self, arena: Arena, chain: list[str], names: set[str]) -> Board:
        stage = self.stages[arena[0]]
        columns = [figures.ranked_figure(self, arena, name) for name in chain]
        more = [figures.ranked_figure(self, arena, name) for name in at_lines_of(stage)]
        keys = [figures.about(self, stage, name) for name in chain]
        values = {one: [column[one] for column in columns] for one in names}
        return Board(
            grouped(sorted(names), keys, values),
            figures.total(self, arena),
            keys,
            values,
            [figures.about(self, stage, name) for name in at_lines_of(stage)],
            {one: [column[one] for column in more] for one in names},
            dense=stage.get("ranking", {}).get("style") == "dense",
        )

    def _rank_inside(self, arena: Arena, board: Board, kind: str, prefix: str) -> None:
        inside = board.inside(lambda one: self.value_of(arena, one, kind))
        for value, order in inside.items():
            self.boards[*arena, f"{prefix}:{value}"] = order

    def value_of(self, arena: Arena, one: str, kind: str) -> str:
        """Give an entry's delegation, or its value of a kind of fact."""
        entry = self.people[arena][one]
        if kind == "delegation":
            return str(entry["delegation"])
        return facts.value_of(self.facts[entry["person"]], kind)

    def is_true(self, arena: Arena, one: str, condition: Record) -> bool:
        """Say whether a condition holds of an entry or one of its members, or is open."""
        every = self._known_of(self.people[arena][one])
        return any(facts.holds(condition, some, self.known) is not False for some in every)

    def _known_of(self, entry: Record) -> list[list[Record]]:
        """Give what is known of each person of an entry, what is known of the entry included."""
        own = entry["person"]
        return [
            self.facts[one] + (self.facts[own] if one != own else [])
            for one in entry["members"] or [own]
        ]

    def points(self, board: BoardId, name: str) -> str:
        """Write a total with the stage's decimals."""
        places = figures.places(self, self.stages[board[0]])
        return rows.written(self.boards[board].totals[name], places)

    def counted(self, arena: Arena, code: str) -> list[str]:
        """Name the entries that count for a team, best first."""
        return [one for _, one in teams.counted(self, arena, code)]

    # 6.4

    def take(
        self,
        board: BoardId,
        line: str,
        places: tuple[int, int],
        *,
        chooser: Chooser,
        unbroken: str,
        above: dict[int, str] | None = None,
        among: set[str] | None = None,
    ) -> list[Taken] | None:
        """Take places of a board; None where a group is torn and nothing answers it.

        A torn group that has nobody inside who is not ``among`` these does not matter.
        """
        while True:
            found = cut(self.boards[board], places, chooser, unbroken, above or {})
            torn = [t for t in found.torn if among is None or not among.issuperset(t.inside)]
            if not torn:
                return found.taken
            if not any(self._break(board, one.group, unbroken) for one in torn):
                self._ask(board, line, torn[0].group, torn[0].how)
                return None

    def _tell_apart(self, board: BoardId, ranks: tuple[int, int], unbroken: str) -> None:
        """Break every group among the ranks (6.3)."""
        first, last = ranks
        begin, at = 0, 0
        groups = self.boards[board].groups
        while at < len(groups) and begin < last:
            group = groups[at]
            end = begin + len(group)
            if len(group) > 1 and end >= first:
                if self._break(board, group, unbroken):
                    continue
                if unbroken not in ("share", "out"):
                    self._ask(board, f"ranks:{first}-{last}", group, unbroken)
            at, begin = at + 1, end

    def _break(self, board: BoardId, group: list[str], how: str) -> bool:
        if self.boards[board].refine(group):
            return True
        for one in self.answers[board[:2]]:
            here = one["board"] in ("", board[2]) and set(one["order"]) == set(group)
            if here and not self._is_list(one, how):
                self.boards[board].split(group, one)
                return True
        return False

    def _is_list(self, one: Record, how: str) -> bool:
        """See whether a resolution names or confirms somebody, and so orders nobody."""
        if one["how"] == "confirmation" and how != "confirmation":
            return True
        named = [a["id"] for a in self.rules.get("awards", ()) if "decided" in a]
        drawn = [honour["id"] for honour in self.rules.get("honours", ())]
        return one["line"] in {*(f"award:{n}" for n in named), *(f"honour:{n}" for n in drawn)}

    def _ask(self, board: BoardId, line: str, group: list[str], how: str) -> None:
        place = f"{'/'.join(board)}/{line}"
        self.open.append(Difference("tie_open", place, f"{how} for {', '.join(sorted(group))}"))


def _without_votes(event: Record) -> Record:
    """Give the score of those for whom nobody voted."""
    threshold = event.get("ballot", {}).get("threshold")
    void = threshold is not None and threshold.get("below", "void") == "void"
    return {"status": "void" if void else "ok", "value": 0, "over": 1, "decimals": 0, "keys": {}}


def _pairs(known: Record) -> tuple[tuple[str, str], tuple[str, str]]:
    return (known["fact"], known["key"]), (known["fact"], "")
