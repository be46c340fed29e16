"""Shares, rounding, and the figures of a stage, for the oracle: Fractions, one entry at a time."""

from datetime import date
from fractions import Fraction
from math import ceil, floor


def share(text):
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def portion(rule, count):
    exact = share(rule["share"]) * count
    ways = {"up": ceil(exact), "down": floor(exact), "half-up": floor(exact + Fraction(1, 2))}
    return ways[rule["round"]]


def rounded(value, rule):
    """Round the amount and keep the sign, as the words are used of decimals everywhere."""
    if rule is None:
        return value
    scaled = abs(value) * 10 ** rule["decimals"]
    low, rest = floor(scaled), scaled - floor(scaled)
    mode, half = rule.get("mode", "half-up"), Fraction(1, 2)
    more = {
        "up": rest > 0,
        "down": False,
        "half-up": rest >= half,
        "half-even": rest > half or (rest == half and low % 2 == 1),
    }[mode]
    amount = Fraction(low + more, 10 ** rule["decimals"])
    return -amount if value < 0 else amount


def base(board, rule):
    """Give the number of which a share is taken."""
    return board.entrants if rule.get("of", "entrants") == "entrants" else len(board.names())


class Figures:
    """Reads ``law``, ``season``, ``stages``, ``rolls`` and ``boards`` of the oracle."""

    def score(self, stage, track, event, name):
        status, value, keys = self.season.scores[stage, track, event][name]
        return (status, value, keys) if status == "ok" else (status, Fraction(0), keys)

    def figure(self, stage, track, key, name):
        """Give (value, whether more is better) of a key for somebody in a stage."""
        rule = self.stages[stage]
        if key == "total":
            return self.total(stage, track, name), True
        if key.startswith("stage:"):
            other, _, of = key.removeprefix("stage:").partition(".")
            return self.brought(other, track, of or "total", name)
        if "fact:" in key:
            return self._fact(stage, track, key, name)
        if key in rule.get("figures", {}):
            one = rule["figures"][key]
            names = list(dict.fromkeys([*one.get("sum", []), *one.get("weights", {})]))
            value = self._added(stage, track, names, one.get("weights", {}), name)
            return value, one.get("better", "higher") == "higher"
        event, _, part = key.partition(".")
        _, value, keys = self.score(stage, track, event, name)
        if not part:
            return value, True
        higher = self.law["events"][event]["keys"][part]["better"] == "higher"
        return keys.get(part, Fraction(0)), higher

    def brought(self, other, track, of, name):
        """Give an earlier stage's figure; who had no result there brings nought."""
        ranked = (other, track, "main") in self.boards
        if not ranked or name not in self.boards[other, track, "main"].names():
            higher = True
            if of != "total" and ranked and self.rolls[other, track]:
                higher = self.figure(other, track, of, next(iter(self.rolls[other, track])))[1]
            return Fraction(0), higher
        return self.figure(other, track, of, name)

    def _added(self, stage, track, names, weights, name):
        total = Fraction(0)
        for event in names:
            value, _ = self.figure(stage, track, event, name)
            total += value * share(weights.get(event, "1"))
        return total

    def total(self, stage, track, name):
        rule = self.stages[stage].get("total")
        events = self.stages[stage].get("events", [])
        if rule is None:
            return self._added(stage, track, events, {}, name)
        weights = rule.get("weights", {})
        names = list(dict.fromkeys([*rule.get("sum", []), *weights])) or events  # all of them
        total = self._added(stage, track, names, weights, name)
        total += Fraction(rule.get("base", "0"))
        for carry in rule.get("carry", []):
            value, _ = self.brought(carry["from"], track, carry.get("of", "total"), name)
            total += value * share(carry["share"])
        return rounded(total, rule.get("round"))

    def _fact(self, stage, track, key, name):
        """A figure or day among the facts; who has none stands behind everybody."""
        less = key.startswith("-")
        kind = key.removeprefix("-").removeprefix("fact:")

        def read(one):
            text = self.season.facts.get(one, {}).get(kind)
            if text is None:
                return None
            if text[4:5] == "-":
                return Fraction(date.fromisoformat(text).toordinal())
            return Fraction(text)

        known = [read(one) for one in self.rolls[stage, track] if read(one) is not None]
        mine = read(name)
        if mine is None:
            mine = (max(known, default=0) + 1) if less else (min(known, default=0) - 1)
        return Fraction(mine), not less

    def ranked(self, stage, track, key, name):
        """Give a key as it ranks, greater is better; less is better: who has none is last."""
        value, higher = self.figure(stage, track, key, name)
        if higher or self.has_figure(stage, track, key, name):
            return value if higher else -value
        others = [
            one for one in self.rolls[stage, track] if self.has_figure(stage, track, key, one)
        ]
        worst = [self.figure(stage, track, key, one)[0] for one in others]
        return -(max(worst) + 1) if worst else -value

    def has_figure(self, stage, track, key, name):
        if key.startswith("stage:"):
            other, _, of = key.removeprefix("stage:").partition(".")
            board = self.boards.get((other, track, "main"))
            if board is None:
                return True
            return name in board.names() and self.has_figure(other, track, of or "total", name)
        event = key.partition(".")[0]
        if "fact:" in key or event not in self.stages[stage].get("events", []):
            return True
        return self.score(stage, track, event, name)[0] == "ok"

    def vector(self, stage, track, keys, name):
        """Write the keys so that the greater is the better."""
        return tuple(self.ranked(stage, track, key, name) for key in keys)
