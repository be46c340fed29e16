"""Whose pages these are: the office's, the leaders', the members'."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.seasons.models import Season
from leitai.seasons.selectors import get_season, host_path
from leitai.training import rules
from leitai.training.enums import GroupState
from leitai.training.models import Group, Member, Session


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody is to a group. `reads`: the desk's readers, who change nothing."""

    group: Group
    member: Member | None
    leads: bool
    runs: bool
    reads: bool

    @property
    def overlooks(self) -> bool:
        """Sees everybody's attendance, marks and weak topics."""
        return self.leads or self.reads


def get_season_of_desk(actor: Actor, code: str) -> Season:
    season = get_season(code)
    if not rules.can_run(actor, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def get_group_of_desk(actor: Actor, code: str, group: int) -> Group:
    """For the office alone."""
    return _group(get_season_of_desk(actor, code), group)


def get_session_of_desk(actor: Actor, code: str, group: int, session: int) -> Session:
    held = get_group_of_desk(actor, code, group)
    found = held.sessions.filter(pk=session).first()
    if found is None:
        raise DomainError("not_found")
    found.group = held
    return found


def sight_of(actor: Actor, code: str, group: int) -> Sight:
    """Members from its opening on, leaders and the desk before; to others it does not exist."""
    season = get_season(code)
    held = _group(season, group)
    host = host_path(season)
    leaders = set(held.leaders.values_list("person__code", flat=True))
    member = None
    if actor.person:
        rows = held.members.filter(person__code=actor.person, left_at=None)
        member = rows.select_related("person").first()
    if held.state == GroupState.DRAFT:
        member = None
    sight = Sight(
        group=held,
        member=member,
        leads=rules.can_lead(actor, code, host, leaders),
        runs=rules.can_run(actor, code, host),
        reads=rules.can_see_desk(actor, code, host),
    )
    if sight.member is None and not sight.overlooks:
        raise DomainError("not_found")
    return sight


def sight_of_leader(actor: Actor, code: str, group: int, *, marks: bool = False) -> Sight:
    """For those who look over the group; with `marks`, for those who mark and decide."""
    sight = sight_of(actor, code, group)
    if not (sight.leads if marks else sight.overlooks):
        raise DomainError("forbidden")
    return sight


def _group(season: Season, group: int) -> Group:
    found = season.training_groups.filter(pk=group).first()
    if found is None:
        raise DomainError("not_found")
    found.season = season
    return found
