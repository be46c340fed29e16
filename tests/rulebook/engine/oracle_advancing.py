"""Who goes on, for the oracle."""

from fractions import Fraction

from tests.rulebook.engine.oracle_figures import base, portion
from tests.rulebook.engine.oracle_lines import Line, Rule, settle


class Walk:
    """One rule of advancement."""

    def __init__(self, oracle, stage, track, rule):
        self.all, self.stage, self.track, self.rule = oracle, stage, track, rule
        self.roll = oracle.rolls[stage, track]
        ranking = oracle.stages[stage].get("ranking", {})
        board = oracle.stages[stage].get("boards", {}).get(rule.get("board"), {})
        default = board.get("unbroken") or ranking.get("unbroken", "share")
        team = oracle.stages[stage].get("team", {})
        self.how = rule.get("unbroken") or default
        self.how_team = rule.get("unbroken") or team.get("unbroken", default)
        self.line = f"advance:{rule['to']}"
        self.target = (rule["to"], track)
        self.reserves = set()

    def already(self):
        rest = self.rule.get("share", {}).get("of") == "rest"
        if "except" not in self.rule and "up_to" not in self.rule and not rest:
            return set()
        return set(self.all.came[self.target])

    def chooser(self, *, without=frozenset(), least=None):
        rule, oracle = self.rule, self.all

        def passes(name):
            if rule.get("guests") == "skip" and self.roll[name][0] in oracle.guests:
                return False
            if "where" in rule and not oracle.true(name, rule["where"]):
                return False
            if name in without:
                return False
            if least is not None and oracle.total(self.stage, self.track, name) < least:
                return False
            return rule.get("fill") == "none" or gets(name)

        def gets(name):
            return oracle.enters(name, rule["to"], self.track)

        caps = [
            (one["count"], lambda name, kind=one["per"]: self.group(kind, name))
            for one in rule.get("cap", [])
            if not one.get("tracks") or self.track in one["tracks"]
        ]
        return Rule(passes, gets if rule.get("fill") == "none" else None, caps)

    def group(self, kind, name):
        return self.all.group(self.stage, self.track, kind, name)

    def names(self):
        rule, oracle = self.rule, self.all
        main = (self.stage, self.track, "main")
        if "take" in rule and main not in oracle.boards:
            return [name for name in sorted(self.roll) if self.chooser().takes(name)]
        if "take" in rule:
            return self.settle(main, 10**6, self.chooser(), self.how)
        if "teams" in rule:
            return self.teams()
        rest = rule.get("share", {}).get("of") == "rest"
        if ("except" in rule or "up_to" in rule or rest) and self.target in oracle.open:
            return None
        names = []
        for at in self.boards():
            some = self.best(at)
            if some is None:
                names = None
            elif names is not None:
                names += some
        return names

    def boards(self):
        rule = self.rule
        if not rule.get("per"):
            return [(self.stage, self.track, rule.get("board", "main"))]
        prefix = {"delegation": "team"}.get(rule["per"], rule["per"])
        prefix = rule.get("board", prefix)
        return sorted(
            at for at in self.all.boards
            if at[:2] == (self.stage, self.track) and at[2].startswith(f"{prefix}:")
        )  # fmt: skip

    def settle(self, at, last, chooser, how, known=()):
        line = Line(at, self.line, (1, last), how, known=frozenset(known))
        return settle(self.all, line, chooser)

    def best(self, at):
        rule, already = self.rule, self.already()
        board = self.all.boards[at]
        if "least" in rule:
            chooser = self.chooser(least=Fraction(rule["least"]))
            found = self.settle(at, 10**6, chooser, self.how, already)
            return found and [name for name in found if name not in already]
        if "up_to" in rule:
            places, chooser = rule["up_to"] - len(already), self.chooser(without=already)
        else:
            places, chooser = rule.get("top", 0), self.chooser()
        if rule.get("share", {}).get("of") == "rest":
            chooser = self.chooser(without=already)
            left = [name for name in board.names() if name not in already]
            places = portion(rule["share"], len(left))
        elif "share" in rule:
            places = portion(rule["share"], base(board, rule["share"]))
        if places <= 0:
            return []
        found = self.settle(at, places, chooser, self.how, already)
        if found is None:
            return None
        self.keep_reserves(board, set(found) | already, chooser)
        return [name for name in found if name not in already]

    def keep_reserves(self, board, inside, chooser):
        """Who could take a place and has none, from the best down; a tie shares its place."""
        count = 0
        for group in board.groups:
            fresh = [name for name in group if chooser.takes(name) and name not in inside]
            if count >= self.rule.get("reserves", 0):
                break
            self.reserves |= {
                (self.stage, self.target[0], self.track, count + 1, name) for name in fresh
            }
            count += len(fresh)

    def teams(self):
        at = (self.stage, self.track, "teams")
        if at not in self.all.boards:
            return []
        skip = self.all.guests if self.rule.get("guests") == "skip" else set()
        chooser = Rule(lambda code: code not in skip)
        found = self.settle(at, self.rule["teams"], chooser, self.how_team)
        if found is None:
            return None
        names = []
        for code in found:
            inside = (self.stage, self.track, f"team:{code}")
            some = self.settle(inside, self.rule.get("members", 10**6), self.chooser(), self.how)
            if some is None:
                names = None
            elif names is not None:
                names += some
        return names

    def confirmed(self, names):
        if "confirm" not in self.rule or not self.all.season.strict or not names:
            return True
        for stage, track, _, line, order, how in self.all.season.answers:
            same = (stage, track, line, how) == (self.stage, self.track, self.line, "confirmation")
            if same and set(names) <= set(order):
                return True
        at = (self.stage, self.track, "main", tuple(sorted(names)))
        self.all.asked[at].append((self.line, "confirmation"))
        return False
