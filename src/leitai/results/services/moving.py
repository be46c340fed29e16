"""递补: somebody gave up a place that a result gave, and the next one moves up.

Who moves up is the engine's word: the same rules decide the stage anew, passing over whoever is
gone. An approval puts the new version in the old one's place and enters who moved up; they are told
as soon as it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.messages.selectors import officers_of
from leitai.people.enums import Role
from leitai.people.models import Appointment
from leitai.results.effects import preview_renewal
from leitai.results.events import ReservesMoved
from leitai.results.models import StageResult
from leitai.results.rules import can_approve, can_decide
from leitai.results.selectors.access import standing_result
from leitai.results.selectors.moving import held_results, places_given_up
from leitai.results.services.revising import revise
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreState
from leitai.seasons.models import Entry, Score, Season
from leitai.seasons.services import demand_unclosed

MOVE_UP = "reserves.move_up"
SPEAKERS = (Role.UNIT_MANAGER, Role.LOCAL_OFFICE, Role.TEAM_LEADER)
RECORD = "zh-hans"  # a message is written once for all its readers


@transaction.atomic
def propose_moving_up(
    *, actor: Actor, season: Season, stage: str, reason: str, at: datetime
) -> Proposal:
    """Ask that whoever is next takes the places that were given up in what `stage` leads to."""
    host = seasons.host_path(season)
    if not can_decide(actor, season.code, host):
        raise DomainError("forbidden")
    demand_unclosed(season)
    result = _standing(season, stage)
    return ledger.propose(
        actor=actor,
        deed=MOVE_UP,
        chain=season.code,
        subject=f"result:{stage}:{result.version}",
        data={"season": season.code, "stage": stage, "version": result.version, "host": host},
        reason=reason,
        level=seasons.host_level(season),
        at=at,
    )


def tell_vacancy(*, season: str, entry: str, at: datetime) -> None:
    """Tell the office that somebody gave up a place that a result gave, and where to fill it."""
    held = seasons.get_season(season)
    host = seasons.host_path(held)
    gone = [
        (result, one)
        for result in held_results(held)
        for one in places_given_up(result)
        if one.entry == entry
    ]
    if not gone:
        return
    officers = [
        officer.account
        for officer in officers_of(season, at=at)
        if can_decide(officer, season, host)
    ]
    for result, one in gone:
        with translation.override(RECORD):
            messages.tell(
                to=officers,
                kind=Kind.TASK,
                title=_("%(stage)s空出一个名额") % {"stage": one.to_title},
                body=_("%(name)s（%(delegation)s）不参加%(stage)s。请核对由谁递补并提出。")
                % {"name": one.name, "delegation": one.delegation, "stage": one.to_title},
                link=reverse("results:moving", args=(season,)),
                season=season,
                key=f"vacancy:{result.pk}:{one.to_stage}:{one.entry}:{at.timestamp():.0f}",
                at=at,
            )


def tell_moved(*, season: str, stage: str, version: int, at: datetime) -> None:
    """Tell who moved up: a new version holds, after somebody gave up a place of the one before.

    It holds at once with the approval, or later, when a body has confirmed the changed list.
    """
    versions = StageResult.objects.filter(stage__season__code=season, stage__code=stage)
    made = versions.select_related("stage__season__rulebook").get(version=version)
    held = versions.filter(version__lt=version, confirmed_at__isnull=False)
    before = held.order_by("-version").first()
    if before is None:
        return
    gone = seasons.withdrawn_since(made.stage.season, before.computed_at)
    if not before.advancements.filter(entry__person__code__in=gone).exists():
        return
    places = ("to_stage", "track", "entry__code")
    had = set(before.advancements.values_list(*places))
    fresh = [
        row
        for row in made.advancements.select_related(
            "entry__person__unit", "entry__delegation__unit"
        ).order_by("pk")
        if (row.to_stage, row.track, row.entry.code) not in had
    ]
    for to_stage in dict.fromkeys(row.to_stage for row in fresh):
        _tell(made, to_stage, [row.entry for row in fresh if row.to_stage == to_stage], at)


def _tell(result: StageResult, to_stage: str, moved: Sequence[Entry], at: datetime) -> None:
    season = result.stage.season
    law = seasons.rulebook_of(season)
    title = law.stages[to_stage].title if to_stage in law.stages else to_stage
    with translation.override(RECORD):
        messages.tell(
            to=[str(one.person.account_id) for one in moved if one.person.account_id],
            kind=Kind.TASK,
            title=_("您已递补进入%(stage)s") % {"stage": title},
            body=_("有选手退出，按名次由您递补参加%(season)s%(stage)s。请与领队联系，按时参赛。")
            % {"season": law.short_title or law.title, "stage": title},
            link=reverse("web:mine"),
            season=season.code,
            key=f"moved:{result.pk}:{to_stage}",
            at=at,
        )
    for one in moved:
        _tell_home(result, title, one, at)
    codes = tuple(one.code for one in moved)
    events.publish(ReservesMoved(season.code, result.stage.code, to_stage, codes))


def _tell_home(result: StageResult, title: str, entry: Entry, at: datetime) -> None:
    """Whoever speaks for the unit: its manager, the city's committee, the team's leader."""
    season = result.stage.season.code
    with translation.override(RECORD):
        messages.tell(
            to=_speakers_of(season, entry, at),
            kind=Kind.TASK,
            title=_("%(name)s递补进入%(stage)s") % {"name": entry.name, "stage": title},
            body=_("%(delegation)s的这名选手按名次递补。请通知本人做好参赛准备。")
            % {"delegation": entry.delegation.name},
            link=reverse("web:unit", args=(season,)),
            season=season,
            key=f"moved-home:{result.pk}:{entry.track}:{entry.code}",
            at=at,
        )


def _speakers_of(season: str, entry: Entry, at: datetime) -> list[str]:
    """Accounts with a role over the person's unit or a place above it within the delegation."""
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gt=at),
        role__in=SPEAKERS,
        scope__in=["", season],
        since__lte=at,
        account__is_active=True,
        unit__path__startswith=entry.delegation.unit.path,
    )
    home = entry.person.unit.path
    return sorted(
        {
            str(one)
            for one, path in held.values_list("account", "unit__path")
            if home.startswith(path)
        }
    )


def _standing(season: Season, stage: str) -> StageResult:
    """The result that holds; raises DomainError where there is nothing to move up for."""
    result = standing_result(season.code, stage)
    if result is None:
        raise DomainError("moving_none")
    gone = places_given_up(result)
    if not gone:
        raise DomainError("moving_none")
    begun = Score.objects.filter(
        entry__stage__season=season, entry__stage__code__in={one.to_stage for one in gone}
    )
    if begun.exclude(state=ScoreState.SUPERSEDED).exists():
        raise DomainError("moving_late", stage=gone[0].to_title)
    return result


def _preview(data: Mapping[str, Any]) -> list[str]:
    season = seasons.get_season(str(data["season"]))
    result = _standing(season, str(data["stage"]))
    if result.version != data["version"]:
        raise DomainError("moving_moved")
    told = [
        _("%(name)s（%(delegation)s）不参加%(stage)s：%(state)s。")
        % {
            "name": one.name,
            "delegation": one.delegation,
            "stage": one.to_title,
            "state": one.state,
        }
        for one in places_given_up(result)
    ]
    effect = preview_renewal(result)
    if not effect.gained:
        told.append(_("没有可以递补的人，空出的名额不补。"))
    return [*told, *effect.lines()]


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    season, stage = seasons.get_season(str(data["season"])), str(data["stage"])
    result = _standing(season, stage)
    effect = preview_renewal(result)
    made = revise(season=season.code, stage=stage, at=at)
    moved = [turn for turn in effect.gained if turn.kind == "advance"]
    held = bool(made) and made[0].confirmed_at is not None
    ledger.append(
        chain=season.code,
        actor=actor,
        act="reserves.moved",
        subject=f"result:{stage}:{made[0].version if made else result.version}",
        data={
            "by": actor.name,
            "stage": result.stage.title,
            "entries": [turn.key for turn in moved],
            "fallen": [turn.key for turn in effect.lost],
            "held": held,
            "proposal": proposal.pk,
        },
        at=at,
    )


DEED = Deed(
    code=MOVE_UP,
    title=gettext_lazy("递补"),
    can_propose=lambda actor, chain, data: can_decide(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve(actor, chain, str(data["host"])),
    preview=_preview,
    carry_out=_carry_out,
)
