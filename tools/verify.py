#!/usr/bin/env python3
"""Verify a Leitai results bundle: python3 verify.py BUNDLE [--key HEXFILE|FINGERPRINT].

Written from docs/formats/bundle.md alone, whose section numbers stand below. Needs Python 3.11,
its standard library and ed25519.py beside it; shares no code with the programs that write bundles.
Prints VERIFIED and the signer's fingerprint (exit 0), or each difference on a line (exit 1).
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))  # ``python3 -I`` leaves it out

import ed25519

Record = dict[str, Any]
Arena = tuple[str, str]  # stage, track
Board = tuple[str, str, str]  # stage, track, name
Check = Callable[[Any], object]


class Difference(NamedTuple):
    """One thing that is not as it must be (section 8)."""

    code: str
    place: str
    words: str = ""

    def __str__(self) -> str:
        return " ".join(f"{self.code} {self.place} {self.words}".split())


class Stop(Exception):  # noqa: N818
    """Nothing can be checked after this difference."""

    def __init__(self, code: str, place: str, words: str = "") -> None:
        self.difference = Difference(code, place, words)


# ---- 1 bytes, 2 records --------------------------------------------------------------------------

FORM = {
    "bundle": "counts:counts format:name made_at:moment season:name suite:name title:name",
    "rulebook": "canonical:name hash:hex64 text:name",
    "delegation": "code:name guest:flag name:name",
    "entry": "as:as delegation:name id:name name:name person:name stage:name track:name",
    "fact": "fact:name key:name person:name since:day source:text until:day value:text",
    "score": "decimals:places entry:name event:name keys:keys stage:name status:status track:name"
    " value:integer",
    "resolution": "board:name how:how line:name note:text order:names stage:name track:name",
    "standing": "board:name decided_by:reason? delegation:name entry:name rank:rank stage:name"
    " tied_with:count total:amount track:name values:integers",
    "team": "advanced:flag counted:names decided_by:reason? delegation:name guest:flag rank:rank"
    " stage:name tied_with:count total:amount track:name",
    "advance": "as:as delegation:name entry:name reason:reason stage:name to_stage:name track:name",
    "award": "award:name board:name delegation:name holder:name holder_kind:holder rank:rank"
    " reason:reason stage:name title:name track:name",
    "signature": "fingerprint:print key:hex64 signature:hex128 suite:name",
}
FIELDS = {kind: dict(f.split(":") for f in form.split()) for kind, form in FORM.items()}
KINDS = list(FORM)
SINGLE = ("bundle", "rulebook", "signature")
NAMED = {
    "delegation": "code",
    "entry": "stage track id",
    "fact": "person fact key",
    "score": "stage track event entry",
    "resolution": "stage track board line",
    "standing": "stage track board entry",
    "team": "stage track delegation",
    "advance": "stage to_stage track entry",
    "award": "award track holder",
}
SORTED = NAMED | {
    "fact": "person fact key value since until source",
    "resolution": "stage track board line order",
    "standing": "stage track board rank entry",
    "team": "stage track rank delegation",
    "award": "award stage track board rank holder",
}
DECIMAL = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,18})?", re.ASCII)


def canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def decode(raw: bytes) -> Any:
    """Decode canonical JSON; anything else is a ValueError."""
    try:
        value = json.loads(raw.decode(), parse_float=_refuse, parse_constant=_refuse)
    except RecursionError:
        _refuse("too deep")
    return value if canonical(value) == raw else _refuse("another encoding")


def _refuse(text: str) -> None:
    raise ValueError(text)


def whole(least: int, most: int = 2**53 - 1) -> Check:
    return lambda v: type(v) is int and least <= v <= most


def match(pattern: str) -> Check:
    return lambda v: isinstance(v, str) and re.fullmatch(pattern, v, re.ASCII | re.DOTALL)


def parsed(pattern: str, parse: Callable[[str], Any]) -> Check:
    def check(value: Any) -> bool:
        try:
            return bool(match(pattern)(value)) and parse(value) is not None
        except ValueError:
            return False

    return check


def listed(check: Check) -> Check:
    return lambda v: isinstance(v, list) and all(map(check, v))


def members(check: Check) -> Check:
    return lambda v: isinstance(v, dict) and "" not in v and all(map(check, v.values()))


def either(*checks: Check) -> Check:
    return lambda v: any(check(v) for check in checks)


def _lowest(text: str) -> bool | None:
    return True if len(text) <= 64 and str(Fraction(text)) == text else None


def _reason(value: Any) -> object:
    part = either(match(".*"), whole(1 - 2**53))
    form = isinstance(value, dict) and value.keys() == {"code", "data"}
    return (
        form and match(".+")(value["code"]) and members(either(part, listed(part)))(value["data"])
    )


VALUES: dict[str, Check] = {
    "text": match(".*"),
    "name": match(".+"),
    "names": listed(match(".+")),
    "flag": lambda v: isinstance(v, bool),
    "integer": whole(1 - 2**53),
    "integers": listed(whole(1 - 2**53)),
    "count": whole(0),
    "rank": whole(1),
    "places": whole(0, 9),
    "day": lambda v: v is None or parsed(r"\d{4}-\d\d-\d\d", date.fromisoformat)(v),
    "moment": parsed(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", datetime.fromisoformat),
    "hex64": match("[0-9a-f]{64}"),
    "hex128": match("[0-9a-f]{128}"),
    "print": match("lt1:[0-9a-f]{32}"),
    "amount": parsed(r"-?(0|[1-9]\d*)(/[1-9]\d*)?", _lowest),
    "reason": _reason,
    "reason?": lambda v: v is None or _reason(v),
    "as": match("individual|team"),
    "status": match("ok|absent|void"),
    "how": match("draw|vote|playoff|jury|confirmation"),
    "holder": match("person|team"),
    "keys": members(whole(1 - 2**53)),
    "counts": lambda v: members(whole(0))(v) and v.keys() == NAMED.keys(),
}


def called(record: Record) -> str:
    return f"{record['kind']} " + "/".join(record[f] for f in NAMED[record["kind"]].split())


def read(data: bytes) -> list[Record]:
    """Step 1: every line in its one encoding, every field, the one order."""
    lines = data.split(b"\n")
    if lines.pop() or not lines:
        raise Stop("unfinished", f"line {len(lines) + 1}")
    records: list[Record] = []
    last: tuple[Any, ...] = ()
    for number, raw in enumerate(lines, 1):
        record = _record(raw, f"line {number}")
        fields = SORTED.get(record["kind"], "").split()
        here = (KINDS.index(record["kind"]), *(record[f] or "" for f in fields))
        if here <= last:
            raise Stop("record_order", f"line {number}")
        last = here
        records.append(record)
    for kind in SINGLE:
        if kind not in {record["kind"] for record in records}:
            raise Stop("record_missing", kind)
    return records


def _record(raw: bytes, place: str) -> Record:
    try:
        record = decode(raw)
    except ValueError:
        raise Stop("not_canonical", place) from None
    if not isinstance(record, dict) or record.get("kind") not in KINDS:
        raise Stop("record_kind", place)
    kind = record["kind"]
    if kind == "bundle" and record.get("format") != "leitai-bundle-1":
        raise Stop("format_unknown", place)
    if kind in ("bundle", "signature") and record.get("suite") != "lt1":
        raise Stop("suite_unknown", place)
    form = FIELDS[kind]
    for field in sorted((form.keys() | record.keys()) - {"kind"}):
        if field not in form or field not in record or not VALUES[form[field]](record[field]):
            raise Stop("record_field", place, field)
    return record


# ---- 3 signature ---------------------------------------------------------------------------------


def check_seal(data: bytes, records: list[Record], trusted: str | None) -> Iterator[Difference]:
    """Step 2."""
    seal = records[-1]
    public, signed = bytes.fromhex(seal["key"]), data[: data.rindex(b"\n", 0, -1) + 1]
    if not ed25519.verify(public, signed, bytes.fromhex(seal["signature"])):
        yield Difference("signature_wrong", "signature", "not a signature of these bytes")
    ours = "lt1:" + hashlib.sha256(public).hexdigest()[:32]
    if seal["fingerprint"] != ours:
        yield Difference("fingerprint_wrong", "signature", f"the key's is {ours}")
    if trusted is not None:
        wanted = trusted.strip().lower()
        if not re.fullmatch("lt1:[0-9a-f]{32}|[0-9a-f]{64}", wanted):
            yield Difference("trust_unreadable", "signature", "give a fingerprint or 64 hex digits")
        elif wanted not in (seal["key"], ours):
            yield Difference("signer_unknown", "signature", f"signed by {ours}, trusted {wanted}")
    found = Counter(record["kind"] for record in records)
    for kind, count in records[0]["counts"].items():
        if found[kind] != count:
            yield Difference("count_wrong", kind, f"header {count}, found {found[kind]}")


# ---- 4 rulebook ----------------------------------------------------------------------------------

# ``!`` required, ``-`` not read, ``{x`` names to x, ``[x`` list of x, ``/`` exactly one of a group.
RULES = {
    "rulebook": "rulebook!:one tracks!:{track stages!:{stage delegations!:delegations"
    " events:{event awards:[award id!:- title!:- year!:- short_title:- theme:- scope:- host:-"
    " modules:- calendar:- visibility:- assumptions:-",
    "track": "title!:- kind!:person|team",
    "delegations": "title!:- each:- also:[also",
    "also": "unit!:name name!:- guest:flag source:-",
    "event": "title!:name kind!:exam max!:decimal decimals!:places keys:{key minutes:- paper:-"
    " source:-",
    "key": "title!:name better!:higher|lower unit:name decimals:places",
    "stage": "title!:name method!:nomination|contest quota:quota bars:[bar events:[name total:total"
    " ranking:ranking team:team advance:[advance window:- hosts:- source:-",
    "quota": "per!:delegation|stage count!:most source:-",
    "bar": "id!:name refuse!:condition title!:- source!:name assumption:-",
    "condition": "any/:[condition all/:[condition has/:test lacks/:test below/:amount",
    "test": "kind!:name key!:name year:year since:year",
    "amount": "kind!:name key!:name value!:decimal year:year since:year",
    "total": "sum!:[name",
    "ranking": "keys!:[name unbroken!:- assumption:-",
    "team": "top!:most fewer!:count|exclude keys!:[total|members of:all|advanced title!:-"
    " unbroken!:- assumption:- source:-",
    "advance": "to!:name as!:individual|team take/:everyone teams/:most top/:most members:most"
    " except:already guests:skip|include assumption:- source:-",
    "award": "id!:name title!:name to!:person|team stage!:name ranks/:[most top/:most"
    " per:delegation unless:[name exhausted:vacant guests:skip|include assumption:- source:-",
}
SCALARS = VALUES | {
    "one": whole(1, 1),
    "most": whole(1, 1_000_000),
    "year": whole(1900, 9999),
    "decimal": lambda v: type(v) is int or (isinstance(v, str) and is_decimal(v)),
}


def is_decimal(text: str) -> bool:
    return DECIMAL.fullmatch(text) is not None


def check_rule(kind: str, value: Any, path: str) -> Iterator[Difference]:
    """Step 3: every key is one that this verifier knows."""
    if kind == "-":
        return
    if kind[0] in "{[":
        if not value or not isinstance(value, dict if kind[0] == "{" else list):
            yield Difference("rule_wrong", path, "not a list or mapping with something in it")
            return
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            where = f"{path}.{name}" if isinstance(value, dict) else f"{path}[{name}]"
            yield from check_rule(kind[1:], part, where)
    elif kind not in RULES:
        if not SCALARS.get(kind, match(kind))(value):
            yield Difference("rule_wrong", path, repr(value))
    elif not isinstance(value, dict):
        yield Difference("rule_wrong", path or "rulebook")
    else:
        form = dict(part.split(":") for part in RULES[kind].split())
        known = {name.rstrip("!/"): part for name, part in form.items()}
        for name in value:
            where = f"{path}.{name}" if path else name
            if name not in known:
                yield Difference("rule_unknown", where, "a rule that this verifier does not know")
            else:
                yield from check_rule(known[name], value[name], where)
        one_of = sum(f"{name}/" in form for name in value)
        if any(n[-1] == "!" and n[:-1] not in value for n in form) or one_of != (
            "/:" in RULES[kind]
        ):
            yield Difference("rule_wrong", path or "rulebook", "a key is missing or one too many")


def stage_order(rules: Record) -> list[str]:
    todo = {name: set[str]() for name in rules["stages"]}
    for name, stage in rules["stages"].items():
        for rule in stage.get("advance", ()):
            todo[rule["to"]].add(name)
    order: list[str] = []
    while todo:
        order.append(min(name for name, feeders in todo.items() if feeders.issubset(order)))
        del todo[order[-1]]
    return order


# ---- 5 eligibility, and step 4: what was given ---------------------------------------------------


def tests_of(condition: Record) -> Iterator[tuple[str, Record]]:
    for name, part in condition.items():
        if name in ("any", "all"):
            for inner in part:
                yield from tests_of(inner)
        else:
            yield name, part


def matches(test: Record, fact: Record) -> bool:
    if (fact["fact"], fact["key"]) != (test["kind"], test["key"]):
        return False
    since, until = fact["since"], fact["until"]
    if "since" in test and (since or until or "9999") < f"{test['since']:04}-01-01":
        return False
    year = f"{test.get('year', 0):04}"
    begun, over = (since or "") <= f"{year}-12-31", (until or "9999-12-31") < f"{year}-01-01"
    return "year" not in test or (begun and not over)


def holds(condition: Record, facts: list[Record]) -> bool:
    ((name, part),) = condition.items()
    if name in ("any", "all"):
        parts = [holds(one, facts) for one in part]
        return any(parts) if name == "any" else all(parts)
    found = [fact for fact in facts if matches(part, fact)]
    if name == "below":
        return max((Fraction(f["value"]) for f in found), default=Fraction(0)) < Fraction(
            part["value"]
        )
    return bool(found) == (name == "has")


def check_inputs(rules: Record, file: dict[str, list[Record]]) -> Iterator[Difference]:
    guests = {
        also["unit"]: also.get("guest", False) for also in rules["delegations"].get("also", ())
    }
    codes = {one["code"] for one in file["delegation"]}
    for code in guests:
        if code not in codes:
            yield Difference("delegation_missing", f"delegation {code}")
    for one in file["delegation"]:
        if one["guest"] != guests.get(one["code"], False):
            yield Difference("delegation_guest", called(one))
    people = [*check_entries(rules, file["entry"], codes), *check_facts(rules, file)]
    yield from people or check_bars(rules, file)
    yield from check_scores(rules, file)
    answered = set()
    for one in file["resolution"]:
        if unknown := strange(rules, one):
            yield unknown
            continue
        if len(set(one["order"])) != len(one["order"]) or len(one["order"]) < 2:
            yield Difference("resolution_order", called(one))
        tie = (one["stage"], one["track"], one["board"], frozenset(one["order"]))
        if tie in answered:
            yield Difference("resolution_twice", called(one))
        answered.add(tie)


def strange(rules: Record, record: Record) -> Difference | None:
    for field in ("stage", "track"):
        if record[field] not in rules[f"{field}s"]:
            return Difference(f"{field}_unknown", called(record))
    return None


def check_entries(rules: Record, entries: list[Record], codes: set[str]) -> Iterator[Difference]:
    people, counts = set(), Counter[tuple[str, ...]]()
    for one in entries:
        if unknown := strange(rules, one):
            yield unknown
            continue
        if one["delegation"] not in codes:
            yield Difference("delegation_unknown", called(one), one["delegation"])
        arena = (one["stage"], one["track"])
        if (*arena, one["person"]) in people:
            yield Difference("person_twice", called(one))
        people.add((*arena, one["person"]))
        quota = rules["stages"][arena[0]].get("quota", {})
        counts[(*arena, one["delegation"]) if quota.get("per") == "delegation" else arena] += 1
    for place, count in counts.items():
        most = rules["stages"][place[0]].get("quota", {"count": count})["count"]
        if count > most:
            yield Difference("quota_exceeded", "/".join(place), f"{count}, the quota is {most}")


def bars_of(rules: Record, stage: str) -> list[Record]:
    bars: list[Record] = rules["stages"][stage].get("bars", [])
    return bars


def check_facts(rules: Record, file: dict[str, list[Record]]) -> Iterator[Difference]:
    bars = [bar for stage in rules["stages"] for bar in bars_of(rules, stage)]
    tests = [test for bar in bars for test in tests_of(bar["refuse"])]
    read = {(test["kind"], test["key"]) for _, test in tests}
    figures = {(test["kind"], test["key"]) for name, test in tests if name == "below"}
    people = {entry["person"] for entry in file["entry"]}
    for fact in file["fact"]:
        name = (fact["fact"], fact["key"])
        if fact["person"] not in people:
            yield Difference("fact_stranger", called(fact))
        if name not in read:
            yield Difference("fact_unread", called(fact))
        elif name in figures and not is_decimal(fact["value"]):
            yield Difference("fact_not_decimal", called(fact), fact["value"])


def check_bars(rules: Record, file: dict[str, list[Record]]) -> Iterator[Difference]:
    facts = defaultdict(list)
    for fact in file["fact"]:
        facts[fact["person"]].append(fact)
    for entry in file["entry"]:
        for bar in bars_of(rules, entry["stage"]):
            if holds(bar["refuse"], facts[entry["person"]]):
                yield Difference("entry_barred", called(entry), f"{bar['id']}: {bar['source']}")


def check_scores(rules: Record, file: dict[str, list[Record]]) -> Iterator[Difference]:
    entries = {(one["stage"], one["track"], one["id"]) for one in file["entry"]}
    there = defaultdict(set)
    for one in file["score"]:
        arena, event = (one["stage"], one["track"]), one["event"]
        if unknown := strange(rules, one):
            yield unknown
        elif event not in rules["stages"][arena[0]].get("events", ()):
            yield Difference("event_unknown", called(one))
        elif (*arena, one["entry"]) not in entries:
            yield Difference("entry_unknown", called(one))
        else:
            there[arena].add((event, one["entry"]))
            if one["status"] == "ok":
                keys = rules["stages"][arena[0]]["ranking"]["keys"]
                yield from check_value(one, rules["events"][event], keys)
    for stage, track, name in sorted(entries):
        for event in rules["stages"][stage]["events"] if there[stage, track] else ():
            if (event, name) not in there[stage, track]:
                yield Difference("score_missing", f"score {stage}/{track}/{event}/{name}")


def check_value(score: Record, event: Record, keys: list[str]) -> Iterator[Difference]:
    value = Fraction(score["value"], 10 ** score["decimals"])
    if (value * 10 ** event["decimals"]).denominator > 1:
        yield Difference("score_decimals", called(score))
    if not 0 <= value <= Fraction(event["max"]):
        yield Difference("score_range", called(score), f"{value} of {event['max']}")
    declared = event.get("keys", {})
    for key in sorted(score["keys"].keys() - declared.keys()):
        yield Difference("score_key_unknown", called(score), key)
    for key in sorted(declared.keys() - score["keys"].keys()):
        if f"{score['event']}.{key}" in keys:
            yield Difference("score_key_missing", called(score), key)


# ---- 6 the decision, 7 reasons -------------------------------------------------------------------


class Mark(NamedTuple):
    """What ranks a competitor; ``figures`` are a person's ``values`` or a team's totals."""

    total: Fraction
    key: tuple[Any, ...]
    figures: list[Any]


class Taken(NamedTuple):
    """Who is inside a line (6.4)."""

    name: str
    rank: int
    place: int


def grouped(marks: dict[str, Mark]) -> list[list[str]]:
    groups = defaultdict(list)
    for name in sorted(marks):
        groups[marks[name].key].append(name)
    return [groups[key] for key in sorted(groups, reverse=True)]


def written(value: Fraction, decimals: int) -> str:
    """Write a figure that needs no more decimals than there are."""
    units = str(abs(int(value * 10**decimals))).rjust(decimals + 1, "0")
    text = f"{units[:-decimals]}.{units[-decimals:]}" if decimals else units
    return f"-{text}" if value < 0 else text


class Walk:
    """The walk through a season (6.1); ``rows`` gives what it decided."""

    def __init__(self, rules: Record, file: dict[str, list[Record]]) -> None:
        self.stages, self.rules = rules["stages"], rules
        self.codes = {one["code"]: one["guest"] for one in file["delegation"]}
        self.people: dict[Arena, dict[str, Record]] = defaultdict(dict)
        for one in file["entry"]:
            self.people[one["stage"], one["track"]][one["id"]] = one
        self.scores: dict[Arena, dict[tuple[str, str], Record]] = defaultdict(dict)
        for one in file["score"]:
            self.scores[one["stage"], one["track"]][one["entry"], one["event"]] = one
        self.answers = {
            ((one["stage"], one["track"], one["board"]), frozenset(one["order"])): one
            for one in file["resolution"]
        }
        self.marks: dict[Board, dict[str, Mark]] = {}
        self.boards: dict[Board, list[list[str]]] = {}
        self.drawn: dict[tuple[Board, str], Record] = {}
        self.used: list[Record] = []
        self.advances: list[Record] = []
        self.came: set[tuple[str, str, str]] = set()  # stage, track, delegation: came as a team
        self.gone: set[tuple[str, str, str]] = set()  # the same: goes on as a team
        self.awards: dict[tuple[str, str], list[Record]] = {}
        for stage in stage_order(rules):
            for track in sorted(rules["tracks"]):
                self.decide((stage, track))
        self.give_awards()

    def decide(self, arena: Arena) -> None:
        stage = self.stages[arena[0]]
        if not self.people[arena]:
            self.people[arena] = {row["id"]: row for row in self.followers(arena)}
        if stage["method"] == "contest":
            if not self.scores[arena]:
                return
            self.rank_people(arena, stage)
            if "team" in stage:
                self.rank_teams(arena, stage["team"])
        for index, rule in enumerate(stage.get("advance", ())):
            self.advance(arena, rule, f"stages.{arena[0]}.advance[{index}]")

    def followers(self, arena: Arena) -> Iterator[Record]:
        """Give the entries that advanced into an arena (6.2)."""
        for row in self.advances:
            if (row["to_stage"], row["track"]) == arena:
                entry = self.people[row["stage"], row["track"]][row["entry"]]
                yield entry | {"stage": arena[0], "as": row["as"]}

    # 6.3

    def places(self, stage: Record) -> int:
        return max(int(self.rules["events"][name]["decimals"]) for name in stage["events"])

    def key_of(self, stage: Record, name: str) -> Record:
        """Describe a key of the ranking: title, unit, better, decimals."""
        event, _, key = name.partition(".")
        plain = {"title": "", "unit": "", "better": "higher", "decimals": 0}
        if name == "total":
            return plain | {"decimals": self.places(stage)}
        there: Record = self.rules["events"][event]
        if not key:
            return plain | {"title": there["title"], "decimals": there["decimals"]}
        declared: Record = there["keys"][key]
        return plain | declared

    def rank_people(self, arena: Arena, stage: Record) -> None:
        marks = {}
        for name in self.people[arena]:
            scores = {event: self.scores[arena][name, event] for event in stage["events"]}
            if any(score["status"] != "ok" for score in scores.values()):
                continue
            points = {e: Fraction(s["value"], 10 ** s["decimals"]) for e, s in scores.items()}
            points["total"] = sum((points[e] for e in stage["total"]["sum"]), Fraction(0))
            figures, key = [], []
            for term in stage["ranking"]["keys"]:
                about = self.key_of(stage, term)
                event, _, tie = term.partition(".")
                figure = (
                    scores[event]["keys"][tie] if tie else points[term] * 10 ** about["decimals"]
                )
                figures.append(int(figure))
                key.append(figure if about["better"] == "higher" else -figure)
            marks[name] = Mark(points["total"], tuple(key), figures)
        self.add_board((*arena, "main"), marks)
        for code in self.codes:
            people = self.people[arena]
            own = {name: mark for name, mark in marks.items() if people[name]["delegation"] == code}
            if own:
                self.add_board((*arena, f"team:{code}"), own)

    def add_board(self, board: Board, marks: dict[str, Mark]) -> None:
        self.marks[board], self.boards[board] = marks, grouped(marks)

    # 6.4

    def lines(self, board: Board) -> set[str]:
        main, teams = board[2] == "main", board[2] == "teams"
        found = {
            f"advance:{rule['to']}"
            for rule in self.stages[board[0]].get("advance", ())
            if ("top" if main else "teams") in rule
        }
        for award in self.rules.get("awards", ()):
            place = "teams" if award["to"] == "team" else "inside" if "per" in award else "main"
            if award["stage"] == board[0] and place == (
                "main" if main else "teams" if teams else "inside"
            ):
                found.add(f"award:{award['id']}")
        return found

    def take(
        self,
        board: Board,
        line: str,
        places: tuple[int, int],
        eligible: Callable[[str], bool],
        *,
        matters: Callable[[Iterable[str]], bool] = lambda _: True,
    ) -> list[Taken]:
        first, last = places
        while True:
            taken, torn, before, rank = [], [], 0, 1
            for group in self.boards[board]:
                if before >= last:
                    break
                inside = [name for name in group if eligible(name)]
                after = before + len(inside)
                if before < first - 1 < after or before < last < after:
                    torn += [group] if matters(group) else []
                elif before >= first - 1:
                    taken += [Taken(name, rank, before + 1) for name in inside]
                before, rank = after, rank + len(group)
            if not torn:
                return taken
            if not any(self.answer(board, group) for group in torn):
                who = ", ".join(torn[0])
                raise Stop("tie_open", f"{'/'.join(board)}/{line}", f"no resolution for {who}")

    def answer(self, board: Board, group: list[str]) -> bool:
        found = self.answers.get((board, frozenset(group)))
        if found is None or found["line"] not in self.lines(board):
            return False
        at = self.boards[board].index(group)
        self.boards[board][at : at + 1] = [[name] for name in found["order"]]
        self.drawn |= {(board, name): found for name in found["order"]}
        self.used.append(found)
        return True

    def rank_teams(self, arena: Arena, team: Record) -> None:
        """6.5"""
        marks = {}
        came = {one["delegation"] for one in self.people[arena].values() if one["as"] == "team"}
        for code in self.codes:
            people = [n for group in self.boards.get((*arena, f"team:{code}"), ()) for n in group]
            late = (
                team.get("of") == "advanced"
                and code not in came
                and (*arena, code) not in self.came
            )
            short = len(people) < team["top"] and team["fewer"] == "exclude"
            if late or short or not people:
                continue
            main = self.marks[*arena, "main"]
            totals = sorted((main[name].total for name in people[: team["top"]]), reverse=True)
            padded = (*totals, *[Fraction(-1)] * (team["top"] - len(totals)))
            total = sum(totals, Fraction(0))
            key = tuple(total if name == "total" else padded for name in team["keys"])
            marks[code] = Mark(total, key, totals)
        self.add_board((*arena, "teams"), marks)

    # 6.6

    def points(self, board: Board, name: str) -> str:
        return written(self.marks[board][name].total, self.places(self.stages[board[0]]))

    def advance(self, arena: Arena, rule: Record, source: str) -> None:
        target = (rule["to"], arena[1])
        already = {r["entry"] for r in self.advances if (r["to_stage"], r["track"]) == target}
        for name, code, data in self.going(arena, rule, already):
            if name not in already:
                row = {
                    "kind": "advance",
                    "stage": arena[0],
                    "to_stage": rule["to"],
                    "track": arena[1],
                }
                row |= {"entry": name, "delegation": self.people[arena][name]["delegation"]}
                reason = {"code": code, "data": data | {"source": source}}
                self.advances.append(row | {"as": rule["as"], "reason": reason})

    def going(
        self, arena: Arena, rule: Record, already: set[str]
    ) -> Iterator[tuple[str, str, Record]]:
        main, teams, line = (*arena, "main"), (*arena, "teams"), f"advance:{rule['to']}"
        skipped = {code for code in self.codes if self.codes[code] and rule.get("guests") == "skip"}
        if "take" in rule:
            for name in self.marks.get(main, self.people[arena]):
                yield name, "advance_all", {}
        elif "teams" in rule:
            for team in self.take(teams, line, (1, rule["teams"]), lambda c: c not in skipped):
                board = (*arena, f"team:{team.name}")
                about = {"team_rank": team.rank, "team_place": team.place, "teams": rule["teams"]}
                about |= {"team_total": self.points(teams, team.name), "members": rule["members"]}
                for one in self.take(board, line, (1, rule["members"]), lambda _: True):
                    self.gone.add((*arena, team.name))
                    self.came.add((rule["to"], arena[1], team.name))
                    data = about | {"rank": one.rank, "total": self.points(board, one.name)}
                    yield one.name, "advance_team", data
        else:
            out = already if "except" in rule else set()
            for one in self.take(
                main,
                line,
                (1, rule["top"]),
                lambda name: self.people[arena][name]["delegation"] not in skipped,
                matters=lambda group: not out.issuperset(group),
            ):
                data = {"rank": one.rank, "place": one.place, "top": rule["top"]}
                yield one.name, "advance_top", data | {"total": self.points(main, one.name)}

    # 6.7

    def give_awards(self) -> None:
        todo, done = list(self.rules.get("awards", ())), set[str]()
        while todo:
            ready = [one for one in todo if done.issuperset(one.get("unless", ()))]
            if not ready:
                raise ValueError("awards that wait for each other")
            award = ready[0]
            todo.remove(award)
            done.add(award["id"])
            for track in sorted(self.rules["tracks"]):
                arena = (award["stage"], track)
                board = (*arena, "teams" if award["to"] == "team" else "main")
                others = [(name, track) for name in award.get("unless", ())]
                if board in self.boards and all(other in self.awards for other in others):
                    boards = [board]
                    if "per" in award:
                        boards = [(*arena, f"team:{code}") for code in sorted(self.codes)]
                    self.awards[award["id"], track] = [
                        row
                        for one in boards
                        if one in self.boards
                        for row in self.give(
                            award, one, [r for o in others for r in self.awards[o]]
                        )
                    ]

    def holder(self, row: Record) -> tuple[str, str]:
        """Name who holds an award: teams by code, people by their person."""
        if row["holder_kind"] == "team":
            return ("team", row["holder"])
        return ("person", self.people[row["stage"], row["track"]][row["holder"]]["person"])

    def give(self, award: Record, board: Board, others: list[Record]) -> list[Record]:
        people, team = self.people[board[:2]], award["to"] == "team"
        titles = {self.holder(row): row["title"] for row in others}
        skip = award.get("guests", "skip" if team else "include") == "skip"

        def who(name: str) -> tuple[str, str]:
            return ("team", name) if team else ("person", people[name]["person"])

        def home(name: str) -> str:
            return name if team else people[name]["delegation"]

        def eligible(name: str) -> bool:
            return who(name) not in titles and not (skip and self.codes[home(name)])

        first, last = award.get("ranks") or (1, award["top"])
        rows = []
        for one in self.take(board, f"award:{award['id']}", (first, last), eligible):
            above, rank = [], 1
            for group in self.boards[board]:
                above += [
                    (rank, titles[who(n)]) for n in group if who(n) in titles and rank < one.rank
                ]
                rank += len(group)
            data = {"stage": self.stages[board[0]]["title"], "rank": one.rank, "place": one.place}
            data |= {"total": self.points(board, one.name), "source": f"awards.{award['id']}"}
            data |= {"first": first, "last": last}
            if above:
                data |= {"passed": [r for r, _ in above], "titles": sorted({t for _, t in above})}
            code = {"main": "award_rank", "teams": "award_team"}.get(board[2], "award_inside")
            row = {"kind": "award", "award": award["id"], "title": award["title"], "rank": one.rank}
            row |= {"stage": board[0], "track": board[1], "board": board[2]}
            row |= {"holder_kind": award["to"], "holder": one.name, "delegation": home(one.name)}
            rows.append(row | {"reason": {"code": code, "data": data}})
        return rows

    # 6.8

    def decided_by(self, board: Board, at: int) -> Record | None:
        groups, marks = self.boards[board], self.marks[board]
        name = groups[at][0]
        total = {"total": self.points(board, name)}
        if drawn := self.drawn.get((board, name)):
            data = {"how": drawn["how"], "note": drawn["note"], "count": len(drawn["order"])}
            data |= total | {"position": drawn["order"].index(name) + 1}
            return {"code": "resolved", "data": data}
        for side, other in (("above", at + 1), ("below", at - 1)):
            if not 0 <= other < len(groups) or marks[groups[other][0]].total != marks[name].total:
                continue
            mine, theirs = marks[name].figures, marks[groups[other][0]].figures
            if board[2] == "teams":
                return {"code": f"member_{side}", "data": total | self.nth(board, mine, theirs)}
            stage = self.stages[board[0]]
            terms = stage["ranking"]["keys"]
            about = [self.key_of(stage, term) for term in terms]
            n = next(
                n for n, pair in enumerate(zip(mine, theirs, strict=True)) if len(set(pair)) > 1
            )
            key = about[n]
            places = key["decimals"]
            data = {name: key[name] for name in ("title", "unit", "better")} | total
            data["same"] = [about[i]["title"] for i in range(n) if terms[i] != "total"]
            data["mine"] = written(Fraction(mine[n], 10**places), places)
            data["other"] = written(Fraction(theirs[n], 10**places), places)
            return {"code": f"key_{side}", "data": data}
        return None

    def nth(self, board: Board, mine: list[Fraction], theirs: list[Fraction]) -> Record:
        """Find the first member in which two teams differ."""
        places, n = self.places(self.stages[board[0]]), 0
        while mine[n : n + 1] == theirs[n : n + 1] != []:
            n += 1
        shown = [written(one[n], places) if n < len(one) else "" for one in (mine, theirs)]
        return {"nth": n + 1, "mine": shown[0], "other": shown[1]}

    def rows(self) -> Iterator[Record]:
        """Give the records of everything that was decided."""
        yield from self.advances
        for given in self.awards.values():
            yield from given
        for board, groups in self.boards.items():
            rank, arena = 1, board[:2]
            for at, group in enumerate(groups):
                row = {"stage": board[0], "track": board[1], "rank": rank}
                row |= {"tied_with": len(group) - 1, "decided_by": self.decided_by(board, at)}
                for name in group:
                    mark = self.marks[board][name]
                    yield (
                        row
                        | {"total": str(mark.total)}
                        | (
                            self.team(arena, name)
                            if board[2] == "teams"
                            else {
                                "kind": "standing",
                                "board": board[2],
                                "entry": name,
                                "delegation": self.people[arena][name]["delegation"],
                                "values": mark.figures,
                            }
                        )
                    )
                rank += len(group)

    def team(self, arena: Arena, code: str) -> Record:
        people = [name for group in self.boards[*arena, f"team:{code}"] for name in group]
        return {
            "kind": "team",
            "delegation": code,
            "guest": self.codes[code],
            "advanced": (*arena, code) in self.gone,
            "counted": people[: self.stages[arena[0]]["team"]["top"]],
        }


# ---- 8 checks ------------------------------------------------------------------------------------


def compare(due: Iterable[Record], there: Iterable[Record]) -> Iterator[Difference]:
    wanted = {canonical(record): record for record in due}
    found = {canonical(record): record for record in there}
    missing = {called(record): record for raw, record in wanted.items() if raw not in found}
    extra = {called(record): record for raw, record in found.items() if raw not in wanted}
    for place in sorted(missing.keys() | extra.keys()):
        kind = place.split(" ")[0]
        if place not in extra:
            yield Difference(f"{kind}_missing", place, canonical(missing[place]).decode())
        elif place not in missing:
            yield Difference(f"{kind}_extra", place, canonical(extra[place]).decode())
        else:
            one, other = extra[place], missing[place]
            for field in sorted(field for field in one if one[field] != other[field]):
                says, gives = canonical(one[field]).decode(), canonical(other[field]).decode()
                words = f"{field}: the file says {says}, the rules give {gives}"
                yield Difference(f"{kind}_differs", place, words)


def recompute(records: list[Record]) -> Iterator[Difference]:
    """Steps 3 to 6."""
    file: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in records:
        file[record["kind"]].append(record)
    text = file["rulebook"][0]["canonical"].encode()
    found = []
    if hashlib.sha256(text).hexdigest() != file["rulebook"][0]["hash"]:
        found.append(Difference("rulebook_hash", "rulebook"))
    try:
        rules = decode(text)
        found += check_rule("rulebook", rules, "")
    except ValueError:
        found.append(Difference("rulebook_canonical", "rulebook"))
    found = found or list(check_inputs(rules, file))
    yield from found
    if found:
        return
    walk = Walk(rules, file)
    there = {(one["stage"], one["track"]) for one in file["entry"]}
    fed = set()
    for stage in reversed(stage_order(rules)):
        for rule in rules["stages"][stage].get("advance", ()):
            fed.add(rule["to"])
            there |= {(stage, track) for to, track in there if to == rule["to"]}
    due = [entry for arena in there for entry in walk.followers(arena)]
    yield from compare(due, [one for one in file["entry"] if one["stage"] in fed])
    for one in file["resolution"]:
        if one not in walk.used:
            yield Difference("resolution_unused", called(one), "no such tie at a line")
    rows = [one for kind in ("standing", "team", "advance", "award") for one in file[kind]]
    yield from compare(walk.rows(), rows)


def verify(data: bytes, trusted: str | None = None) -> tuple[str | None, list[Difference]]:
    """Give the signer's fingerprint and everything that is not as it must be."""
    found: list[Difference] = []
    signer = None
    try:
        records = read(data)
        signer = records[-1]["fingerprint"]
        found += check_seal(data, records, trusted)
        found += recompute(records)
    except Stop as stop:
        found.append(stop.difference)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        # The rules name what is not there, so nothing follows from them.
        found.append(Difference("rule_wrong", "rulebook", f"the rules do not hold: {error!r}"))
    return signer, found


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify a Leitai results bundle.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument(
        "--key", help="the signer's fingerprint, or a file with the public key in hex"
    )
    arguments = parser.parse_args()
    trusted = arguments.key
    try:
        if trusted and Path(trusted).is_file():
            trusted = Path(trusted).read_text(encoding="utf-8")
        data = arguments.bundle.read_bytes()
    except (OSError, ValueError) as error:
        print(f"unreadable: {error}")
        return 1
    signer, found = verify(data, trusted)
    for difference in found:
        print(difference)
    if not found:
        print(f"VERIFIED {signer}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
