"""A platform's file: read, matched, and kept for a day to be looked at; nothing is taken in yet."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.sheets import read_sheet
from leitai.kernel.errors import DomainError, Problems
from leitai.people.services import new_code
from leitai.practice import rules
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

MOST: Final = 10_000  # lines, read while one waits
KEPT: Final = timedelta(hours=24)
SOURCE_LIMIT: Final = 120
_LAST: Final = re.compile(r"([0-9]+)[^0-9]*$")  # the row in a problem's place


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
    law = law_of(season)
    today = law.day_of(at)
    platform = " ".join(hide(source).split())[:SOURCE_LIMIT]
    if not platform:
        raise DomainError("outside_source_empty")
    if as_of > today:
        raise DomainError("outside_late", said=as_of.isoformat())
    table = read_sheet(file, name=name, columns=[NAME], optional=HEADINGS[1:], also=ALSO)
    if len(table.rows) > MOST:
        raise DomainError("outside_rows", most=MOST, count=len(table.rows))
    if not table.rows:
        raise Problems(table.problems) if table.problems else DomainError("table_empty")
    lines = Reader(law, names_of(law), as_of, today).read(table.rows)
    readable = [line for line in lines if not line.state]
    matcher = Matcher(readable, seasons.host_path(seasons.get_season(season)))
    for line in readable:
        matcher.match(line)
    settle(lines, season=season, platform=platform)
    for problem in table.problems:
        place = _LAST.search(problem.place)
        line = Line(int(place[1]) if place else 0)
        line.wrong("", problem.code, **problem.data)
        lines.append(line)
    return OutsideDraft.objects.create(
        code=new_code(),
        season=season,
        owner=actor.account,
        name=hide(name)[-200:],
        source=platform,
        as_of=as_of,
        rows=[line.plain() for line in lines],
        made_at=at,
        expires_at=at + KEPT,
    )


def demand_office(actor: Actor, season: str) -> None:
    """The season's office, and not that of somebody's own contest: facts are of everybody."""
    host = seasons.find_host(season) or ""
    if not rules.can_run_practice(actor, season, host) or not season_rules.can_import_facts(actor):
        raise DomainError("forbidden")
