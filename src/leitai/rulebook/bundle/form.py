"""The form of the records: which kinds there are, their fields, their order and their names."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final

from leitai.kernel import canonical
from leitai.rulebook.numbers import MAX_DECIMALS

FORMAT: Final = "leitai-bundle-2"
MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
SAFE: Final = 2**53 - 1  # the integers that every JSON reader holds exactly
LONGEST: Final = 400  # characters of an amount: a weighted total may have a long denominator

Plain = dict[str, Any]
Check = Callable[[object], bool]


def _text(value: object) -> bool:
    return isinstance(value, str)


def _name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _names(value: object) -> bool:
    return isinstance(value, list) and all(map(_name, value))


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _integer(value: object) -> bool:
    return type(value) is int and -SAFE <= value <= SAFE


def _among(*choices: str) -> Check:
    return lambda value: isinstance(value, str) and value in choices


def _from(least: int, most: int = SAFE) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _hex(digits: int) -> Check:
    pattern = re.compile(f"[0-9a-f]{{{digits}}}", re.ASCII)
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _fingerprint(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("lt1:[0-9a-f]{32}", value) is not None


def _day(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _moment(value: object) -> bool:
    try:
        if not isinstance(value, str):
            return False
        return datetime.strptime(value, MOMENT).replace(tzinfo=UTC).strftime(MOMENT) == value
    except ValueError:
        return False


def _amount(value: object) -> bool:
    """An exact number in lowest terms: ``-3``, ``173/2``."""
    pattern = "-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?"
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        return False
    return len(value) <= LONGEST and str(Fraction(value)) == value


def _amounts(value: object) -> bool:
    return isinstance(value, list) and all(map(_amount, value))


def _amount_or_null(value: object) -> bool:
    return value is None or _amount(value)


def _keys(value: object) -> bool:
    return isinstance(value, dict) and all(map(_name, value)) and all(map(_integer, value.values()))


def _counts(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(COUNTED)
        and all(map(_from(0), value.values()))
    )


def _reason(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"code", "data"} or not _name(value["code"]):
        return False
    data = value["data"]
    return isinstance(data, dict) and all(map(_name, data)) and all(map(_datum, data.values()))


def _datum(value: object) -> bool:
    parts = value if isinstance(value, list) else [value]
    return all(_text(part) or _integer(part) for part in parts)


def _reason_or_null(value: object) -> bool:
    return value is None or _reason(value)


_AS: Final = _among("individual", "team", "recommended")
_HOLDER: Final = _among("person", "team")
_ARENA: Final[dict[str, Check]] = {"stage": _name, "track": _name}

# In the order of the file. ``kind`` itself is in every record.
FIELDS: Final[Mapping[str, Mapping[str, Check]]] = {
    "bundle": {
        "counts": _counts,
        "format": _name,
        "made_at": _moment,
        "season": _name,
        "suite": _name,
        "title": _name,
    },
    "rulebook": {"canonical": _name, "hash": _hex(64), "text": _name},
    "delegation": {"code": _name, "guest": _flag, "name": _name},
    "entry": _ARENA
    | {
        "as": _AS,
        "delegation": _text,
        "entrant": _HOLDER,
        "id": _name,
        "members": _names,
        "name": _name,
        "person": _name,
    },
    "known": {"fact": _name, "key": _text},
    "fact": {
        "fact": _name,
        "key": _text,
        "person": _name,
        "since": _day,
        "source": _text,
        "until": _day,
        "value": _text,
    },
    "title": {"name": _name, "period": _name, "person": _name, "title": _name},
    "tie_key": {
        "better": _among("higher", "lower"),
        "decimals": _from(0, MAX_DECIMALS),
        "event": _name,
        "key": _name,
        "title": _text,
        "unit": _text,
    },
    "score": _ARENA
    | {
        "decimals": _from(0, MAX_DECIMALS),
        "entry": _name,
        "event": _name,
        "keys": _keys,
        "over": _from(1),
        "status": _among("ok", "absent", "void"),
        "value": _integer,
    },
    "resolution": _ARENA
    | {
        "board": _text,
        "how": _among("draw", "vote", "playoff", "jury", "confirmation"),
        "line": _name,
        "note": _text,
        "order": _names,
    },
    "standing": _ARENA
    | {
        "board": _name,
        "decided_by": _reason_or_null,
        "delegation": _text,
        "entry": _name,
        "rank": _from(1),
        "tied_with": _from(0),
        "total": _amount,
        "values": _amounts,
    },
    "team": _ARENA
    | {
        "advanced": _flag,
        "counted": _names,
        "decided_by": _reason_or_null,
        "delegation": _name,
        "guest": _flag,
        "rank": _from(1),
        "tied_with": _from(0),
        "total": _amount,
    },
    "advance": _ARENA
    | {"as": _AS, "delegation": _text, "entry": _name, "reason": _reason, "to_stage": _name},
    "reserve": _ARENA
    | {
        "delegation": _text,
        "entry": _name,
        "order": _from(1),
        "reason": _reason,
        "to_stage": _name,
    },
    "award": _ARENA
    | {
        "award": _name,
        "board": _name,
        "delegation": _text,
        "holder": _name,
        "holder_kind": _HOLDER,
        "rank": _from(0),
        "reason": _reason,
        "title": _name,
    },
    "honour": {
        "amount": _amount_or_null,
        "basis": _name,
        "delegation": _text,
        "holder": _name,
        "holder_kind": _HOLDER,
        "honour": _name,
        "reason": _reason,
        "sort": _among("money", "honour", "benefit", "prize"),
        "title": _name,
    },
    "signature": {
        "fingerprint": _fingerprint,
        "key": _hex(64),
        "signature": _hex(128),
        "suite": _name,
    },
}
KINDS: Final = tuple(FIELDS)
SINGLE: Final = ("bundle", "rulebook", "signature")
COUNTED: Final = tuple(kind for kind in KINDS if kind not in SINGLE)

# What a difference calls a record.
NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "delegation": ("code",),
    "entry": ("stage", "track", "id"),
    "known": ("fact", "key"),
    "fact": ("person", "fact", "key"),
    "title": ("title", "person", "period"),
    "tie_key": ("event", "key"),
    "score": ("stage", "track", "event", "entry"),
    "resolution": ("stage", "track", "board", "line"),
    "standing": ("stage", "track", "board", "entry"),
    "team": ("stage", "track", "delegation"),
    "advance": ("stage", "to_stage", "track", "entry"),
    "reserve": ("stage", "to_stage", "track", "entry"),
    "award": ("award", "track", "holder"),
    "honour": ("honour", "holder", "basis"),
}
# Records of one kind ascend by these fields: text by code point, integers by value, null first,
# objects by their canonical form.
SORTED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    **NAMED_BY,
    "fact": ("person", "fact", "key", "value", "since", "until", "source"),
    "title": ("title", "person", "period", "name"),
    "resolution": ("stage", "track", "board", "line", "how", "order"),
    "standing": ("stage", "track", "board", "rank", "entry"),
    "team": ("stage", "track", "rank", "delegation"),
    "reserve": ("stage", "to_stage", "track", "order", "entry", "reason"),
    "award": ("award", "stage", "track", "board", "rank", "holder"),
    "honour": ("honour", "holder", "basis", "reason"),
}


def position(record: Plain) -> tuple[Any, ...]:
    """Give what the file's order compares: it rises strictly from line to line."""
    kind = record["kind"]
    values = (record[name] for name in SORTED_BY.get(kind, ()))
    return (KINDS.index(kind), *map(_sortable, values))


def _sortable(value: Any) -> Any:
    if isinstance(value, dict):
        return encode(value)
    return "" if value is None else value


def place(record: Plain) -> str:
    """Name a record: ``standing final/individual/main/E7``."""
    kind: str = record["kind"]
    return f"{kind} {'/'.join(record[name] for name in NAMED_BY[kind])}"


def wrong_field(record: Plain) -> str | None:
    """Give the first field (by name) that is missing, unknown or has a value of another kind."""
    fields = FIELDS[record["kind"]]
    for name in sorted({*fields, *record} - {"kind"}):
        if name not in fields or name not in record or not fields[name](record[name]):
            return name
    return None


def encode(value: object) -> bytes:
    """Write a value in its one encoding."""
    return canonical.encode(value)


def line(record: Plain) -> bytes:
    """Write a record as a line of the file."""
    return canonical.encode(record) + b"\n"
