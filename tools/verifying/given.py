"""Step 4 of section 8 of docs/formats/bundle.md: what was given fits the rules."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from verifying import facts
from verifying.records import Difference, Record, called, is_day, is_decimal
from verifying.rules import at_lines_of, chain_of, guests_of, lines_of

File = dict[str, list[Record]]
DERIVES = ("judged", "live", "ballot")  # kinds of events that have tie keys beside those declared


def check_people(rules: Record, file: File) -> Iterator[Difference]:
    """Check delegations, facts, titles and tie keys."""
    guests = guests_of(rules)
    codes = {one["code"] for one in file["delegation"]}
    for also in rules.get("delegations", {}).get("also", ()):
        if not codes & {also["unit"], also["name"]}:
            yield Difference("delegation_missing", f"delegation {also['unit']}")
    for one in file["delegation"]:
        if one["guest"] != (one["code"] in guests):
            yield Difference("delegation_guest", called(one))
    yield from _check_facts(rules, file)
    asked = {name for honour in rules.get("honours", ()) for name in honour.get("titles", ())}
    for one in file["title"]:
        if one["title"] not in asked:
            yield Difference("title_unread", called(one))
    used = {name for stage in rules["stages"].values() for name in stage.get("events", ())}
    for one in file["tie_key"]:
        event = rules.get("events", {}).get(one["event"], {})
        if one["event"] not in used or event.get("kind") not in DERIVES:
            yield Difference("tie_key_wrong", called(one))


def _check_facts(rules: Record, file: File) -> Iterator[Difference]:
    read, figures, days = facts.facts_read(rules)
    known = {(one["fact"], one["key"]) for one in file["known"]}
    people = {one["person"] for one in [*file["entry"], *file["title"]]}
    people |= {name for entry in file["entry"] for name in entry["members"]}
    for one in file["known"]:
        if not facts.within((one["fact"], one["key"]), read):
            yield Difference("fact_unread", called(one))
    for fact in file["fact"]:
        name = (fact["fact"], fact["key"])
        if fact["person"] not in people:
            yield Difference("fact_stranger", called(fact))
        if not facts.within(name, read):
            yield Difference("fact_unread", called(fact))
            continue
        if name not in known:
            yield Difference("fact_unknown", called(fact))
        if facts.within(name, figures) and not is_decimal(fact["value"]):
            yield Difference("fact_not_decimal", called(fact), fact["value"])
        if facts.within(name, days) and not is_day(fact["value"]):
            yield Difference("fact_not_day", called(fact), fact["value"])


def check_rows(rules: Record, file: File) -> Iterator[Difference]:
    """Check entries, scores and resolutions, each by itself."""
    codes = {one["code"] for one in file["delegation"]}
    people = set()
    for one in file["entry"]:
        if unknown := _strange(rules, one):
            yield unknown
            continue
        if one["delegation"] and one["delegation"] not in codes:
            yield Difference("delegation_unknown", called(one), one["delegation"])
        name = (one["stage"], one["track"], one["person"])
        if name in people:
            yield Difference("person_twice", called(one))
        people.add(name)
    for one in file["score"]:
        yield from _check_score(rules, file, codes, one)
    yield from _check_needed(rules, file)
    answers = defaultdict(set)
    for one in file["resolution"]:
        if unknown := _strange(rules, one):
            yield unknown
            continue
        if one["line"] not in lines_of(rules, one["stage"]):
            yield Difference("line_unknown", called(one), one["line"])
        if len(set(one["order"])) != len(one["order"]) or not one["order"]:
            yield Difference("resolution_order", called(one))
        # A list that is confirmed orders nobody, so it cannot contradict a draw.
        tie = (called(one), one["how"] == "confirmation", frozenset(one["order"]))
        answers[tie].add(tuple(one["order"]))
        if len(answers[tie]) > 1:
            yield Difference("resolution_conflict", called(one))


def _strange(rules: Record, record: Record) -> Difference | None:
    team = rules["stages"].get(record["stage"], {}).get("team", {})
    together = record["kind"] == "resolution" and team.get("tracks") == "together"
    if together and record["track"] == "all" and "all" not in rules["tracks"]:
        return None
    for field in ("stage", "track"):
        if record[field] not in rules[f"{field}s"]:
            return Difference(f"{field}_unknown", called(record))
    tracks = rules["stages"][record["stage"]].get("tracks")
    if tracks and record["track"] not in tracks:
        return Difference("track_not_in_stage", called(record))
    return None


def _check_score(rules: Record, file: File, codes: set[str], one: Record) -> Iterator[Difference]:
    if unknown := _strange(rules, one):
        yield unknown
        return
    stage, event = rules["stages"][one["stage"]], one["event"]
    of_teams = stage.get("team", {}).get("plus", {})
    carried = [carry["from"] for carry in stage.get("total", {}).get("carry", ())]
    if event not in stage.get("events", ()) and event not in of_teams and event not in carried:
        yield Difference("event_unknown", called(one))
        return
    if event in of_teams and one["entry"] not in codes:
        yield Difference("delegation_unknown", called(one), one["entry"])
    if one["status"] == "ok" and event not in carried:
        declared = set(rules["events"][event].get("keys", {}))
        declared |= {key["key"] for key in file["tie_key"] if key["event"] == event}
        yield from _check_value(rules["events"][event], declared, one)


def _check_value(event: Record, declared: set[str], one: Record) -> Iterator[Difference]:
    value = Fraction(one["value"], one["over"] * 10 ** one["decimals"])
    if one["over"] == 1 and (value * 10 ** event.get("decimals", 2)).denominator > 1:
        yield Difference("score_decimals", called(one))
    low = value < Fraction(event.get("min", 0)) and event.get("kind") != "live"
    if low or ("max" in event and value > Fraction(event["max"])):
        yield Difference("score_range", called(one), str(value))
    if one["keys"].keys() - declared:
        yield Difference("score_key_unknown", called(one), ", ".join(one["keys"]))


def _check_needed(rules: Record, file: File) -> Iterator[Difference]:
    """Demand a declared tie key that a ranking reads of all scores of an event, or of none."""
    scores = defaultdict(list)
    for one in file["score"]:
        if one["status"] == "ok" and not _strange(rules, one):
            scores[one["stage"], one["track"], one["event"]].append(one)
    for (stage, _, event), there in scores.items():
        names = _chains(rules["stages"][stage])
        for key in rules.get("events", {}).get(event, {}).get("keys", {}):
            lacking = [one for one in there if key not in one["keys"]]
            if f"{event}.{key}" in names and len(lacking) < len(there):
                for one in lacking:
                    yield Difference("score_key_missing", called(one), key)


def _chains(stage: Record) -> set[str]:
    chains = [chain_of(stage), at_lines_of(stage)] if "ranking" in stage else []
    chains += [board.get("keys", []) for board in stage.get("boards", {}).values()]
    return {name for chain in chains for name in chain}
