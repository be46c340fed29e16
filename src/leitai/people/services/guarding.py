"""Whose account somebody may open anew, or tie to other numbers: nobody's whose duties are beyond
what they could give themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import rules, selectors
from leitai.people.enums import ADMINISTRATORS, BULK_HOLDERS, Role
from leitai.people.models import Account, Appointment, Person, Slip
from leitai.units.rules import is_house

# Those who look after a unit: one of them may help the other in again.
_CARERS: Final = (Role.UNIT_MANAGER, Role.TEAM_LEADER)


def has_signed_in_before(person: Person) -> bool:
    """An account may stand ready before its holder has a password."""
    return person.account is not None and person.account.has_usable_password()


def demand_within(actor: Actor, person: Person, *, at: datetime) -> None:
    """Raises where the person holds bulk data, serves beyond the actor's subtrees, or holds there
    what the actor could not give.

    The security administrator is let in everywhere but to other administrators: who could open
    the account of who watches them would be all three at once.
    """
    code = "" if is_house(actor) else _why_not(actor, _duties(person, at))
    if code:
        raise DomainError(code, name=person.name)


def demand_numbers_within(actor: Actor, person: Person, *, at: datetime) -> None:
    """As above, where numbers change that somebody signs in with; one's own may always."""
    if actor.person and actor.person == person.code:
        return
    if not is_house(actor) and _why_not(actor, _duties(person, at)):
        raise DomainError("numbers_guarded", name=person.name)


def demand_plain(person: Person, *, at: datetime) -> None:
    """A unit's slip opens no account that has duties outside this very unit, or more than its
    care.
    """
    for role, path, _season in _duties(person, at):
        if role not in _CARERS or not path.startswith(person.unit.path):
            raise DomainError("slip_guarded", name=person.name)


def demand_still_within(slip: Slip, person: Person, *, at: datetime) -> None:
    """A slip opens what its issuer may open today: its holder may have got duties meanwhile."""
    duties = _duties(person, at)
    if not duties or is_house(Actor(slip.issued_by, "")):
        return
    issuer = Account.objects.filter(pk=slip.issued_by).first() if slip.issued_by.isdigit() else None
    if issuer is None or _why_not(selectors.actor_of(issuer, at=at), duties):
        raise DomainError("slip_outgrown", name=person.name)


_Duty = tuple[str, str, str]  # role, path, season


def _why_not(actor: Actor, duties: list[_Duty]) -> str:
    """The code of what forbids it; "" for nothing."""
    roles = {role for role, _path, _season in duties}
    if roles & set(ADMINISTRATORS):
        return "reset_administrator"
    if rules.can_reset_anybody(actor):
        return ""
    if roles & set(BULK_HOLDERS):
        return "reset_bulk"
    if not all(path.startswith(rules.keeper_paths(actor)) for _role, path, _season in duties):
        return "reset_beyond"
    return "" if all(_reaches(actor, *duty) for duty in duties) else "reset_higher"


def _reaches(actor: Actor, role: str, path: str, season: str) -> bool:
    """Whoever could give the duty; of carers also one another, a manager only of the season."""
    if rules.can_appoint(actor, role, path, season):
        return True
    return role in _CARERS and any(
        held.role in rules.KEEPERS
        and path.startswith(held.unit_path)
        and (held.role != Role.UNIT_MANAGER or held.season in ("", season))
        for held in actor.appointments
    )


def _duties(person: Person, at: datetime) -> list[_Duty]:
    """Those of today and those to come."""
    if person.account_id is None:
        return []
    held = Appointment.objects.filter(Q(until=None) | Q(until__gt=at), account_id=person.account_id)
    return list(held.values_list("role", "unit__path", "scope"))
