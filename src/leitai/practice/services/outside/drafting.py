"""A platform's file: read, matched, and kept for a day to be looked at; nothing is taken in yet.

A small file is read while one waits, a larger one by a job (`working`).
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.base.jobs import app
from leitai.base.sheets import read_sheet
from leitai.base.tables import Table
from leitai.kernel.errors import DomainError, Problems
from leitai.people.services import new_code
from leitai.practice import rules
from leitai.practice.enums import OutsideState
from leitai.practice.models import OutsideDraft
from leitai.practice.selectors.laws import law_of
from leitai.practice.services.outside.lines import Line
from leitai.practice.services.outside.matching import Matcher
from leitai.practice.services.outside.reading import (
    ALSO,
    HEADINGS,
    NAME,
    Reader,
    hide,
    names_of,
)
from leitai.practice.services.outside.settling import settle
from leitai.seasons import rules as season_rules
from leitai.seasons import selectors as seasons

READ, TAKE = "practice.outside_read", "practice.outside_take"  # the jobs, in tasks.py
AT_ONCE: Final = 10_000  # lines, read while one waits
SMALL: Final = 1 << 20  # bytes of a file that is opened while one waits
MOST: Final = 200_000  # lines of one file
PORTION: Final = 2_000
KEPT: Final = timedelta(hours=24)
SOURCE_LIMIT: Final = 120
_LAST: Final = re.compile(r"([0-9]+)[^0-9]*$")  # the row in a problem's place
Tell = Callable[[int, int], None]  # how many of how many lines


@transaction.atomic
def start_outside(
    *,
    actor: Actor,
    season: str,
    source: str,
    as_of: date,
    file: BinaryIO,
    name: str,
    at: datetime,
) -> OutsideDraft:
    """Read and match a file of the platform `source`; raises Problems for one that cannot be read.

    `as_of` is the day of every figure beside which the file has no other.
    """
    demand_office(actor, season)
    platform = " ".join(hide(source).split())[:SOURCE_LIMIT]
    if not platform:
        raise DomainError("outside_source_empty")
    if as_of > law_of(season).day_of(at):
        raise DomainError("outside_late", said=as_of.isoformat())
    draft = OutsideDraft(
        code=new_code(),
        season=season,
        owner=actor.account,
        name=hide(name)[-200:],
        source=platform,
        as_of=as_of,
        rows=[],
        made_at=at,
        expires_at=at + KEPT,
        told_at=at,
    )
    data = file.read()
    table = table_of(data, name) if len(data) <= SMALL else None
    if table is not None and len(table.rows) <= AT_ONCE:
        draft.rows = rows_of(draft, table, at=at)
        draft.save()
        return draft
    draft.state, draft.content = OutsideState.READING, _seal(draft, data)
    draft.total = len(table.rows) if table is not None else 0
    draft.save()
    defer(READ, draft)
    return draft


def table_of(data: bytes, name: str) -> Table:
    """The file's lines; raises what says why it cannot be read, and outside_rows."""
    table = read_sheet(data, name=name, columns=[NAME], optional=HEADINGS[1:], also=ALSO)
    if len(table.rows) > MOST:
        raise DomainError("outside_rows", most=MOST, count=len(table.rows))
    if not table.rows:
        raise Problems(table.problems) if table.problems else DomainError("table_empty")
    return table


def rows_of(
    draft: OutsideDraft, table: Table, *, at: datetime, tell: Tell | None = None
) -> list[dict[str, object]]:
    """Every line with whose it is and what stands already, as the draft keeps it."""
    law = law_of(draft.season)
    reader = Reader(law, names_of(law), draft.as_of, law.day_of(at))
    host = seasons.host_path(seasons.get_season(draft.season))
    lines: list[Line] = []
    for first in range(0, len(table.rows), PORTION):
        portion = reader.read(table.rows[first : first + PORTION])
        readable = [line for line in portion if not line.state]
        matcher = Matcher(readable, host)
        for line in readable:
            matcher.match(line)
        lines += portion
        if tell:
            tell(len(lines), len(table.rows))
    settle(lines, season=draft.season, platform=draft.source)
    for problem in table.problems:
        place = _LAST.search(problem.place)
        line = Line(int(place[1]) if place else 0)
        line.wrong("", problem.code, **problem.data)
        lines.append(line)
    return [line.plain() for line in lines]


def file_of(draft: OutsideDraft) -> bytes:
    """What was uploaded, as long as it is not read."""
    packed = sealing.open_sealed(draft.content, place=f"outside:{draft.code}")
    return zlib.decompress(base64.b64decode(packed))


def defer(job: str, draft: OutsideDraft) -> None:
    """Inside a transaction: the job is there only if the transaction holds."""
    app.configure_task(name=job, queue="default", queueing_lock=f"{job}:{draft.code}").defer(
        draft=draft.code
    )


def demand_office(actor: Actor, season: str) -> None:
    """The season's office, and not that of somebody's own contest: facts are of everybody."""
    host = seasons.find_host(season) or ""
    if not rules.can_run_practice(actor, season, host) or not season_rules.can_import_facts(actor):
        raise DomainError("forbidden")


def _seal(draft: OutsideDraft, data: bytes) -> str:
    packed = base64.b64encode(zlib.compress(data, 1)).decode()
    return sealing.seal(packed, place=f"outside:{draft.code}")
