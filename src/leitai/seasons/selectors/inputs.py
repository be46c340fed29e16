"""What the rulebook's engine reads, taken from the records: entries, scores, resolutions, facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from django.db.models import Q

from leitai.rulebook.bundle.checking import facts_read
from leitai.rulebook.data import EntryIn, FactIn, ResolutionIn, ScoreIn, award_line
from leitai.rulebook.data import ResolutionHow as How
from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import EntryState, ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Fact, Resolution, Score, Season
from leitai.seasons.selectors.seasons import rulebook_of
from leitai.seasons.team_models import TeamMember
from leitai.units import selectors as units

SLOT = "slot"  # the kind of fact by which the engine knows who sits where in a team
GONE = "withdrawn"  # the kind of fact that the engine reads of whoever gave up a place
COMPETING = (EntryState.CONFIRMED, EntryState.DONE, EntryState.VOID)


@dataclass(frozen=True, slots=True)
class DecisionInputs:
    """Everything that `engine.decide` needs, in an order that depends on the content alone.

    `facts` are None where no rule but the bars reads any: bars were applied at the nomination.
    """

    rulebook: Rulebook
    stages: tuple[str, ...]
    entries: tuple[EntryIn, ...]
    scores: tuple[ScoreIn, ...]
    resolutions: tuple[ResolutionIn, ...]
    delegations: tuple[str, ...]
    facts: tuple[FactIn, ...] | None = None


def decision_inputs(
    season: Season, stage: str | None = None, law: Rulebook | None = None
) -> DecisionInputs:
    """The inputs of all stages up to and with `stage` (None: the whole season).

    `law` are older rules that something was decided by.
    """
    rulebook = law or rulebook_of(season)
    order = rulebook.stage_order
    stages = order if stage is None else order[: order.index(stage) + 1]
    return DecisionInputs(
        rulebook=rulebook,
        stages=stages,
        entries=_entries(season, stages),
        scores=_scores(season, stages),
        resolutions=_resolutions(season, stages, rulebook),
        delegations=tuple(units.list_delegations(season.code).values_list("unit__code", flat=True)),
        facts=_facts(season, stages, rulebook),
    )


def facts_of(people: Collection[str]) -> dict[str, tuple[FactIn, ...]]:
    """What is known of each of these people (by code), as the rules read it."""
    known: dict[str, list[FactIn]] = defaultdict(list)
    rows = Fact.objects.filter(person__code__in=set(people)).order_by(
        "person__code", "kind", "key", "since", "source"
    )
    columns = ("person__code", "kind", "key", "value", "since", "until", "source")
    for row in rows.values_list(*columns):
        known[row[0]].append(FactIn(*row))
    return {person: tuple(known[person]) for person in people}


def withdrawn_since(season: Season, at: datetime) -> tuple[str, ...]:
    """Who (by code) gave up a place in this season after `at`."""
    gone = Fact.objects.filter(kind=GONE, key=season.code, recorded_at__gte=at)
    return tuple(gone.values_list("person__code", flat=True))


def _facts(season: Season, stages: tuple[str, ...], law: Rulebook) -> tuple[FactIn, ...] | None:
    """What is known of the contestants, where a rule other than a bar reads some of it."""
    beyond, kinds = _kinds(law)
    here = Entry.objects.filter(stage__season=season, stage__code__in=stages, state__in=COMPETING)
    rows = Fact.objects.filter(kind__in=kinds, person__in=here.values("person")).order_by(
        "person__code", "kind", "key", "since", "source"
    )
    columns = ("person__code", "kind", "key", "value", "since", "until", "source")
    read = facts_read(law)
    elsewhere = Q(kind=GONE) & ~Q(key=season.code)  # somebody gave up a place in another season
    rows = rows.exclude(elsewhere).exclude(Q(kind=SLOT) & ~Q(key__in=("", season.code)))
    found = [FactIn(*row) for row in rows.values_list(*columns)] if beyond or _may_go(law) else []
    given = tuple(
        fact
        for fact in found
        if (fact.kind, fact.key) in read
        and (fact.kind != GONE or fact.key in ("", season.code))  # not from last year's stage
    )
    if beyond:
        return given
    return given if any(fact.kind == GONE for fact in given) else None


def _may_go(law: Rulebook) -> bool:
    """Whether anybody's withdrawal would move up another."""
    return any(rule.fill == "next" for stage in law.stages.values() for rule in stage.advance)


def _kinds(law: Rulebook) -> tuple[bool, tuple[str, ...]]:
    """Whether more than bars read facts, and every kind that is read."""
    bare = {name: replace(stage, bars=()) for name, stage in law.stages.items()}
    beyond = facts_read(replace(law, stages=MappingProxyType(bare))).names
    kinds = {kind for kind, _ in facts_read(law).names}
    return any(kind != GONE for kind, _ in beyond), tuple(sorted(kinds))


def _entries(season: Season, stages: tuple[str, ...]) -> tuple[EntryIn, ...]:
    here = Entry.objects.filter(stage__season=season, stage__code__in=stages, state__in=COMPETING)
    teams: dict[int, list[str]] = defaultdict(list)
    of_teams = TeamMember.objects.filter(entry__in=here).order_by("number")
    for entry, person in of_teams.values_list("entry", "person__code"):
        teams[entry].append(person)
    rows = here.order_by("stage__position", "track", "code").values_list(
        "code",
        "stage__code",
        "track",
        "person__name",
        "delegation__unit__code",
        "person__code",
        "as_kind",
        "team",
        "pk",
    )
    return tuple(_entry(row, teams) for row in rows)


def _entry(row: tuple[Any, ...], teams: Mapping[int, list[str]]) -> EntryIn:
    """A team has its own name, and its captain's code as a person."""
    code, stage, track, name, delegation, person, as_kind, team, number = row
    plain = EntryIn(code, stage, track, team or name, delegation, person, as_=as_kind)
    return replace(plain, kind="team", members=tuple(teams[number])) if team else plain


def _scores(season: Season, stages: tuple[str, ...]) -> tuple[ScoreIn, ...]:
    rows = (
        Score.objects.filter(
            entry__stage__season=season,
            entry__stage__code__in=stages,
            entry__state__in=COMPETING,
        )
        .exclude(state=ScoreState.SUPERSEDED)
        .order_by("entry__stage__position", "entry__track", "event", "entry__code")
        .values_list(
            "entry__stage__code",
            "entry__track",
            "event",
            "entry__code",
            "value",
            "decimals",
            "over",
            "status",
            "keys",
            "entry__state",
        )
    )
    return tuple(_score(row) for row in rows)


def _score(row: tuple[Any, ...]) -> ScoreIn:
    stage, track, event, entry, value, decimals, over, status, keys, entry_state = row
    # A voided contestant's marks stay on record and are not ranked.
    if entry_state == EntryState.VOID:
        status = ScoreStatus.VOID.value
    where = (stage, track, event, entry)
    return ScoreIn(*where, value, decimals, status=status, keys=keys, over=over)


def _resolutions(
    season: Season, stages: tuple[str, ...], law: Rulebook
) -> tuple[ResolutionIn, ...]:
    """The newest answer to each tie: one line may have had ties of others before a correction.

    Where a body names the holders of an award, its newest word alone counts, whoever is named.
    """
    named = {award_line(award.id) for award in law.awards if award.decided}
    newest: dict[tuple[object, ...], ResolutionIn] = {}
    for row in Resolution.objects.filter(season=season, stage__in=stages).order_by("at", "pk"):
        order = tuple(row.order)
        whom = None if row.line in named else frozenset(order)
        key = (row.stage, row.track, row.board, row.line, whom)
        newest[key] = ResolutionIn(
            row.stage, row.track, row.board, row.line, order, cast("How", row.how), row.note
        )
    return tuple(sorted(newest.values(), key=_place))


def _place(row: ResolutionIn) -> tuple[str, str, str, str, tuple[str, ...]]:
    return (row.stage, row.track, row.board, row.line, row.order)
