"""Stages that each delegation holds for itself: one board of all, and one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model import Stage as StageRule
from leitai.seasons import rules
from leitai.seasons.enums import LocalHow, LocalState
from leitai.seasons.models import CalendarWindow, LocalStage, Season
from leitai.seasons.selectors.duties import wanted_of
from leitai.seasons.selectors.progress import Counts, Tally, count_entries
from leitai.seasons.selectors.seasons import (
    current_windows,
    get_season,
    host_path,
    own_windows,
    rulebook_of,
)
from leitai.units import selectors as units
from leitai.units.models import Delegation

SHAPES = {
    LocalState.UNSET: "todo",
    LocalState.DATED: "half",
    LocalState.RUNNING: "live",
    LocalState.HELD: "warn",
    LocalState.REPORTED: "ok",
    LocalState.RECOMMENDS: "none",
}


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One delegation's way; `may` says whether the viewer may set it. `wanted` -1: no rule says."""

    delegation: Delegation
    held: LocalStage | None
    state: LocalState
    tally: Tally
    wanted: int
    window: CalendarWindow | None
    late: bool
    own: bool
    may: bool

    @property
    def shape(self) -> str:
        return "late" if self.late else SHAPES[self.state]


@dataclass(frozen=True, slots=True)
class LocalBoard:
    season: Season
    law: Rulebook
    code: str
    rule: StageRule
    rows: tuple[LocalRow, ...]
    free: bool  # whether a delegation may send people without a contest of its own

    @property
    def counts(self) -> list[tuple[LocalState, str, int]]:
        """How many stand where, in the order of the way."""
        found = Counter(row.state for row in self.rows)
        return [(state, SHAPES[state], found[state]) for state in LocalState]

    @property
    def handed_in(self) -> int:
        return sum(bool(row.tally.entries) for row in self.rows)


def local_stages(law: Rulebook) -> list[tuple[str, StageRule]]:
    """The stages that the delegations hold, in the season's order."""
    return [(code, law.stages[code]) for code in law.stage_order if law.stages[code].hosts]


def recommends_freely(rule: StageRule) -> bool:
    """Where the rulebook leaves the way to the hosts, one may recommend without a contest."""
    return rule.rules == "hosts"


def local_board(actor: Actor, code: str, stage: str, *, at: datetime) -> LocalBoard:
    """All for the committee; for a delegation's own people, their own row alone."""
    season = get_season(code)
    law = rulebook_of(season)
    rule = law.stages.get(stage)
    if rule is None or not rule.hosts:
        raise DomainError("local_stage_unknown", stage=stage)
    sees_all = rules.can_see_office(actor, code, host_path(season))
    counts, windows, own = count_entries(season), current_windows(season), own_windows(season)
    kept = LocalStage.objects.filter(stage__season=season, stage__code=stage)
    held = {one.delegation_id: one for one in kept}
    rows = []
    for delegation in units.list_delegations(code):
        may = rules.can_hold_local(actor, code, host_path(season), delegation.unit.path)
        if sees_all or may:
            date = own.get((rule.window or "", delegation.pk))
            window = date or windows.get(rule.window or "")
            row = _row(delegation, held, rule, stage, counts, window, at=at)
            rows.append(replace(row, own=date is not None, may=may))
    if not rows and not sees_all:
        raise DomainError("forbidden")
    return LocalBoard(season, law, stage, rule, tuple(rows), recommends_freely(rule))


def local_row(
    actor: Actor, code: str, stage: str, delegation: str, *, at: datetime
) -> tuple[LocalBoard, LocalRow]:
    """One delegation's, for whoever may set it."""
    board = local_board(actor, code, stage, at=at)
    row = next((one for one in board.rows if one.delegation.unit.code == delegation), None)
    if row is None or not row.may:
        raise DomainError("forbidden")
    return board, row


def state_of(held: LocalStage | None, *, at: datetime) -> LocalState:
    """How far it is, by what was set and the clock."""
    if held is None:
        return LocalState.UNSET
    if held.how == LocalHow.RECOMMENDED:
        return LocalState.RECOMMENDS
    if held.reported_at is not None:
        return LocalState.REPORTED
    if held.opens_at is None or held.closes_at is None:
        return LocalState.UNSET
    if at < held.opens_at:
        return LocalState.DATED
    return LocalState.RUNNING if at < held.closes_at else LocalState.HELD


def _row(
    delegation: Delegation,
    held: Mapping[int, LocalStage],
    rule: StageRule,
    stage: str,
    counts: Counts,
    window: CalendarWindow | None,
    *,
    at: datetime,
) -> LocalRow:
    found = held.get(delegation.pk)
    tally = counts.get((stage, delegation.pk), Tally())
    over = window is not None and window.closes_at <= at
    return LocalRow(
        delegation=delegation,
        held=found,
        state=state_of(found, at=at),
        tally=tally,
        wanted=wanted_of(rule, delegation),
        window=window,
        late=over and not tally.entries,
        own=False,
        may=False,
    )
