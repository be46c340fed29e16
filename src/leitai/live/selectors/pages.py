"""What the office's pages of a match show beside its seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from leitai.bank import selectors as banking
from leitai.bank.models import Bank
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live import rules
from leitai.live.enums import MatchState
from leitai.live.models import Line, Match, Refusal
from leitai.live.selectors.entries import entries_of
from leitai.live.selectors.frozen import lines_of, live_of
from leitai.live.selectors.matches import SeatRow, Slot, rehearsal_of, seats_of, segments_of
from leitai.live.services import SeatPlan, fold_match, seats_from_draw
from leitai.rulebook.reasons import render
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Draw, Entry, Season

__all__ = ["live_of"]


@dataclass(frozen=True, slots=True)
class QuestionCount:
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class MatchPage:
    seats: tuple[SeatRow, ...]
    questions: tuple[QuestionCount, ...]
    question_count: int
    lines: int
    refusals: int
    unread: bool  # lines that the recorded scores do not know
    rehearsal: Match | None
    measured: int
    notes: tuple[str, ...]

    @property
    def carried(self) -> bool:
        return any(row.figure for row in self.seats)

    @property
    def played(self) -> bool:
        return any(row.score for row in self.seats)


def page_of(match: Match) -> MatchPage:
    seats = tuple(seats_of(match))
    counts = Counter(match.questions.values_list("segment", flat=True))
    titles = [(name, title) for name, title, _count in segments_of(match)] + [("", "")]
    lines = Line.objects.filter(match_id=match.pk).order_by("-seq").values_list("seq", flat=True)
    last = lines.first() or 0
    return MatchPage(
        seats,
        tuple(QuestionCount(title, counts[name]) for name, title in titles if counts[name]),
        sum(counts.values()),
        last,
        Refusal.objects.filter(match_id=match.pk).count(),
        match.state == MatchState.CLOSED and last > match.scored_seq,
        None if match.rehearsal else rehearsal_of(match),
        sum(bool(row.measured) for row in seats),
        _notes(match),
    )


def _notes(match: Match) -> tuple[str, ...]:
    """What a reader of the result should know: ties, adjustments, who was out, what was void."""
    if match.state != MatchState.CLOSED:
        return ()
    lang = get_language() or "zh"
    return tuple(render(row.reason, lang) for row in fold_match(match, lines_of(match)).notes)


def may_plan(viewer: Actor, season: Season) -> bool:
    return rules.can_plan_matches(viewer, season.code, seasons.host_path(season))


def season_to_plan(viewer: Actor, code: str) -> Season:
    season = seasons.get_season(code)
    if not may_plan(viewer, season):
        raise DomainError("forbidden")
    return season


def planned(slot: Slot) -> dict[str, Any]:
    return {"stage": slot.stage, "track": slot.track, "event": slot.event}


def entries(match: Match) -> list[Entry]:
    return list(entries_of(match).values())


def draws(match: Match) -> list[Draw]:
    """Those that were drawn of entries of this stage and track alone, the newest first."""
    known = set(entries_of(match))
    held = seasons.get_season(match.season)
    return [
        one
        for one in seasons.list_draws(held).filter(state=DrawState.DRAWN).order_by("-number")
        if one.outcome and {str(lot) for lot in one.outcome} <= known
    ]


def drawn(match: Match, asked: str) -> tuple[int | None, list[SeatPlan]]:
    """The draw that the address names, and the seats that it gives; nothing where it names none."""
    if not asked.isdecimal():
        return match.draw if asked == "" and match.draw else None, []
    number = int(asked[:9])
    figures = {value.partition("=")[0]: value.partition("=")[2] for value in match.seats.values()}
    return number, seats_from_draw(match, number, figures)


def banks(match: Match) -> Iterable[Bank]:
    return banking.banks_for_papers(match.season)


def seat_address() -> str:
    """Where a seat's device goes with its card."""
    return f"{settings.LEITAI_PUBLIC_URL.rstrip('/')}{reverse('live:seat')}"
