"""The two first screens of a season: the public's, and the committee office's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from leitai.design import moments
from leitai.design.plan import Plan
from leitai.ledger import selectors as ledger
from leitai.ledger.services import ChainVerdict
from leitai.people.rules import is_own_contest
from leitai.rulebook.model import Rulebook, Stage
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors.duties import Known, Overdue, overdue_of
from leitai.seasons.selectors.flow import Box, Fork, Prizes, flow, prizes
from leitai.seasons.selectors.local import local_stages
from leitai.seasons.selectors.progress import (
    Counts,
    NextUp,
    Phase,
    StageProgress,
    Tally,
    all_marked,
    count_entries,
    next_up,
    stage_progress,
)
from leitai.seasons.selectors.seasons import (
    AssumptionState,
    current_windows,
    list_assumptions,
    rulebook_of,
)
from leitai.seasons.selectors.timetable import timetable
from leitai.units import selectors as units
from leitai.units.models import Delegation

LEDGER_LINES = 7
_LINES = re.compile("[，。；、！, ]+")
WORDS = {
    "ok": _("已完成"),
    "half": _("办理中"),
    "todo": _("未开始"),
    "late": _("逾期"),
    "none": _("不适用"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A delegation in a stage; `shape` is the state's drawing, `words` what it says."""

    tally: Tally
    shape: str

    @property
    def words(self) -> str:
        return str(WORDS[self.shape])


@dataclass(frozen=True, slots=True)
class Row:
    delegation: Delegation
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`shown` are the stages whose lists the rulebook shows to the public."""

    season: Season
    law: Rulebook
    next: NextUp | None
    plan: Plan
    flow: tuple[Box | Fork, ...]
    prizes: Prizes
    shown: tuple[StageProgress, ...]
    rows: tuple[Row, ...]

    @property
    def own(self) -> bool:
        """Whether one person holds it for the own unit."""
        return is_own_contest(self.season.code)

    @property
    def theme(self) -> tuple[str, ...]:
        """The theme's lines, as a couplet is hung."""
        return tuple(line for line in _LINES.split(self.law.theme) if line)


@dataclass(frozen=True, slots=True)
class OfficePage:
    season: Season
    law: Rulebook
    stages: tuple[StageProgress, ...]
    steps: tuple[dict[str, str], ...]
    assumptions: tuple[AssumptionState, ...]
    missing: tuple[str, ...]  # titles of contest stages without a window
    rows: tuple[Row, ...]
    verdict: ChainVerdict
    ledger: tuple[ledger.Line, ...]
    overdue: tuple[Overdue, ...]
    local: tuple[tuple[str, Stage], ...]  # stages that each delegation holds for itself

    @property
    def waiting(self) -> tuple[AssumptionState, ...]:
        return tuple(state for state in self.assumptions if not state.confirmed)

    @property
    def confirmed(self) -> tuple[AssumptionState, ...]:
        return tuple(state for state in self.assumptions if state.confirmed)

    @property
    def draft(self) -> bool:
        return self.season.state == SeasonState.DRAFT

    @property
    def ready(self) -> bool:
        return not self.waiting and not self.missing and bool(self.rows)

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """The shapes that stand in the matrix, and their words."""
        there = {cell.shape for row in self.rows for cell in row.cells}
        return tuple((shape, str(words)) for shape, words in WORDS.items() if shape in there)

    @property
    def halves(self) -> tuple[tuple[Row, ...], ...]:
        """The matrix in two columns, the longer half first."""
        middle = (len(self.rows) + 1) // 2
        return (self.rows[:middle], self.rows[middle:])


def public_page(season: Season, *, at: datetime) -> PublicPage:
    """What everybody sees: what, when, who, and the counts of lists that are shown to all."""
    law, windows = rulebook_of(season), current_windows(season)
    delegations = list(units.list_delegations(season.code))
    counts = count_entries(season)
    stages = stage_progress(season, windows, counts, delegations, at=at)
    coming = next_up(law, windows, over=all_marked(stages), at=at)
    shown = tuple(stage for stage in stages if _public(law, stage) and stage.total.entries)
    return PublicPage(
        season=season,
        law=law,
        next=coming,
        plan=timetable(law, windows, at=at, upcoming=coming.code if coming else ""),
        flow=tuple(flow(law, stages, len(delegations))),
        prizes=prizes(law, len(delegations)),
        shown=shown,
        rows=_rows(delegations, shown, counts) if shown else (),
    )


def office_page(season: Season, *, at: datetime) -> OfficePage:
    """What the committee's office needs to see first."""
    law, windows = rulebook_of(season), current_windows(season)
    delegations = list(units.list_delegations(season.code))
    counts = count_entries(season)
    stages = stage_progress(season, windows, counts, delegations, at=at)
    known = Known(season, windows, counts, delegations)
    verdict, lines = ledger.checked_tail(season.code, LEDGER_LINES)
    return OfficePage(
        season=season,
        law=law,
        stages=tuple(stages),
        steps=tuple(_step(stage, len(delegations)) for stage in stages),
        assumptions=tuple(list_assumptions(season)),
        missing=tuple(
            stage.rule.title
            for stage in stages
            if stage.rule.method == "contest" and stage.window is None
        ),
        rows=_rows(delegations, stages, counts),
        verdict=verdict,
        ledger=tuple(lines),
        overdue=tuple(overdue_of(season, at=at, known=known)),
        local=tuple(local_stages(law)),
    )


def _public(law: Rulebook, stage: StageProgress) -> bool:
    seen = law.visibility.get(stage.code)
    return seen is not None and seen.public != "none"


def _rows(
    delegations: Sequence[Delegation], stages: Sequence[StageProgress], counts: Counts
) -> tuple[Row, ...]:
    return tuple(
        Row(
            delegation,
            tuple(
                _cell(stage, counts.get((stage.code, delegation.pk), Tally())) for stage in stages
            ),
        )
        for delegation in delegations
    )


def _cell(stage: StageProgress, tally: Tally) -> Cell:
    if stage.rule.method == "nomination":
        return _nominated(stage, tally)
    if not tally.entries:
        # Nobody of this delegation came so far, or nobody of anybody yet.
        return Cell(tally, "none" if stage.total.entries else "todo")
    if tally.scored == tally.entries:
        return Cell(tally, "ok")
    return Cell(tally, "half" if tally.scored or stage.phase != Phase.TODO else "todo")


def _nominated(stage: StageProgress, tally: Tally) -> Cell:
    quota = stage.rule.quota.count if stage.rule.quota else 0
    if tally.entries and tally.confirmed == tally.entries:
        return Cell(tally, "ok")
    if stage.phase == Phase.DONE and tally.entries < quota:
        return Cell(tally, "late")
    return Cell(tally, "half" if tally.entries else "todo")


def _step(stage: StageProgress, delegations: int) -> dict[str, str]:
    """One step of the stepper, with the figure that says how far it is."""
    note = ""
    if stage.rule.method == "nomination" and stage.total.entries:
        note = f"{stage.delegations} / {delegations}"
    elif stage.total.scored:
        note = f"{stage.total.scored:,} / {stage.total.entries:,}"
    elif stage.window is not None:
        note = moments.moment_text(stage.window.opens_at, "full")
    return {"label": stage.rule.title, "state": str(stage.phase), "note": note}
