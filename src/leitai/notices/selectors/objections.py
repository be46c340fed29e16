"""Cases as their handlers see them, and as whoever filed one follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.base.errors import text_of as text_in_words
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.notices import remedies, sealed, terms
from leitai.notices.enums import OPEN_STATES, TOLD_STEPS, ObjectionState, StepKind
from leitai.notices.models import Objection, ObjectionStep, Ruling
from leitai.notices.rules import can_handle
from leitai.notices.selectors.changes import StageChange, changes_of
from leitai.notices.selectors.handlers import bar_of
from leitai.notices.services.filing import text_of
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

PAGE_SIZE = 30
VIEWS = ("open", "done", "all")
_SOON = timedelta(days=1)
_SHAPES = {
    ObjectionState.REFUSED: "ended",
    ObjectionState.NOTED: "none",
    ObjectionState.MERGED: "held",
    ObjectionState.RULED: "ok",
}


@dataclass(frozen=True, slots=True)
class Due:
    """What is due next, by when, and how that stands: shape and words together."""

    shape: str
    words: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list; of who filed it there is nothing."""

    objection: Objection
    remedy: str
    about: str
    due: Due


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """One case with what it says. `acts` may be done in this state; `bar` keeps the viewer out."""

    objection: Objection
    remedy: str
    house: bool
    level: str
    about: str
    text: str
    due: Due
    steps: tuple[Step, ...]
    ruling: Ruling | None
    changes: tuple[StageChange, ...]
    acts: frozenset[str]
    bar: str
    further: str  # until when one may turn to the next level, in words; "" where one may not
    merged: tuple[int, ...] = ()

    @property
    def bar_words(self) -> str:
        """Why the viewer is kept out; "" where nothing does."""
        return text_in_words(DomainError(self.bar)) if self.bar else ""


def page_of(viewer: Actor, season: Season, *, view: str, number: str | None) -> Page[Objection]:
    """What is the viewer's to handle or to watch, what is due first at the top."""
    rows = _visible(viewer, season)
    if view == "open":
        rows = rows.filter(state__in=OPEN_STATES)
    elif view == "done":
        rows = rows.exclude(state__in=OPEN_STATES)
    due = Case(
        When(state=ObjectionState.FILED, then=F("accept_by")),
        When(state=ObjectionState.ACCEPTED, then=F("answer_by")),
        default=F("filed_at"),
        output_field=DateTimeField(),
    )
    closed = Case(
        When(state__in=OPEN_STATES, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    ordered = rows.annotate(due=due, closed=closed).order_by("closed", "due", "number")
    return Paginator(cast("QuerySet[Objection]", ordered), PAGE_SIZE).get_page(number)


def lines_of(season: Season, rows: Iterable[Objection], *, at: datetime) -> list[Line]:
    law = seasons.rulebook_of(season)
    titles = dict(season.stages.values_list("code", "title"))
    return [
        Line(one, remedies.get_appeal(law, one.remedy).title, _about(one, titles), due_of(one, at))
        for one in rows
    ]


def get_objection_for(viewer: Actor, season: Season, number: int) -> Objection:
    """For handlers; raises DomainError("forbidden") for who has no part, "not_found" otherwise."""
    found = _visible(viewer, season).filter(number=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def opened_for(viewer: Actor, objection: Objection, *, at: datetime) -> Opened:
    """What a handler reads. Whoever decided the case reads that there is one, and no more."""
    bar = bar_of(viewer, objection, at=at)
    return _opened(objection, tuple(StepKind), at=at, bar=bar)


def get_by_code(season: Season, code: str) -> Objection:
    """For whoever holds the code; raises DomainError("objection_code_wrong")."""
    digest = sealing.code_digest(ids.normalise_code(code))
    found = _related(season.objections.filter(digest=digest)).first()
    if found is None:
        raise DomainError("objection_code_wrong")
    return found


def get_own(viewer: Actor, season: Season, number: int) -> Objection:
    """The viewer's own case; raises DomainError("not_found")."""
    found = own_of(viewer, season).filter(number=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def own_of(viewer: Actor, season: Season) -> QuerySet[Objection]:
    """What an account filed in the season, the newest first."""
    if not viewer.account.isdigit():
        return Objection.objects.none()
    rows = season.objections.filter(account=int(viewer.account))
    return _related(rows).order_by("-number")


def opened_of_filer(objection: Objection, *, at: datetime) -> Opened:
    """What whoever filed it reads: the decisions, and not the handlers' notes."""
    return _opened(objection, TOLD_STEPS, at=at, bar="")


def due_of(objection: Objection, at: datetime) -> Due:
    state = ObjectionState(objection.state)
    if state not in OPEN_STATES:
        return Due(_SHAPES[state], str(state.label), None)
    filed = state == ObjectionState.FILED
    until = objection.accept_by if filed else objection.answer_by
    if at >= until:
        return Due("late", _("受理逾期") if filed else _("答复逾期"), until)
    words = _("待受理") if filed else _("待答复")
    shape = "warn" if until - at < _SOON else ("todo" if filed else "half")
    return Due(shape, words, until)


def _opened(objection: Objection, kinds: tuple[StepKind, ...], *, at: datetime, bar: str) -> Opened:
    season = objection.season
    law = seasons.rulebook_of(season)
    appeal = remedies.get_appeal(law, objection.remedy)
    titles = dict(season.stages.values_list("code", "title"))
    main = objection.merged_into or objection
    ruling = Ruling.objects.filter(objection=main).first()
    rows = () if bar else objection.steps.filter(kind__in=kinds)
    return Opened(
        objection=objection,
        remedy=appeal.title,
        house=objection.remedy.startswith(terms.HOUSE),
        level=remedies.body_of(law, appeal, objection.level),
        about=_about(objection, titles),
        text="" if bar else text_of(objection),
        due=due_of(objection, at),
        steps=tuple(_step(row) for row in rows),
        ruling=ruling,
        changes=tuple(changes_of(ruling)) if ruling else (),
        acts=frozenset() if bar else _acts(objection),
        bar=bar,
        further=_further(objection, ruling, at),
        merged=tuple(objection.merged.values_list("number", flat=True)),
    )


def _acts(objection: Objection) -> frozenset[str]:
    if objection.state == ObjectionState.FILED:
        return frozenset({"accept", "refuse", "merge", "reveal"})
    if objection.state == ObjectionState.ACCEPTED:
        return frozenset({"note", "merge", "rule", "reveal"})
    return frozenset({"reveal"})


def _further(objection: Objection, ruling: Ruling | None, at: datetime) -> str:
    if ruling is None or ruling.objection_id != objection.pk:
        return ""
    law = seasons.rulebook_of(objection.season)
    appeal = remedies.get_appeal(law, objection.remedy)
    if not remedies.has_next(appeal, objection.level):
        return ""
    if Objection.objects.filter(previous=objection).exists():
        return ""
    clock = remedies.next_clock(law, appeal, objection.level + 1, ruling.decided_at)
    if clock is None:
        return _("竞赛规则没有规定申诉期限。")
    return clock.words if at < clock.until else ""


def _step(row: ObjectionStep) -> Step:
    text = sealing.open_sealed(row.text, place=sealed.step_place(row.pk))
    return Step(str(StepKind(row.kind).label), text, row.by_name, row.at)


def _about(objection: Objection, titles: dict[str, str]) -> str:
    if objection.notice is not None:
        return objection.notice.title
    return titles.get(objection.stage, "")


def _visible(viewer: Actor, season: Season) -> QuerySet[Objection]:
    """Over the host everything; over a city what its own notices brought."""
    host = seasons.host_path(season)
    rows = _related(season.objections.all())
    if can_handle(viewer, season.code, host):
        return rows
    own = Q(pk=None)
    for held in viewer.appointments:
        if can_handle(viewer, season.code, held.unit_path):
            own |= Q(path__startswith=held.unit_path)
    if own == Q(pk=None):
        raise DomainError("forbidden")
    return rows.filter(own)


def _related(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    return rows.select_related(
        "season__rulebook", "season__host", "notice", "previous", "merged_into"
    )
