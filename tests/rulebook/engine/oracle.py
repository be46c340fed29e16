"""The plainest way to decide a season: lists, Fractions and every order tried out.

It shares no code with the engine. It reads the rulebook as plain data (what YAML gives), and was
written from the sentences of the model. A tie matters when some order of its members would change
who is inside: all orders are tried (``oracle_lines``).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from tests.rulebook.engine.oracle_advancing import Walk
from tests.rulebook.engine.oracle_awards import Awards
from tests.rulebook.engine.oracle_facts import holds, value_of, withdrawn
from tests.rulebook.engine.oracle_figures import Figures
from tests.rulebook.engine.oracle_lines import Board, grouped, tell_apart
from tests.rulebook.engine.oracle_teams import Teams


@dataclass
class Season:
    """What is given: plain values, by stage and track."""

    delegations: list
    entries: list = field(default_factory=list)  # (stage, track, id, delegation, as)
    scores: dict = field(default_factory=dict)  # (stage, track, event) → {id: (status, value, {})}
    facts: dict = field(default_factory=dict)  # id → {kind: text}
    answers: list = field(default_factory=list)  # (stage, track, board, line, order, how)
    strict: bool = False


class Oracle(Figures, Teams, Awards):
    """Everything that must come out of a season."""

    def __init__(self, law, season):
        self.law, self.season = law, season
        self.stages = law["stages"]
        also = law.get("delegations", {}).get("also", [])
        self.guests = {one["unit"] for one in also if one.get("guest")}
        self.kinds = {kind for facts in season.facts.values() for kind in facts}
        self.kinds |= {
            (kind, text) for facts in season.facts.values() for kind, text in facts.items()
        }
        self.rolls = {}  # (stage, track) → {id: (delegation, as)}
        self.boards = {}  # (stage, track, board) → Board
        self.teams = {}  # (stage, track) → {delegation: (total, counted, pool)}
        self.came = defaultdict(dict)  # (stage, track) → {id: (from, delegation, as)}
        self.teams_in = defaultdict(set)
        self.teams_gone = defaultdict(set)
        self.open = set()  # (stage, track) into which something is not decided
        self.reserves = set()
        self.awards = {}
        self.asked = defaultdict(list)  # (stage, track, board, ids) → [(line, needs)]
        for stage in self._order():
            for track in sorted(law["tracks"]):
                self._rank(stage, track)
            self._rank_teams(stage)
            for track in sorted(law["tracks"]):
                self._advance(stage, track)
        self._give_awards()

    # ---- who is in -------------------------------------------------------------------------------

    def _order(self):
        """Feeders first; the seasons here are chains, so a walk along them is enough."""
        fed = {rule["to"] for one in self.stages.values() for rule in one.get("advance", [])}
        todo = sorted(name for name in self.stages if name not in fed)
        order = []
        while todo:
            name = todo.pop(0)
            order.append(name)
            for rule in self.stages[name].get("advance", []):
                if rule["to"] in self.stages and rule["to"] not in (*order, *todo):
                    todo.append(rule["to"])
        return order

    def true(self, name, condition):
        return holds(condition, self.season.facts.get(name, {}), self.kinds) is not False

    def gone(self, name, stage):
        return withdrawn(self.season.facts.get(name, {}), stage)

    def barred(self, name, stage, track):
        facts = self.season.facts.get(name, {})
        for bar in self.stages.get(stage, {}).get("bars", []):
            if bar.get("tracks") and track not in bar["tracks"]:
                continue
            if "refuse" in bar and holds(bar["refuse"], facts, self.kinds) is True:
                return True
            if "require" in bar and holds(bar["require"], facts, self.kinds) is False:
                return True
        return False

    def roll(self, stage, track):
        given = {
            name: (delegation, as_)
            for at, of, name, delegation, as_ in self.season.entries
            if (at, of) == (stage, track)
        }
        came = self.came[stage, track]
        if not given:
            if (stage, track) in self.open:
                return {}
            return {
                name: (delegation, as_)
                for name, (_, delegation, as_) in came.items()
                if not self.gone(name, stage)
            }
        skipped = [
            other
            for other, rule in self.stages.items()
            if rule.get("method") == "nomination"
            and any(one["to"] == stage for one in rule["advance"])
            and (other, track) not in self.rolls
        ]
        return {
            name: (delegation, came[name][2] if name in came else as_)
            for name, (delegation, as_) in sorted(given.items())
            if not any(self.barred(name, at, track) for at in (stage, *skipped))
            and not self.gone(name, stage)
        }

    # ---- boards of people ------------------------------------------------------------------------

    def _rank(self, stage, track):
        rule = self.stages[stage]
        roll = self.roll(stage, track)
        scored = any(
            (at, of) == (stage, track) and rows for (at, of, _), rows in self.season.scores.items()
        )
        if not roll:
            return
        nomination = rule.get("method") == "nomination"
        held = rule.get("held")
        if held and not held.get("least", 0) <= len(roll) <= held.get("most", 10**6):
            self.rolls[stage, track] = roll
            self._pass_on(stage, track, roll)
            return
        if nomination:
            self.rolls[stage, track] = roll
            return
        carried = [one["from"] for one in rule.get("total", {}).get("carry", [])]
        fed = all((other, track, "main") in self.boards for other in carried)
        if not scored and (rule.get("events") or not fed):
            return
        self.rolls[stage, track] = roll
        self._make_boards(stage, track, roll)

    def _pass_on(self, stage, track, roll):
        """A stage that is not held: everybody goes on wherever its rules lead."""
        for rule in self.stages[stage].get("advance", []):
            if not self._applies(rule, track, roll):
                continue
            for name, (delegation, _) in roll.items():
                if self.enters(name, rule["to"], track):
                    self.came[rule["to"], track].setdefault(
                        name, (stage, delegation, rule.get("as", "individual"))
                    )

    def has_result(self, stage, track, name):
        rule = self.stages[stage]
        for event in rule.get("events", []):
            status, _, _ = self.score(stage, track, event, name)
            if status == "void" or (status == "absent" and rule.get("absent", "out") == "out"):
                return False
        return all(
            self.figure(stage, track, mark["of"], name)[0] >= Fraction(mark["least"])
            for mark in rule.get("qualify", [])
        )

    def _make_boards(self, stage, track, roll):
        rule = self.stages[stage]
        ranking = rule.get("ranking", {})
        ranked = [name for name in sorted(roll) if self.has_result(stage, track, name)]
        self._board(stage, track, "main", ranked, ranking.get("keys", ["total"]), roll)
        for one in ranking.get("distinct", []):
            tell_apart(self, (stage, track, "main"), one["ranks"], one["unbroken"])
        self._inside(stage, track, "main", "delegation", roll)
        awards = [one for one in self.law.get("awards", []) if one["stage"] == stage]
        named = {one.get("per") for one in (*rule.get("advance", []), *awards)}
        for kind in sorted(named - {None, "delegation"}):
            self._inside(stage, track, "main", kind, roll)
        for name, board in rule.get("boards", {}).items():
            within = {one for one in roll if "where" not in board or self.true(one, board["where"])}
            some = [one for one in ranked if one in within]
            keys = board.get("keys") or ranking.get("keys", ["total"])
            self._board(stage, track, name, some, keys, within)
            if board.get("per"):
                self._inside(stage, track, name, board["per"], within)

    def _board(self, stage, track, name, names, keys, entrants):
        ranking = self.stages[stage].get("ranking", {})
        further = {
            one: self.vector(stage, track, ranking.get("at_lines", []), one) for one in names
        }
        vectors = {one: self.vector(stage, track, keys, one) for one in names}
        self.boards[stage, track, name] = Board(
            grouped(names, vectors),
            further,
            {one: self.total(stage, track, one) for one in names},
            dense=ranking.get("style") == "dense",
            entrants=len(entrants),
        )

    def _inside(self, stage, track, base, kind, entrants):
        """Rank inside each group: the order of the board from which the group is taken."""
        board = self.boards[stage, track, base]
        of = {one: self.group(stage, track, kind, one) for one in entrants}
        for value in sorted({of[one] for one in board.names()} - {""}):
            prefix = {"delegation": "team"}.get(kind, kind) if base == "main" else base
            groups = [[one for one in group if of[one] == value] for group in board.groups]
            self.boards[stage, track, f"{prefix}:{value}"] = Board(
                [group for group in groups if group],
                board.further,
                board.totals,
                dense=board.dense,
                entrants=sum(of[one] == value for one in entrants),
            )

    def group(self, stage, track, kind, name):
        if kind == "delegation":
            return self.rolls[stage, track][name][0]
        return value_of(self.season.facts.get(name, {}), kind)

    # ---- who goes on -----------------------------------------------------------------------------

    def enters(self, name, target, track):
        facts = self.season.facts.get(name, {})
        return not withdrawn(facts, target) and not self.barred(name, target, track)

    @staticmethod
    def _applies(rule, track, roll):
        when = rule.get("when", {})
        if rule.get("tracks") and track not in rule["tracks"]:
            return False
        return when.get("least", 0) <= len(roll) <= when.get("most", 10**6)

    def _advance(self, stage, track):
        roll = self.rolls.get((stage, track))
        rules = self.stages[stage]
        nomination = rules.get("method") == "nomination"
        if roll is None or ((stage, track, "main") not in self.boards and not nomination):
            return
        for rule in rules.get("advance", []):
            if not self._applies(rule, track, roll):
                continue
            target = (rule["to"], track)
            walk = Walk(self, stage, track, rule)
            names = walk.names()
            if names is not None and not walk.confirmed(names):
                names = None
            if names is None:
                self.open.add(target)
                continue
            for name in names:
                self.came[target].setdefault(
                    name, (stage, roll[name][0], rule.get("as", "individual"))
                )
            if "teams" in rule:
                gone = {roll[name][0] for name in names}
                self.teams_in[target] |= gone
                self.teams_gone[stage, track] |= gone
            self.reserves |= walk.reserves
