"""The language as a JSON Schema, made from the model's classes, for completion in editors.

It is looser than ``check``: it knows keys, kinds and bounds, not what names lead to or what sums
come to.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from leitai.rulebook.extending import ACTS
from leitai.rulebook.model import LANGUAGE_VERSION, Rulebook
from leitai.rulebook.schema import NAME, Between, Percent, key_of

Schema = dict[str, Any]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_NAMES: Final = {"pattern": f"^{NAME.pattern}$"}
_DECIMAL: Final = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_SHARE: Final = r"^(-?(0|[1-9][0-9]*)(\.[0-9]+)?%?|(0|[1-9][0-9]*)/[1-9][0-9]*)$"
_SCALARS: Final[Mapping[Any, Schema]] = {
    str: {"type": "string", "minLength": 1},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Fraction: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _DECIMAL}]},
    date: {"type": "string", "format": "date"},
}
_PLACES: Final[Schema] = {"type": "object", "minProperties": 1}


def json_schema() -> Schema:
    """Give the schema of a rulebook's text: a whole one, or one that extends another."""
    definitions: dict[str, Schema] = {}
    whole = _dataclass(Rulebook, definitions)
    extending: dict[str, Schema] = {
        "extends": {**_SCALARS[str], "description": "A rulebook of the library, or a file."},
        "change": {**_PLACES, "description": "Path in the extended rulebook: its new value."},
        "add": {**_PLACES, "description": "Path where nothing is yet (or a list): what is new."},
        "remove": {"type": "array", "items": _SCALARS[str], "minItems": 1},
    }
    properties = {**whole["properties"], **{key: extending[key] for key in ACTS}}
    properties["rulebook"] = {"const": LANGUAGE_VERSION}
    return {
        "$schema": DRAFT,
        "title": "Leitai rulebook",
        "type": "object",
        "properties": properties,
        "required": ["rulebook"],
        "anyOf": [{"required": ["title"]}, {"required": ["extends"]}],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """Give the schema as it is published: JSON, indented, with a last line end."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _of(  # noqa: PLR0911  (one return a kind)
    kind: Any, definitions: dict[str, Schema]
) -> Schema:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return _annotated(arguments, definitions)
    if origin in (types.UnionType, typing.Union):
        return _of(arguments[0], definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return _tuple(arguments, definitions)
    if origin is Mapping:
        values = _of(arguments[1], definitions)
        return {
            "type": "object",
            "propertyNames": _NAMES,
            "additionalProperties": values,
            "minProperties": 1,
        }
    if dataclasses.is_dataclass(kind):
        name = str(kind.__name__)  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = {}  # stands while its own parts are made: classes may nest
            definitions[name] = _dataclass(kind, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return dict(_SCALARS[kind])


def _annotated(arguments: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if Percent() in arguments[1:]:
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _SHARE}]}
    made = _of(arguments[0], definitions)
    for bound in arguments[1:]:
        if isinstance(bound, Between):
            made |= {"minimum": bound.least, "maximum": bound.most}
    return made


def _tuple(arguments: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if arguments[-1] is Ellipsis:
        return {"type": "array", "items": _of(arguments[0], definitions), "minItems": 1}
    count = len(arguments)
    items = [_of(kind, definitions) for kind in arguments]
    return {"type": "array", "prefixItems": items, "minItems": count, "maxItems": count}


def _dataclass(cls: Any, definitions: dict[str, Schema]) -> Schema:
    hints = typing.get_type_hints(cls, include_extras=True)
    given: frozenset[str] = getattr(cls, "GIVEN", frozenset())
    properties: dict[str, Schema] = {}
    required = []
    for field in dataclasses.fields(cls):
        if field.name in given:
            continue
        key = key_of(field.name)
        properties[key] = _of(hints[field.name], definitions)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append(key)
    made: Schema = {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split()),
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        made["required"] = required
    groups = [
        {"oneOf": [{"required": [key]} for key in keys]} for keys in getattr(cls, "ONE_OF", ())
    ]
    if groups:
        made["allOf"] = groups
    return made
