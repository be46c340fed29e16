"""From a paper slip to an own password, in two steps: whose it is, then the password.

Doors are knocked at outside the transactions: a refused try still counts.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import privacy, selectors, throttling
from leitai.people.enums import SlipPurpose
from leitai.people.models import Account, Person, Slip
from leitai.people.selectors.slips import Found
from leitai.people.services.accounts import (
    USERNAME_LIMIT,
    cases_of,
    demand_own_username,
    demand_password,
    is_number_of_other,
    sync_login_names,
)
from leitai.people.services.chain import CHAIN
from leitai.people.services.guarding import (
    demand_plain,
    demand_still_within,
    has_signed_in_before,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """`username` "" = one is made; `consent` is the version of the notice agreed to, or ""."""

    password: str
    username: str = ""
    consent: str = ""


def open_slip(*, code: str, peer: str, at: datetime) -> Found:
    """Whose slip a code is; wrong ones use up the address's tries."""
    throttling.CODE_PEER.check(peer, at=at)
    try:
        return selectors.find_slip(code, at=at)
    except DomainError:
        with suppress(DomainError):  # the last one is still answered
            throttling.CODE_PEER.knock(peer, at=at)
        raise


def name_oneself(*, slip: int, name: str, tail: str, peer: str, at: datetime) -> Found:
    """Who of a unit's slip somebody is, by name and the last six of the ID number."""
    who = f"{slip}:{selectors.plain_name(name)}"
    throttling.CODE_PEER.check(peer, at=at)
    throttling.CODE_NAME.knock(who, at=at)
    _demand_tries_left(who, at)
    try:
        found = selectors.find_of_unit(slip, name=name, tail=tail, at=at)
    except DomainError:
        with suppress(DomainError):
            throttling.CODE_PEER.knock(peer, at=at)
        with suppress(DomainError):
            throttling.CODE_LIFE.knock(who, at=at)
        raise
    throttling.CODE_NAME.forget(who)
    return found


def _demand_tries_left(who: str, at: datetime) -> None:
    """Six places of a number could be guessed in the days that a unit's slip is good."""
    try:
        throttling.CODE_LIFE.check(who, at=at)
    except DomainError:
        raise DomainError("slip_name_spent") from None


@transaction.atomic
def activate(*, slip: int, person: int, choice: Choice, at: datetime) -> Account:
    """Use the slip: the account of the person has this password from now on.

    Raises what `selectors.find_slip` raises of a slip that was used meanwhile, slip_done,
    slip_guarded, slip_outgrown, account_taken, account_name_form, password_refused,
    consent_missing.
    """
    held = Slip.objects.select_for_update().get(pk=slip)
    selectors.demand_open(held, at=at)
    someone = _lock(person)
    if held.person_id is None:
        demand_unused(held, someone, at=at)
    elif held.person_id != someone.pk:
        raise DomainError("slip_unknown")
    else:
        demand_still_within(held, someone, at=at)
    account = someone.account or Account(
        display_name=someone.name, username=_free_name(someone), date_joined=at
    )
    _demand_choice(choice, account, someone)
    if choice.username:
        account.username = choice.username
    if account.consent != privacy.VERSION:
        account.consent, account.consent_at = choice.consent, at
    account.set_password(choice.password)
    account.save()
    if someone.account_id is None:
        someone.account = account
        someone.save(update_fields=["account"])
    sync_login_names(account, someone)
    _close(held, someone, at)
    _record(held, account, someone, at)
    return account


def demand_unused(slip: Slip, person: Person, *, at: datetime) -> None:
    """A unit's slip opens each account once, and none that has duties elsewhere."""
    if person.unit_id != slip.unit_id:
        raise DomainError("slip_nobody")
    if has_signed_in_before(person) or selectors.was_activated(person):
        raise DomainError("slip_done", name=person.name)
    if person.account_id is not None:
        demand_plain(person, at=at)


def _lock(person: int) -> Person:
    rows = Person.objects.select_for_update(of=("self",)).select_related("account", "unit")
    return rows.get(pk=person)


def _demand_choice(choice: Choice, account: Account, person: Person) -> None:
    if choice.username and choice.username != account.username:
        demand_own_username(choice.username, person)
    if privacy.VERSION not in (account.consent, choice.consent):
        raise DomainError("consent_missing")
    demand_password(choice.password, account=account if account.pk else None, person=person)


def _free_name(person: Person) -> str:
    """The person's code as a login name; with a number behind it where somebody has it."""
    code = person.code.lower()
    for number in range(1000):
        name = code if not number else f"{code}-{number}"
        taken = Account.objects.filter(username__in=cases_of(name)).exists()
        if not taken and len(name) <= USERNAME_LIMIT and not is_number_of_other(name, person):
            return name
    raise DomainError("account_taken", username=person.code)


def _close(slip: Slip, person: Person, at: datetime) -> None:
    if slip.person_id is not None:
        slip.used_at = at
        slip.save(update_fields=["used_at"])
    others = Slip.objects.filter(person=person, used_at=None, withdrawn_at=None)
    others.exclude(pk=slip.pk).update(withdrawn_at=at)


def _record(slip: Slip, account: Account, person: Person, at: datetime) -> None:
    reset = slip.purpose == SlipPurpose.RESET
    ledger.append(
        chain=CHAIN,
        actor=Actor(str(account.pk), account.display_name, person.code),
        act="password.renewed" if reset else "account.activated",
        subject=f"account:{account.pk}",
        data={
            "person": person.code,
            "unit_slip": slip.person_id is None,
            "consent": account.consent,
        },
        at=at,
    )
