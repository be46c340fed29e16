"""Figures of the tree's pages: a made province of so many units, and how long its pages take."""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count, cycle, product
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leitai.base.actor import Actor
from leitai.units import services

if TYPE_CHECKING:
    from django.test import Client

_FIRST = "青锦龙武成金双新温郫蒲彭崇简都江安邛大宜泸德绵广遂内乐南眉雅巴资阳自攀达凉甘阿"
_SECOND = "山河江湖桥水城川林泉岭坪坝堰关口塘溪原石"
_LEVELS = (
    ("prefecture", "place", "市", 21),
    ("county", "place", "县", 9),
    ("township", "place", "镇", 17),
    ("village", "place", "村", 10),
)
_BODIES = ("人力资源和社会保障局", "就业中心", "社保中心", "政务服务中心")


def plant(*, actor: Actor, units: int, at: datetime) -> int:
    """A province of that many units in an empty tree, through the import that people use."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("code", "parent", "name", "level", "kind"))
    rows = _province()
    for _, row in zip(range(units), rows, strict=False):
        writer.writerow(row)
    source = io.BytesIO(text.getvalue().encode())
    source.name = "bench.csv"
    return services.import_units(actor=actor, source=source, at=at).added


def _province() -> Iterator[tuple[str, str, str, str, str]]:
    """Level by level, each place with its bodies; villages without end."""
    numbers = count(1)
    names = cycle("".join(pair) for pair in product(_FIRST, _SECOND))
    above = [("51", "省")]
    yield "51", "", "四川省", "province", "place"
    for level, kind, ending, each in _LEVELS:
        below = []
        each_of = each if level != "village" else 10_000
        for turn in range(each_of):
            for parent, _ in above:
                code, name = f"51{next(numbers):06d}", f"{next(names)}{turn}{ending}"
                yield code, parent, name, level, kind
                below.append((code, name))
                if level == "village":
                    continue
                for number, body in enumerate(_BODIES, start=1):
                    yield f"{code}-{number:02d}", code, name + body, level, "body"
        above = below


def measure(client: Client, pages: Mapping[str, str], *, rounds: int) -> list[dict[str, object]]:
    """Each page `rounds` times after one warm-up: milliseconds, queries, bytes."""
    return [_measured(client, name, address, rounds) for name, address in pages.items()]


def _measured(client: Client, name: str, address: str, rounds: int) -> dict[str, object]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # now: the next request empties the log
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - began) * 1000)
    return {
        "page": name,
        "status": answer.status_code,
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(sorted(took)[max(0, -(-len(took) * 95 // 100) - 1)], 1),
        "queries": queries,
        "bytes": len(answer.content),
    }
