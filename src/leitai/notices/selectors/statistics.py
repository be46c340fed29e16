"""How objections were dealt with: for supervisors, and for the season's report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from leitai.notices.enums import OPEN_STATES, ObjectionState, Outcome, RemedyKind, StepKind
from leitai.notices.models import ObjectionStep, Ruling
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts, and shares in percent of those that are closed (None: nothing to divide by)."""

    total: int
    kinds: tuple[tuple[str, int], ...]
    waiting: int
    overdue: int
    refused: int
    ruled: int
    upheld: int
    in_time: int
    closed: int
    changes: int
    reveals: int

    @property
    def in_time_share(self) -> int | None:
        return _share(self.in_time, self.closed)

    @property
    def upheld_share(self) -> int | None:
        return _share(self.upheld, self.ruled)


def statistics_of(season: Season, *, at: datetime) -> Statistics:
    """Three queries, however many cases there are. Merged cases count as those they went into."""
    rows = season.objections.all()
    filed, accepted = Q(state=ObjectionState.FILED), Q(state=ObjectionState.ACCEPTED)
    closed = Q(state__in=(ObjectionState.RULED, ObjectionState.REFUSED))
    told = rows.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=OPEN_STATES)),
        overdue=Count(
            "pk", filter=(filed & Q(accept_by__lte=at)) | (accepted & Q(answer_by__lte=at))
        ),
        refused=Count("pk", filter=Q(state=ObjectionState.REFUSED)),
        closed=Count("pk", filter=closed),
        in_time=Count("pk", filter=closed & Q(ended_at__lte=F("answer_by"))),
        **{f"kind_{kind}": Count("pk", filter=Q(kind=kind)) for kind in RemedyKind.values},
    )
    rulings = list(
        Ruling.objects.filter(objection__season=season).values_list("outcome", "effects")
    )
    reveals = ObjectionStep.objects.filter(objection__season=season, kind=StepKind.REVEALED)
    return Statistics(
        total=told["total"],
        kinds=tuple(
            (str(kind.label), told[f"kind_{kind.value}"])
            for kind in RemedyKind
            if told[f"kind_{kind.value}"]
        ),
        waiting=told["waiting"],
        overdue=told["overdue"],
        refused=told["refused"],
        ruled=len(rulings),
        upheld=sum(outcome != Outcome.REJECTED for outcome, _effects in rulings),
        in_time=told["in_time"],
        closed=told["closed"],
        changes=sum(len(effects) for _outcome, effects in rulings),
        reveals=reveals.count(),
    )


def _share(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None
