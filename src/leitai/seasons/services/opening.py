"""From a rulebook to an open season: assumptions confirmed, calendar filled, delegations there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from leitai import rulebook as language
from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import clauses, listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook.model import Rulebook
from leitai.seasons import rules, selectors
from leitai.seasons.enums import SeasonState
from leitai.seasons.events import SeasonOpened
from leitai.seasons.models import (
    AssumptionConfirmation,
    RulebookVersion,
    Season,
    SeasonRules,
    Stage,
)
from leitai.units import selectors as units

CODE_LIMIT = 64
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


@transaction.atomic
def create_season(
    *,
    actor: Actor,
    rulebook: str,
    code: str | None = None,
    after: Season | None = None,
    at: datetime,
) -> Season:
    """Bind a season to a rulebook: its YAML text, or the id of a packaged one.

    The code is the rulebook's id unless another is given. The office of a season may make the one
    `after` it, of the same host. Raises Problems for a bad rulebook.
    """
    text = rulebook if "\n" in rulebook else language.packaged(rulebook)
    if after is None and not rules.can_create_season(actor):
        raise DomainError("forbidden")
    law = language.load(text)
    if after is not None and not rules.can_create_season(actor):
        _office_only(actor, after)
        demand_host(after, law)
    return bind_season(actor=actor, law=law, code=code or law.id, at=at)


@transaction.atomic
def bind_season(*, actor: Actor, law: Rulebook, code: str, at: datetime) -> Season:
    """Make the season of these rules; whether the actor may was asked before."""
    demand_code(code)
    host = units.find_unit(law.host.unit) if law.host else None
    version = store(law, at)
    season = Season.objects.create(code=code, rulebook=version, host=host, created_at=at)
    SeasonRules.objects.create(
        season=season,
        number=1,
        rulebook=version,
        adopted_at=at,
        adopted_by=actor.account,
        adopted_name=actor.name[:120],
    )
    Stage.objects.bulk_create(
        Stage(season=season, code=name, title=law.stages[name].title, position=position)
        for position, name in enumerate(law.stage_order, start=1)
    )
    _record(season, actor, "season.created", {"rulebook": law.id, "hash": law.hash}, at)
    return season


@transaction.atomic
def confirm_assumption(
    *,
    actor: Actor,
    season: Season,
    key: str,
    at: datetime,
    note: str = "",
    law: Rulebook | None = None,
) -> AssumptionConfirmation:
    """Confirm the chosen answer to a question that the notice leaves open; once is enough.

    It holds for this answer to this question: rules that say otherwise ask for it again. `law` are
    the rules that are meant, where they are not in force yet.
    """
    _office_only(actor, season)
    assumption = (law or selectors.rulebook_of(season)).assumptions.get(key)
    if assumption is None:
        raise DomainError("assumption_unknown", key=key)
    confirmation, made = AssumptionConfirmation.objects.get_or_create(
        season=season,
        key=key,
        answer=selectors.answer_of(assumption),
        defaults={"confirmed_by": actor.account, "at": at, "note": note},
    )
    if made:
        told = {
            "key": key,
            "question": assumption.question,
            "chosen": assumption.chosen,
            "note": note,
        }
        _record(season, actor, "assumption.confirmed", told, at)
    return confirmation


@transaction.atomic
def open_season(*, actor: Actor, season: Season, at: datetime) -> Season:
    """Open the season, once nothing that it needs is open any more; opening twice changes nothing.

    Refused with a coded error while an assumption is unconfirmed, a contest's window is missing,
    or there are no delegations.
    """
    _office_only(actor, season)
    Season.objects.select_for_update().get(pk=season.pk)
    season = selectors.get_season(season.code)
    if season.state != SeasonState.DRAFT:
        return season
    _demand_ready(season)
    season.state = SeasonState.OPEN
    season.opened_at = at
    season.save(update_fields=["state", "opened_at"])
    events.publish(SeasonOpened(season.code))
    _record(season, actor, "season.opened", {}, at)
    return season


def _demand_ready(season: Season) -> None:
    waiting = selectors.open_assumptions(season)
    if waiting:
        names = clauses(state.assumption.question for state in waiting)
        raise DomainError("season_assumptions_open", count=len(waiting), names=names)
    law = selectors.rulebook_of(season)
    have = selectors.current_windows(season)
    missing = [
        law.calendar[stage.window].title if stage.window else stage.title
        for stage in (law.stages[name] for name in law.stage_order)
        if stage.method == "contest" and stage.window not in have
    ]
    if missing:
        raise DomainError("season_windows_missing", names=listed(missing))
    guests = [delegation.guest for delegation in units.list_delegations(season.code)]
    if not guests:
        raise DomainError("season_delegations_missing")
    _demand_teams(law, guests)


def _demand_teams(law: Rulebook, guests: list[bool]) -> None:
    """More teams are to advance than compete: the rulebook alone cannot see how many there are."""
    for stage in law.stages.values():
        for rule in stage.advance:
            have = guests.count(False) if rule.guests == "skip" else len(guests)
            if rule.teams is not None and rule.teams > have:
                told = {"stage": stage.title, "teams": rule.teams, "have": have}
                raise DomainError("season_teams_short", **told)


def demand_code(code: str) -> None:
    """Refuse a code that no season can have, or that one has already."""
    if len(code) > CODE_LIMIT or not _CODE.fullmatch(code):
        raise DomainError("season_code_form", season=code, limit=CODE_LIMIT)
    if Season.objects.filter(code=code).exists():
        raise DomainError("season_exists", season=code)


def demand_host(season: Season, law: Rulebook) -> None:
    """The office writes rules for its own host; another one is the operator's to name."""
    mine = selectors.rulebook_of(season).host
    if (law.host.unit if law.host else "") != (mine.unit if mine else ""):
        raise DomainError(
            "rules_host", host=mine.name if mine else "", unit=mine.unit if mine else ""
        )


def store(law: Rulebook, at: datetime) -> RulebookVersion:
    """Keep the text of these rules; the same rules are kept once, in the words that came first."""
    version, _made = RulebookVersion.objects.get_or_create(
        hash=law.hash,
        defaults={"text": law.text, "canonical": law.canonical, "added_at": at},
    )
    return version


def _office_only(actor: Actor, season: Season) -> None:
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")


def _record(
    season: Season, actor: Actor, act: str, data: Mapping[str, object], at: datetime
) -> None:
    ledger.append(
        chain=season.code, actor=actor, act=act, subject=f"season:{season.code}", data=data, at=at
    )
