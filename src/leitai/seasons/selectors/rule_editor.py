"""The guided editor's pages: a draft clause by clause, and the form of one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.rulebook import editing, labels, plain
from leitai.rulebook.chain import known_keys
from leitai.rulebook.extending import find_parts
from leitai.rulebook.model import Rulebook
from leitai.rulebook.schema import Path
from leitai.rulebook.source import read_path, show_path
from leitai.seasons.editor import boxes, kinds, naming, reading
from leitai.seasons.models import RulesDraft
from leitai.seasons.selectors.rule_drafts import (
    Effect,
    Steps,
    check,
    effect_of,
    get_revision,
    readable,
    steps_of,
)
from leitai.seasons.selectors.rule_versions import spoken

_TOP = (
    "delegations", "tracks", "calendar", "holidays", "forms", "draws", "events", "stages",
    "awards", "honours", "practice", "publicity", "appeals", "visibility", "bodies", "beyond",
    "facts", "assumptions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error with the place where it is mended."""

    problem: Problem
    name: str
    line: str
    column: str
    path: str
    bare: bool  # only the text itself shows it


@dataclass(frozen=True, slots=True)
class DraftLine:
    text: str
    source: str
    path: str
    focus: str  # the box to go to, "" for the whole form
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class DraftPart:
    title: str
    lines: tuple[DraftLine, ...]
    adding: tuple[tuple[str, str], ...]  # label and path of the lists that may grow


@dataclass(frozen=True, slots=True)
class DraftPage:
    """`sound`: what is read are the newest words; else those that last had no error."""

    draft: RulesDraft
    law: Rulebook
    sound: bool
    parts: tuple[DraftPart, ...]
    found: int
    query: str
    wrong: tuple[Wrong, ...]
    steps: Steps
    tops: tuple[tuple[str, str, int], ...]
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class AdoptPage:
    draft: RulesDraft
    wrong: tuple[Wrong, ...]
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class EditPage:
    """`conflict`: somebody saved since; `typed` stands in the boxes. `adding`: a new thing."""

    draft: RulesDraft
    law: Rulebook
    path: str
    title: str
    crumbs: tuple[tuple[str, str], ...]
    sheet: boxes.Sheet | None
    listing: boxes.Below | None
    adding: bool
    window: bool
    named: bool
    changes: Mapping[str, Any]
    steps: Steps
    clause: str
    lost: bool = False  # the place is no longer there
    asked: str = ""  # the name that was typed for a new thing
    conflict: str = ""
    gone: tuple[boxes.Box, ...] = ()  # what was typed for a place that is no longer there


def adopt_page(draft: RulesDraft) -> AdoptPage:
    """What would follow from a draft, beside what keeps it from taking effect."""
    tree = _tree(draft.text)
    wrong = tuple(_wrong(tree, one) for one in check(draft.text).problems)
    return AdoptPage(draft, wrong, effect_of(draft))


def draft_page(draft: RulesDraft, query: str = "") -> DraftPage:
    """A draft in words, each clause with the way to its form."""
    law, sound = readable(draft)
    tree = _tree(draft.text)
    parts = [_part(section, tree, query) for section in plain.write(law, spoken())]
    parts = [part for part in parts if part.lines or not query]
    return DraftPage(
        draft=draft,
        law=law,
        sound=sound,
        parts=tuple(parts),
        found=sum(len(part.lines) for part in parts),
        query=query,
        wrong=tuple(_wrong(tree, one) for one in check(draft.text).problems),
        steps=steps_of(draft),
        tops=tuple(_tops(tree)),
        effect=effect_of(draft),
    )


def edit_page(
    draft: RulesDraft,
    path: str,
    *,
    adding: bool = False,
    data: QueryDict | None = None,
    loaded: int | None = None,
) -> EditPage:
    """The form of one place; with `data` as it was filled in over the revision `loaded`."""
    scene, law = _scene(draft)
    found = find_parts(scene.tree, read_path(path))
    scene = replace(scene, keys=_keys(law, read_path(path)))
    if found is None and not adding and data is not None and loaded != draft.revision:
        return _lost(draft, scene, law, path, data, loaded)
    parts = found if found is not None else read_path(path)
    kind = kinds.kind_at(parts)
    if found is None and not adding and kind.name not in {"list", "map"}:
        raise DomainError("edit_nowhere", path=path)
    shown = _shown(scene, parts, kind, adding=adding)
    page = _page(draft, scene, law, parts, shown, adding=adding)
    if data is None or page.sheet is None:
        return page
    return _filled(page, data, loaded, kind)


def conflicting(page: EditPage, name: str) -> EditPage:
    """The page for whoever comes second: what is saved, with what was typed over it."""
    return replace(page, conflict=name)


def _filled(page: EditPage, data: QueryDict, loaded: int | None, kind: kinds.Kind) -> EditPage:
    sheet = page.sheet
    if sheet is None:
        return page
    before = sheet.boxes
    if loaded is not None and loaded != page.draft.revision and not page.adding:
        before = _boxes_then(page.draft, page.path, loaded) or before
    after = reading.typed(before, data)
    inner = kind.inner if page.adding and kind.inner is not None else kind
    keys = kinds.keys_of(inner.cls) if inner.cls is not None else ()
    changed: dict[str, Any] = reading.changes(keys, before, after)
    if page.named and data.get("f-"):
        changed[""] = data["f-"]
    return replace(
        page,
        asked=str(changed.get("", "")),
        sheet=replace(sheet, boxes=reading.compared(after, sheet.boxes, before)),
        changes=changed,
    )


def _boxes_then(draft: RulesDraft, path: str, number: int) -> tuple[boxes.Box, ...]:
    """The boxes as they were in an earlier revision; nothing where the place was not there."""
    tree = _tree(get_revision(draft, number).text)
    found = find_parts(tree, read_path(path))
    if found is None:
        return ()
    kind = kinds.kind_at(found)
    if kind.cls is None:
        return ()
    scene = boxes.Scene(tree, spoken())
    return boxes.sheet_of(scene, found, kind.cls, editing.at(tree, path) if path else tree).boxes


def _lost(
    draft: RulesDraft,
    scene: boxes.Scene,
    law: Rulebook,
    path: str,
    data: QueryDict,
    loaded: int | None,
) -> EditPage:
    """Somebody took the place away meanwhile: what was typed is shown, so that it can be copied."""
    before = _boxes_then(draft, path, loaded) if loaded else ()
    typed = tuple(one for one in reading.typed(before, data) if one.value or any(one.chosen))
    page = _page(draft, scene, law, (), (None, None), adding=False)
    return replace(page, lost=True, gone=typed)


def _shown(
    scene: boxes.Scene, parts: Path, kind: kinds.Kind, *, adding: bool
) -> tuple[boxes.Sheet | None, boxes.Below | None]:
    value = _value(scene.tree, parts)
    inner = kind.inner if kind.inner is not None else kind
    if adding and inner.cls is not None:
        return boxes.sheet_of(replace(scene, problems=()), (*parts, "+"), inner.cls, {}), None
    if kind.cls is not None:
        sheet = boxes.sheet_of(scene, parts, kind.cls, value)
        if not parts:  # the whole has too much below: the draft's own page leads there
            sheet = replace(sheet, below=(), empty=())
        return sheet, None
    if inner.cls is None:
        raise DomainError("edit_nowhere", path=show_path(parts))
    title = naming.name_of(scene.tree, parts, scene.lang)
    return None, boxes.list_of(scene, parts, kind, value, title)


def _page(
    draft: RulesDraft,
    scene: boxes.Scene,
    law: Rulebook,
    parts: Path,
    shown: tuple[boxes.Sheet | None, boxes.Below | None],
    *,
    adding: bool,
) -> EditPage:
    sheet, listing = shown
    where = naming.lasting(scene.tree, parts)
    return EditPage(
        draft=draft,
        law=law,
        path=where,
        title=naming.name_of(scene.tree, parts, scene.lang),
        crumbs=tuple(_crumbs(scene, parts)),
        sheet=sheet,
        listing=listing,
        adding=adding,
        window=sheet is not None and sheet.cls == "Window" and not adding,
        named=adding and kinds.kind_at(parts).name == "map",
        changes={},
        steps=steps_of(draft),
        clause=scene.clauses.get(show_path(parts)) or scene.clauses.get(where) or "",
    )


def _scene(draft: RulesDraft) -> tuple[boxes.Scene, Rulebook]:
    tree = editing.read(draft.text)
    law, _sound = readable(draft)
    clauses: dict[str, str] = {}
    for section in plain.write(law, spoken()):
        for clause in section.clauses:
            clauses.setdefault(clause.path, clause.text)
    return boxes.Scene(tree, spoken(), clauses, check(draft.text).problems), law


def _keys(law: Rulebook, parts: Path) -> tuple[boxes.Choice, ...]:
    """What the rankings of a stage may compare by, with titles."""
    if len(parts) < 2 or parts[0] != "stages" or parts[1] not in law.stages:
        return ()
    known = known_keys(law, law.stages[str(parts[1])])
    total = "total score" if spoken() == "en" else "总分"
    return tuple((name, title or total) for name, title in known.items())


def _tree(text: str) -> dict[str, Any]:
    """The plain tree; an empty one where the text cannot be read at all."""
    try:
        return editing.read(text)
    except (Problems, DomainError):
        return {}


def _value(tree: Any, parts: Path) -> Any:
    found = find_parts(tree, parts) if parts else ()
    for part in found or ():
        tree = tree[part]
    return tree if found is not None else None


def _crumbs(scene: boxes.Scene, parts: Path) -> list[tuple[str, str]]:
    """The places above: only such as have a page of their own."""
    found = []
    for end in range(1, len(parts)):
        name = naming.name_of(scene.tree, parts[:end], scene.lang)
        tail = naming.title_of(_value(scene.tree, parts[:end]))
        found.append((tail or name.rpartition("·")[2], naming.lasting(scene.tree, parts[:end])))
    return found


def place_for(tree: Any, path: str) -> tuple[str, str]:
    """Where a clause is changed: the path of a form, and the box in it."""
    parts = read_path(path)
    while parts:
        found = find_parts(tree, parts)
        if found is None:
            focus = str(parts[-1])
            parent = find_parts(tree, parts[:-1]) if len(parts) > 1 else ()
            if parent is not None and _has(parent, focus):
                return naming.lasting(tree, parent), focus
            parts = parts[:-1]
            continue
        try:
            kind = kinds.kind_at(found)
        except DomainError:  # a key that the language does not know: the form that holds it
            parts = found[:-1]
            continue
        inner = kind.inner
        if kind.name == "form" or (inner is not None and inner.name == "form"):
            return naming.lasting(tree, found), ""
        parts = found[:-1]
        if not isinstance(found[-1], int):
            return naming.lasting(tree, parts), found[-1]
    return "", ""


def _has(parent: Path, key: str) -> bool:
    try:
        kinds.kind_at((*parent, key))
    except DomainError:
        return False
    return kinds.kind_at(parent).name == "form"


def _part(section: plain.Section, tree: Any, query: str) -> DraftPart:
    lines = []
    for clause in section.clauses:
        if query and query not in clause.text and query not in clause.source:
            continue
        path, focus = place_for(tree, clause.path) if tree else ("", "")
        lines.append(DraftLine(clause.text, clause.source, path, focus))
    adding = [] if query else naming.growing(section, tree, _find)
    return DraftPart(
        section.title,
        tuple(lines),
        tuple((naming.name_of(tree, box, spoken()), naming.lasting(tree, box)) for box in adding),
    )


def _find(tree: Any, path: str) -> Path | None:
    return find_parts(tree, read_path(path)) if tree and path else None


def _wrong(tree: Any, problem: Problem) -> Wrong:
    place, _, path = problem.place.partition(": ")
    where, _focus = place_for(tree, path) if tree else ("", "")
    parts = find_parts(tree, read_path(path)) if tree and path else None
    name = naming.name_of(tree, parts, spoken()) if parts else path
    _file, line, column = (*place.split(":"), "", "")[:3]
    bare = not tree or problem.code == "unknown_key"
    return Wrong(replace(problem, place=""), name, line, column, where, bare)


def _tops(tree: Any) -> list[tuple[str, str, int]]:
    """The parts of the whole, with how many things stand in each."""
    return [(labels.label("Rulebook", key, spoken()), key, _count(tree.get(key))) for key in _TOP]


def _count(plain: Any) -> int:
    if isinstance(plain, dict) and any(not isinstance(one, dict) for one in plain.values()):
        return 1  # one thing with a form of its own
    return len(plain) if isinstance(plain, dict | list) else 0
