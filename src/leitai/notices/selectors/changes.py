"""What a ruling changed: the version that held before it beside the one that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from leitai.notices.models import Ruling
from leitai.results.models import StageResult
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.seasons import selectors as seasons

MOST = 50


@dataclass(frozen=True, slots=True)
class Move:
    """One row that is not what it was; "" where somebody was or is not ranked."""

    name: str
    delegation: str
    rank_before: str
    rank_after: str
    total_before: str
    total_after: str


@dataclass(frozen=True, slots=True)
class Turned:
    """An award that somebody gained or lost."""

    title: str
    holder: str
    gained: bool


@dataclass(frozen=True, slots=True)
class StageChange:
    """`after` 0: the results have not been computed anew, or wait for the committee."""

    stage: str
    code: str
    before: int
    after: int
    moves: tuple[Move, ...]
    more: int
    awards: tuple[Turned, ...]


def changes_of(ruling: Ruling) -> list[StageChange]:
    season = ruling.objection.season
    titles = dict(season.stages.values_list("code", "title"))
    found = []
    for code, before in ruling.before.items():
        after = ruling.after.get(code, 0)
        moves = _moves(season.code, code, before, after) if after else []
        found.append(
            StageChange(
                stage=titles.get(code, code),
                code=code,
                before=before,
                after=after,
                moves=tuple(moves[:MOST]),
                more=max(0, len(moves) - MOST),
                awards=tuple(_awards(season.code, code, before, after)) if after else (),
            )
        )
    return found


def _moves(season: str, stage: str, before: int, after: int) -> list[Move]:
    old, new = _rows(season, stage, before), _rows(season, stage, after)
    law = seasons.rulebook_of(seasons.get_season(season))
    places = max((law.events[one].decimals for one in law.stages[stage].events), default=0)
    moved = []
    for key in sorted(old.keys() | new.keys(), key=lambda key: new.get(key, old.get(key))[0]):  # type: ignore[index]  # in one of the two
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was[:2] == now[:2]:
            continue
        named = now or was
        if named is not None:
            moved.append(
                Move(
                    name=named[2],
                    delegation=named[3],
                    rank_before=str(was[0]) if was else "",
                    rank_after=str(now[0]) if now else "",
                    total_before=_total(was, places),
                    total_after=_total(now, places),
                )
            )
    return moved


Row = tuple[int, str, str, str]


def _rows(season: str, stage: str, version: int) -> dict[tuple[str, str], Row]:
    rows = StageResult.objects.filter(
        stage__season__code=season,
        stage__code=stage,
        version=version,
        standings__board=MAIN,
    ).values_list(
        "standings__track",
        "standings__entry__code",
        "standings__rank",
        "standings__total",
        seasons.name_in("standings__entry__"),
        "standings__entry__delegation__name",
    )
    return {(row[0], row[1]): (row[2], row[3], row[4], row[5]) for row in rows}


def _total(row: Row | None, places: int) -> str:
    return numbers.show(Fraction(row[1]), places) if row else ""


def _awards(season: str, stage: str, before: int, after: int) -> list[Turned]:
    old, new = _held(season, stage, before), _held(season, stage, after)
    lost = [Turned(title, holder, gained=False) for title, holder in sorted(old - new)]
    return [*lost, *(Turned(title, holder, gained=True) for title, holder in sorted(new - old))]


def _held(season: str, stage: str, version: int) -> set[tuple[str, str]]:
    rows = StageResult.objects.filter(
        stage__season__code=season, stage__code=stage, version=version, awards__isnull=False
    ).values_list("awards__title", seasons.name_in("awards__entry__"), "awards__delegation__name")
    return {(title, person or delegation) for title, person, delegation in rows}
