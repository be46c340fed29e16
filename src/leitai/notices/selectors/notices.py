"""Notices as the office works on them, and as the public may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.notices import lists
from leitai.notices.enums import OPEN_STATES, PHASE_SHAPES, NoticeKind, NoticeState, Phase
from leitai.notices.models import Notice
from leitai.notices.periods import Clock
from leitai.notices.rules import can_publish, can_see_drafts, can_see_notices
from leitai.notices.services.drafting import clock_of, term_of
from leitai.rulebook.model import Rulebook
from leitai.rulebook.procedure import show_term
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with its phase. `list_open` says whether its list may be seen by the public."""

    notice: Notice
    phase: Phase
    shape: str

    @property
    def word(self) -> str:
        return str(self.phase.label)

    @property
    def list_open(self) -> bool:
        return self.phase in (Phase.RUNNING, Phase.OBJECTED, Phase.POSTED)


@dataclass(frozen=True, slots=True)
class OfficeNotice:
    """One notice for the office: what may be done, and the period as it would be reckoned now."""

    shown: Shown
    law: Rulebook
    may_publish: bool
    clock: Clock | None
    refusal: DomainError | None
    term_words: str
    objections: int
    newer: int  # the version that the result has now, where the list is from an older one; else 0

    @property
    def refusal_words(self) -> str:
        return text_of(self.refusal) if self.refusal else ""


def shown(notice: Notice, *, at: datetime, public: bool = False) -> Shown:
    """The public never sees that somebody objected."""
    phase = _phase(notice, at)
    waiting = getattr(notice, "open_objections", 0)
    if waiting and not public and phase in (Phase.RUNNING, Phase.OVER):
        phase = Phase.OBJECTED
    return Shown(notice, phase, PHASE_SHAPES[phase])


def _phase(notice: Notice, at: datetime) -> Phase:
    if notice.state == NoticeState.DRAFT:
        return Phase.DRAFT
    if notice.state == NoticeState.DOWN:
        return Phase.DOWN
    if notice.opens_at is not None and at < notice.opens_at:
        return Phase.WAITING
    if notice.kind == NoticeKind.PLAIN:
        return Phase.POSTED
    over = notice.closes_at is not None and at >= notice.closes_at
    return Phase.OVER if over else Phase.RUNNING


def page_for_office(
    viewer: Actor, season: Season, number: str | None, *, at: datetime
) -> tuple[Page[Notice], list[Shown]]:
    """What the viewer may see of the season's notices, the newest first."""
    if not can_see_notices(viewer, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    host = seasons.host_path(season)
    rows = _counted(season.notices.all())
    if not can_see_drafts(viewer, season.code, host):
        own = Q()
        for held in viewer.appointments:
            own |= Q(path__startswith=held.unit_path)
        rows = rows.filter(own)
    page = Paginator(rows.order_by("-number"), PAGE_SIZE).get_page(number)
    return page, [shown(one, at=at) for one in page.object_list]


def get_notice_for_office(viewer: Actor, season: Season, number: int) -> Notice:
    """Raises DomainError("forbidden") for whoever has nothing to do with notices here."""
    if not can_see_notices(viewer, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    rows = season.notices.select_related("season__rulebook", "season__host")
    found = _counted(rows).filter(number=number).first()
    if found is None or not can_see_drafts(viewer, season.code, found.path):
        raise DomainError("not_found")
    return found


def get_draft_to_edit(viewer: Actor, season: Season, number: int) -> Notice:
    """A draft, for whoever may publish it; raises DomainError("notice_not_draft")."""
    found = get_notice_for_office(viewer, season, number)
    if not can_publish(viewer, season.code, found.path):
        raise DomainError("forbidden")
    if found.state != NoticeState.DRAFT:
        raise DomainError("notice_not_draft", title=found.title)
    return found


def office_notice(viewer: Actor, notice: Notice, *, at: datetime) -> OfficeNotice:
    law = seasons.rulebook_of(notice.season)
    term = term_of(law, notice)
    clock, refusal = None, None
    if notice.state == NoticeState.DRAFT and notice.kind == NoticeKind.PERIOD:
        try:
            clock = clock_of(notice, at)
        except DomainError as error:
            refusal = error
    return OfficeNotice(
        shown=shown(notice, at=at),
        law=law,
        may_publish=can_publish(viewer, notice.season.code, notice.path),
        clock=clock,
        refusal=refusal,
        term_words=show_term(law, term) if term else "",
        objections=notice.objections.count(),
        newer=_newer(notice),
    )


def _newer(notice: Notice) -> int:
    now = lists.version_of(notice.season, notice.subject)
    return now if now and notice.version and now != notice.version else 0


def get_public_notice(season: Season, number: int, *, at: datetime) -> Shown:
    """One that was published; a draft or one that waits is not found."""
    found = (
        season.notices.select_related("season__rulebook", "season__host")
        .filter(number=number)
        .first()
    )
    view = shown(found, at=at, public=True) if found else None
    if view is None or view.phase in (Phase.DRAFT, Phase.WAITING):
        raise DomainError("not_found")
    return view


def public_page(
    season: Season, number: str | None, *, at: datetime
) -> tuple[Page[Notice], list[Shown]]:
    """Everything that is or was public, the newest first."""
    rows = season.notices.exclude(state=NoticeState.DRAFT).filter(opens_at__lte=at)
    page = Paginator(rows.order_by("-opens_at", "-number"), PAGE_SIZE).get_page(number)
    return page, [shown(one, at=at, public=True) for one in page.object_list]


def latest_public(season: Season, *, at: datetime, most: int = 5) -> list[Shown]:
    """For a season's own page: what is public now."""
    rows = season.notices.filter(state=NoticeState.OPEN, opens_at__lte=at).order_by("-opens_at")
    return [shown(one, at=at, public=True) for one in rows[:most]]


def basis_choices(season: Season) -> list[tuple[str, str]]:
    """The rulebook's own entries under `publicity`, with their terms in words."""
    law = seasons.rulebook_of(season)
    found = []
    for name, entry in law.publicity.items():
        term = show_term(law, entry.term) if entry.term else _("期限未定")
        found.append((name, _("%(title)s（%(term)s）") % {"title": entry.title, "term": term}))
    return found


def subject_choices(season: Season) -> list[tuple[str, str]]:
    return lists.choices(season)


def _counted(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    waiting = Count("objections", filter=Q(objections__state__in=OPEN_STATES))
    return rows.annotate(open_objections=waiting)
