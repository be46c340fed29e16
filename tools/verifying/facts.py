"""Section 5 of docs/formats/bundle.md: facts, conditions and bars."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from verifying.records import Record, is_day

Known = set[tuple[str, str]]


def tests_of(condition: Record) -> Iterator[tuple[str, Record]]:
    for name, part in condition.items():
        if name == "not":
            yield from tests_of(part)
        elif name in ("any", "all"):
            for inner in part:
                yield from tests_of(inner)
        else:
            yield name, part


def matches(test: Record, fact: Record) -> bool:
    if fact["fact"] != test["kind"] or test.get("key", fact["key"]) != fact["key"]:
        return False
    since, until = fact["since"], fact["until"]
    if "since" in test and (since or until or "9999") < f"{test['since']:04}-01-01":
        return False
    year = f"{test.get('year', 0):04}"
    begun, over = (since or "") <= f"{year}-12-31", (until or "9999-12-31") < f"{year}-01-01"
    return "year" not in test or (begun and not over)


def holds(condition: Record, facts: Iterable[Record], known: Known) -> bool | None:
    """Say whether a condition holds; None where nothing is known about what it asks."""
    ((name, part),) = condition.items()
    if name == "not":
        found = holds(part, facts, known)
        return None if found is None else not found
    if name in ("any", "all"):
        parts = [holds(one, facts, known) for one in part]
        decides = name == "any"
        if decides in parts:
            return decides
        return None if None in parts else not decides
    if (part["kind"], part.get("key", "")) not in known:
        return None
    return _is_so(name, part, [fact["value"] for fact in facts if matches(part, fact)])


def _is_so(name: str, test: Record, values: list[str]) -> bool:
    """Say what the values of the facts that match come to."""
    if name in ("has", "lacks"):
        return bool(values) == (name == "has")
    if name == "below":
        return max(map(Fraction, values), default=Fraction(0)) < Fraction(test["value"])
    return any(_passes(test, value) for value in values)


def _passes(test: Record, value: str) -> bool:
    if "in" in test:
        return value in test["in"]
    if "from" in test or "to" in test:
        return bool(test.get("from", "") <= value <= test.get("to", "9999-12-31"))
    figure = Fraction(value)
    return (
        ("least" not in test or figure >= Fraction(test["least"]))
        and ("most" not in test or figure <= Fraction(test["most"]))
        and ("above" not in test or figure > Fraction(test["above"]))
        and ("under" not in test or figure < Fraction(test["under"]))
    )


def refused(bar: Record, facts: Iterable[Record], known: Known) -> bool:
    if "refuse" in bar:
        return holds(bar["refuse"], facts, known) is True
    return holds(bar["require"], facts, known) is False


def ordered(facts: Iterable[Record]) -> list[Record]:
    """Put somebody's facts in the order in which the last one of a kind counts."""
    return sorted(
        facts, key=lambda f: (f["fact"], f["since"] or "", f["source"], f["key"], f["value"])
    )


def value_of(facts: Iterable[Record], kind: str) -> str:
    """Give the value of the last fact of a kind, empty text for none."""
    values: list[str] = [fact["value"] for fact in facts if fact["fact"] == kind]
    return values[-1] if values else ""


def day_number(text: str) -> Fraction | None:
    """Count days: 1 January of the year 1 is 1; None for what is no day."""
    return Fraction(date.fromisoformat(text).toordinal()) if is_day(text) else None


# ---- what is read --------------------------------------------------------------------------------

Read = set[tuple[str, str | None]]


def facts_read(rules: Record) -> tuple[Read, Read, Read]:
    """Name the facts that rules read, those that must be figures, and those that are days."""
    read: Read = {("withdrawn", None)}
    figures: Read = set()
    days: Read = set()
    for condition in _conditions(rules):
        for name, test in tests_of(condition):
            pair = (test["kind"], test.get("key"))
            read.add(pair)
            if name == "is" and ("from" in test or "to" in test):
                days.add(pair)
            elif name == "below" or (name == "is" and "in" not in test):
                figures.add(pair)
    kinds = {award.get("per") for award in rules.get("awards", ())}
    for stage in rules["stages"].values():
        kinds |= set(_kinds(stage))
    read |= {(kind, None) for kind in kinds - {None, "delegation", "stage"}}
    return read, figures, days


def within(fact: tuple[str, str], read: Read) -> bool:
    return fact in read or (fact[0], None) in read


def _conditions(rules: Record) -> Iterator[Record]:
    owners = [*rules.get("awards", ()), *rules.get("honours", ())]
    for stage in rules["stages"].values():
        owners += [*stage.get("advance", ()), *stage.get("boards", {}).values()]
        yield from (bar.get("refuse") or bar["require"] for bar in stage.get("bars", ()))
    yield from (owner["where"] for owner in owners if "where" in owner)


def _kinds(stage: Record) -> Iterator[str | None]:
    ranking, boards = stage.get("ranking", {}), stage.get("boards", {}).values()
    names = [*ranking.get("keys", ()), *ranking.get("at_lines", ())]
    names += [one["of"] for one in stage.get("qualify", ())]
    for rule in stage.get("advance", ()):
        yield rule.get("per")
        yield from (cap["per"] for cap in rule.get("cap", ()))
    for board in boards:
        yield board.get("per")
        names += board.get("keys", ())
    for name in names:
        key = name
        while key.startswith("stage:"):
            key = key.partition(".")[2]
        key = key.removeprefix("-")
        if key.startswith("fact:"):
            yield key.removeprefix("fact:")
    team = stage.get("team", {})
    if any(key.startswith("slot:") for key in [*team.get("keys", ()), *team.get("at_lines", ())]):
        yield "slot"
