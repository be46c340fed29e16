"""Figures of outside platforms, beside the house's own: a learner's, the office's, the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people
from leitai.people.models import Person
from leitai.practice import rules
from leitai.practice.enums import DoubtState, OutsideState
from leitai.practice.models import Learner, Outside, OutsideDoubt, OutsideDraft
from leitai.practice.services.outside.lines import NEW, STATES, Line
from leitai.seasons import rules as season_rules
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

A_PAGE: Final = 50
SHOWN: Final = 200  # lines of a kind on the preview


@dataclass(frozen=True, slots=True)
class OutsideHome:
    """The office's page: every figure taken in, drafts of one's own, and how many lines wait."""

    season: Season
    figures: Page[Outside]
    drafts: tuple[OutsideDraft, ...]
    waiting: int
    may_run: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A line for the eye: whose it is, and where it is bad, why."""

    line: Line
    person: Person | None
    people: tuple[tuple[Person, str], ...]
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one state, at most `SHOWN` of them."""

    state: str
    count: int
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    season: Season
    draft: OutsideDraft
    groups: tuple[Group, ...]
    good: int
    doubtful: int

    @property
    def running(self) -> bool:
        return self.draft.state in {OutsideState.READING, OutsideState.TAKING}

    @property
    def percent(self) -> int:
        return 100 * self.draft.done // self.draft.total if self.draft.total else 0


@dataclass(frozen=True, slots=True)
class Asked:
    doubt: OutsideDoubt
    shown: Shown


@dataclass(frozen=True, slots=True)
class Queue:
    season: Season
    rows: Page[OutsideDoubt]
    asked: tuple[Asked, ...]
    may_run: bool


def outside_of(learner: Learner) -> tuple[Outside, ...]:
    """What outside platforms say of a learner, by figure, the newest first."""
    if learner.person_id is None:
        return ()
    rows = Outside.objects.filter(season=learner.season, person=learner.person_id)
    return tuple(rows.order_by("kind", "key", "-as_of", "source")[:SHOWN])


def outside_home(viewer: Actor, season: str, *, number: str | None) -> OutsideHome:
    """Raises forbidden, season_unknown."""
    held, may_run = _demand(viewer, season)
    rows = Outside.objects.filter(season=season).select_related("person__unit")
    drafts = OutsideDraft.objects.filter(season=season, owner=viewer.account, expires_at__gt=Now())
    waiting = OutsideDoubt.objects.filter(season=season, state=DoubtState.WAITING).count()
    figures = Paginator(rows.order_by("-recorded_at", "-pk"), A_PAGE).get_page(number)
    own = tuple(drafts.defer("rows", "content").order_by("-made_at")[:A_PAGE]) if may_run else ()
    return OutsideHome(held, figures, own, waiting, may_run)


def preview_of(viewer: Actor, season: str, code: str) -> Preview:
    """One's own draft; raises not_found, forbidden."""
    held, _may_run = _demand(viewer, season)
    mine = OutsideDraft.objects.filter(season=season, code=code, owner=viewer.account)
    draft = mine.defer("rows", "content").first()
    if draft is None:
        raise DomainError("not_found")
    if draft.state != OutsideState.READY:
        return Preview(held, draft, (), 0, 0)
    lines = sorted((Line.of(row) for row in draft.rows), key=lambda line: line.number)
    counts = Counter(line.state for line in lines)
    parts = {state: [line for line in lines if line.state == state][:SHOWN] for state in STATES}
    shown = iter(_shown([line for state in STATES for line in parts[state]]))
    groups = tuple(
        Group(state, counts[state], tuple(next(shown) for _line in parts[state]))
        for state in STATES
        if counts[state]
    )
    return Preview(held, draft, groups, counts[NEW], counts["doubt"])


def queue_of(viewer: Actor, season: str, *, number: str | None, done: bool = False) -> Queue:
    """Doubtful lines that wait, or those that somebody decided; raises forbidden."""
    held, may_run = _demand(viewer, season)
    rows = OutsideDoubt.objects.filter(season=season).select_related("person__unit")
    rows = rows.exclude(state=DoubtState.WAITING) if done else rows.filter(state="waiting")
    page = Paginator(rows.order_by("-decided_at" if done else "pk", "pk"), A_PAGE).get_page(number)
    doubts = list(page)
    shown = _shown([Line.of(one.row) for one in doubts], phones=True)
    asked = tuple(Asked(doubt, one) for doubt, one in zip(doubts, shown, strict=True))
    return Queue(held, page, asked, may_run)


def _demand(viewer: Actor, season: str) -> tuple[Season, bool]:
    held = seasons.get_season(season)
    host = seasons.host_path(held)
    if not rules.can_see_practice(viewer, season, host):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(held)
    if law.practice is None:
        raise DomainError("practice_off", season=law.short_title or law.title)
    may_run = rules.can_run_practice(viewer, season, host) and season_rules.can_import_facts(viewer)
    return held, may_run


def _shown(lines: Sequence[Line], *, phones: bool = False) -> list[Shown]:
    codes = {code for line in lines for code in (line.person, *line.people) if code}
    rows = Person.objects.filter(code__in=codes).select_related("unit", "personal")
    known = {person.code: person for person in rows}
    masks = {code: people.masked_phone(one) for code, one in known.items()} if phones else {}
    return [
        Shown(
            line,
            known.get(line.person),
            tuple((known[code], masks.get(code, "")) for code in line.people if code in known),
            tuple(
                (column or _("整行"), text_of(DomainError(code, **data)))
                for column, code, data in line.problems
            ),
        )
        for line in lines
    ]
