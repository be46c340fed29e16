"""The guided editor's changes: a form's boxes, items added, moved and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.rulebook import editing, labels
from leitai.rulebook.extending import find_parts
from leitai.rulebook.schema import NAME, Path
from leitai.rulebook.source import read_path, show_path
from leitai.seasons.editor import kinds, naming
from leitai.seasons.editor.reading import GONE
from leitai.seasons.enums import RevisionAct
from leitai.seasons.models import RulesDraft
from leitai.seasons.services.drafting import revise_draft

RECORD = "zh"
LATER = "时间另行通知"  # what a notice writes; data of the season
_DATED = ("earliest", "latest", "opens", "closes", "soft", "tentative")
_STEMS = {"FormField": "field", "OperationStep": "step", "JudgeKind": "kind", "PaperPart": "part"}


def save_sheet(
    *,
    actor: Actor,
    draft: RulesDraft,
    revision: int,
    path: str,
    changes: Mapping[str, Any],
    at: datetime,
) -> RulesDraft:
    """Put what was changed in a form into the text, and nothing else."""
    tree = editing.read(draft.text)
    place = _place(tree, path)
    name = naming.name_of(tree, place, RECORD)
    cls = kinds.kind_at(place).cls
    if cls is not None and len(changes) == 1:
        key = labels.label(cls.__name__, next(iter(changes)), RECORD)
        name = f"{name}·{key}" if name else key
    return revise_draft(
        actor=actor,
        draft=draft,
        revision=revision,
        edit=partial(_with, place=place, changes=changes),
        act=RevisionAct.CHANGED,
        path=path,
        title=name,
        at=at,
    )


def add_item(
    *,
    actor: Actor,
    draft: RulesDraft,
    revision: int,
    path: str,
    changes: Mapping[str, Any],
    at: datetime,
) -> RulesDraft:
    """Put a new thing at the end of a list or mapping (or where one thing may stand)."""
    tree = editing.read(draft.text)
    parts = _place(tree, path)
    kind = kinds.kind_at(parts)
    item = {key: value for key, value in changes.items() if value is not GONE}
    where, item = _new(tree, parts, kind, item)
    title = naming.title_of(item)
    name = naming.name_of(tree, parts, RECORD)
    put = editing.insert if isinstance(where[-1], int) else editing.set_value
    return revise_draft(
        actor=actor,
        draft=draft,
        revision=revision,
        edit=lambda text: put(text, show_path(where), item),
        act=RevisionAct.ADDED,
        path=path,
        title=f"{name}·{title}" if title else name,
        at=at,
    )


def remove_item(
    *, actor: Actor, draft: RulesDraft, revision: int, path: str, at: datetime
) -> RulesDraft:
    """Take a thing away; undoing brings it back."""
    tree = editing.read(draft.text)
    return revise_draft(
        actor=actor,
        draft=draft,
        revision=revision,
        edit=lambda text: editing.remove(text, path),
        act=RevisionAct.REMOVED,
        path=path,
        title=naming.name_of(tree, editing.locate(tree, path), RECORD),
        at=at,
    )


def move_item(
    *, actor: Actor, draft: RulesDraft, revision: int, path: str, by: int, at: datetime
) -> RulesDraft:
    """Move a thing up (-1) or down (1) among its siblings."""
    tree = editing.read(draft.text)
    place = editing.locate(tree, path)
    siblings: Any = tree
    for part in place[:-1]:
        siblings = siblings[part]
    last = place[-1]
    index = last if isinstance(last, int) else list(siblings).index(last)
    return revise_draft(
        actor=actor,
        draft=draft,
        revision=revision,
        edit=lambda text: editing.move(text, show_path(place), max(0, index + by)),
        act=RevisionAct.MOVED,
        path=path,
        title=naming.name_of(tree, place, RECORD),
        at=at,
    )


def tell_later(
    *, actor: Actor, draft: RulesDraft, revision: int, path: str, at: datetime
) -> RulesDraft:
    """Turn a window's days into «另行通知»: what is not fixed binds nobody until it is."""
    tree = editing.read(draft.text)
    there = editing.at(tree, path)
    changes: dict[str, Any] = {"words": LATER}
    changes |= {key: GONE for key in _DATED if key in there}
    changes["later"] = True
    return save_sheet(
        actor=actor, draft=draft, revision=revision, path=path, changes=changes, at=at
    )


def _place(tree: Any, path: str) -> Path:
    """A path with keys and indexes; one to something that may yet come to be stays as it is."""
    parts = read_path(path)
    found = find_parts(tree, parts)
    if found is None:
        parent = find_parts(tree, parts[:-1])
        found = (*parent, parts[-1]) if parent is not None and parts else parts
    kinds.kind_at(found)  # refused where the language has no such place
    return found


def _with(text: str, *, place: Path, changes: Mapping[str, Any]) -> str:
    cls = kinds.kind_at(place).cls
    order = [key.name for key in kinds.keys_of(cls)] if cls is not None else []
    there = set(editing.at(editing.read(text), show_path(place))) if place else None
    for key, value in changes.items():
        where = show_path((*place, key))
        if value is not GONE:
            text = editing.set_value(text, where, value, order)
        elif there is None or key in there:
            text = editing.remove(text, where)
    return text


def _new(
    tree: Any, parts: Path, kind: kinds.Kind, item: dict[str, Any]
) -> tuple[Path, dict[str, Any]]:
    """Where a new thing comes to stand, and the thing with the id that it needs."""
    inner = kind.inner
    if inner is None or inner.cls is None:
        return parts, kinds.in_order(item, kind)
    found = find_parts(tree, parts)
    held: Any = tree
    for part in found or ():
        held = held[part]
    names = {key.name for key in kinds.keys_of(inner.cls)}
    stem = _STEMS.get(inner.cls.__name__, inner.cls.__name__.lower())
    asked = str(item.pop("", "") or "").strip()
    if kind.name == "map":
        taken = list(held) if found is not None else []
        name = asked or naming.unused_id(taken, stem)
        if not NAME.fullmatch(name) or name in taken:
            raise DomainError("edit_name", name=name)
        return (*parts, name), kinds.in_order(item, inner)
    items = held if found is not None else []
    if "id" in names and not item.get("id"):
        taken = [str(one.get("id")) for one in items if isinstance(one, dict)]
        item["id"] = naming.unused_id(taken, stem)
    return (*parts, len(items)), kinds.in_order(item, inner)
