"""The season's face, what every public page's foot says, and everything that a home page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from leitai.design.moments import SHANGHAI
from leitai.design.plan import Plan
from leitai.newsroom.enums import BulletinState
from leitai.newsroom.models import Bulletin, SeasonFace
from leitai.newsroom.selectors.articles import Read, latest_of
from leitai.rulebook.model import Body, Rulebook
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors import NextUp, current_windows, next_up, rulebook_of
from leitai.seasons.selectors.timetable import timetable

LEAD = 3  # with pictures
REST = 6
_ISSUES = 4
_NOTES = 6
_TOGETHER = 6  # seasons whose notices stand on one page


@dataclass(frozen=True, slots=True)
class Note:
    """A public notice of a neighbouring room: title, address, day, and whose season's it is."""

    title: str
    url: str
    day: datetime
    season: str = ""


_notes: list[Callable[[Season, datetime, int], Sequence[Note]]] = []


def know_notes(lookup: Callable[[Season, datetime, int], Sequence[Note]]) -> None:
    """Who knows of public notices says here, when the house opens, how to list the newest."""
    _notes[:] = [lookup]


@dataclass(frozen=True, slots=True)
class Coming:
    """The next date of the calendar: a contest, or the opening or end of anything else."""

    title: str
    at: datetime
    ends: bool
    days: int


@dataclass(frozen=True, slots=True)
class Front:
    """A season's home page: the words, what comes next, news with pictures, who is behind it."""

    season: Season
    law: Rulebook
    face: SeasonFace | None
    contest: NextUp | None
    coming: tuple[Coming, ...]
    news: tuple[Read, ...]
    issues: tuple[Bulletin, ...]
    notes: tuple[Note, ...]
    plan: Plan

    @property
    def name(self) -> str:
        return self.law.short_title or self.law.title

    @property
    def lead(self) -> Read | None:
        """The first with a picture: the large one."""
        return next((one for one in self.news if one.cover), None)

    @property
    def cards(self) -> tuple[Read, ...]:
        beside = [one for one in self.news if one.cover and one is not self.lead]
        return tuple(beside[: LEAD - 1])

    @property
    def rest(self) -> tuple[Read, ...]:
        shown = {one.article.pk for one in (self.lead, *self.cards) if one}
        return tuple(one for one in self.news if one.article.pk not in shown)[:REST]

    @property
    def bodies(self) -> tuple[Body, ...]:
        return tuple(self.law.bodies.values())

    @property
    def theme(self) -> tuple[str, ...]:
        text = self.law.theme
        for mark in "，。；、！, ":
            text = text.replace(mark, "\n")
        return tuple(line for line in text.split("\n") if line)


@dataclass(frozen=True, slots=True)
class Foot:
    """Who stands behind a public page, and how to reach them. Anything may be ""."""

    host: str = ""
    telephone: str = ""
    hours: str = ""
    address: str = ""
    record_number: str = ""
    police_number: str = ""

    @property
    def police_code(self) -> str:
        """The digits, by which the register is asked."""
        return "".join(one for one in self.police_number if one.isdigit())


def foot_of(season: Season | None) -> Foot:
    """Of a season's pages, or (None) of those that belong to no season: the liveliest one's.

    The record numbers are the site's: a season that gives none has those of the others.
    """
    known = ~Q(season__state=SeasonState.DRAFT) | Q(season=season)
    rows = list(SeasonFace.objects.filter(known).select_related("season"))
    rows.sort(key=lambda one: one.changed_at, reverse=True)
    rows.sort(key=lambda one: one.season.state != SeasonState.OPEN)
    own = next((one for one in rows if season is None or one.season_id == season.pk), None)
    listed = [one for one in (own, *rows) if one]
    return Foot(
        host=own.host_words if own else "",
        telephone=own.telephone if own else "",
        hours=own.hours if own else "",
        address=own.address if own else "",
        record_number=next((one.record_number for one in listed if one.record_number), ""),
        police_number=next((one.police_number for one in listed if one.police_number), ""),
    )


def face_of(season: Season) -> SeasonFace | None:
    return SeasonFace.objects.select_related("banner").filter(season=season).first()


def front_of(season: Season, *, at: datetime) -> Front:
    """For the public; whoever shows it has asked whether the season may be seen."""
    law, windows = rulebook_of(season), current_windows(season)
    contest = next_up(law, windows, at=at)
    coming = []
    for name, window in windows.items():
        title = law.calendar[name].title if name in law.calendar else name
        if window.opens_at > at:
            coming.append(_coming(title, window.opens_at, at, ends=False))
        elif window.closes_at > at:
            coming.append(_coming(title, window.closes_at, at, ends=True))
    coming.sort(key=lambda one: one.at)
    return Front(
        season=season,
        law=law,
        face=face_of(season),
        contest=contest,
        coming=tuple(coming[:4]),
        news=latest_of([season], most=LEAD + REST),
        issues=_issues_of([season]),
        notes=_notes_of([season], at),
        plan=timetable(law, windows, at=at, upcoming=contest.code if contest else ""),
    )


def front_of_house(found: Sequence[Season], *, at: datetime) -> Front:
    """The first one's home page, with the news, notices and bulletins of all of them."""
    return replace(
        front_of(found[0], at=at),
        news=latest_of(found, most=LEAD + REST),
        issues=_issues_of(found),
        notes=_notes_of(found, at),
    )


def _issues_of(found: Sequence[Season]) -> tuple[Bulletin, ...]:
    rows = Bulletin.objects.filter(season__in=found, state=BulletinState.PUBLISHED)
    return tuple(rows.select_related("season").order_by("-day", "-number")[:_ISSUES])


def _notes_of(found: Sequence[Season], at: datetime) -> tuple[Note, ...]:
    shown = found[:_TOGETHER]
    notes = [
        replace(one, season=season.code)
        for ask in _notes
        for season in shown
        for one in ask(season, at, _NOTES)
    ]
    return tuple(sorted(notes, key=lambda one: one.day, reverse=True)[:_NOTES])


def _coming(title: str, moment: datetime, now: datetime, *, ends: bool) -> Coming:
    days = (_day(moment) - _day(now)).days
    return Coming(title, moment, ends, days)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
