"""What units did for the season beside practice, as figures for a rubric: selection, lists, news.

Each figure is by the delegation's id. What nothing is known of is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from leitai.design.moments import SHANGHAI
from leitai.insight.counting import Figures, summed
from leitai.insight.periods import Span
from leitai.insight.selectors.figures import figures_of
from leitai.insight.selectors.groups import single
from leitai.newsroom.selectors.adoption import adoption_under
from leitai.orders.enums import OrderState
from leitai.orders.models import HandIn, Postponement, Recipient, Thing
from leitai.rulebook.model.rubric import PRACTISED, SELECTED, RubricLine
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import EntryState, LocalHow
from leitai.seasons.models import Entry, Fact, LocalStage, Season
from leitai.sittings.enums import IncidentKind
from leitai.sittings.models import Incident
from leitai.units.models import Delegation

Found = dict[int, Fraction | None]
_ON_THE_LIST = (EntryState.NOMINATED, EntryState.CONFIRMED, EntryState.DONE)
_AMISS = (IncidentKind.CLOSE, IncidentKind.LATE)


def practice_figures(
    season: Season, delegations: Sequence[Delegation], span: Span, titles: Sequence[str]
) -> dict[int, Figures]:
    """Each delegation's practice of these days, all of its units together."""
    return {
        one.pk: summed(
            figures_of(single(one.unit), season=season.code, span=span, titles=titles).values()
        )
        for one in delegations
    }


def practised(line: RubricLine, figures: Figures, ledger: str) -> Fraction | None:
    """A figure of practice exactly; None where there is nothing to divide by."""
    if line.of == "ratio":
        return _share(min(figures.counted, figures.due), figures.due, 100)
    if line.of == "accuracy":
        return _share(figures.correct, figures.answers, 100)
    if line.of == "mean":
        points = Fraction(figures.points.get(ledger, 0))
        return points / figures.persons if figures.persons else None
    if line.of == "holders":
        held = figures.titles.get(line.award or "")
        return Fraction(held.persons if held else 0)
    return Fraction(figures.times if line.of == "times" else figures.days)


def _share(part: int, whole: int, of: int) -> Fraction | None:
    return Fraction(part * of, whole) if whole else None


def organised(
    line: RubricLine, season: Season, delegations: Sequence[Delegation], *, at: datetime
) -> Found:
    """The figures of a line that is neither of practice nor by hand."""
    if line.of in SELECTED:
        return _selected(line, season, delegations, at)
    if line.of == "lists":
        return _lists(season, delegations, at)
    if line.of == "incidents":
        found = Incident.objects.filter(exam__stage__season=season, kind__in=_AMISS)
        counts = Counter(found.values_list("sitting__entry__delegation_id", flat=True))
        return {one.pk: Fraction(counts[one.pk]) for one in delegations}
    if line.of == "adopted":
        paths = {one.pk: one.unit.path for one in delegations}
        day = at.astimezone(SHANGHAI).date()
        news = adoption_under(season, list(paths.values()), until=day)
        return {pk: Fraction(news[path].adopted) for pk, path in paths.items()}
    year = seasons.rulebook_of(season).year
    return {one.pk: _facts(line, one, year) for one in delegations}


def _facts(line: RubricLine, delegation: Delegation, year: int | None) -> Fraction:
    """Facts of the season's year; one without a day is of any."""
    facts = Fact.objects.filter(kind=line.kind, person__unit__path__startswith=delegation.unit.path)
    if line.key:
        facts = facts.filter(key=line.key)
    if year is not None:
        facts = facts.filter(Q(since=None) | Q(since__year=year))
    return Fraction(facts.count())


def _selected(
    line: RubricLine, season: Season, delegations: Sequence[Delegation], at: datetime
) -> Found:
    stage = line.stage or ""
    kept = LocalStage.objects.filter(stage__season=season, stage__code=stage)
    plans = {one.delegation_id: one for one in kept}
    if line.of == "levels":
        levels = defaultdict(set)
        rows = Entry.objects.filter(stage__season=season, stage__code=stage, state__in=_ON_THE_LIST)
        for pk, level in rows.values_list("delegation_id", "person__unit__level"):
            levels[pk].add(level)
        return {one.pk: Fraction(len(levels[one.pk])) for one in delegations}
    if line.of == "late":
        return {one.pk: _late(season, stage, one, plans.get(one.pk), at) for one in delegations}
    if line.of == "entrants":
        return {one.pk: Fraction(_entrants(plans.get(one.pk))) for one in delegations}
    ends = {one.pk: _ended(plans.get(one.pk), at) for one in delegations}
    return {pk: Fraction(end is not None) for pk, end in ends.items()}


def _ended(plan: LocalStage | None, at: datetime) -> datetime | None:
    """When a contest of its own was over: reported, or held in this system and closed."""
    if plan is None or plan.how == LocalHow.RECOMMENDED:
        return None
    if plan.reported_at is not None:
        return plan.reported_at
    over = plan.how == LocalHow.EXAM and plan.closes_at is not None and plan.closes_at <= at
    return plan.closes_at if over else None


def _late(
    season: Season, stage: str, delegation: Delegation, plan: LocalStage | None, at: datetime
) -> Fraction | None:
    """Whole days after the day on which the stage closed for it; what is missing is late by now."""
    window = seasons.window_of(season, stage, delegation)
    if window is None or (plan is not None and plan.how == LocalHow.RECOMMENDED):
        return None
    end = _ended(plan, at)
    if end is None and at <= window.closes_at:
        return None
    last = window.closes_at.astimezone(SHANGHAI).date()
    return Fraction(max(((end or at).astimezone(SHANGHAI).date() - last).days, 0))


def _entrants(plan: LocalStage | None) -> int:
    if plan is None or plan.how == LocalHow.RECOMMENDED:
        return 0
    if plan.results or not plan.contest:
        return len(plan.results)
    rows = Entry.objects.filter(stage__season__code=plan.contest, state__in=_ON_THE_LIST)
    return rows.values("person").distinct().count()


def _lists(season: Season, delegations: Sequence[Delegation], at: datetime) -> Found:
    """Of what the host asked for and what was due by now, the percents that came in time."""
    sent: dict[str, Any] = {"order__season": season, "order__issuer": season.host}
    sent["order__state__in"] = (OrderState.SENT, OrderState.CLOSED)
    things = defaultdict(list)
    for thing in Thing.objects.filter(required=True, due_at__lte=at, **sent):
        things[thing.order_id].append(thing.pk)
    later: set[tuple[int, int | None]] = set(
        Postponement.objects.filter(after__gt=at).values_list("thing_id", "recipient_id")
    )
    first = {
        (one.thing_id, one.recipient_id): not one.late
        for one in HandIn.objects.filter(version=1, thing__order__season=season)
    }
    teams = {one.unit.path: one.pk for one in delegations}
    in_time: Mapping[int, list[bool]] = defaultdict(list)
    for recipient in Recipient.objects.filter(**sent).select_related("unit"):
        over = [path for path in teams if recipient.unit.path.startswith(path)]
        if not over:
            continue
        for wanted in things[recipient.order_id]:
            asked = (wanted, recipient.pk)
            waits = asked not in first and (asked in later or (wanted, None) in later)
            if not waits:
                in_time[teams[max(over, key=len)]].append(first.get(asked, False))
    return {pk: _share(sum(in_time[pk]), len(in_time[pk]), 100) for pk in teams.values()}


def is_practised(line: RubricLine) -> bool:
    return line.of in PRACTISED
