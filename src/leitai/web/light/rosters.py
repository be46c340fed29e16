"""The roster of a contest of one's own: who takes part, and which rows were left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people.selectors import people_by_code
from leitai.people.services import parts, planning, taking
from leitai.people.services.importing import cells_of, read_table
from leitai.people.services.registering import new_code
from leitai.seasons import services as seasons
from leitai.seasons.models import LightContest
from leitai.seasons.selectors.contests import barred_above
from leitai.units.models import Unit


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not taken; `number` is 0 where the row itself could not be read."""

    number: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class RosterReport:
    """How many take part, and the rows that were left out with the reason of each."""

    people: int
    left: tuple[Left, ...]


class NobodyTaken(DomainError):  # noqa: N818  # it names what happened, as its kin do
    """No row could be taken; `left` says of each why."""

    def __init__(self, left: Sequence[Left]) -> None:
        super().__init__("contest_roster")
        self.left = tuple(left)


@transaction.atomic
def take_roster(
    *, actor: Actor, contest: LightContest, source: BinaryIO, name: str, at: datetime
) -> RosterReport:
    """The list of those who take part. Who is not registered yet is; a row without a unit is ours.

    Somebody of the same name in the same unit is taken for the same person where only one is.
    """
    host = contest.season.host
    if host is None:
        raise DomainError("season_host_missing", season=contest.season.code)
    rows, unreadable = read_table(source.read(), name)
    cells = [_at_home(cells_of(row), host) for row in rows]
    said = _same_people(actor, cells, at)
    wanted = [one.planned.row for one in planning.Planner(actor, at).plan(cells, said)]
    good = [row for row in wanted if row["kind"] not in {"wrong", "doubt", "request"}]
    for row in good:
        row["said"] = said.get(row["number"], "")
    taking.take(actor, planning.Planner(actor, at), good, draft=new_code(), at=at)
    codes = _codes_of(actor, [(row["number"], row["cells"]) for row in good], at)
    codes, barred = _without_barred(contest, codes, at)
    left = [_left(row) for row in wanted if row not in good]
    left = [*(Left(0, "", text) for text in unreadable), *left, *barred]
    if not codes:
        raise NobodyTaken(left)
    seasons.set_people(actor=actor, contest=contest, codes=codes, at=at)
    return RosterReport(len(codes), tuple(left))


def _at_home(row: tuple[int, dict[str, str]], host: Unit) -> tuple[int, dict[str, str]]:
    number, cells = row
    if cells.get("unit") or cells.get("unit_name"):
        return row
    return number, cells | {"unit": host.code}


def _same_people(
    actor: Actor, cells: Sequence[tuple[int, Mapping[str, str]]], at: datetime
) -> dict[int, str]:
    """For rows in doubt the one person whom they can mean."""
    planned = [one.planned for one in planning.Planner(actor, at).plan(cells)]
    return {
        one.number: one.choices[0][0]
        for one in planned
        if one.kind == "doubt" and len(one.choices) == 1
    }


def _codes_of(
    actor: Actor, cells: Sequence[tuple[int, Mapping[str, str]]], at: datetime
) -> list[str]:
    """Who the rows are, now that everybody is registered."""
    said = _same_people(actor, cells, at)
    planned = planning.Planner(actor, at).plan(cells, said)
    return [one.planned.person for one in planned if one.planned.person]


def _without_barred(
    contest: LightContest, codes: Sequence[str], at: datetime
) -> tuple[list[str], list[Left]]:
    """Those whom a stage above would take, and the reason for each whom it would not."""
    found = people_by_code(codes)
    bars = barred_above(contest, list(found.values()), at=at)
    told = [
        Left(0, found[code].name, _bar(found[code].name, bars[code]))
        for code in codes
        if code in bars
    ]
    return [code for code in codes if code not in bars], told


def _bar(name: str, bars: str) -> str:
    return text_of(DomainError("contest_barred_above", name=name, bars=bars))


def _left(row: dict[str, Any]) -> Left:
    return Left(row["number"], row["cells"].get("name", ""), "".join(parts.sentences(row)))
