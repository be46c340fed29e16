"""Nothing that decides something is silent on the page that explains a rulebook.

``cases/every-key`` uses every key of the language. Taking a key away, or giving it another value,
makes another rulebook; where that is still a rulebook, its page must read otherwise in both
languages. To be quick, the change is made in the rules as they were read, and only what then looks
silent is read anew from the changed text: it may be no rulebook, or the same one.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import pytest

from leitai.kernel import canonical
from leitai.kernel.errors import Problems
from leitai.rulebook import loading, plain
from leitai.rulebook.model import Rulebook
from leitai.rulebook.plain import awards, judging, live, practice, procedure, season, stages
from leitai.rulebook.plain.words import Words
from leitai.rulebook.schema import key_of
from leitai.rulebook.source import from_yaml, show_path

FILE = Path(__file__).parents[1] / "cases" / "every-key" / "rulebook.yaml"
GONE = object()
# Keys that no rule follows from, and why the page does not say them.
SILENT = {
    "Rulebook.rulebook": "the version of the language",
    "Rulebook.id": "a name for programs",
    "Act.value": "which figure a bare value in acts.csv is",
    "Also.unit": "what the data call a delegation; the page has its name",
    "Segment.id": "a name for programs",
    "Bar.id": "a name for programs",
    "Award.id": "a name for programs",
    "Honour.id": "a name for programs",
    "FormField.id": "a name for programs",
}
# Which parts of the page tell of which part of the rulebook; the season's tells of the rest.
TELLERS = {
    "forms": (procedure,),
    "draws": (procedure,),
    "calendar": (procedure,),
    "holidays": (procedure,),
    "publicity": (procedure,),
    "appeals": (procedure,),
    "practice": (practice,),
    "events": (judging, live, season),
    "stages": (stages,),
    "awards": (awards,),
    "honours": (awards,),
}


@dataclasses.dataclass(frozen=True)
class Place:
    """Somewhere in the rules: its path, what it is a value of, its kind, and its default."""

    path: tuple
    key: str
    kind: object
    value: object
    default: object = GONE


def bare(kind):
    """Strip bounds and ``| None``; a share stays apart from other figures."""
    while typing.get_origin(kind) in (Annotated, types.UnionType, typing.Union):
        kind = typing.get_args(kind)[0]
    return kind


def places(value, plain_tree, path=()):
    """Find every place of the rules that the text itself has."""
    hints = typing.get_type_hints(type(value), include_extras=True)
    for field in dataclasses.fields(value):
        name = key_of(field.name)
        if not isinstance(plain_tree, dict) or name not in plain_tree:
            continue
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        key, here = f"{type(value).__name__}.{name}", (*path, name)
        inner = getattr(value, field.name)
        missing = default is dataclasses.MISSING
        yield Place(here, key, bare(hints[field.name]), inner, GONE if missing else default)
        yield from below(bare(hints[field.name]), inner, plain_tree[name], here, key)


def below(kind, value, plain_tree, path, key):
    if dataclasses.is_dataclass(value):
        yield from places(value, plain_tree, path)
    elif isinstance(value, tuple):
        kinds = typing.get_args(kind)
        for at, item in enumerate(value):
            inner = bare(kinds[0] if kinds[-1] is Ellipsis else kinds[at])
            if not dataclasses.is_dataclass(item):
                yield Place((*path, at), key, inner, item)
            yield from below(inner, item, plain_tree[at], (*path, at), key)
    elif isinstance(value, Mapping):
        inner = bare(typing.get_args(kind)[1])
        for name, item in value.items():
            if not dataclasses.is_dataclass(item):
                yield Place((*path, name), key, inner, item)
            yield from below(inner, item, plain_tree[name], (*path, name), key)


@cache
def tree():
    found = from_yaml(FILE.read_text(encoding="utf-8"), "rulebook.yaml")
    assert not found.problems
    return found.plain


@cache
def rules():
    return loading.from_canonical(canonical.encode(tree()))


@cache
def every():
    return tuple(places(rules(), tree()))


def other(place):  # noqa: PLR0911  (one return a kind)
    """Give another value of the same kind; GONE where there is none to be had."""
    value = place.value
    if place.key == "Award.rest":  # it is there, or another way of giving the award is
        return GONE
    if typing.get_origin(place.kind) is Literal:
        return next((one for one in typing.get_args(place.kind) if one != value), GONE)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, Fraction):
        return value + (Fraction(1, 100) if 0 < value < 1 else 1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, str):
        for names in (names for names in named() if value in names):
            return next((name for name in names if name != value), GONE)
        return f"{value[:-1]}9" if value[-1:].isdigit() else value + "改"
    return GONE


@cache
def named():
    """Give the names of each mapping of things: one of them may stand for another."""
    return tuple(found_in(tree()))


def found_in(part):
    if isinstance(part, dict):
        if part and all(isinstance(one, dict) for one in part.values()):
            yield tuple(part)
        for one in part.values():
            yield from found_in(one)
    elif isinstance(part, list):
        for one in part:
            yield from found_in(one)


def in_rules(value, path, new):
    """Give the rules with another value at a path."""
    if not path:
        return new
    name, rest = path[0], path[1:]
    if dataclasses.is_dataclass(value):
        field = next(f.name for f in dataclasses.fields(value) if key_of(f.name) == name)
        return dataclasses.replace(value, **{field: in_rules(getattr(value, field), rest, new)})
    if isinstance(value, Mapping):
        return MappingProxyType({**value, name: in_rules(value[name], rest, new)})
    return (*value[:name], in_rules(value[name], rest, new), *value[name + 1 :])


def in_tree(part, path, new):
    """Give the text's tree with another value at a path, or without it."""
    if not path:
        return new
    name, rest = path[0], path[1:]
    changed = dict(part) if isinstance(part, dict) else list(part)
    if not rest and new is GONE:
        del changed[name]
    else:
        changed[name] = in_tree(part[name], rest, new)
    return changed


def written(value):
    """Write a value as the text has it."""
    if isinstance(value, Fraction):
        shown = f"{value.numerator}/{value.denominator}"
        return value.numerator if value.denominator == 1 else shown
    return value.isoformat() if isinstance(value, date) else value


def told(parts, changed, plain_tree, lang):
    words = Words(changed, lang)
    words.__dict__["_plain"] = plain_tree
    return [section for part in parts for section in part.sections(words)]


@cache
def before(parts, lang):
    return told(parts, rules(), tree(), lang)


@cache
def whole(lang):
    return plain.text(rules(), lang)


def shows(place, new):
    """Say whether a change shows on the page; None where it is no rulebook, or decides nothing."""
    plain_tree = in_tree(tree(), place.path, GONE if new is GONE else written(new))
    parts = TELLERS.get(place.path[0], (season,))
    try:
        value = place.default if new is GONE else new
        changed = in_rules(rules(), place.path, value)
        if all(told(parts, changed, plain_tree, lang) != before(parts, lang) for lang in LANGS):
            return True
    except (LookupError, ValueError, TypeError, AttributeError, RuntimeError):
        pass  # a name that leads nowhere, say: it is read anew below
    try:
        anew = loading.from_canonical(canonical.encode(plain_tree))
    except Problems:
        return None
    if bare_rules(anew) == bare_rules(rules()):
        return None
    return all(plain.text(anew, lang) != whole(lang) for lang in LANGS)


LANGS = ("zh", "en")


def bare_rules(one):
    return dataclasses.replace(one, canonical=b"", text="")


@cache
def tried():
    """Give for each key whether some change of it was seen, and the places of those that were not.

    A key is taken away wherever it stands, and gets another value where it stands first.
    """
    seen, silent = {}, []
    for place in every():
        first = place.key not in seen
        seen.setdefault(place.key, False)
        changes = [] if place.default is GONE else [GONE]
        if (first or place.default is GONE) and (new := other(place)) is not GONE:
            changes.append(new)
        for change in changes:
            answer = shows(place, change)
            seen[place.key] = seen[place.key] or answer is not None
            if answer is False and place.key not in SILENT:
                silent.append(f"{show_path(place.path)} {'gone' if change is GONE else change}")
    return seen, silent


def keys(cls, seen):
    if cls in seen:
        return
    seen.add(cls)
    hints = typing.get_type_hints(cls, include_extras=True)
    given = getattr(cls, "GIVEN", frozenset())
    for field in dataclasses.fields(cls):
        if field.name in given:
            continue
        yield f"{cls.__name__}.{key_of(field.name)}"
        todo = [hints[field.name]]
        while todo:
            kind = todo.pop()
            if isinstance(kind, type) and dataclasses.is_dataclass(kind):
                yield from keys(kind, seen)
            todo += typing.get_args(kind)


# They have one value only.
FIXED = frozenset({"Award.rest", "Visibility.committee", "Visibility.supervisor"})


def test_the_rulebook_is_sound():
    assert loading.load(FILE.read_text(encoding="utf-8"), name=str(FILE)).id == "every-key"


def test_every_key_is_used():
    assert set(keys(Rulebook, set())) - {place.key for place in every()} == set()


def test_every_change_shows_in_both_languages():
    assert tried()[1] == []


def test_every_key_was_tried():
    """Of each key some change is still a rulebook, so that the page could be compared."""
    scalars = {one.key for one in every() if isinstance(one.value, str | int | Fraction | date)}
    never = {key for key, seen in tried()[0].items() if not seen and key in scalars}
    assert never - set(SILENT) == FIXED


@pytest.mark.parametrize("key", sorted(SILENT))
def test_what_is_silent_is_in_the_language(key):
    assert key in set(keys(Rulebook, set()))
