"""The engine's values as records and back. The caller has checked the form of what is read."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from leitai.rulebook.bundle.form import Plain
from leitai.rulebook.data import (
    AdvanceRow,
    AwardRow,
    EntryIn,
    FactIn,
    HonourRow,
    Outcome,
    Reason,
    ReserveRow,
    ResolutionIn,
    ScoreIn,
    StandingRow,
    TeamRow,
    TitleRow,
)
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Rulebook


def entry(row: EntryIn) -> Plain:
    """Write an entry."""
    return {
        "kind": "entry",
        "as": row.as_,
        "delegation": row.delegation,
        "entrant": row.kind,
        "id": row.id,
        "members": list(row.members),
        "name": row.name,
        "person": row.person,
        "stage": row.stage,
        "track": row.track,
    }


def read_entry(plain: Plain) -> EntryIn:
    """Undo ``entry``."""
    return EntryIn(
        id=plain["id"],
        stage=plain["stage"],
        track=plain["track"],
        name=plain["name"],
        delegation=plain["delegation"],
        person=plain["person"],
        as_=plain["as"],
        kind=plain["entrant"],
        members=tuple(plain["members"]),
    )


def fact(row: FactIn) -> Plain:
    """Write a fact; its own kind stands under ``fact``."""
    return {
        "kind": "fact",
        "fact": row.kind,
        "key": row.key,
        "person": row.person,
        "since": row.since.isoformat() if row.since else None,
        "source": row.source,
        "until": row.until.isoformat() if row.until else None,
        "value": row.value,
    }


def read_fact(plain: Plain) -> FactIn:
    """Undo ``fact``."""
    return FactIn(
        person=plain["person"],
        kind=plain["fact"],
        key=plain["key"],
        value=plain["value"],
        since=date.fromisoformat(plain["since"]) if plain["since"] else None,
        until=date.fromisoformat(plain["until"]) if plain["until"] else None,
        source=plain["source"],
    )


def title(row: TitleRow) -> Plain:
    """Write a title of practice as far as an honour asks for it."""
    return {
        "kind": "title",
        "name": row.name,
        "period": row.period,
        "person": row.person,
        "title": row.title,
    }


def read_title(plain: Plain) -> TitleRow:
    """Undo ``title``; why the title was earned is not in the file."""
    return TitleRow(
        title=plain["title"],
        name=plain["name"],
        person=plain["person"],
        period=plain["period"],
        reason=Reason("given"),
    )


def tie_keys(rules: Rulebook) -> Iterator[Plain]:
    """Write the tie keys that follow from an event's kind and so stand nowhere in the rulebook."""
    for name in sorted({name for stage in rules.stages.values() for name in stage.events}):
        event = rules.events[name]
        for key, one in sorted(event_keys(event).items()):
            if event.keys.get(key) != one:
                yield {
                    "kind": "tie_key",
                    "better": one.better,
                    "decimals": one.decimals,
                    "event": name,
                    "key": key,
                    "title": one.title,
                    "unit": one.unit,
                }


def score(row: ScoreIn) -> Plain:
    """Write a score."""
    return {
        "kind": "score",
        "decimals": row.decimals,
        "entry": row.entry,
        "event": row.event,
        "keys": dict(row.keys),
        "over": row.over,
        "stage": row.stage,
        "status": row.status,
        "track": row.track,
        "value": row.value,
    }


def read_score(plain: Plain) -> ScoreIn:
    """Undo ``score``."""
    return ScoreIn(
        stage=plain["stage"],
        track=plain["track"],
        event=plain["event"],
        entry=plain["entry"],
        value=plain["value"],
        decimals=plain["decimals"],
        status=plain["status"],
        keys=plain["keys"],
        over=plain["over"],
    )


def resolution(row: ResolutionIn) -> Plain:
    """Write the answer to a tie."""
    return {
        "kind": "resolution",
        "board": row.board,
        "how": row.how,
        "line": row.line,
        "note": row.note,
        "order": list(row.order),
        "stage": row.stage,
        "track": row.track,
    }


def read_resolution(plain: Plain) -> ResolutionIn:
    """Undo ``resolution``."""
    return ResolutionIn(
        stage=plain["stage"],
        track=plain["track"],
        board=plain["board"],
        line=plain["line"],
        order=tuple(plain["order"]),
        how=plain["how"],
        note=plain["note"],
    )


def outcome(decided: Outcome) -> Iterator[Plain]:
    """Write everything that was decided."""
    yield from map(_standing, decided.standings)
    yield from map(_team, decided.teams)
    yield from map(_advance, decided.advancement)
    yield from map(_reserve, decided.reserves)
    yield from map(_award, decided.awards)
    yield from map(_honour, decided.honours)


def read_outcome(records: Iterable[Plain]) -> Outcome:
    """Undo ``outcome``; the rows stand in the order of the records."""
    rows = list(records)
    return Outcome(
        standings=tuple(_read_standing(one) for one in rows if one["kind"] == "standing"),
        teams=tuple(_read_team(one) for one in rows if one["kind"] == "team"),
        advancement=tuple(_read_advance(one) for one in rows if one["kind"] == "advance"),
        reserves=tuple(_read_reserve(one) for one in rows if one["kind"] == "reserve"),
        awards=tuple(_read_award(one) for one in rows if one["kind"] == "award"),
        honours=tuple(_read_honour(one) for one in rows if one["kind"] == "honour"),
        titles=tuple(read_title(one) for one in rows if one["kind"] == "title"),
    )


def _standing(row: StandingRow) -> Plain:
    return {
        "kind": "standing",
        "board": row.board,
        "decided_by": row.decided_by.plain() if row.decided_by else None,
        "delegation": row.delegation,
        "entry": row.entry,
        "rank": row.rank,
        "stage": row.stage,
        "tied_with": row.tied_with,
        "total": str(row.total),
        "track": row.track,
        "values": [str(value) for value in row.values],
    }


def _read_standing(plain: Plain) -> StandingRow:
    return StandingRow(
        stage=plain["stage"],
        track=plain["track"],
        board=plain["board"],
        rank=plain["rank"],
        entry=plain["entry"],
        delegation=plain["delegation"],
        total=Fraction(plain["total"]),
        tied_with=plain["tied_with"],
        decided_by=_read_reason(plain["decided_by"]),
        values=tuple(map(Fraction, plain["values"])),
    )


def _team(row: TeamRow) -> Plain:
    return {
        "kind": "team",
        "advanced": row.advanced,
        "counted": list(row.counted),
        "decided_by": row.decided_by.plain() if row.decided_by else None,
        "delegation": row.delegation,
        "guest": row.guest,
        "rank": row.rank,
        "stage": row.stage,
        "tied_with": row.tied_with,
        "total": str(row.total),
        "track": row.track,
    }


def _read_team(plain: Plain) -> TeamRow:
    return TeamRow(
        stage=plain["stage"],
        track=plain["track"],
        rank=plain["rank"],
        delegation=plain["delegation"],
        guest=plain["guest"],
        total=Fraction(plain["total"]),
        counted=tuple(plain["counted"]),
        advanced=plain["advanced"],
        tied_with=plain["tied_with"],
        decided_by=_read_reason(plain["decided_by"]),
    )


def _advance(row: AdvanceRow) -> Plain:
    return {
        "kind": "advance",
        "as": row.as_,
        "delegation": row.delegation,
        "entry": row.entry,
        "reason": row.reason.plain(),
        "stage": row.stage,
        "to_stage": row.to_stage,
        "track": row.track,
    }


def _read_advance(plain: Plain) -> AdvanceRow:
    return AdvanceRow(
        stage=plain["stage"],
        to_stage=plain["to_stage"],
        track=plain["track"],
        entry=plain["entry"],
        delegation=plain["delegation"],
        as_=plain["as"],
        reason=Reason.from_plain(plain["reason"]),
    )


def _reserve(row: ReserveRow) -> Plain:
    return {
        "kind": "reserve",
        "delegation": row.delegation,
        "entry": row.entry,
        "order": row.order,
        "reason": row.reason.plain(),
        "stage": row.stage,
        "to_stage": row.to_stage,
        "track": row.track,
    }


def _read_reserve(plain: Plain) -> ReserveRow:
    return ReserveRow(
        stage=plain["stage"],
        to_stage=plain["to_stage"],
        track=plain["track"],
        order=plain["order"],
        entry=plain["entry"],
        delegation=plain["delegation"],
        reason=Reason.from_plain(plain["reason"]),
    )


def _honour(row: HonourRow) -> Plain:
    return {
        "kind": "honour",
        "amount": None if row.amount is None else str(row.amount),
        "basis": row.basis,
        "delegation": row.delegation,
        "holder": row.holder,
        "holder_kind": row.holder_kind,
        "honour": row.honour,
        "reason": row.reason.plain(),
        "sort": row.kind,
        "title": row.title,
    }


def _read_honour(plain: Plain) -> HonourRow:
    return HonourRow(
        honour=plain["honour"],
        title=plain["title"],
        kind=plain["sort"],
        holder_kind=plain["holder_kind"],
        holder=plain["holder"],
        delegation=plain["delegation"],
        amount=None if plain["amount"] is None else Fraction(plain["amount"]),
        basis=plain["basis"],
        reason=Reason.from_plain(plain["reason"]),
    )


def _award(row: AwardRow) -> Plain:
    stage, track, place = row.basis.split("/", 2)
    board, rank = place.rsplit("/", 1)
    return {
        "kind": "award",
        "award": row.award,
        "board": board,
        "delegation": row.delegation,
        "holder": row.holder,
        "holder_kind": row.holder_kind,
        "rank": int(rank),
        "reason": row.reason.plain(),
        "stage": stage,
        "title": row.title,
        "track": track,
    }


def _read_award(plain: Plain) -> AwardRow:
    return AwardRow(
        award=plain["award"],
        title=plain["title"],
        holder_kind=plain["holder_kind"],
        holder=plain["holder"],
        delegation=plain["delegation"],
        basis="/".join((plain["stage"], plain["track"], plain["board"], str(plain["rank"]))),
        reason=Reason.from_plain(plain["reason"]),
    )


def _read_reason(plain: Plain | None) -> Reason | None:
    return Reason.from_plain(plain) if plain is not None else None
