"""Section 6.3 of docs/formats/bundle.md: totals and the figures by which a stage ranks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verifying.facts import day_number
from verifying.records import Arena, Difference, Record, Stop, is_decimal
from verifying.rules import share

if TYPE_CHECKING:
    from verifying.season import Season

Column = dict[str, Fraction]  # by entry
PLACED = ("playoff", "place")  # places in a quiz; 0 is none


def rounded(value: Fraction, rule: Record | None) -> Fraction:
    """Round away from or towards nought, or leave exact."""
    if rule is None:
        return value
    scale = 10 ** rule["decimals"]
    whole, rest = divmod(abs(value) * scale, 1)
    mode, half = rule.get("mode", "half-up"), Fraction(1, 2)
    more = (
        (mode == "up" and rest > 0)
        or (mode == "half-up" and rest >= half)
        or (mode == "half-even" and (rest > half or (rest == half and whole % 2 == 1)))
    )
    units = Fraction(int(whole) + more, scale)
    return -units if value < 0 else units


def figure(season: Season, arena: Arena, name: str) -> Column:
    """Give the figures of a key for everybody in an arena."""
    stage = season.stages[arena[0]]
    if name == "total":
        return total(season, arena)
    if name.startswith("stage:"):
        earlier, _, key = name.removeprefix("stage:").partition(".")
        return brought(season, arena, earlier, key or "total")
    bare = name.removeprefix("-")
    if bare.startswith("fact:"):
        return _of_facts(season, arena, bare.removeprefix("fact:"), less=bare != name)
    if name in stage.get("figures", {}):
        rule = stage["figures"][name]
        names = [*rule.get("sum", ()), *rule.get("weights", ())]
        return _added(season, arena, names, rule.get("weights", {}))
    event, _, key = name.partition(".")
    scores = season.scores[arena][event]
    if not key:
        return {one: points(scores[one]) for one in season.people[arena]}
    scale = 10 ** tie_key(season, event, key)["decimals"]
    return {one: Fraction(_key(scores[one], key), scale) for one in season.people[arena]}


def ranked_figure(season: Season, arena: Arena, name: str) -> Column:
    """Give the figures of a key as they rank: where less is better, none is behind everybody."""
    column = figure(season, arena, name)
    lacking: set[str] = set()
    if about(season, season.stages[arena[0]], name)["better"] == "lower":
        lacking = _lacking(season, arena, name, column)
    worst = max((value for one, value in column.items() if one not in lacking), default=None)
    if worst is None:
        return column
    return {one: worst + 1 if one in lacking else value for one, value in column.items()}


def _lacking(season: Season, arena: Arena, name: str, column: Column) -> set[str]:
    """Say who has nothing to compare: no result in an earlier stage, no score, no place."""
    if name.startswith("stage:"):
        stage, _, key = name.removeprefix("stage:").partition(".")
        earlier, key = (stage, arena[1]), key or "total"
        there = season.ranked.get(earlier)
        if there is None:
            return set()
        lacked = _lacking(season, earlier, key, figure(season, earlier, key))
        return {one for one in column if one not in there or one in lacked}
    if "fact:" in name:
        return set()
    event, _, key = name.partition(".")
    scores = season.scores[arena].get(event)
    if scores is None or name in season.stages[arena[0]].get("figures", {}):
        return set()
    placed = season.rules["events"][event].get("kind") == "live" and key in PLACED
    return {
        one
        for one, value in column.items()
        if scores[one]["status"] != "ok" or (placed and value == 0)
    }


def points(score: Record) -> Fraction:
    if score["status"] != "ok":
        return Fraction(0)
    return Fraction(score["value"], score["over"] * 10 ** score["decimals"])


def _key(score: Record, key: str) -> int:
    return int(score["keys"].get(key, 0)) if score["status"] == "ok" else 0


def total(season: Season, arena: Arena) -> Column:
    stage = season.stages[arena[0]]
    rule = stage.get("total", {})
    weights = rule.get("weights", {})
    if "sum" in rule or weights:
        names = [*rule.get("sum", ()), *weights]
    else:
        names = [] if rule.get("carry") else stage.get("events", [])
    sums = _added(season, arena, names, weights)
    for one in sums:
        sums[one] += Fraction(rule.get("base", 0))
    for carry in rule.get("carry", ()):
        for one, more in _carried(season, arena, carry).items():
            sums[one] += more * share(carry.get("share", 1))
    return {one: rounded(value, rule.get("round")) for one, value in sums.items()}


def brought(season: Season, arena: Arena, stage: str, name: str) -> Column:
    """Bring a figure of an earlier stage; nought for who has no result there."""
    earlier, given = (stage, arena[1]), season.scores[arena].get(stage)
    if given is not None and name == "total":
        return {one: points(given[one]) for one in season.people[arena]}
    figures = figure(season, earlier, name) if earlier in season.ranked else {}
    there = season.ranked.get(earlier, set())
    return {one: figures[one] if one in there else Fraction(0) for one in season.people[arena]}


def _carried(season: Season, arena: Arena, carry: Record) -> Column:
    stage = carry["from"]
    if stage in season.scores[arena]:
        return brought(season, arena, stage, "total")
    if (stage, arena[1]) not in season.ranked:
        place = f"score {arena[0]}/{arena[1]}/{stage}"
        raise Stop(Difference("carry_missing", place, "nothing to carry in"))
    return brought(season, arena, stage, carry.get("of", "total"))


def _added(season: Season, arena: Arena, names: list[str], weights: Record) -> Column:
    sums = dict.fromkeys(season.people[arena], Fraction(0))
    for name in dict.fromkeys(names):
        weight = share(weights.get(name, 1))
        for one, value in figure(season, arena, name).items():
            sums[one] += weight * value
    return sums


def _of_facts(season: Season, arena: Arena, kind: str, *, less: bool) -> Column:
    """Give figures or days among the facts; who has none stands behind everybody."""
    found: dict[str, list[Fraction]] = {}
    for one, entry in season.people[arena].items():
        values = [fact["value"] for fact in season.facts[entry["person"]] if fact["fact"] == kind]
        read = [Fraction(v) if is_decimal(v) else day_number(v) for v in values]
        found[one] = [value for value in read if value is not None]
    known = [value for values in found.values() for value in values]
    worst = max(known, default=Fraction(0)) + 1 if less else min(known, default=Fraction(0)) - 1
    best = min if less else max
    return {one: best(values, default=worst) for one, values in found.items()}


# ---- what a key is called ------------------------------------------------------------------------


def places(season: Season, stage: Record) -> int:
    """Give the least decimals with which a stage's totals are written."""
    rule = stage.get("total", {}).get("round")
    if rule is not None:
        return int(rule["decimals"])
    events = season.rules.get("events", {})
    return max((int(events[one].get("decimals", 2)) for one in stage.get("events", ())), default=0)


def tie_key(season: Season, event: str, key: str) -> Record:
    found: Record | None = season.tie_keys.get((event, key))
    return {"unit": "", "decimals": 0} | (found or season.rules["events"][event]["keys"][key])


def about(season: Season, stage: Record, name: str) -> Record:
    """Describe a key: name, title, unit, better, decimals."""
    plain = {"name": name, "title": "", "unit": "", "better": "higher", "decimals": 0}
    if name == "total":
        return plain | {"decimals": places(season, stage)}
    if name.startswith("stage:"):
        earlier, _, key = name.removeprefix("stage:").partition(".")
        other = season.stages[earlier]
        there = about(season, other, key or "total")
        return there | {"name": name, "title": other["title"] + (there["title"] or "总分")}
    bare = name.removeprefix("-")
    if bare.startswith("fact:"):
        kind = bare.removeprefix("fact:")
        rule = season.rules.get("facts", {}).get(kind, {"title": kind})
        better = "higher" if bare == name else "lower"
        return plain | {"title": rule["title"], "unit": rule.get("unit", ""), "better": better}
    fields = ("title", "unit", "better", "decimals")
    if name in stage.get("figures", {}):
        rule = stage["figures"][name]
        return plain | {field: rule[field] for field in fields if field in rule}
    event, _, key = name.partition(".")
    if not key:
        there = season.rules["events"][event]
        return plain | {"title": there["title"], "decimals": there.get("decimals", 2)}
    found = tie_key(season, event, key)
    return plain | {field: found[field] for field in fields}
