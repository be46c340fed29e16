"""Sections 1 and 2 of docs/formats/bundle.md: bytes and records."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

Record = dict[str, Any]
Arena = tuple[str, str]  # stage, track
Check = Callable[[Any], object]


class Difference(NamedTuple):
    """One thing that is not as it must be (section 8)."""

    code: str
    place: str
    words: str = ""

    def __str__(self) -> str:
        return " ".join(f"{self.code} {self.place} {self.words}".split())


class Stop(Exception):  # noqa: N818
    """Nothing can be checked after these differences."""

    def __init__(self, *differences: Difference) -> None:
        self.differences = differences


FORMAT = "leitai-bundle-2"
FORM = {
    "bundle": "counts:counts format:name made_at:moment season:name suite:name title:name",
    "rulebook": "canonical:name hash:hex64 text:name",
    "delegation": "code:name guest:flag name:name",
    "entry": "as:as delegation:text entrant:holder id:name members:names name:name person:name"
    " stage:name track:name",
    "known": "fact:name key:text",
    "fact": "fact:name key:text person:name since:day source:text until:day value:text",
    "title": "name:name period:name person:name title:name",
    "tie_key": "better:better decimals:places event:name key:name title:text unit:text",
    "score": "decimals:places entry:name event:name keys:keys over:rank stage:name status:status"
    " track:name value:integer",
    "resolution": "board:text how:how line:name note:text order:names stage:name track:name",
    "standing": "board:name decided_by:reason? delegation:text entry:name rank:rank stage:name"
    " tied_with:count total:amount track:name values:amounts",
    "team": "advanced:flag counted:names decided_by:reason? delegation:name guest:flag rank:rank"
    " stage:name tied_with:count total:amount track:name",
    "advance": "as:as delegation:text entry:name reason:reason stage:name to_stage:name track:name",
    "reserve": "delegation:text entry:name order:rank reason:reason stage:name to_stage:name"
    " track:name",
    "award": "award:name board:name delegation:text holder:name holder_kind:holder rank:count"
    " reason:reason stage:name title:name track:name",
    "honour": "amount:amount? basis:name delegation:text holder:name holder_kind:holder"
    " honour:name reason:reason sort:sort title:name",
    "signature": "fingerprint:print key:hex64 signature:hex128 suite:name",
}
FIELDS = {kind: dict(f.split(":") for f in form.split()) for kind, form in FORM.items()}
KINDS = list(FORM)
SINGLE = ("bundle", "rulebook", "signature")
NAMED = {
    "delegation": "code",
    "entry": "stage track id",
    "known": "fact key",
    "fact": "person fact key",
    "title": "title person period",
    "tie_key": "event key",
    "score": "stage track event entry",
    "resolution": "stage track board line",
    "standing": "stage track board entry",
    "team": "stage track delegation",
    "advance": "stage to_stage track entry",
    "reserve": "stage to_stage track entry",
    "award": "award track holder",
    "honour": "honour holder basis",
}
SORTED = NAMED | {
    "fact": "person fact key value since until source",
    "title": "title person period name",
    "resolution": "stage track board line how order",
    "standing": "stage track board rank entry",
    "team": "stage track rank delegation",
    "reserve": "stage to_stage track order entry reason",
    "award": "award stage track board rank holder",
    "honour": "honour holder basis reason",
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


def or_null(check: Check) -> Check:
    return lambda v: v is None or check(v)


def _lowest(text: str) -> bool | None:
    return True if len(text) <= 400 and str(Fraction(text)) == text else None


def _reason(value: Any) -> object:
    part = either(match(".*"), whole(1 - 2**53))
    form = isinstance(value, dict) and value.keys() == {"code", "data"}
    return (
        form and match(".+")(value["code"]) and members(either(part, listed(part)))(value["data"])
    )


is_day = parsed(r"\d{4}-\d\d-\d\d", date.fromisoformat)
is_amount = parsed(r"-?(0|[1-9]\d*)(/[1-9]\d*)?", _lowest)
VALUES: dict[str, Check] = {
    "text": match(".*"),
    "name": match(".+"),
    "names": listed(match(".+")),
    "flag": lambda v: isinstance(v, bool),
    "integer": whole(1 - 2**53),
    "count": whole(0),
    "rank": whole(1),
    "places": whole(0, 9),
    "day": or_null(is_day),
    "moment": parsed(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", datetime.fromisoformat),
    "hex64": match("[0-9a-f]{64}"),
    "hex128": match("[0-9a-f]{128}"),
    "print": match("lt1:[0-9a-f]{32}"),
    "amount": is_amount,
    "amount?": or_null(is_amount),
    "amounts": listed(is_amount),
    "reason": _reason,
    "reason?": or_null(_reason),
    "as": match("individual|team|recommended"),
    "better": match("higher|lower"),
    "status": match("ok|absent|void"),
    "how": match("draw|vote|playoff|jury|confirmation"),
    "holder": match("person|team"),
    "sort": match("money|honour|benefit|prize"),
    "keys": members(whole(1 - 2**53)),
    "counts": lambda v: members(whole(0))(v) and v.keys() == NAMED.keys(),
}


def is_decimal(text: str) -> bool:
    return DECIMAL.fullmatch(text) is not None


def called(record: Record) -> str:
    return f"{record['kind']} " + "/".join(record[f] for f in NAMED[record["kind"]].split())


def read(data: bytes) -> list[Record]:
    """Step 1: every line in its one encoding, every field, the one order."""
    lines = data.split(b"\n")
    if lines.pop() or not lines:
        raise Stop(Difference("unfinished", f"line {len(lines) + 1}"))
    records: list[Record] = []
    last: tuple[Any, ...] = ()
    for number, raw in enumerate(lines, 1):
        record = _record(raw, f"line {number}")
        fields = SORTED.get(record["kind"], "").split()
        here = (KINDS.index(record["kind"]), *(_position(record[f]) for f in fields))
        if here <= last:
            raise Stop(Difference("record_order", f"line {number}"))
        last = here
        records.append(record)
    for kind in SINGLE:
        if kind not in {record["kind"] for record in records}:
            raise Stop(Difference("record_missing", kind))
    return records


def _position(value: Any) -> Any:
    if isinstance(value, dict):
        return canonical(value)
    return "" if value is None else value


def _record(raw: bytes, place: str) -> Record:
    try:
        record = decode(raw)
    except ValueError:
        raise Stop(Difference("not_canonical", place)) from None
    if not isinstance(record, dict) or record.get("kind") not in KINDS:
        raise Stop(Difference("record_kind", place))
    kind = record["kind"]
    if kind == "bundle" and record.get("format") != FORMAT:
        raise Stop(Difference("format_unknown", place))
    if kind in ("bundle", "signature") and record.get("suite") != "lt1":
        raise Stop(Difference("suite_unknown", place))
    form = FIELDS[kind]
    for field in sorted((form.keys() | record.keys()) - {"kind"}):
        if field not in form or field not in record or not VALUES[form[field]](record[field]):
            raise Stop(Difference("record_field", place, field))
    return record
