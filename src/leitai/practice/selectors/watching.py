"""The office's fair-play desk, one case in words and figures, and a learner's own case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people.models import Account, Person
from leitai.practice import rules
from leitai.practice.enums import SuspicionKind, SuspicionState
from leitai.practice.models import Credit, Learner, Suspicion
from leitai.practice.selectors.acts import SET, acts_of
from leitai.practice.selectors.grounds import Ground
from leitai.practice.selectors.laws import law_of
from leitai.practice.selectors.learners import list_doubled
from leitai.practice.selectors.suspicions import (
    get_suspicion,
    list_own_suspicions,
    list_suspicions,
)
from leitai.rulebook import numbers
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

A_PAGE: Final = 50
NAMED: Final = 20  # of those who answered alike


@dataclass(frozen=True, slots=True)
class State:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Desk:
    season: Season
    rows: Page[Suspicion]
    states: tuple[State, ...]
    state: str
    doubled: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did about the case: `who` is empty for what the house found itself."""

    label: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class AtStake:
    """What goes when the case is upheld, or has gone: sets, and their points by ledger."""

    sets: int
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    season: Season
    row: Suspicion
    evidence: tuple[str, ...]
    alike: tuple[str, ...]
    steps: tuple[Step, ...]
    stake: AtStake
    may_run: bool
    own_ruling: bool  # the viewer upheld it, so another decides the appeal


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A learner's own: in plain words, without officers' names and without anybody else's."""

    row: Suspicion
    evidence: tuple[str, ...]
    steps: tuple[Step, ...]
    stake: AtStake
    may_appeal: bool
    ruling: str
    granted: bool


def watch_desk(viewer: Actor, season: str, *, state: str, number: str | None) -> Desk:
    """Raises forbidden, practice_off; an unknown state shows what is open."""
    chosen = state if state in SuspicionState.values else SuspicionState.OPEN.value
    held = seasons.get_season(season)
    rows = list_suspicions(viewer, season, state=chosen)
    law_of(held)
    every = list_suspicions(viewer, season).order_by("state").values("state")
    counts = {row["state"]: row["many"] for row in every.annotate(many=Count("pk"))}
    states = tuple(
        State(one.value, str(one.label), counts.get(one.value, 0)) for one in SuspicionState
    )
    sees = rules.can_see_practice(viewer, season, seasons.host_path(held))
    doubled = tuple(list_doubled(season)) if sees else ()
    return Desk(held, Paginator(rows, A_PAGE).get_page(number), states, chosen, doubled)


def watch_case(viewer: Actor, season: str, case: int) -> Case:
    """For the office and supervisors; raises not_found."""
    held = seasons.get_season(season)
    host = seasons.host_path(held)
    row = get_suspicion(viewer, case)
    if row.learner.season != season or not rules.can_see_practice(viewer, season, host):
        raise DomainError("not_found")
    ruled = [account for state, account, *_rest in row.history if state == SuspicionState.UPHELD]
    return Case(
        held,
        row,
        evidence_of(row),
        _alike(row),
        _steps(row, _names(row)),
        at_stake(row),
        rules.can_run_practice(viewer, season, host),
        viewer.account in ruled,
    )


def own_cases(ground: Ground) -> tuple[Suspicion, ...]:
    """What was decided against the learner."""
    return tuple(list_own_suspicions(ground.actor, ground.season.code)[:A_PAGE])


def own_case(ground: Ground, case: int) -> OwnCase:
    """Raises not_found for anybody else's, and for what was never upheld."""
    own = list_own_suspicions(ground.actor, ground.season.code)
    row = own.select_related("learner").filter(pk=case).first()
    if row is None:
        raise DomainError("not_found")
    states = [state for state, *_rest in row.history]
    first = states.index(SuspicionState.UPHELD)
    return OwnCase(
        row,
        evidence_of(row),
        _steps(row, {})[first:],
        at_stake(row),
        may_appeal=row.state == SuspicionState.UPHELD and SuspicionState.APPEALED not in states,
        ruling=str(row.history[first][3]),
        granted=row.state == SuspicionState.CLEARED,
    )


def evidence_of(row: Suspicion) -> tuple[str, ...]:
    """The figures of a case as sentences: what was seen, and nothing that follows from it."""
    told = row.evidence
    if row.kind == SuspicionKind.FAST:
        return (_("当天作答%(answers)s题，其中%(fast)s题每题用时不到%(least)s秒。") % told,)
    if row.kind == SuspicionKind.STEADY:
        mean, away = _seconds(told["mean_ms"]), _seconds(told["away_ms"])
        said = {"answers": told["answers"], "mean": mean, "away": away}
        words = _("当天作答%(answers)s题，平均每题%(mean)s秒，各题用时与平均数平均只差%(away)s秒。")
        return (words % said,)
    if row.kind == SuspicionKind.FLOOD:
        return (_("%(minutes)s分钟内交了%(sets)s组，当天共交%(day)s组。") % told,)
    return tuple(_same(told))


def _same(told: dict[str, object]) -> list[str]:
    found = []
    others = told.get("others")
    if isinstance(others, list) and others:
        words = _("与同单位%(count)s名学员中的一名最多有%(sets)s组答错的题和错误答案完全相同。")
        found.append(words % {"count": len(others), "sets": told["sets"]})
    if told.get("times"):
        found.append(_("有%(times)s组每一题的用时与另一组完全相同。") % told)
    return found


def at_stake(row: Suspicion) -> AtStake:
    """The day's sets that count still, or once upheld those that this case took out."""
    gone = row.state in {SuspicionState.UPHELD, SuspicionState.APPEALED}
    mark = f"suspicion:{row.pk}" if gone else ""
    law = law_of(row.learner.season)
    acts = acts_of(law, [row.learner_id], [row.day])
    sources = [one.source for one in acts if one.void == mark and one.source.startswith(SET)]
    lines = Credit.objects.filter(learner=row.learner_id, act__in=sources, day__gte=row.day)
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for ledger, points in lines.values_list("ledger", "points"):
        worth = Fraction(points)
        sums[ledger] += max(worth, Fraction(0)) if gone else worth
    ledgers = law.practice.ledgers
    return AtStake(
        len(sources),
        tuple(
            (ledgers[name].title if name in ledgers else name, numbers.show(total))
            for name, total in sorted(sums.items())
            if total
        ),
    )


def _alike(row: Suspicion) -> tuple[str, ...]:
    """By name and unit those who answered alike; for the office alone."""
    others = row.evidence.get("others", []) if row.kind == SuspicionKind.SAME else []
    found = Learner.objects.filter(pk__in=others[:NAMED]).select_related("person", "unit")
    return tuple(
        f"{one.person.name} {one.unit.name if one.unit else ''}".strip()
        for one in found.order_by("pk")
        if one.person
    )


def _names(row: Suspicion) -> dict[str, str]:
    accounts = {account for _state, account, *_rest in row.history if str(account).isdigit()}
    found = Account.objects.filter(pk__in=accounts)
    return {
        str(pk): shown or username
        for pk, shown, username in found.values_list("pk", "display_name", "username")
    }


def _steps(row: Suspicion, names: dict[str, str]) -> tuple[Step, ...]:
    return tuple(_step(one, names) for one in row.history)


def _step(one: Sequence[str], names: dict[str, str]) -> Step:
    state, account, at, words = one
    label = str(SuspicionState(state).label)
    return Step(label, names.get(str(account), ""), datetime.fromisoformat(at), words)


def _seconds(ms: object) -> str:
    return numbers.show(Fraction(int(str(ms)) // 100, 10), 1)
