"""Who may issue, revoke and fetch certificates. Checking one is open to everybody."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.certificates.models import Certificate, TitleCertificate
from leitai.people.enums import Role
from leitai.seasons import rules as seasons
from leitai.seasons import selectors


def can_issue(actor: Actor, season: str, host: str) -> bool:
    """`host` is the path of the season's host unit."""
    return seasons.can_run_office(actor, season, host)


def can_revoke(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_run_office(actor, season, host)


def can_approve_revoking(actor: Actor, season: str, host: str) -> bool:
    """The second officer's part: another of the office, the committee's lead, a supervisor."""
    return actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)


def can_list(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_see_office(actor, season, host)


def can_fetch(actor: Actor, certificate: Certificate, host: str) -> bool:
    """Its holder or the team's members; managers of its units; and the committee."""
    award = certificate.award
    season = award.season.code
    if seasons.can_see_office(actor, season, host):
        return True
    if award.entry and selectors.entries_with(actor.person).filter(pk=award.entry.pk).exists():
        return True
    units = [award.delegation.unit, *([award.entry.person.unit] if award.entry else [])]
    return any(actor.has(Role.UNIT_MANAGER, season=season, unit_path=unit.path) for unit in units)


def can_fetch_title(actor: Actor, certificate: TitleCertificate, host: str) -> bool:
    """The same people, of a title of practice."""
    season, person = certificate.season.code, certificate.person
    if seasons.can_see_office(actor, season, host) or actor.person == person.code != "":
        return True
    return actor.has(Role.UNIT_MANAGER, season=season, unit_path=person.unit.path)


def fetching_paths(actor: Actor, season: str) -> tuple[str, ...]:
    """The subtrees whose people's and delegations' certificates a unit manager hands out."""
    return actor.unit_paths(Role.UNIT_MANAGER, season=season)
