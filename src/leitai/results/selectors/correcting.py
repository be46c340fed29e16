"""What the page of a correction shows: whose mark, what it is now, what was corrected before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.enums import ProposalState
from leitai.ledger.models import Proposal
from leitai.results.rules import can_decide
from leitai.rulebook import numbers
from leitai.rulebook.model import Event, Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score, Season, Stage

PAGE = 50
CORRECT = "score.correct"


@dataclass(frozen=True, slots=True)
class MarkLine:
    """An entry with its marks: event's code, its title, and the mark as text."""

    entry: Entry
    marks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FindPage:
    stage: Stage
    rulebook: Rulebook
    words: str
    page: Page[Entry]
    lines: tuple[MarkLine, ...]
    open: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class MarkPage:
    """One mark: `keys` are the tie keys' code, title, unit and present figure."""

    season: Season
    stage: Stage
    entry: Entry
    track: str
    track_title: str
    code: str
    event: Event
    score: Score
    mark: str
    keys: tuple[tuple[str, str, str, str], ...]
    history: tuple[Score, ...]

    @property
    def figure(self) -> str:
        """The present mark as a form takes it."""
        return numbers.show(self.score.exact, self.score.decimals)


def find_page(viewer: Actor, season: str, stage: str, words: str, page: str) -> FindPage:
    """Whose mark it is, by name or number; raises DomainError("forbidden")."""
    held = _stage_for(viewer, season, stage)
    entries = seasons.list_entries(held)
    words = words.strip()[:60]
    if words:
        entries = entries.filter(
            Q(code__icontains=words)
            | Q(person__name__icontains=words)
            | Q(team__icontains=words)
            | Q(delegation__name__icontains=words)
        )
    shown = Paginator(entries, PAGE).get_page(page)
    law = seasons.rulebook_of(held.season)
    open_ = Proposal.objects.filter(
        chain=season, deed=CORRECT, state=ProposalState.OPEN, subject__startswith=f"score:{stage}:"
    )
    lines = tuple(_lines(law, list(shown.object_list)))
    return FindPage(held, law, words, shown, lines, tuple(open_))


def mark_page(
    viewer: Actor, season: str, stage: str, *, track: str, entry: str, event: str
) -> MarkPage:
    """One mark; raises DomainError("forbidden"), or ("not_found") where none stands."""
    held = _stage_for(viewer, season, stage)
    law = seasons.rulebook_of(held.season)
    rows = seasons.list_entries(held).filter(track=track, code=entry)
    found = rows.first()
    if found is None or event not in law.stages[stage].events:
        raise DomainError("not_found")
    every = Score.objects.filter(entry=found, event=event).order_by("-recorded_at", "-pk")
    score = next((one for one in every if one.state != ScoreState.SUPERSEDED), None)
    if score is None:
        raise DomainError("not_found")
    keys = law.events[event].keys
    return MarkPage(
        season=held.season,
        stage=held,
        entry=found,
        track=track,
        track_title=law.tracks[track].title,
        code=event,
        event=law.events[event],
        score=score,
        mark=mark_text(score),
        keys=tuple(
            (code, key.title, key.unit, _figure(score, code, key.decimals))
            for code, key in keys.items()
        ),
        history=tuple(one for one in every if one.pk != score.pk),
    )


def mark_text(score: Score) -> str:
    """85.00, or the word for no mark."""
    if score.status != ScoreStatus.OK:
        return str(score.get_status_display())
    return numbers.show(score.exact, score.decimals)


def _figure(score: Score, code: str, decimals: int) -> str:
    if code not in score.keys:
        return ""
    return numbers.show(numbers.scaled(score.keys[code], decimals), decimals)


def _lines(law: Rulebook, entries: Sequence[Entry]) -> list[MarkLine]:
    scores: dict[int, list[Score]] = {entry.pk: [] for entry in entries}
    standing = Score.objects.filter(entry__in=entries).exclude(state=ScoreState.SUPERSEDED)
    for score in standing.order_by("event"):
        scores[score.entry_id].append(score)
    return [
        MarkLine(
            entry,
            tuple((s.event, law.events[s.event].title, mark_text(s)) for s in scores[entry.pk]),
        )
        for entry in entries
    ]


def _stage_for(viewer: Actor, season: str, stage: str) -> Stage:
    held = seasons.get_stage(seasons.get_season(season), stage)
    if not can_decide(viewer, season, seasons.host_path(held.season)):
        raise DomainError("forbidden")
    return held
