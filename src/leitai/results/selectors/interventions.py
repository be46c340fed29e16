"""How often people stepped in: what supervisors count. Every figure is of records that stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.results.enums import ResultState
from leitai.results.models import StageResult
from leitai.results.rules import can_see_previews
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import EntryState, ResolutionHow, ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Resolution, Score, Season


@dataclass(frozen=True, slots=True)
class Intervention:
    """`act` is the ledger's act that names each of them, "" where there is no single one."""

    title: str
    count: int
    act: str = ""


def interventions(season: Season) -> list[Intervention]:
    """Corrections, voids, decided ties, reserves, withdrawals and replaced results, by count."""
    acts = Counter(
        dict(
            LedgerEntry.objects.filter(chain=season.code, act__in=_ACTS)
            .order_by("act")
            .values_list("act")
            .annotate(Count("pk"))
        )
    )
    how: Counter[str] = Counter(
        dict(
            Resolution.objects.filter(season=season)
            .order_by("how")
            .values_list("how")
            .annotate(Count("pk"))
        )
    )
    entries = Entry.objects.filter(stage__season=season)
    void_scores = Score.objects.filter(entry__stage__season=season, status=ScoreStatus.VOID)
    void = entries.filter(state=EntryState.VOID).count()
    void += void_scores.exclude(state=ScoreState.SUPERSEDED).count()
    replaced = StageResult.objects.filter(
        stage__season=season, state=ResultState.SUPERSEDED, published_at__isnull=False
    )
    named = ResolutionHow.choices
    return [
        Intervention(gettext("更正成绩"), acts["score.corrected"], "score.corrected"),
        Intervention(gettext("取消成绩"), void),
        *(
            Intervention(gettext("处理同分：%(how)s") % {"how": label}, how[value])
            for value, label in named
            if how[value]
        ),
        Intervention(gettext("递补"), acts["reserves.moved"], "reserves.moved"),
        Intervention(gettext("公布后更正的成绩"), replaced.count()),
        Intervention(gettext("采用新版规则"), acts["rules.adopted"], "rules.adopted"),
    ]


def interventions_for(viewer: Actor, code: str) -> list[Intervention]:
    """For the committee and its supervisors; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    if not can_see_previews(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return interventions(season)


_ACTS = ("score.corrected", "reserves.moved", "rules.adopted")
