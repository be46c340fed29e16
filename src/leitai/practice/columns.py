"""Columns that hold much in little room, and what they mean in Python.

What a row says does not depend on its form: a text that has no short form stands as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection, models
from typing_extensions import override

from leitai.kernel.errors import DomainError
from leitai.lane import packing
from leitai.practice.marking import seconds_of
from leitai.practice.nodes import node_of, parts_of

_SET: Final = re.compile(r"set:([0-9a-f]{32})")
_FIGURES: Final = re.compile(r"answers=([01]{1,255})(?:;seconds=([0-9.,]+))?")
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")
_SHORT_SET, _SHORT_FIGURES = b"\x00", b"\x01"  # no text of ours begins with either
_ZLIB: Final = 0x78  # with which zlib's own form begins
_WORTH: Final = 200  # bytes from which pressing is worth the while
_NODES, _MANY = 1 << 15, 1 << 8  # what fits into one number

# ---- the source of an act


def source_in(source: str) -> bytes:
    """`set:<hex>` is the id's sixteen bytes; every other source is its text."""
    found = _SET.fullmatch(source)
    return _SHORT_SET + bytes.fromhex(found[1]) if found else source.encode()


def source_out(stored: bytes | memoryview) -> str:
    data = bytes(stored)
    return f"set:{data[1:].hex()}" if data[:1] == _SHORT_SET else data.decode()


# ---- the value of an act


def value_in(value: str) -> bytes:
    """A marked set's figures: right or wrong as bits, milliseconds as varints; else the text."""
    found = _FIGURES.fullmatch(value)
    if not found:
        return value.encode()
    marks, seconds = found[1], found[2].split(",") if found[2] else []
    if not all(map(_SECONDS.fullmatch, seconds)):
        return value.encode()
    times = [_thousandths(one) for one in seconds]
    bits = int(marks, 2).to_bytes(-(-len(marks) // 8), "big")
    stored = _SHORT_FIGURES + bytes((len(marks),)) + bits + packing.pack_items(times)
    return stored if value_out(stored) == value else value.encode()


def value_out(stored: bytes | memoryview) -> str:
    data = bytes(stored)
    if data[:1] != _SHORT_FIGURES:
        return data.decode()
    count = data[1]
    end = 2 - (-count // 8)
    marks = f"{int.from_bytes(data[2:end], 'big'):0{count}b}"
    times = packing.unpack_items(data[end:])
    seconds = ",".join(seconds_of(one) for one in times)
    return f"answers={marks};seconds={seconds}" if times else f"answers={marks}"


def _thousandths(seconds: str) -> int:
    whole, _, rest = seconds.partition(".")
    return int(whole) * 1000 + int(rest.ljust(3, "0"))


# ---- the questions of a set


def items_out(stored: bytes | memoryview) -> list[int]:
    """None where it cannot be read: such a set is put aside, and stops nobody."""
    try:
        return packing.unpack_items(stored)
    except DomainError:
        return []


# ---- long bytes


def press(data: bytes) -> bytes:
    """Pressed where that saves anything; what begins like pressed bytes is pressed always."""
    if len(data) < _WORTH and data[:1] != bytes((_ZLIB,)):
        return data
    pressed = zlib.compress(data, 6)
    return pressed if len(pressed) < len(data) or data[:1] == bytes((_ZLIB,)) else data


def unpress(stored: bytes | memoryview) -> bytes:
    data = bytes(stored)
    return zlib.decompress(data) if data[:1] == bytes((_ZLIB,)) else data


# ---- nodes of a day: modules, and topics below them

_names: dict[int, str] = {}  # as read; a number is never given twice, so it never becomes wrong


def codes_of(nodes: Iterable[str]) -> dict[str, int]:
    """The number of each node (`nodes`); new ones are given one."""
    wanted = sorted(set(nodes))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        found = _numbered(
            cursor,
            "SELECT name, topic, id FROM practice_module"
            " JOIN unnest(%s::text[], %s::text[]) AS wanted(name, topic) USING (name, topic)",
            wanted,
        )
        if missing := [node for node in wanted if node not in found]:
            found |= _numbered(
                cursor,
                "INSERT INTO practice_module (name, topic) SELECT * FROM unnest(%s::text[],"
                " %s::text[]) ON CONFLICT (name, topic) DO UPDATE SET name = EXCLUDED.name"
                " RETURNING name, topic, id",
                missing,
            )
    return found


def _numbered(cursor: Any, statement: str, nodes: Sequence[str]) -> dict[str, int]:
    parts = [parts_of(node) for node in nodes]
    cursor.execute(statement, [[name for name, _ in parts], [topic for _, topic in parts]])
    return {node_of(name, topic): code for name, topic, code in cursor.fetchall()}


def modules_in(modules: Mapping[str, Sequence[int]], codes: Mapping[str, int]) -> list[int]:
    """{node: [answers, right]} as one number each, below nought: node, answers, right in it.

    If any of them does not fit, all are three numbers each: node, answers, right, node, …
    """
    figures = sorted((codes[node], *held) for node, held in modules.items())
    if all(code < _NODES and max(held) < _MANY for code, *held in figures):
        return [~(code << 16 | answers << 8 | right) for code, answers, right in figures]
    return [figure for one in figures for figure in one]


def modules_out(stored: Sequence[int] | None) -> dict[str, list[int]]:
    figures = stored or ()
    if figures and figures[0] < 0:
        triples = [(~one >> 16, ~one >> 8 & 255, ~one & 255) for one in figures]
    else:
        triples = list(zip(figures[::3], figures[1::3], figures[2::3], strict=True))
    if any(code not in _names for code, _, _ in triples):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name, topic FROM practice_module")
            _names.update((code, node_of(name, topic)) for code, name, topic in cursor.fetchall())
    return {_names[code]: [answers, right] for code, answers, right in triples}


# ---- the columns


class _Packed(models.Field):  # type: ignore[type-arg]  # not so at run time
    """Bytes in the database, something else in Python."""

    @override
    def db_type(self, connection: Any) -> str:
        return "bytea"

    @override
    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else connection.Database.Binary(self.packed(value))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else self.unpacked(value)

    def packed(self, value: Any) -> bytes:
        raise NotImplementedError

    def unpacked(self, stored: Any) -> Any:
        raise NotImplementedError


class SourceColumn(_Packed):
    @override
    def packed(self, value: Any) -> bytes:
        return source_in(value)

    @override
    def unpacked(self, stored: Any) -> Any:
        return source_out(stored)


class ValueColumn(_Packed):
    @override
    def packed(self, value: Any) -> bytes:
        return value_in(value)

    @override
    def unpacked(self, stored: Any) -> Any:
        return value_out(stored)


class ItemsColumn(_Packed):
    @override
    def packed(self, value: Any) -> bytes:
        return packing.pack_items(value)

    @override
    def unpacked(self, stored: Any) -> Any:
        return items_out(stored)


class PressedColumn(_Packed):
    @override
    def packed(self, value: Any) -> bytes:
        return press(bytes(value))

    @override
    def unpacked(self, stored: Any) -> Any:
        return unpress(stored)


class ModulesColumn(models.Field):  # type: ignore[type-arg]  # not so at run time
    @override
    def db_type(self, connection: Any) -> str:
        return "integer[]"

    @override
    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else modules_in(value, codes_of(value))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return modules_out(value)
