"""Notices from draft to publication and down again. What was published is never changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.notices import lists, periods, terms
from leitai.notices.enums import NoticeKind, NoticeState
from leitai.notices.events import NoticeOpened
from leitai.notices.models import Notice
from leitai.notices.periods import Clock
from leitai.notices.rules import can_publish, publishing_path
from leitai.rulebook.model import Publicity, Rulebook, Term
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.seasons.services import demand_unclosed

RECORD = "zh-hans"  # what is kept is written once for all its readers
TEXT_LIMIT = 10_000
REASON_LIMIT = 200
MOST_DAYS = 90
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the office writes. `within` days of `unit`, where the rulebook sets no term."""

    kind: str
    title: str
    text: str
    subject: str = ""
    basis: str = ""
    within: int | None = None
    unit: str = "days"
    first_day: str = "counts"
    by: str = ""
    channel: str = ""
    contact: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()  # of a list that is the caller's own, with any subject


@transaction.atomic
def draft_notice(*, actor: Actor, season: Season, draft: Draft, at: datetime) -> Notice:
    """Keep a new draft; its list is taken as it stands now, and again when it is published."""
    path = _path_of(actor, season)
    demand_unclosed(season)
    Season.objects.select_for_update().get(pk=season.pk)
    newest = season.notices.aggregate(newest=Max("number"))["newest"] or 0
    notice = Notice(season=season, number=newest + 1, path=path, made_at=at)
    return _write(notice, draft)


@transaction.atomic
def revise_notice(*, actor: Actor, notice: Notice, draft: Draft) -> Notice:
    held = _draft(actor, notice)
    return _write(held, draft)


@transaction.atomic
def drop_notice(*, actor: Actor, notice: Notice) -> None:
    """A draft may go; nothing was published."""
    held = _draft(actor, notice)
    held.delete()


@transaction.atomic
def publish_notice(
    *, actor: Actor, notice: Notice, opens_at: datetime | None = None, at: datetime
) -> Notice:
    """Make it public from `opens_at` (now, where none is given); its period is reckoned from there.

    Raises DomainError("notice_year_unknown"), ("notice_starts_past"), ("notice_list_empty").
    """
    held = _draft(actor, notice)
    start = opens_at or at
    if start < at:
        raise DomainError("notice_starts_past")
    _fill(held)
    if held.kind == NoticeKind.PERIOD:
        clock = clock_of(held, start)
        held.closes_at, held.reckoning = clock.until, clock.words
    held.state, held.opens_at, held.published_by = NoticeState.OPEN, start, actor.account
    held.save()
    code = held.season.code
    events.publish(NoticeOpened(code, held.number, held.subject))
    ledger.append(
        chain=code,
        actor=actor,
        act="notice.opened",
        subject=f"notice:{held.number}",
        data=_told(held),
        at=at,
    )
    return held


@transaction.atomic
def take_down(*, actor: Actor, notice: Notice, reason: str, at: datetime) -> Notice:
    """From now on the public page shows only that it was there, and why it was taken down."""
    held = _locked(actor, notice)
    why = reason.strip()
    if held.state != NoticeState.OPEN:
        raise DomainError("notice_not_open", title=held.title)
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("notice_down_reason", limit=REASON_LIMIT)
    held.state, held.down_at, held.down_reason = NoticeState.DOWN, at, why
    held.save(update_fields=["state", "down_at", "down_reason"])
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="notice.taken_down",
        subject=f"notice:{held.number}",
        data={"title": held.title, "reason": why},
        at=at,
    )
    return held


def open_notice(
    *,
    actor: Actor,
    season: Season,
    subject: str,
    title: str,
    text: str,
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    basis: str = "",
    days: int | None = None,
    at: datetime,
) -> Notice:
    """Draft and publish in one go. With `rows` the list is the caller's, else that of `subject`."""
    draft = Draft(
        NoticeKind.PERIOD,
        title,
        text,
        subject=subject,
        basis=basis,
        within=days,
        columns=columns,
        rows=rows,
    )
    with transaction.atomic():
        made = draft_notice(actor=actor, season=season, draft=draft, at=at)
        return publish_notice(actor=actor, notice=made, at=at)


def clock_of(notice: Notice, start: datetime) -> Clock:
    """When its period would end if it began at `start`, in the language of the record."""
    law = seasons.rulebook_of(notice.season)
    term = term_of(law, notice)
    if term is None:
        raise DomainError("notice_term_missing")
    with translation.override(RECORD):
        return periods.period_of(law, term, start)


def term_of(law: Rulebook, notice: Notice) -> Term | None:
    """The rulebook's term where its entry has one, else the office's."""
    named = law.publicity.get(notice.basis)
    if named is not None and named.term is not None:
        return named.term
    return terms.term_of(notice.term) if notice.term else None


def _write(notice: Notice, draft: Draft) -> Notice:
    law = seasons.rulebook_of(notice.season)
    kind = NoticeKind(draft.kind)
    title, text = draft.title.strip(), draft.text.replace("\r\n", "\n").strip()
    if not title:
        raise DomainError("notice_title_empty")
    if not text:
        raise DomainError("notice_text_empty")
    if len(text) > TEXT_LIMIT:
        raise DomainError("notice_text_long", length=len(text), limit=TEXT_LIMIT)
    host = law.host.name if law.host else ""
    named = _basis(law, draft.basis) if kind == NoticeKind.PERIOD else None
    notice.kind, notice.title, notice.text = kind, title, text
    notice.basis, notice.subject = draft.basis if named else "", draft.subject
    notice.by = draft.by.strip() or host
    notice.channel = draft.channel.strip() or (named.channel if named else "")
    notice.contact = draft.contact.strip() or (named.contact if named else "")
    notice.term = _term(draft, named) if kind == NoticeKind.PERIOD else None
    notice.columns = [str(name) for name in draft.columns]
    notice.rows = [[str(cell) for cell in row] for row in draft.rows]
    _fill(notice)
    notice.save()
    return notice


def _basis(law: Rulebook, name: str) -> Publicity | None:
    if name and name not in law.publicity:
        raise DomainError("notice_basis_unknown", basis=name)
    return law.publicity.get(name)


def _term(draft: Draft, named: Publicity | None) -> Mapping[str, Any] | None:
    if named is not None and named.term is not None:
        if draft.within is not None:
            raise DomainError("notice_term_rules", title=named.title)
        return None
    if draft.within is None:
        raise DomainError("notice_term_missing")
    if not 1 <= draft.within <= MOST_DAYS:
        raise DomainError("notice_term_range", most=MOST_DAYS)
    told = {"within": draft.within, "unit": draft.unit, "first_day": draft.first_day}
    return terms.plain_of(terms.term_of(told))


def _fill(notice: Notice) -> None:
    """Take the list as it stands now; a city's own notice has its own people alone."""
    if not notice.subject and notice.kind == NoticeKind.PERIOD and not notice.rows:
        raise DomainError("notice_list_missing")
    if notice.subject and (lists.knows(notice.subject) or not notice.rows):
        _take_list(notice)
    _demand_no_numbers(notice)


def _take_list(notice: Notice) -> None:
    host = seasons.host_path(notice.season)
    within = "" if notice.path == host else notice.path
    with translation.override(RECORD):
        found = lists.list_of(notice.season, notice.subject, within=within)
    if not found.rows:
        raise DomainError("notice_list_empty", title=notice.title)
    notice.columns, notice.rows = found.columns, found.rows
    notice.version = lists.version_of(notice.season, notice.subject)


def _demand_no_numbers(notice: Notice) -> None:
    """Whoever brought the list: no ID number and no mobile number is ever published with it."""
    for row in notice.rows:
        if any(_NUMBER.search(cell) for cell in row):
            raise DomainError("notice_list_numbers", name=row[0])
    if _ID_NUMBER.search(notice.text):
        raise DomainError("notice_text_numbers")


def _told(notice: Notice) -> dict[str, object]:
    """The chain proves what was published without holding anybody's name."""
    digest = hashlib.sha256(canonical.encode([notice.columns, notice.rows])).hexdigest()
    return {
        "title": notice.title,
        "kind": notice.kind,
        "subject": notice.subject,
        "rows": len(notice.rows),
        "digest": digest,
        "opens": notice.opens_at.isoformat() if notice.opens_at else "",
        "closes": notice.closes_at.isoformat() if notice.closes_at else "",
    }


def _path_of(actor: Actor, season: Season) -> str:
    path = publishing_path(actor, season.code, seasons.host_path(season))
    if path is None:
        raise DomainError("forbidden")
    return path


def _draft(actor: Actor, notice: Notice) -> Notice:
    """While the season runs; what was published can be taken down after its end too."""
    held = _locked(actor, notice)
    demand_unclosed(held.season)
    if held.state != NoticeState.DRAFT:
        raise DomainError("notice_not_draft", title=held.title)
    return held


def _locked(actor: Actor, notice: Notice) -> Notice:
    held = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("season__rulebook", "season__host")
        .get(pk=notice.pk)
    )
    if not can_publish(actor, held.season.code, held.path):
        raise DomainError("forbidden")
    return held
