"""What lower rooms may not do to a season under way: duties and delegations of its contestants."""

from __future__ import annotations

from leitai.kernel.errors import DomainError
from leitai.people.enums import SEASON_ROLES, Role
from leitai.people.events import Appointing
from leitai.people.selectors import separation
from leitai.seasons import selectors
from leitai.seasons.models import Entry, Season
from leitai.units.events import DelegationChanging


def judge_appointment(event: Appointing) -> None:
    """Refuse a role of the season below its host, and one that a contestant may not hold."""
    season = Season.objects.select_related("host").filter(code=event.season).first()
    if season is None:  # of all seasons, or of one to come: then of nobody's part of the tree
        if event.role in SEASON_ROLES and event.unit_path.count("/") > 1:
            raise DomainError("appointment_root", role=Role(event.role).label)
        return
    outside = season.host is not None and not season.host.path.startswith(event.unit_path)
    if outside and event.role in SEASON_ROLES:
        raise DomainError("appointment_outside_host", role=Role(event.role).label)
    if event.role in separation.barring_roles("enter_exam") and _competes(season, event.person):
        raise DomainError("separation_entered", role=Role(event.role).label)


def judge_delegation(event: DelegationChanging) -> None:
    """Whoever was entered was entered for a delegation as it stood: it keeps its parts."""
    entries = Entry.objects.filter(stage__season__code=event.season)
    if event.delegation_id is not None and entries.filter(delegation=event.delegation_id).exists():
        raise DomainError("delegation_has_entries")


def _competes(season: Season, person: int | None) -> bool:
    entries = Entry.objects.filter(stage__season=season, person=person)
    return person is not None and entries.exclude(state__in=selectors.LEFT).exists()
