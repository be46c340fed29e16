"""Ended journals for marking; exams, their sites, and the admission tickets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.kernel.ids import show_code
from leitai.seasons import selectors as seasons
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Exam, JournalRow, Site, Sitting
from leitai.sittings.rules import can_watch_exams
from leitai.sittings.services import arranging

LIVE = (SittingState.WAITING, SittingState.OPEN)
GIVEN_UP = Q(sittings__state=SittingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class EndedSitting:
    """A sitting that has ended, and its journal rows (seq, body, digest) in order."""

    sitting: Sitting
    rows: tuple[tuple[int, bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """An admission ticket: whose it is, where to sit, and the code in groups of four."""

    sitting: Sitting
    code: str

    @property
    def shown(self) -> str:
        return show_code(self.code)


def ended_sittings(ids: Sequence[int]) -> list[EndedSitting]:
    """Those of `ids` that have ended, each with its journal: two queries for all."""
    ended = (
        Sitting.objects.filter(pk__in=ids)
        .exclude(state__in=LIVE)
        .select_related("exam__paper", "exam__stage__season", "entry")
        .order_by("pk")
    )
    rows: defaultdict[int, list[tuple[int, bytes, bytes]]] = defaultdict(list)
    journal = JournalRow.objects.filter(sitting_id__in=ids).order_by("sitting_id", "seq")
    for sitting, seq, body, digest in journal.values_list("sitting_id", "seq", "body", "digest"):
        rows[sitting].append((seq, bytes(body), bytes(digest)))
    return [EndedSitting(sitting, tuple(rows[sitting.pk])) for sitting in ended]


def get_exam(viewer: Actor, code: str, *, season: str = "") -> Exam:
    """An exam that this viewer may watch, with `questions`, the number of its items.

    `host` is the path of its season's host, which rules ask for. Others do not learn that it
    exists; neither does an address under another season.
    """
    exam = (
        Exam.objects.select_related("stage__season__rulebook", "paper")
        .defer("paper__sealed")
        .annotate(questions=F("paper__item_count"))
        .filter(code=code)
        .first()
    )
    if exam is None or season not in ("", exam.stage.season.code):
        raise DomainError("not_found")
    held_in = exam.stage.season
    exam.host = seasons.host_path(held_in)  # type: ignore[attr-defined]  # beside the columns
    if not can_watch_exams(viewer, held_in.code, exam.host):  # type: ignore[attr-defined]
        raise DomainError("not_found")
    return exam


def get_live_sitting(exam: Exam, sitting: int) -> Sitting:
    """One that can still be extended or closed; raises DomainError("sittings_none")."""
    found = (
        exam.sittings.select_related("entry__person", "site", "presence")
        .filter(pk=sitting, state__in=LIVE)
        .first()
    )
    if found is None:
        raise DomainError("sittings_none")
    return found


def count_live(exam: Exam) -> int:
    return exam.sittings.filter(state__in=LIVE).count()


def list_exams(season: str) -> QuerySet[Exam]:
    """All exams of a season with how many sit and how many are done."""
    return (
        Exam.objects.filter(stage__season__code=season)
        .select_related("stage")
        .annotate(seats=Count("sittings", filter=~GIVEN_UP))
        .annotate(done=Count("sittings", filter=~Q(sittings__state__in=LIVE) & ~GIVEN_UP))
        .order_by("opens_at", "pk")
    )


def list_sites(exam: Exam) -> QuerySet[Site]:
    """The exam's sites in their order, each with how many seats it has."""
    return exam.sites.annotate(seats=Count("sittings", filter=~GIVEN_UP)).order_by("pk")


def tickets_of(exam: Exam, site: str) -> list[Ticket]:
    """The admission tickets of one site, by seat; the codes are recomputed, never stored."""
    rows = (
        exam.sittings.filter(site__code=site)
        .exclude(state=SittingState.CANCELLED)
        .select_related("entry__person", "entry__delegation", "site")
        .order_by("seat")
    )
    codes = arranging.admission_codes(exam, rows)
    return [Ticket(row, codes[row.number]) for row in rows]
