"""Roles over subtrees, given and ended by those who may."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules
from leitai.people.enums import ADMINISTRATORS, Role
from leitai.people.events import Appointing
from leitai.people.models import Account, Appointment, Committee, Person
from leitai.people.selectors import separation
from leitai.people.services.chain import CHAIN
from leitai.units.models import Unit

REASON_LIMIT = 200


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    account: Account,
    role: str,
    unit: Unit,
    season: str = "",
    since: datetime,
    until: datetime | None = None,
    at: datetime,
    committee: Committee | None = None,
    position: str = "",
    third_party: str = "",
    by_two: bool = False,
) -> Appointment:
    """Give an account a role over a subtree, in one season or ("") in all; again = a new term.

    `by_two` says that two officers decided it, whose right was judged with their proposal.

    Raises forbidden, role_unknown, appointment_backwards, third_party_open_end,
    administrators_exclude, and whatever an upper room says to `Appointing`.
    """
    if role not in Role.values:
        raise DomainError("role_unknown", role=role)
    if not by_two and not rules.can_appoint(actor, role, unit.path, season):
        raise DomainError("forbidden")
    if str(account.pk) == actor.account:
        raise DomainError("appointment_self")
    if role in ADMINISTRATORS and unit.parent_id is not None:
        raise DomainError("appointment_root", role=Role(role).label)
    third_party = third_party.strip()
    _demand_term(since, until, third_party)
    Account.objects.select_for_update().get(pk=account.pk)  # two administrators' roles at once
    person = Person.objects.filter(account=account).first()
    _demand_one_office(account, role, at)
    _demand_apart(account, role, season, at)
    events.publish(Appointing(account.pk, person.pk if person else None, role, season, unit.path))
    appointment, _made = Appointment.objects.update_or_create(
        account=account,
        role=role,
        unit=unit,
        scope=season,
        committee=committee,
        defaults={
            "since": since,
            "until": until,
            "position": position,
            "third_party": third_party,
        },
    )
    ledger.append(
        chain=season or CHAIN,
        actor=actor,
        act="role.appointed",
        subject=f"account:{account.pk}",
        data={
            "role": role,
            "unit": unit.code,
            "since": ledger.instant(since),
            "until": ledger.instant(until) if until else None,
            "committee": committee.title if committee else "",
            "third_party": third_party,
        },
        at=at,
    )
    return appointment


@transaction.atomic
def appoint_person(
    *,
    actor: Actor,
    person: Person,
    role: str,
    unit: Unit,
    season: str = "",
    until: datetime | None = None,
    at: datetime,
) -> Appointment:
    """As `appoint`, to a person of a roster, who gets an account if there is none yet."""
    return appoint(
        actor=actor,
        account=account_of(person, at=at),
        role=role,
        unit=unit,
        season=season,
        since=at,
        until=until,
        at=at,
    )


@transaction.atomic
def end_appointment(
    *, actor: Actor, appointment: Appointment, reason: str, at: datetime
) -> Appointment:
    """End a role now; what was done under it stays on record. An ended one is refused."""
    held = Appointment.objects.select_for_update().select_related("unit").get(pk=appointment.pk)
    if not rules.can_appoint(actor, held.role, held.unit.path, held.scope):
        raise DomainError("forbidden")
    if str(held.account_id) == actor.account:
        raise DomainError("appointment_own")
    if not reason.strip():
        raise DomainError("appointment_reason")
    if held.until is not None and held.until <= at:
        raise DomainError("appointment_ended")
    held.until = at
    held.since = min(held.since, at)
    held.save(update_fields=["until", "since"])
    ledger.append(
        chain=held.scope or CHAIN,
        actor=actor,
        act="role.ended",
        subject=f"account:{held.account_id}",
        data={
            "role": held.role,
            "unit": held.unit.code,
            "reason": reason.strip()[:REASON_LIMIT],
        },
        at=at,
    )
    return held


def _demand_apart(account: Account, role: str, season: str, at: datetime) -> None:
    """What the separation's rules say of holding this role beside others of the season."""
    deed = f"appoint.{role}"
    bar = separation.bar_for(account=str(account.pk), deed=deed, season=season, at=at)
    if bar is not None:
        raise DomainError(bar.code)


def account_of(person: Person, *, at: datetime) -> Account:
    """The person's account; a new one cannot sign in before its slip was used."""
    if person.account is not None:
        return person.account
    account = Account(username=person.code, display_name=person.name, date_joined=at)
    account.set_unusable_password()
    if Account.objects.filter(username=person.code).exists():
        raise DomainError("account_taken", username=person.code)
    account.save()
    person.account = account
    person.save(update_fields=["account"])
    return account


@transaction.atomic
def account_for_appointing(
    *, actor: Actor, name: str, display_name: str = "", at: datetime
) -> Account:
    """The account of that login name or person's code; a new one, without password, if named.

    Raises account_unknown where there is none and no `display_name` says to make one.
    """
    if not rules.can_create_accounts(actor):
        raise DomainError("forbidden")
    account = Account.objects.filter(username=name).first()
    if account is not None:
        return account
    person = Person.objects.filter(code=name).select_related("account").first()
    if person is not None:
        return account_of(person, at=at)
    if not display_name:
        raise DomainError("account_unknown", username=name)
    account = Account(username=name, display_name=display_name, date_joined=at)
    account.set_unusable_password()
    account.save()
    return account


def _demand_term(since: datetime, until: datetime | None, third_party: str) -> None:
    if until is not None and until <= since:
        raise DomainError("appointment_backwards")
    if third_party and until is None:
        raise DomainError("third_party_open_end", name=third_party)


def _demand_one_office(account: Account, role: str, at: datetime) -> None:
    """System, security and audit administrators exclude one another."""
    if role not in ADMINISTRATORS:
        return
    others = (
        Appointment.objects.filter(Q(until=None) | Q(until__gt=at), account=account)
        .filter(role__in=ADMINISTRATORS)
        .exclude(role=role)
    )
    other = others.first()
    if other is not None:
        raise DomainError(
            "administrators_exclude", held=Role(other.role).label, wanted=Role(role).label
        )
