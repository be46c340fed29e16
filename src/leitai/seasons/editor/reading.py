"""From what was typed back to data: which keys of a mapping change, and to what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from leitai.seasons.editor.boxes import Box
from leitai.seasons.editor.kinds import Key, Kind

GONE = object()  # the key is to be taken away
MOST = 4000  # characters of one box
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_FULL = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")


def typed(boxes: Iterable[Box], data: QueryDict) -> tuple[Box, ...]:
    """The same boxes with what was typed into them."""
    return tuple(_typed(box, data) for box in boxes)


def changes(keys: Iterable[Key], before: Iterable[Box], after: Iterable[Box]) -> dict[str, Any]:
    """What was changed: key → new value, or GONE. What is refused later is kept as it was typed."""
    kinds = {key.name: key for key in keys}
    return {
        box.key: _value(kinds[box.key], box)
        for old, box in zip(before, after, strict=True)
        if (old.value, old.chosen) != (box.value, box.chosen)
    }


def compared(after: Iterable[Box], now: Iterable[Box], before: Iterable[Box]) -> tuple[Box, ...]:
    """What somebody typed over what is saved now: untouched boxes show what is saved.

    `before` are the boxes as they were when they began to type.
    """
    found = []
    for mine, saved, old in zip(after, now, before, strict=True):
        if (mine.value, mine.chosen) == (old.value, old.chosen) or (mine.value, mine.chosen) == (
            saved.value,
            saved.chosen,
        ):
            found.append(saved)
        else:
            found.append(replace(mine, now=said(saved), wrong=saved.wrong, plain=True))
    return tuple(found)


def said(box: Box) -> str:
    """What a box holds, in the words of its choices."""
    words = dict(box.choices)
    if box.shape == "rows":
        pairs = zip(box.choices, box.chosen, strict=False)
        return "，".join(f"{title} {value}" for (_, title), value in pairs if value)
    if box.chosen:
        return "、".join(words.get(one, one) for one in box.chosen)
    return words.get(box.value, box.value)


def value_of(kind: Kind, text: str) -> Any:
    """One typed value as data; what cannot be read as its kind stays text: the check names it."""
    text = text.strip()
    if kind.name in {"int", "decimal", "share", "date"}:
        text = text.translate(_FULL).replace(" ", "")
    if kind.name in {"int", "decimal", "share"} and _INTEGER.fullmatch(text):
        return int(text)
    if kind.name == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _typed(box: Box, data: QueryDict) -> Box:
    if not _named(box, data):
        return box  # the page that was sent did not have it
    if box.shape == "checks":
        known = dict(box.choices)
        ticked = [one for one in data.getlist(box.name) if one in known]
        kept = [one for one in box.chosen if one in ticked]  # the order that stands is kept
        return replace(box, chosen=(*kept, *(one for one in ticked if one not in kept)))
    if box.shape == "pair":
        return replace(box, chosen=tuple(_text(data, f"{box.name}-{at}") for at in (0, 1)))
    if box.shape == "rows":
        values = [_text(data, f"{box.name}-{name}") for name, _ in box.choices]
        name, value = _text(data, f"{box.name}-new-name"), _text(data, f"{box.name}-new")
        choices = box.choices
        if name and value and name not in dict(choices):
            choices = (*choices, (name, name))
            values.append(value)
        return replace(box, choices=choices, chosen=tuple(values))
    if box.shape == "bool":
        yes = data.get(box.name) == "true"
        return replace(box, value="true" if yes else ("false" if box.value == "false" else ""))
    text = _text(data, box.name)
    if box.shape in {"lines", "long"}:
        text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if box.shape == "long":
        text = text.replace("\n", " ") if "\n" not in box.value else text
    return replace(box, value=text)


def _named(box: Box, data: QueryDict) -> list[str]:
    """The names of a page that belong to a box: its own, and those that begin with it and a dash.

    Boxes to tick send a mark of their own, since an empty one sends nothing.
    """
    return [name for name in data if name == box.name or name.startswith(f"{box.name}-")]


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").strip()[:MOST].replace("\x00", "")


def _value(key: Key, box: Box) -> Any:
    """What a box says as data; nothing said is GONE."""
    inner = key.kind.inner or key.kind
    if key.assumed:
        return False if box.value == "false" else GONE
    if box.shape == "bool":
        return True if box.value == "true" else GONE
    if key.kind.inner is None:
        return value_of(inner, box.value) if box.value or key.required else GONE
    found: Any
    if box.shape == "rows":
        rows = zip(box.choices, box.chosen, strict=True)
        found = {name: value_of(inner, value) for (name, _), value in rows if value}
    elif box.shape == "pair":
        found = [value_of(inner, one) for one in box.chosen] if any(box.chosen) else []
    elif box.shape == "checks":
        found = list(box.chosen)
    else:
        found = [value_of(inner, one) for one in box.value.splitlines()]
    return found or GONE
