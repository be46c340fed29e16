"""Complaints as their supervisors see them, and as whoever filed one sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.messages.enums import OPEN_STATES, Category, ComplaintState, StepKind
from leitai.messages.models import Complaint, ComplaintStep
from leitai.messages.rules import can_handle, can_see_complaints
from leitai.messages.services.complaining import place_of, step_place
from leitai.messages.services.seasons import face_of
from leitai.messages.sharing import deadline_words
from leitai.people.enums import Role

PAGE_SIZE = 30
VIEWS = ("open", "done", "all")
_BRIEF = 40
_DONE = {
    ComplaintState.ANSWERED: "ok",
    ComplaintState.TRANSFERRED: "ok",
    ComplaintState.CLOSED: "ended",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What is due next, by when, and how that stands: shape and words together."""

    shape: str
    words: str
    until: str


@dataclass(frozen=True, slots=True)
class Row:
    complaint: Complaint
    category: str
    brief: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """One complaint with its seals open. `name` and `phone` are for those who handle it."""

    complaint: Complaint
    category: str
    season: str
    text: str
    name: str
    phone: str
    clock: Clock
    steps: tuple[Step, ...]

    @property
    def acts(self) -> frozenset[str]:
        """What may be done in this state."""
        state = self.complaint.state
        if state == ComplaintState.RECEIVED:
            return frozenset({"accept", "answer", "transfer"})
        if state == ComplaintState.ACCEPTED:
            return frozenset({"answer", "transfer"})
        return frozenset() if state == ComplaintState.CLOSED else frozenset({"close"})

    @property
    def may_follow(self) -> bool:
        one = self.complaint
        return one.state != ComplaintState.CLOSED and one.followed_at is None


def page_of(viewer: Actor, *, view: str, number: str | None) -> Page[Complaint]:
    """What is the viewer's to handle, what is due first at the top; raises "forbidden"."""
    if not can_see_complaints(viewer):
        raise DomainError("forbidden")
    found = _handled_by(viewer)
    if view == "open":
        found = found.filter(state__in=OPEN_STATES)
    elif view == "done":
        found = found.exclude(state__in=OPEN_STATES)
    due = Case(
        When(state=ComplaintState.RECEIVED, then=F("accept_by")),
        When(state=ComplaintState.ACCEPTED, then=F("answer_by")),
        output_field=DateTimeField(),
    )
    still = Case(
        When(state__in=OPEN_STATES, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    ordered = found.alias(due=due, still=still).order_by("still", "due", "-pk")
    return Paginator(cast("QuerySet[Complaint]", ordered), PAGE_SIZE).get_page(number)


def rows_of(complaints: Iterable[Complaint], *, at: datetime) -> list[Row]:
    return [
        Row(
            one,
            str(Category(one.category).label),
            _open(one, "text")[:_BRIEF],
            clock_of(one, at=at),
        )
        for one in complaints
    ]


def get_complaint_for(viewer: Actor, complaint: int, *, at: datetime) -> Opened:
    """With everything; raises DomainError("not_found") for those who do not handle it."""
    if not can_see_complaints(viewer):
        raise DomainError("forbidden")
    found = Complaint.objects.filter(pk=complaint).first()
    if found is None or not can_handle(viewer, found.season, found.host):
        raise DomainError("not_found")
    return _opened(found, at, named=True)


def get_by_code(code: str, *, at: datetime) -> Opened:
    """As whoever filed it sees it; raises DomainError("complaint_code_wrong")."""
    digest = sealing.code_digest(ids.normalise_code(code))
    found = Complaint.objects.filter(digest=digest).first()
    if found is None:
        raise DomainError("complaint_code_wrong")
    return _opened(found, at, named=False)


def clock_of(complaint: Complaint, *, at: datetime) -> Clock:
    """In words: how many days are left or over, counted by the calendar's days."""
    if complaint.state not in OPEN_STATES:
        state = ComplaintState(complaint.state)
        return Clock(_DONE[state], str(state.label), "")
    waits = complaint.state == ComplaintState.RECEIVED
    due = complaint.accept_by if waits else complaint.answer_by
    days = (_last_day(due) - at.astimezone(SHANGHAI).date()).days
    until = deadline_words(due)
    what = _("受理") if waits else _("答复")
    if at >= due:
        late = max(1, -days)
        words = ngettext("%(what)s已逾期%(days)d天", "%(what)s已逾期%(days)d天", late)
        return Clock("late", words % {"what": what, "days": late}, until)
    if days == 0:
        return Clock("warn", _("%(what)s今天到期") % {"what": what}, until)
    words = ngettext("%(what)s还有%(days)d天", "%(what)s还有%(days)d天", days)
    shape = "todo" if waits else "half"
    return Clock(shape, words % {"what": what, "days": days}, until)


def _last_day(due: datetime) -> date:
    return (due - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


def _handled_by(viewer: Actor) -> QuerySet[Complaint]:
    mine = Q(pk__in=())
    if viewer.has(Role.AUDIT_ADMIN):
        mine |= Q(season="")
    for held in viewer.appointments:
        if held.role == Role.SUPERVISOR:
            within = Q(host__startswith=held.unit_path) & ~Q(season="")
            mine |= within & Q(season=held.season) if held.season else within
    return Complaint.objects.filter(mine)


def _opened(complaint: Complaint, at: datetime, *, named: bool) -> Opened:
    face = face_of(complaint.season)
    return Opened(
        complaint=complaint,
        category=str(Category(complaint.category).label),
        season=face.title if face else complaint.season,
        text=_open(complaint, "text"),
        name=_open(complaint, "name") if named else "",
        phone=_open(complaint, "phone") if named else "",
        clock=clock_of(complaint, at=at),
        steps=tuple(_step(one, complaint, named=named) for one in complaint.steps.order_by("pk")),
    )


def _open(complaint: Complaint, column: str) -> str:
    return sealing.open_sealed(getattr(complaint, column), place=place_of(complaint.pk, column))


def _step(step: ComplaintStep, complaint: Complaint, *, named: bool) -> Step:
    """To the outside those who handle it speak as a body: who wrote it stands in the record."""
    body = _("监督仲裁组") if complaint.season else _("审计管理员")
    outside = step.kind in {StepKind.FILED, StepKind.FOLLOWED}
    by = _("反映人") if outside else (step.by_name if named else body)
    text = sealing.open_sealed(step.text, place=step_place(step.pk))
    return Step(str(StepKind(step.kind).label), text, by, step.at)
