"""A supervisor's first page of a season: read-only, out of the record that nobody can change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import acts
from leitai.ledger import selectors as ledger
from leitai.ledger.models import LedgerEntry
from leitai.ledger.rules import can_read_chain
from leitai.ledger.selectors import Line
from leitai.ledger.services import ChainVerdict
from leitai.messages.enums import OPEN_STATES, ComplaintState
from leitai.messages.models import Complaint
from leitai.messages.rules import can_handle
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.seasons.selectors import Overdue

OPENINGS = ("paper.opened", "paper.opened_early")
# What changes the course of what was set before: each is some officer's hand in a running contest.
INTERVENTIONS = (
    "answer.settled",
    "answer.taken",
    "calendar.deviated",
    "calendar.own",
    "certificate.revoked",
    "change.approved",
    "draw.aborted",
    "draw.corrected",
    "entry.refused",
    "entry.replaced",
    "entry.restored",
    "entry.withdrawn",
    "exam.cancel",
    "exam.close",
    "exam.extension",
    "exam.move",
    "local.corrected",
    "notice.taken_down",
    "objection.revealed",
    "objection.ruled",
    "paper.opened_early",
    "personal.revealed",
    "personal.revealed_many",
    "reserves.moved",
    "resolution.recorded",
    "rules.adopted",
    "score.corrected",
    "season.reopened",
    "upward.reopened",
)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class ActCount:
    """How often an act stands in the record, and when it was done last."""

    act: str
    title: str
    count: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Complaints:
    """How they stand; `mine` says that the viewer handles them."""

    open: int
    late: int
    done: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Page:
    season: Season
    title: str
    verdict: ChainVerdict
    openings: tuple[Line, ...]
    complaints: Complaints
    interventions: tuple[ActCount, ...]
    others: tuple[ActCount, ...]
    overdue: tuple[Overdue, ...]

    @property
    def hands(self) -> int:
        return sum(one.count for one in self.interventions)

    @property
    def whole(self) -> int:
        return self.hands + sum(one.count for one in self.others)


def page_for(actor: Actor, code: str, *, at: datetime) -> Page:
    """For those who may read the season's record; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not can_read_chain(actor, code, host):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(season)
    opened = LedgerEntry.objects.filter(chain=code, act__in=OPENINGS).order_by("-seq")
    counts = _counts(code)
    return Page(
        season=season,
        title=law.short_title or law.title,
        verdict=ledger.checked_tail(code, 0)[0],
        openings=tuple(ledger.lines(opened[:SHOWN])),
        complaints=_complaints(actor, code, host, at),
        interventions=tuple(one for one in counts if one.act in INTERVENTIONS),
        others=tuple(one for one in counts if one.act not in INTERVENTIONS),
        overdue=tuple(seasons.overdue_of(season, at=at)),
    )


def _counts(chain: str) -> list[ActCount]:
    """Every act of the record with how often it was done, the most frequent first."""
    rows = (
        LedgerEntry.objects.filter(chain=chain)
        .order_by()
        .values("act")
        .annotate(count=Count("pk"), last=Max("at"))
    )
    found = [
        ActCount(row["act"], acts.title_of(row["act"]), row["count"], row["last"]) for row in rows
    ]
    return sorted(found, key=lambda one: (-one.count, one.act))


def _complaints(actor: Actor, code: str, host: str, at: datetime) -> Complaints:
    found = Complaint.objects.filter(season=code)
    still = found.filter(state__in=OPEN_STATES)
    late = still.filter(state=ComplaintState.RECEIVED, accept_by__lte=at).count()
    late += still.exclude(state=ComplaintState.RECEIVED).filter(answer_by__lte=at).count()
    return Complaints(
        open=still.count(),
        late=late,
        done=found.exclude(state__in=OPEN_STATES).count(),
        mine=can_handle(actor, code, host),
    )
