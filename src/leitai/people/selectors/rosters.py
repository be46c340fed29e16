"""Who served where on a day, and the confirmed lists of units."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.models import Person, Posting, Roster
from leitai.units.models import Unit

COUNTS: Final = ("all", "front", "back", "none", "permanent", "contract")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a unit on a day; `row` is how a roster keeps them."""

    code: str
    name: str
    window: str
    staffing: str
    line: str
    post: str
    since: date

    @property
    def row(self) -> list[str]:
        return [self.code, self.window, self.staffing, self.line]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list has against the last confirmed one: names, or codes where nobody is left."""

    joined: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    unit: Unit
    day: date
    members: tuple[Member, ...]
    counts: dict[str, int]
    digest: str
    last: Roster | None
    difference: Difference


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the confirmed rosters below a path; `units` of `of` have confirmed one."""

    counts: dict[str, int]
    units: int
    of: int


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A unit with its last roster and how many serve there now."""

    unit: Unit
    last: Roster | None
    now: int

    @property
    def gap(self) -> int | None:
        return self.now - int(self.last.counts["all"]) if self.last else None


def members_on(unit: Unit, day: date) -> tuple[Member, ...]:
    """Staff of the unit on that day by code; guests are learners and count nowhere."""
    rows = (
        Posting.objects.filter(_serving(day), unit=unit, person__guest="")
        .order_by("person__code")
        .values_list("person__code", "person__name", "window", "staffing", "line", "post", "since")
    )
    return tuple(Member(*row) for row in rows)


def counts_of(members: Sequence[Sequence[str]]) -> dict[str, int]:
    """`COUNTS` over rows of a roster."""
    counts = dict.fromkeys(COUNTS, 0)
    for _code, window, staffing, _line in members:
        for key in ("all", window, staffing):
            if key:
                counts[key] += 1
    return counts


def digest_of(members: Sequence[Sequence[str]]) -> bytes:
    return hashlib.sha256(canonical.encode(list(members))).digest()


def denominator(unit: Unit, day: date) -> Roster | None:
    """The unit's confirmed roster of that day: the latest at or before it."""
    return Roster.objects.filter(unit=unit, day__lte=day).order_by("-day", "-confirmed_at").first()


_SUMS = """
SELECT count(*), {sums} FROM (
    SELECT DISTINCT ON (roster.unit_id) roster.counts
    FROM people_roster roster JOIN units_unit unit ON unit.id = roster.unit_id
    WHERE unit.path LIKE %s AND roster.day <= %s
        AND (unit.closed_on IS NULL OR unit.closed_on > %s)
    ORDER BY roster.unit_id, roster.day DESC, roster.confirmed_at DESC
) AS latest
"""


def denominators(unit_path: str, day: date) -> Totals:
    """The sum of every unit's `denominator` below a path; closed units count no more."""
    sums = ", ".join(f"coalesce(sum((counts->>'{name}')::int), 0)" for name in COUNTS)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(sums=sums), [f"{unit_path}%", day, day])
        units, *counted = cursor.fetchone()
    serving = Posting.objects.filter(_serving(day), unit__path__startswith=unit_path)
    of = serving.filter(person__guest="").aggregate(units=Count("unit", distinct=True))["units"]
    return Totals(dict(zip(COUNTS, counted, strict=True)), units, of)


def preview_of(actor: Actor, unit: Unit, day: date) -> Preview:
    """The list as it would be confirmed, beside the last one; for who may look at the unit."""
    if not rules.can_see_people(actor, unit.path):
        raise DomainError("forbidden")
    members = members_on(unit, day)
    rows = [one.row for one in members]
    last = denominator(unit, day)
    return Preview(
        unit,
        day,
        members,
        counts_of(rows),
        digest_of(rows).hex(),
        last,
        _difference(members, last),
    )


def _difference(members: Sequence[Member], last: Roster | None) -> Difference:
    before = {row[0]: row for row in last.members} if last else {}
    now = {one.code: one for one in members}
    gone = [code for code in before if code not in now]
    names = dict(Person.objects.filter(code__in=gone).values_list("code", "name"))
    return Difference(
        tuple(one.name for one in members if last and one.code not in before),
        tuple(names.get(code, code) for code in gone),
        tuple(one.name for one in members if one.code in before and before[one.code] != one.row),
    )


def list_roster_units(actor: Actor) -> QuerySet[Unit]:
    """The units with people that the actor may look at, by path, open ones only."""
    paths = rules.reader_paths(actor)
    if not paths:
        raise DomainError("forbidden")
    serving = Posting.objects.filter(unit=OuterRef("pk"), until=None, person__guest="")
    return Unit.objects.filter(under("path", paths), Exists(serving), closed_on=None).order_by(
        "path"
    )


def roster_lines(units: Sequence[Unit], day: date) -> list[RosterLine]:
    """Each unit of a page with its last roster and its head count of that day."""
    found = Roster.objects.filter(unit__in=units, day__lte=day).defer("members")
    last = {one.unit_id: one for one in found.order_by("unit", "day", "confirmed_at")}
    now = dict(
        Posting.objects.filter(_serving(day), unit__in=units, person__guest="")
        .values_list("unit")
        .annotate(Count("pk"))
    )
    return [RosterLine(unit, last.get(unit.pk), now.get(unit.pk, 0)) for unit in units]


def list_rosters(unit: Unit) -> QuerySet[Roster]:
    """All confirmed rosters of a unit, newest first."""
    return Roster.objects.filter(unit=unit).defer("members").order_by("-day", "-confirmed_at")


def last_confirmed(unit_path: str) -> date | None:
    """The newest day for which anything below the path was confirmed."""
    found = Roster.objects.filter(unit__path__startswith=unit_path).aggregate(day=Max("day"))
    day: date | None = found["day"]
    return day


def under(column: str, paths: Sequence[str]) -> Q:
    """Below one of these paths; "" is the whole tree."""
    if "" in paths:
        return Q()
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{column}__startswith": path})
    return wanted


def _serving(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))
