"""Opening a season on the web: rules with their host, and the bodies that they name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from leitai import rulebook as language
from leitai.bank.rules import OWN_CONTEST, is_own_contest
from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.rulebook import Rulebook, writing
from leitai.seasons import rules, selectors
from leitai.seasons.models import Season
from leitai.seasons.selectors.preparing import kind_of
from leitai.seasons.services.opening import bind_season
from leitai.units import services as delegating
from leitai.units.models import Unit


@transaction.atomic
def begin_season(
    *, actor: Actor, rulebook: str, code: str, host: Unit, office: str = "", at: datetime
) -> Season:
    """A season of a packaged rulebook (its id) or of a file's text, held by `host`.

    Rules of another host are moved to this one. `office` is the login name of who becomes its
    first office, where the actor may appoint; else those are it who hold the office of all.
    """
    if not rules.can_begin_season(actor, host.path):
        raise DomainError("forbidden")
    text = rulebook if "\n" in rulebook else language.packaged(rulebook)
    law = language.load(text)
    if law.host is None or law.host.unit != host.code:
        text = _moved(law, host)
    if is_own_contest(code):
        raise DomainError("season_code_own", begun=OWN_CONTEST)
    if code.startswith(rules.PRACTICE_EXAM):
        raise DomainError("season_code_own", begun=rules.PRACTICE_EXAM)
    season = bind_season(actor=actor, law=language.load(text), code=code or law.id, at=at)
    if office.strip():
        account = people_reads.get_account(office.strip())
        people.appoint(
            actor=actor,
            account=account,
            role=Role.OFFICE,
            unit=host,
            season=season.code,
            since=at,
            at=at,
        )
    return season


def _moved(law: Rulebook, host: Unit) -> str:
    """The rules with another host: its name, and its own places where all of a level compete."""
    plain = canonical.decode(law.canonical)
    old = plain.get("host", {}).get("unit")
    plain["host"] = {"unit": host.code, "name": host.name}
    each = plain.get("delegations", {}).get("each")
    if isinstance(each, dict) and each.get("under") == old:
        each["under"] = host.code
    return writing.text_of(plain)


@transaction.atomic
def make_bodies(
    *, actor: Actor, season: Season, kinds: Mapping[str, str], at: datetime
) -> list[str]:
    """Set up the bodies that the rulebook names and nobody set up yet; returns their titles.

    `kinds` gives by the body's name in the rules another kind than its title suggests.
    """
    host = season.host
    if host is None:
        raise DomainError("season_host_missing", season=season.code)
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    law = selectors.rulebook_of(season)
    standing = {
        body.committee.title
        for body in people_reads.list_bodies_for(actor, season.code, at=at)
        if body.committee.unit_id == host.pk
    }
    made = []
    for name, body in law.bodies.items():
        if body.title not in standing:
            people.create_committee(
                actor=actor,
                season=season.code,
                kind=kinds.get(name) or kind_of(body.title),
                title=body.title,
                unit=host,
                at=at,
            )
            made.append(body.title)
    return made


def make_teams(*, actor: Actor, season: Season, at: datetime) -> int:
    """The delegations as the rulebook says; made twice they stay the same."""
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    law = selectors.rulebook_of(season)
    if law.delegations.each is None and not law.delegations.also:
        raise DomainError("season_teams_open")
    return len(
        delegating.make_delegations(actor=actor, season_code=season.code, rulebook=law, at=at)
    )
