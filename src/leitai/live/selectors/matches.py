"""Matches for whoever may see them, and what the page of one shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live import rules
from leitai.live.enums import MatchState
from leitai.live.models import Match
from leitai.live.selectors.cards import newest_cards
from leitai.live.selectors.entries import entries_of
from leitai.live.selectors.frozen import law_of, lines_of, live_of, state_of
from leitai.rulebook import numbers
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.live import Live, Segment
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class Slot:
    """A live event of a stage and track, for which matches can be planned."""

    stage: str
    track: str
    event: str
    title: str

    @property
    def code(self) -> str:
        return f"{self.stage}|{self.track}|{self.event}"


@dataclass(frozen=True, slots=True)
class MatchRow:
    match: Match
    slot: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat as pages show it: whose it is, its card's device, its network, its score so far."""

    seat: str
    name: str
    entry: str
    figure: str
    delegation: str
    members: tuple[str, ...]
    bound: bool
    measured: dict[str, Any]
    score: str = ""
    out: str = ""


@dataclass(frozen=True, slots=True)
class May:
    plan: bool
    host: bool
    record: bool
    protocol: bool


def get_season_for(viewer: Actor, code: str) -> Season:
    """The season whose matches this viewer may see; raises forbidden."""
    season = seasons.get_season(code)
    if not rules.can_see_matches(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def get_match_for(viewer: Actor, season: str, code: str) -> Match:
    """Others do not learn that it exists."""
    found = Match.objects.filter(season=season, code=code).first()
    held = seasons.find_host(season)
    if found is None or held is None or not rules.can_see_matches(viewer, season, held):
        raise DomainError("not_found")
    return found


def get_open_match(season: str, code: str) -> Match:
    """For spectators: one that is about to be played or was, and no rehearsal."""
    found = Match.objects.filter(season=season, code=code, rehearsal=False).first()
    if found is None or found.state in (MatchState.PLANNED, MatchState.CANCELLED):
        raise DomainError("not_found")
    return found


def may(viewer: Actor, match: Match) -> May:
    season, host = match.season, seasons.find_host(match.season) or ""
    return May(
        rules.can_plan_matches(viewer, season, host),
        rules.can_host_matches(viewer, season, host),
        rules.can_record_paddles(viewer, season, host),
        rules.can_take_protocol(viewer, season, host),
    )


def slots_of(season: Season) -> list[Slot]:
    """Every live event of the season's stages, in the rules' order."""
    law = seasons.rulebook_of(season)
    return [
        Slot(name, track, event, _slot_title(law, name, track, event))
        for name, stage in law.stages.items()
        for track in stage.tracks or tuple(law.tracks)
        for event in stage.events
        if law.events[event].live is not None
    ]


def _slot_title(law: Rulebook, stage: str, track: str, event: str) -> str:
    named = f" · {law.tracks[track].title}" if len(law.tracks) > 1 else ""
    return f"{law.stages[stage].title} · {law.events[event].title}{named}"


def slot_title(match: Match) -> str:
    return _slot_title(law_of(match), match.stage, match.track, match.event)


def list_matches(season: Season) -> list[MatchRow]:
    """In the order of their numbers, each with its rehearsal after it."""
    law = seasons.rulebook_of(season)
    found = Match.objects.filter(season=season.code).order_by("starts_at", "pk")
    return [
        MatchRow(one, _slot_title(law, one.stage, one.track, one.event))
        for one in found
        if one.stage in law.stages and one.event in law.events and one.track in law.tracks
    ]


def rehearsal_of(match: Match) -> Match | None:
    return Match.objects.filter(season=match.season, code=f"r{match.code}", rehearsal=True).first()


def seats_of(match: Match) -> list[SeatRow]:
    """The seats in order; scores as soon as the log has any."""
    known = {} if match.rehearsal else entries_of(match)
    state = state_of(match, lines_of(match)) if match.rules else None
    devices, rows = newest_cards(match), []
    for seat, value in match.seats.items():
        entry, _, figure = value.partition("=")
        held = known.get(entry)
        device = devices.get(seat)
        played = state.play.seats.get(seat) if state else None
        rows.append(
            SeatRow(
                seat,
                match.names.get(seat, ""),
                entry,
                figure,
                held.delegation.name if held else "",
                tuple(match.members.get(seat, {}).values()),
                device is not None and device.bound_at is not None,
                device.figures if device else {},
                numbers.show(state.scores[seat]) if state and played and state.log else "",
                played.out if played else "",
            )
        )
    return rows


def segments_of(match: Match) -> Iterable[tuple[str, str, int | None]]:
    """Segments that ask questions: id, title, how many the rules name (None: as many as needed)."""
    live, seats = live_of(match), max(1, len(match.seats))
    for segment in live.segments:
        yield segment.id, segment.title, _count(live, segment, seats)


def _count(live: Live, segment: Segment, seats: int) -> int | None:
    """How many questions a segment has for so many seats, where the rules say it."""
    if segment.must is not None:
        return segment.must.each * seats * (live.members if segment.must.by == "member" else 1)
    if segment.risk is not None:
        return segment.risk.rounds * seats
    if segment.designation is not None:
        return segment.designation.rounds * seats
    if segment.playoff is not None:
        return segment.playoff.most
    plain = segment.joint or segment.buzzer or segment.duel or segment.timed
    return plain.questions if plain is not None else None
