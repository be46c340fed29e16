"""Section 6.10 of docs/formats/bundle.md: which resolutions decided something."""

from verifying.records import Record
from verifying.season import Season


def is_used(season: Season, one: Record) -> bool:
    return (
        _breaks(season, one) or _names(season, one) or _draws(season, one) or _confirms(season, one)
    )


def _breaks(season: Season, one: Record) -> bool:
    for (stage, track, name), board in season.boards.items():
        if (stage, track) == (one["stage"], one["track"]) and one["board"] in ("", name):
            drawn = [board.drawn.get(who, {}).get("order") for who in one["order"]]
            if drawn and all(order == one["order"] for order in drawn):
                return True
    return False


def _names(season: Season, one: Record) -> bool:
    arena = (one["stage"], one["track"])
    for award in season.rules.get("awards", ()):
        if "decided" in award and one["line"] == f"award:{award['id']}":
            rows = [row for row in season.awards if row["award"] == award["id"]]
            there = {row["holder"] for row in rows if (row["stage"], row["track"]) == arena}
            return there == set(one["order"])
    return False


def _draws(season: Season, one: Record) -> bool:
    for honour in season.rules.get("honours", ()):
        if honour.get("lottery") and one["line"] == f"honour:{honour['id']}":
            rows = [row for row in season.honours if row["honour"] == honour["id"]]
            drawn = {r["holder"] for r in rows if r["reason"]["code"] == "honour_drawn"}
            return drawn == set(one["order"][: honour["lottery"]])
    return False


def _confirms(season: Season, one: Record) -> bool:
    rules = season.stages[one["stage"]].get("advance", ())
    for index, rule in enumerate(rules if one["how"] == "confirmation" else ()):
        if "confirm" not in rule or one["line"] != f"advance:{rule['to']}":
            continue
        source = f"stages.{one['stage']}.advance[{index}]"
        names = {
            row["entry"]
            for row in season.advanced[rule["to"], one["track"]]
            if row["stage"] == one["stage"] and row["reason"]["data"]["source"] == source
        }
        if names and names.issubset(one["order"]):
            return True
    return False
