"""Builds a tree of frozen dataclasses from plain data, and reports everything that does not fit.

The annotations of the classes are the schema: str, int, bool, Fraction (a decimal in quotes), date,
Literal, dataclasses, ``tuple[X, ...]``, ``Mapping[str, X]``, ``X | None``. A problem never stops
the reading: a stand-in of the right kind takes the value's place, so that later checks can go on,
and the caller throws the tree away.
"""

import dataclasses
import difflib
import functools
import re
import types
import typing
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from leitai.rulebook import numbers

Path = tuple[str | int, ...]
Report = Callable[..., None]  # (path, code, **data): notes one problem
WRONG: Final = "not_"  # with the kind that was expected: ``not_text``, ``not_date`` …
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Between:
    """The least and the greatest value that an int may have.

    There is always a greatest one: a rulebook must not be able to ask for endless work.
    """

    least: int
    most: int


@dataclasses.dataclass(frozen=True, slots=True)
class Percent:
    """A fraction that may be written as a percentage (``40%``) or as ``1/3``."""


def read(cls: type, plain: object, report: Report) -> Any:
    """Build a ``cls`` from ``plain``; worthless if anything was reported."""
    return _build(cls, plain, (), report)


def key_of(field_name: str) -> str:
    """Give the key that a field has in the text."""
    return field_name.rstrip("_")


def unknown(report: Report, path: Path, key: str, allowed: Sequence[str]) -> None:
    """Note a key that is none; one that is written nearly so is named first."""
    data = {"key": _brief(key), "allowed": ", ".join(allowed)}
    near = difflib.get_close_matches(key[:60], allowed, n=1)
    if near:
        report(path, "unknown_key_near", near=near[0], **data)
    else:
        report(path, "unknown_key", **data)


def _build(  # noqa: PLR0911  (one return a kind)
    kind: Any, plain: object, path: Path, report: Report
) -> Any:
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin is Annotated:
        return _annotated(arguments, plain, path, report)
    if origin in (types.UnionType, typing.Union):  # X | None: a key that is there has an X
        return _build(arguments[0], plain, path, report)
    if origin is Literal:
        return _literal(arguments, plain, path, report)
    if origin is tuple:
        return _tuple(arguments, plain, path, report)
    if origin is Mapping:
        return _mapping(arguments[1], plain, path, report)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, plain, path, report)
    return _SCALARS[kind](plain, path, report)


def _annotated(arguments: tuple[Any, ...], plain: object, path: Path, report: Report) -> Any:
    if Percent() in arguments[1:]:
        return _share(plain, path, report)
    value = _build(arguments[0], plain, path, report)
    for bound in arguments[1:]:
        if not isinstance(bound, Between) or type(plain) is not int:
            continue
        if value < bound.least:
            report(path, "too_small", value=plain, minimum=bound.least)
        if value > bound.most:
            report(path, "too_great", value=_brief(plain), maximum=bound.most)
    return value


def _literal(choices: tuple[Any, ...], plain: object, path: Path, report: Report) -> Any:
    if plain in choices:
        return plain
    report(path, "not_among", value=_brief(plain), allowed=", ".join(map(str, choices)))
    return choices[0]


def _tuple(arguments: tuple[Any, ...], plain: object, path: Path, report: Report) -> Any:
    fixed = arguments[-1] is not Ellipsis
    if not isinstance(plain, list):
        _wrong(path, "list", plain, report)
    elif fixed and len(plain) != len(arguments):
        report(path, "wrong_count", expected=len(arguments), got=len(plain))
    elif not plain:
        report(path, "empty_list")
    if not isinstance(plain, list) or (fixed and len(plain) != len(arguments)):
        return tuple(_build(kind, None, path, _silent) for kind in arguments) if fixed else ()
    kinds = arguments if fixed else [arguments[0]] * len(plain)
    return tuple(
        _build(kind, item, (*path, at), report)
        for at, (kind, item) in enumerate(zip(kinds, plain, strict=True))
    )


def _mapping(kind: Any, plain: object, path: Path, report: Report) -> Any:
    if not isinstance(plain, dict):
        _wrong(path, "mapping", plain, report)
        return MappingProxyType({})
    for name in plain:
        if not NAME.fullmatch(name):
            report((*path, name), "bad_name", name=_brief(name))
    if not plain:
        report(path, "empty_mapping")
    return MappingProxyType(
        {name: _build(kind, value, (*path, name), report) for name, value in plain.items()}
    )


def _dataclass(cls: Any, plain: object, path: Path, report: Report) -> Any:
    if not isinstance(plain, dict):
        _wrong(path, "mapping", plain, report)
        plain = {}
        report = _silent
    hints = _hints(cls)
    given: frozenset[str] = getattr(cls, "GIVEN", frozenset())
    fields = {key_of(f.name): f for f in dataclasses.fields(cls) if f.name not in given}
    for key in plain:
        if key not in fields:
            unknown(report, (*path, key), key, tuple(fields))
    values = {}
    for key, field in fields.items():
        if key in plain:
            values[field.name] = _build(hints[field.name], plain[key], (*path, key), report)
        elif _required(field):
            report((*path, key), "missing_key", key=key)
            values[field.name] = _build(hints[field.name], None, (*path, key), _silent)
    for keys in getattr(cls, "ONE_OF", ()):
        if sum(key in plain for key in keys) != 1:
            report(path, "exactly_one", keys=", ".join(keys))
    return cls(**values)


@functools.cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls, include_extras=True)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _text(plain: object, path: Path, report: Report) -> str:
    if not isinstance(plain, str):
        _wrong(path, "text", plain, report)
        return ""
    if not plain.strip() or plain != plain.strip():
        report(path, "blank_text")
    return plain


def _int(plain: object, path: Path, report: Report) -> int:
    if type(plain) is not int:
        _wrong(path, "integer", plain, report)
        return 1
    return plain


def _bool(plain: object, path: Path, report: Report) -> bool:
    if not isinstance(plain, bool):
        _wrong(path, "boolean", plain, report)
        return False
    return plain


def _fraction(plain: object, path: Path, report: Report) -> Fraction:
    if type(plain) is int:
        return Fraction(plain)
    if isinstance(plain, str) and numbers.is_decimal(plain):
        return numbers.parse(plain)
    _wrong(path, "decimal", plain, report)
    return Fraction(1)


def _share(plain: object, path: Path, report: Report) -> Fraction:
    share = numbers.share(plain) if isinstance(plain, str) else None
    if share is not None:
        return share
    if type(plain) is int:
        return Fraction(plain)
    _wrong(path, "share", plain, report)
    return Fraction(1)


def _date(plain: object, path: Path, report: Report) -> date:
    try:
        if isinstance(plain, str) and len(plain) == len("2022-06-10"):
            return date.fromisoformat(plain)
    except ValueError:
        pass  # reported below, as every other value that is no date
    _wrong(path, "date", plain, report)
    return date.min


_SCALARS: Final[dict[Any, Callable[[object, Path, Report], Any]]] = {
    str: _text,
    int: _int,
    bool: _bool,
    Fraction: _fraction,
    date: _date,
}


def _wrong(path: Path, expected: str, plain: object, report: Report) -> None:
    mend = _half_width(plain) if isinstance(plain, str) and len(plain) < 60 else ""
    if mend and mend != plain and expected in _FIGURES and _FIGURES[expected](mend):
        shown = mend if expected == "integer" else f'"{mend}"'
        report(path, "not_half_width", got=plain, mend=shown)
        return
    report(path, f"{WRONG}{expected}", got=_brief(plain))


def _half_width(plain: str) -> str:
    return unicodedata.normalize("NFKC", plain).strip("“”‘’「」 ")


_FIGURES: Final[Mapping[str, Callable[[str], object]]] = {
    "integer": re.compile(r"-?[0-9]+", re.ASCII).fullmatch,
    "decimal": numbers.is_decimal,
    "share": lambda text: numbers.share(text) is not None,
}


def _silent(_path: Path, _code: str, **_data: object) -> None:
    """Report nothing: what is missing inside a value of the wrong kind is no further problem."""


def _brief(plain: object) -> str:
    text = str(plain) if isinstance(plain, str | int) else type(plain).__name__
    return text if len(text) <= 60 else f"{text[:57]}..."
