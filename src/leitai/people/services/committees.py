"""The bodies of a season's committee: who leads them, who joins, who is a member."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.enums import CommitteeKind, Position, Role, UnitPart
from leitai.people.models import Appointment, Committee, CommitteeUnit, Person
from leitai.people.services.appointing import account_of, appoint
from leitai.units import selectors as units
from leitai.units.models import Unit

TITLE_LIMIT = 80
ROLE_OF = {
    CommitteeKind.COMMITTEE: Role.LEADER,
    CommitteeKind.LEADING_GROUP: Role.LEADER,
    CommitteeKind.OFFICE: Role.OFFICE,
    CommitteeKind.COORDINATION: Role.OFFICE,
    CommitteeKind.ITEMS: Role.ITEM_WRITER,
    CommitteeKind.EXAMS: Role.EXAM_OFFICER,
    CommitteeKind.PUBLICITY: Role.PUBLICITY,
    CommitteeKind.SUPERVISION: Role.SUPERVISOR,
    CommitteeKind.EXPERTS: Role.EXPERT,
    CommitteeKind.LOCAL: Role.LOCAL_OFFICE,
}


@transaction.atomic
def create_committee(
    *,
    actor: Actor,
    season: str,
    kind: str,
    title: str,
    unit: Unit,
    parent: Committee | None = None,
    at: datetime,
) -> Committee:
    """Set up a body of the season's committee over a subtree; its kind gives its members' role."""
    if not rules.can_run_committees(actor, season, unit.path):
        raise DomainError("forbidden")
    if kind not in CommitteeKind.values:
        raise DomainError("committee_kind", kind=kind)
    title = title.strip()
    if not title or len(title) > TITLE_LIMIT:
        raise DomainError("committee_title", limit=TITLE_LIMIT)
    if Committee.objects.filter(season=season, unit=unit, title=title).exists():
        raise DomainError("committee_twice", title=title)
    committee = Committee.objects.create(
        season=season, kind=kind, title=title, unit=unit, parent=parent
    )
    _record(actor, committee, "committee.created", {"unit": unit.code, "kind": kind}, at)
    return committee


@transaction.atomic
def name_unit(
    *, actor: Actor, committee: Committee, name: str, part: str, at: datetime
) -> CommitteeUnit:
    """Name a lead or joint unit: one of the tree by its code, any other by its name."""
    _demand_open(actor, committee)
    if part not in UnitPart.values:
        raise DomainError("committee_part", part=part)
    name = name.strip()
    unit = units.find_unit(name)
    shown = unit.name if unit else name
    if not shown or len(shown) > TITLE_LIMIT:
        raise DomainError("committee_title", limit=TITLE_LIMIT)
    named, made = CommitteeUnit.objects.update_or_create(
        committee=committee, name=shown, defaults={"unit": unit, "part": part}
    )
    act = "committee.unit_named" if made else "committee.unit_changed"
    _record(actor, committee, act, {"name": shown, "part": UnitPart(part).value}, at)
    return named


@transaction.atomic
def remove_unit(*, actor: Actor, committee: Committee, name: str, at: datetime) -> None:
    """Take a lead or joint unit off the body."""
    _demand_open(actor, committee)
    gone, _each = CommitteeUnit.objects.filter(committee=committee, name=name).delete()
    if not gone:
        raise DomainError("committee_unit_unknown", name=name)
    _record(actor, committee, "committee.unit_removed", {"name": name}, at)


@transaction.atomic
def appoint_member(
    *,
    actor: Actor,
    committee: Committee,
    person: Person,
    position: str,
    role: str = "",
    until: datetime | None = None,
    third_party: str = "",
    at: datetime,
) -> Appointment:
    """Make a person a member; the role is the kind's, or for item writers "item_reviewer"."""
    _demand_open(actor, committee)
    if position not in Position.values:
        raise DomainError("committee_position", position=position)
    own = ROLE_OF[CommitteeKind(committee.kind)]
    allowed = {own, Role.ITEM_REVIEWER} if own == Role.ITEM_WRITER else {own}
    wanted = role or own
    if wanted not in allowed:
        raise DomainError("role_unknown", role=wanted)
    return appoint(
        actor=actor,
        account=account_of(person, at=at),
        role=wanted,
        unit=committee.unit,
        season=committee.season,
        since=at,
        until=until,
        at=at,
        committee=committee,
        position=position,
        third_party=third_party,
    )


@transaction.atomic
def close_committee(*, actor: Actor, committee: Committee, at: datetime) -> Committee:
    """Dissolve a body whose members' terms are over; the record stays."""
    _demand_open(actor, committee)
    left = [one for one in committee.members.all() if one.until is None or one.until > at]
    if left:
        raise DomainError("committee_has_members", count=len(left))
    committee.closed_at = at
    committee.save(update_fields=["closed_at"])
    _record(actor, committee, "committee.closed", {}, at)
    return committee


def _demand_open(actor: Actor, committee: Committee) -> None:
    if not rules.can_run_committees(actor, committee.season, committee.unit.path):
        raise DomainError("forbidden")
    if committee.closed_at is not None:
        raise DomainError("committee_closed", title=committee.title)


def _record(
    actor: Actor, committee: Committee, act: str, data: dict[str, object], at: datetime
) -> None:
    ledger.append(
        chain=committee.season,
        actor=actor,
        act=act,
        subject=f"committee:{committee.pk}",
        data={"title": committee.title, **data},
        at=at,
    )
