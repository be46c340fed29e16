"""A mapping of the rules as a form: a box for each single value, a list for what lies below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from leitai.kernel.errors import Problem
from leitai.rulebook import labels
from leitai.rulebook.schema import Path
from leitai.rulebook.source import show_path
from leitai.seasons.editor import kinds
from leitai.seasons.editor.kinds import Key, Kind
from leitai.seasons.editor.naming import lasting, title_of
from leitai.units.enums import Level

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
PREFIX = "f-"
_LONG = frozenset(
    {"source", "question", "chosen", "duties", "members", "scope", "words", "help", "what", "about"}
)
_RANKED = frozenset({"keys", "at_lines"})
_NAMES = frozenset({"id", "concerns"})  # what people need not see unless they look for it
# What a form shows at once even where nothing stands there yet.
_FIRST: Mapping[str, frozenset[str]] = {
    "Advance": frozenset({"as"}),
    "Award": frozenset({"ranks", "top"}),
    "Event": frozenset({"kind", "max", "minutes"}),
    "FormField": frozenset({"kind", "section", "required", "options", "help"}),
    "Form": frozenset({"annex", "per", "window"}),
    "Quota": frozenset({"tracks"}),
    "Team": frozenset({"top"}),
    "Window": frozenset({"earliest", "latest", "tentative", "later"}),
}
# Which names of the rules a key may lead to; keys whose kind is no text are not meant.
_LEADS: Mapping[str, tuple[str, ...]] = {
    "window": ("calendar",),
    "freeze": ("calendar",),
    "stage": ("stages",),
    "tracks": ("tracks",),
    "track": ("tracks",),
    "events": ("events",),
    "event": ("events",),
    "sum": ("events",),
    "weights": ("events",),
    "plus": ("events",),
    "assumption": ("assumptions",),
    "unless": ("awards",),
    "Advance.to": ("stages", "beyond"),
    "Award.decided": ("bodies",),
    "Credit.ledger": ("practice.ledgers",),
    "Goal.act": ("practice.acts",),
    "Goal.ledger": ("practice.ledgers",),
    "PracticeBoard.act": ("practice.acts",),
    "PracticeBoard.award": ("practice.titles",),
    "PracticeBoard.ledger": ("practice.ledgers",),
    "Spend.ledger": ("practice.ledgers",),
    "AmountTest.kind": ("facts",),
    "Carry.from": ("stages",),
    "FactTest.kind": ("facts",),
    "Qualify.of": ("events",),
    "ValueTest.kind": ("facts",),
    "Assumption.confirm": ("bodies",),
    "Honour.awards": ("awards",),
    "Level.body": ("bodies",),
}

_PER = frozenset({"Quota.per", "Advance.per", "Award.per", "Board.per"})
_PER_WORDS: Mapping[str, tuple[str, str]] = {
    "delegation": ("每个代表队", "Each delegation"),
    "stage": ("整个阶段", "The whole stage"),
}

Choice = tuple[str, str]
_YES_NO: Mapping[str, tuple[Choice, ...]] = {
    "zh": (("true", "是"), ("false", "否")),
    "en": (("true", "Yes"), ("false", "No")),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One control. `value` is what it shows; `now` what is saved, where that is something else."""

    key: str
    label: str
    shape: str  # text, long, number, decimal, share, date, bool, choice, checks, lines, pair, rows
    value: str = ""
    chosen: tuple[str, ...] = ()  # of checks, pair and rows
    choices: tuple[Choice, ...] = ()
    required: bool = False
    plain: bool = True  # shown at once, not behind «more»
    least: int | None = None
    most: int | None = None
    now: str | None = None
    wrong: tuple[Problem, ...] = ()

    assumed: bool = False
    blank: str = ""  # what stands where nothing is chosen
    hint: str = ""
    open: bool = False  # of rows: others may be added by their names

    @property
    def name(self) -> str:
        return PREFIX + self.key

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Of a box of rows: name, title and value of each."""
        return tuple(
            (name, title, value)
            for (name, title), value in zip(self.choices, self.chosen, strict=True)
        )

    @property
    def dated(self) -> bool:
        """Whether a day's own control can show the value; other words are shown as text."""
        return not self.value or _DAY.fullmatch(self.value) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """Something below: what it is called, what it says, and where it stands among its siblings."""

    path: str
    title: str
    text: str
    first: bool
    last: bool
    wrong: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """A list or mapping of things, or one thing that has a form of its own."""

    key: str
    label: str
    path: str
    many: bool
    named: bool  # items are found by names, not by their order
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form for one place. `groups` are keys of which exactly one is filled in."""

    path: str
    cls: str
    boxes: tuple[Box, ...]
    below: tuple[Below, ...]
    empty: tuple[Below, ...]  # what could be added below
    groups: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[Problem, ...] = ()  # what stands nowhere else

    @property
    def shown(self) -> tuple[Box, ...]:
        return tuple(box for box in self.boxes if box.plain)

    @property
    def more(self) -> tuple[Box, ...]:
        return tuple(box for box in self.boxes if not box.plain)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a sheet is made from: the tree, its language, its clauses and problems."""

    tree: Mapping[str, Any]
    lang: str
    clauses: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    keys: Sequence[Choice] = ()  # what a ranking here may compare by


def sheet_of(scene: Scene, path: Path, cls: type, plain: Any) -> Sheet:
    """The form of a mapping of a class, filled with what stands there."""
    given = plain if isinstance(plain, dict) else {}
    boxes: list[Box] = []
    below: list[Below] = []
    empty: list[Below] = []
    for key in kinds.keys_of(cls):
        if _boxed(key.kind):
            boxes.append(box_of(scene, path, cls, key, given))
        else:
            found = _below(scene, (*path, key.name), cls, key, given.get(key.name))
            (below if key.name in given else empty).append(found)
    groups = tuple(
        tuple(labels.label(cls.__name__, key, scene.lang) for key in keys)
        for keys in getattr(cls, "ONE_OF", ())
    )
    here = [one for one in scene.problems if place_of(one) == show_path(path)]
    return Sheet(
        show_path(path), cls.__name__, tuple(boxes), tuple(below), tuple(empty), groups, tuple(here)
    )


def list_of(scene: Scene, path: Path, kind: Kind, plain: Any, title: str) -> Below:
    """A list or mapping with the things in it."""
    return Below(
        str(path[-1]) if path else "",
        title,
        lasting(scene.tree, path),
        many=True,
        named=kind.name == "map",
        items=tuple(_items(scene, path, plain)),
    )


def box_of(scene: Scene, path: Path, cls: type, key: Key, given: Mapping[str, Any]) -> Box:
    """The control of one key, with what stands there."""
    value = given.get(key.name)
    at = show_path((*path, key.name))
    box = Box(
        key.name,
        labels.label(cls.__name__, key.name, scene.lang),
        shape_of(key),
        required=key.required,
        plain=key.name not in _NAMES
        and (
            key.required
            or key.name in given
            or key.name == "source"
            or key.name in _FIRST.get(cls.__name__, ())
        ),
        least=key.kind.least,
        most=key.kind.most,
        wrong=tuple(
            one
            for one in scene.problems
            if place_of(one) == at or place_of(one).startswith(f"{at}[")
        ),
    )
    box = replace(box, plain=box.plain or bool(box.wrong))
    choices = _choices(scene, cls, key)
    if key.assumed:
        choices = _YES_NO[scene.lang]
        return replace(
            box, shape="choice", assumed=True, value=show(value) or "true", choices=choices
        )
    if choices and box.shape in {"text", "choice"}:
        shown = show(value)
        extra = ((shown, shown),) if shown and shown not in dict(choices) else ()
        blank = dict(choices).get(key.default, "")
        return replace(box, shape="choice", value=shown, choices=(*choices, *extra), blank=blank)
    if key.name in _RANKED and scene.keys:
        mark = "，" if scene.lang == "zh" else ", "
        box = replace(box, hint=mark.join(f"{name} {title}" for name, title in scene.keys))
    return _of_many(box, choices, value)


def _of_many(box: Box, choices: tuple[Choice, ...], value: Any) -> Box:
    """A box with several values, or with one that has no choices."""
    held = tuple(map(show, value)) if isinstance(value, list) else ()
    if choices and box.shape in {"lines", "checks"}:
        extra = tuple((one, one) for one in held if one not in dict(choices))
        return replace(box, shape="checks", chosen=held, choices=(*choices, *extra))
    if box.shape == "rows":
        return _rows(box, choices, value)
    if box.shape == "pair":
        return replace(box, chosen=(*held, "", "")[:2])
    if box.shape == "lines":
        return replace(box, value="\n".join(held) or show(value))
    return replace(box, value=show(value))


def shape_of(key: Key) -> str:
    """Which control a key has."""
    kind = key.kind
    if kind.name == "list":
        return "checks" if kind.inner is not None and kind.inner.name == "choice" else "lines"
    if kind.name == "map":
        return "rows"
    if kind.name == "text":
        return "long" if key.name in _LONG else "text"
    return {"int": "number"}.get(kind.name, kind.name)


def show(value: Any) -> str:
    """A single value as a box shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def place_of(problem: Problem) -> str:
    """The path in the place of a problem: ``rulebook.yaml:12:5: stages.final``."""
    return problem.place.partition(": ")[2]


def _boxed(kind: Kind) -> bool:
    """Whether one box can hold it."""
    if kind.single:
        return True
    return kind.inner is not None and kind.inner.single


def _rows(box: Box, choices: tuple[Choice, ...], value: Any) -> Box:
    held = value if isinstance(value, dict) else {}
    names = dict(choices)
    names |= {str(name): names.get(str(name), str(name)) for name in held}
    return replace(
        box,
        choices=tuple(names.items()),
        chosen=tuple(show(held.get(name)) for name in names),
        open=not choices,
    )


def _choices(scene: Scene, cls: type, key: Key) -> tuple[Choice, ...]:
    kind = key.kind if key.kind.single else key.kind.inner
    if kind is None:
        return ()
    if kind.name == "choice":
        return tuple(
            (one, labels.word(cls.__name__, key.name, one, scene.lang)) for one in kind.words
        )
    if f"{cls.__name__}.{key.name}" in _PER:
        own = ("delegation", "stage") if cls.__name__ == "Quota" else ("delegation",)
        words = [(one, _PER_WORDS[one][scene.lang == "en"]) for one in own]
        return (*words, *_names(scene.tree.get("facts")))
    if f"{cls.__name__}.{key.name}" == "Under.level":
        return tuple((str(value), str(label)) for value, label in Level.choices)
    roots = _LEADS.get(f"{cls.__name__}.{key.name}") or _LEADS.get(key.name, ())
    if kind.name != "text" and key.kind.name != "map":
        return ()
    return tuple(pair for root in roots for pair in _names(_root(scene.tree, root)))


def _root(tree: Mapping[str, Any], name: str) -> Any:
    plain: Any = tree
    for part in name.split("."):
        plain = plain.get(part) if isinstance(plain, Mapping) else None
    return plain


def _names(plain: Any) -> list[Choice]:
    if isinstance(plain, dict):
        return [(name, title_of(one) or name) for name, one in plain.items()]
    if isinstance(plain, list):
        ids = [(one.get("id"), title_of(one)) for one in plain if isinstance(one, dict)]
        return [(str(name), title or str(name)) for name, title in ids if name]
    return []


def _below(scene: Scene, path: Path, cls: type, key: Key, plain: Any) -> Below:
    title = labels.label(cls.__name__, key.name, scene.lang)
    if key.kind.name in {"list", "map"}:
        return list_of(scene, path, key.kind, plain, title)
    found = _items(scene, path[:-1], {key.name: plain}) if plain is not None else []
    items = tuple(replace(one, title=title_of(plain)) for one in found)
    where = lasting(scene.tree, path)
    return Below(key.name, title, where, many=False, named=False, items=items)


def _items(scene: Scene, path: Path, plain: Any) -> list[Item]:
    if isinstance(plain, dict):
        parts: list[tuple[str | int, Any]] = list(plain.items())
    else:
        parts = list(enumerate(plain)) if isinstance(plain, list) else []
    found = []
    for at, (part, value) in enumerate(parts):
        where = show_path((*path, part))
        lasts = lasting(scene.tree, (*path, part))
        said = scene.clauses.get(where) or scene.clauses.get(lasts) or ""
        found.append(
            Item(
                path=lasts,
                title=title_of(value) or _named(scene, part),
                text=said,
                first=at == 0,
                last=at == len(parts) - 1,
                wrong=tuple(one for one in scene.problems if _inside(place_of(one), where)),
            )
        )
    return found


def _named(scene: Scene, part: str | int) -> str:
    """What has no title of its own, such as who sees a stage's results, is called by its name."""
    if isinstance(part, int):
        return ""
    stages = scene.tree.get("stages")
    return title_of(stages.get(part)) if isinstance(stages, dict) and part in stages else part


def _inside(place: str, where: str) -> bool:
    return place == where or place.startswith((f"{where}.", f"{where}["))
