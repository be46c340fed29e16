"""The end of a season, with what was still open; and opening it again, by two officers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.seasons import rules, selectors
from leitai.seasons.enums import SeasonState
from leitai.seasons.events import SeasonClosed
from leitai.seasons.models import Season
from leitai.seasons.selectors.closing import list_checks

REOPEN = "season.reopen"
REASON_LIMIT = 300


@transaction.atomic
def close_season(*, actor: Actor, season: Season, reason: str = "", at: datetime) -> Season:
    """From now on nothing of it is decided any more; its pages, results and certificates stay.

    Raises closing_held_up while something is open that must be done first, and closing_reason
    where something is left open without a word on why.
    """
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    held = _locked(season)
    if held.state == SeasonState.DRAFT:
        raise DomainError("season_not_open", season=held.code)
    if held.state == SeasonState.CLOSED:
        raise DomainError("season_closed", season=held.code)
    open_ = [one for one in list_checks(held, at=at) if one.count]
    if first := [one for one in open_ if one.must]:
        raise DomainError("closing_held_up", names=listed(one.title for one in first))
    if open_ and not reason.strip():
        raise DomainError("closing_reason", names=listed(one.title for one in open_))
    held.state = SeasonState.CLOSED
    held.save(update_fields=["state"])
    left = {one.key: one.count for one in open_}
    data = {"left": left, "reason": reason.strip()[:REASON_LIMIT]}
    events.publish(SeasonClosed(held.code, at))
    _record(held, actor, "season.closed", data, at)
    return held


def propose_reopening(*, actor: Actor, season: Season, reason: str, at: datetime) -> Proposal:
    """Ask that a closed season goes on; raises closing_open and the ledger's."""
    return ledger.propose(
        actor=actor,
        deed=REOPEN,
        chain=season.code,
        subject=f"season:{season.code}",
        data={"season": season.code, "host": selectors.host_path(season)},
        reason=reason,
        level=selectors.host_level(season),
        at=at,
    )


def _preview(data: Mapping[str, Any]) -> list[str]:
    season = selectors.get_season(str(data["season"]))
    if season.state != SeasonState.CLOSED:
        raise DomainError("closing_open", season=season.code)
    law = selectors.rulebook_of(season)
    return [
        _("重新开启“%(title)s”，状态改回“进行中”。") % {"title": law.short_title or law.title},
        _("此后可以再登记和更正成绩、办理名单和考试；须再次结束。"),
    ]


def _carry_out(
    *, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal | None
) -> None:
    held = _locked(selectors.get_season(str(data["season"])))
    held.state = SeasonState.OPEN
    held.save(update_fields=["state"])
    reason = proposal.reason if proposal else ""
    _record(held, actor, "season.reopened", {"reason": reason}, at)


def _locked(season: Season) -> Season:
    Season.objects.select_for_update().get(pk=season.pk)
    return selectors.get_season(season.code)


def _record(
    season: Season, actor: Actor, act: str, data: Mapping[str, object], at: datetime
) -> None:
    ledger.append(
        chain=season.code, actor=actor, act=act, subject=f"season:{season.code}", data=data, at=at
    )


def _may(actor: Actor, chain: str, data: Mapping[str, Any]) -> bool:
    return chain == data["season"] and rules.can_reopen_season(actor, chain, str(data["host"]))


DEED = Deed(
    code=REOPEN,
    title=gettext_lazy("重新开启赛季"),
    can_propose=_may,
    can_approve=_may,
    preview=_preview,
    carry_out=_carry_out,
)
