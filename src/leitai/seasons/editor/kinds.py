"""What may stand at a place of a rulebook: the language's classes, followed along a path."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook
from leitai.rulebook.schema import Between, Path, Percent, key_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: `name` of its shape, and what belongs to that shape.

    form: `cls`. list, map: `inner`. pair: two of `inner`. choice: `words`. int: `least`, `most`.
    """

    name: Literal[
        "form", "list", "map", "pair", "choice", "int", "decimal", "share", "date", "bool", "text"
    ]
    cls: type | None = None
    inner: Kind | None = None
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @property
    def single(self) -> bool:
        """Whether it is one value, which a single box can hold."""
        return self.name not in {"form", "list", "map", "pair"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a class; `assumed`: a yes that stands unless the rules say no.

    `default` is the word that holds where none stands.
    """

    name: str
    kind: Kind
    required: bool
    assumed: bool = False
    default: str = ""


ROOT = Kind("form", cls=Rulebook)
_SINGLE: Mapping[Any, Kind] = {
    str: Kind("text"),
    int: Kind("int"),
    bool: Kind("bool"),
    Fraction: Kind("decimal"),
    date: Kind("date"),
}


def keys_of(cls: type) -> tuple[Key, ...]:
    """The keys of a class of the language, in its own order."""
    hints = typing.get_type_hints(cls, include_extras=True)
    given: frozenset[str] = getattr(cls, "GIVEN", frozenset())
    return tuple(
        Key(
            key_of(field.name),
            kind_of(hints[field.name]),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            field.default is True,
            field.default if isinstance(field.default, str) else "",
        )
        for field in dataclasses.fields(cls)
        if field.name not in given
    )


def kind_of(hint: Any) -> Kind:
    """What an annotation of the language means."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return kind_of(arguments[0])
    if origin is Annotated:
        return _annotated(arguments)
    if origin is Literal:
        return Kind("choice", words=tuple(map(str, arguments)))
    if origin is tuple:
        name: Literal["list", "pair"] = "list" if arguments[-1] is Ellipsis else "pair"
        return Kind(name, inner=kind_of(arguments[0]))
    if origin is not None:  # a mapping from names
        return Kind("map", inner=kind_of(arguments[1]))
    return _SINGLE[hint] if hint in _SINGLE else Kind("form", cls=hint)


def kind_at(path: Path) -> Kind:
    """What stands (or may stand) at a path; raises DomainError("edit_nowhere")."""
    kind = ROOT
    for part in path:
        kind = below(kind, part)
    return kind


def below(kind: Kind, part: str | int) -> Kind:
    """What stands one step further down."""
    if kind.name == "form" and kind.cls is not None:
        found = next((key.kind for key in keys_of(kind.cls) if key.name == part), None)
        if found is not None:
            return found
    elif kind.inner is not None and isinstance(part, int) == (kind.name != "map"):
        return kind.inner
    raise DomainError("edit_nowhere", path=str(part))


def in_order(plain: Any, kind: Kind = ROOT) -> Any:
    """The same tree with the keys of every class in the language's own order."""
    if isinstance(plain, dict) and kind.name == "form" and kind.cls is not None:
        inner = {key.name: key.kind for key in keys_of(kind.cls)}
        known = {name: in_order(plain[name], inner[name]) for name in inner if name in plain}
        return known | {name: one for name, one in plain.items() if name not in known}
    if kind.inner is not None and isinstance(plain, dict):
        return {name: in_order(one, kind.inner) for name, one in plain.items()}
    if kind.inner is not None and isinstance(plain, list):
        return [in_order(one, kind.inner) for one in plain]
    return plain


def walk(plain: Any, path: Path) -> Iterator[tuple[Kind, Any, str | int]]:
    """Every step of a path: what holds it, the holder's value, and the step."""
    kind = ROOT
    for part in path:
        yield kind, plain, part
        kind = below(kind, part)
        try:
            plain = plain[part]
        except (KeyError, IndexError, TypeError):
            plain = None


def _annotated(arguments: tuple[Any, ...]) -> Kind:
    if Percent() in arguments[1:]:
        return Kind("share")
    kind = kind_of(arguments[0])
    for bound in arguments[1:]:
        if isinstance(bound, Between):
            kind = dataclasses.replace(kind, least=bound.least, most=bound.most)
    return kind
