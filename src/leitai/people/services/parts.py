"""What a draft keeps of its file, packed and sealed, and what its pages show of it.

The file itself until it is read; then its rows by portions, each a row of its own, so that nobody
ever holds a province's file in memory but who reads it; beside them only what the pages show.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from leitai.base import sealing
from leitai.base.errors import text_of
from leitai.kernel.errors import Problem
from leitai.people import numbers
from leitai.people.models import ImportDraft, ImportPart
from leitai.people.services import planning
from leitai.people.services.cells import hide

SHOWN: Final = 200  # rows of a kind on the preview
_PERSONAL: Final = frozenset({"id_number", "phone", "staff_number"})
_MENDED: Final = frozenset({"doubt", "wrong"})  # what somebody has to look at
Row = dict[str, Any]  # a planning.Planned as it is kept


@dataclass(slots=True)
class Rest:
    """What a read file has beside its rows: lines that could not be read, and answers to rows in
    doubt by number.
    """

    unreadable: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Shown:
    """Rows for the preview, by kind: personal numbers masked, at most `SHOWN` a kind."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            group = self.rows.setdefault(row["kind"], [])
            if len(group) < SHOWN:
                group.append(row | {"cells": dict(_masked(row["cells"].items()))})

    def add_unreadable(self, texts: Sequence[str]) -> None:
        if texts:
            self.rows["unreadable"] = [{"text": hide(text)} for text in texts[:SHOWN]]


def keep_file(draft: ImportDraft, data: bytes) -> None:
    draft.content = _seal(data, _place(draft))


def file_of(draft: ImportDraft) -> bytes:
    return _open(draft.content, _place(draft))


def keep_rest(draft: ImportDraft, rest: Rest) -> None:
    draft.content = _seal_json([rest.unreadable, rest.said], _place(draft))


def rest_of(draft: ImportDraft) -> Rest:
    return Rest(*_open_json(draft.content, _place(draft)))


def keep_shown(draft: ImportDraft, shown: Shown) -> None:
    draft.shown = _seal_json(shown.rows, _place(draft))


def shown_rows(draft: ImportDraft) -> dict[str, list[Row]]:
    shown: dict[str, list[Row]] = _open_json(draft.shown, _place(draft)) if draft.shown else {}
    return shown


def keep_part(draft: ImportDraft, number: int, rows: Sequence[Row]) -> None:
    """A portion of planned rows, those apart that somebody has to look at."""
    good = [row for row in rows if row["kind"] not in _MENDED]
    part = ImportPart(draft=draft, number=number, size=len(rows))
    part.content = _seal_json(good, _place_of_part(part))
    keep_back(part, [row for row in rows if row["kind"] in _MENDED])
    part.save()


def keep_back(part: ImportPart, rows: Sequence[Row]) -> None:
    part.back = _seal_json(rows, _place_of_part(part)) if rows else ""


def rows_of(part: ImportPart) -> list[Row]:
    """In the order of the file."""
    rows = [*_open_json(part.content, _place_of_part(part)), *_back_of(part)]
    return sorted(rows, key=lambda row: int(row["number"]))


def rows_to_mend(draft: ImportDraft) -> Iterator[Row]:
    """Those that were not taken or will not be without a person."""
    parts = ImportPart.objects.filter(draft=draft).exclude(back="").order_by("number")
    for part in parts.defer("content").iterator(chunk_size=1):
        yield from _back_of(part)


def rows_back(draft: ImportDraft) -> Iterator[tuple[int, dict[str, str], str]]:
    """The same with lines that could not be read: number, cells as typed, and why."""
    for row in rows_to_mend(draft):
        yield row["number"], row["cells"], "".join(sentences(row))
    for text in rest_of(draft).unreadable:
        yield 0, {}, text


def count_back(draft: ImportDraft) -> int:
    kinds = ("back",) if "back" in draft.counts else (*_MENDED, "unreadable")
    return sum(int(draft.counts.get(kind, 0)) for kind in kinds)


def sentences(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with a row, by heading."""
    return [
        text_of(Problem(planning.HEADINGS.get(field, ""), code, data))
        for field, code, data in row["problems"]
    ]


def _back_of(part: ImportPart) -> list[Row]:
    rows: list[Row] = _open_json(part.back, _place_of_part(part)) if part.back else []
    return rows


def _masked(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, text in cells:
        if name in _PERSONAL:
            yield name, numbers.mask(name, numbers.normalise(name, text))
        else:  # a number may stand in the wrong column
            yield name, hide(text, unit=name == "unit")


def _place(draft: ImportDraft) -> str:
    return f"draft:{draft.code}"


def _place_of_part(part: ImportPart) -> str:
    return f"draft-part:{part.draft_id}:{part.number}"


def _seal_json(value: object, place: str) -> str:
    return _seal(json.dumps(value, ensure_ascii=False).encode(), place)


def _open_json(sealed: str, place: str) -> Any:
    return json.loads(_open(sealed, place))


def _seal(data: bytes, place: str) -> str:
    """Packed first: sealed bytes do not pack, and a province's file is long."""
    return sealing.seal(base64.b64encode(zlib.compress(data, 1)).decode(), place=place)


def _open(sealed: str, place: str) -> bytes:
    return zlib.decompress(base64.b64decode(sealing.open_sealed(sealed, place=place)))
