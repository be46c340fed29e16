"""What a place of a rulebook is called, and how it is named so that it survives other changes."""

from __future__ import annotations

from typing import Any

from leitai.kernel.errors import DomainError
from leitai.rulebook import labels
from leitai.rulebook.plain.words import Section
from leitai.rulebook.schema import Path
from leitai.rulebook.source import show_path
from leitai.seasons.editor import kinds

_TITLES = ("title", "question", "name")


def title_of(plain: Any) -> str:
    """What an item calls itself, with the number of its annex."""
    if not isinstance(plain, dict):
        return str(plain) if isinstance(plain, str | int) else ""
    title = next((plain[key] for key in _TITLES if isinstance(plain.get(key), str)), "")
    annex = plain.get("annex")
    return f"{annex} {title}" if isinstance(annex, str) and annex else title


def name_of(plain: Any, path: Path, lang: str) -> str:
    """A place in words: «附件3 参赛人员报名表·填写项·姓名»."""
    names: list[str] = []
    try:
        for kind, holder, part in kinds.walk(plain, path):
            names.append(_step(kind, holder, part, lang))
    except DomainError:  # a path that the language does not know
        return show_path(path)
    shown = [name for at, name in enumerate(names) if name and not _said(path, at)]
    return (" · " if lang == "en" else "·").join(shown)


def lasting(plain: Any, path: Path) -> str:
    """A path with ids in the place of indexes, where items have ids of their own."""
    parts: list[str | int] = []
    for part in path:
        items = plain
        try:
            plain = plain[part]
        except (KeyError, IndexError, TypeError):
            plain = None
        ids = _ids(items) if isinstance(part, int) else []
        parts.append(ids[part] if isinstance(part, int) and part < len(ids) else part)
    return show_path(tuple(parts))


def unused_id(taken: list[str], stem: str) -> str:
    """An id that is not taken: the stem with the next number."""
    number = len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def container_of(path: Path) -> Path | None:
    """The list or mapping of items that a path's item belongs to, if there is one."""
    for end in range(len(path), 0, -1):
        try:
            kind = kinds.kind_at(path[: end - 1])
        except DomainError:
            continue
        inner = kind.inner
        if kind.name in {"list", "map"} and inner is not None and inner.name == "form":
            return path[: end - 1]
    return None


def growing(section: Section, tree: Any, find: Any) -> list[Path]:
    """The lists and mappings whose items a section of the plain page shows, each once."""
    found: dict[Path, None] = {}
    for clause in section.clauses:
        path = find(tree, clause.path)
        box = container_of(path) if path is not None and path else None
        if box is not None and len(box) == len(path) - 1:
            found[box] = None
    return list(found)


def _ids(items: Any) -> list[str]:
    if not isinstance(items, list):
        return []
    ids = [item.get("id") or item.get("unit") if isinstance(item, dict) else None for item in items]
    known = [one for one in ids if isinstance(one, str) and one and not one.isdecimal()]
    return known if len(set(known)) == len(items) else []


def _step(kind: kinds.Kind, holder: Any, part: str | int, lang: str) -> str:
    try:
        title = title_of(holder[part])
    except (KeyError, IndexError, TypeError):
        title = ""
    if kind.name == "form" and kind.cls is not None:
        return labels.label(kind.cls.__name__, str(part), lang)
    if title:
        return title
    if isinstance(part, int):
        return f"no. {part + 1}" if lang == "en" else f"第{part + 1}项"
    return str(part)


def _said(path: Path, at: int) -> bool:
    """A stage's, form's or event's own title says enough without the name of their list."""
    return at == 0 and len(path) > 1 and path[0] in {"stages", "forms", "events", "awards"}
