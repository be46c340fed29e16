"""Writes of accounts, people and appointments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import rules, selectors
from leitai.people.enums import Role
from leitai.people.models import Account, Appointment, Person
from leitai.units import selectors as units
from leitai.units.models import Unit

CODE_LIMIT = 32
NAME_LIMIT = 50
USERNAME_LIMIT = 64
PASSWORD_LEAST = 8
CHAIN = "house"  # accounts and people belong to no season
_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
_USERNAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be registered: `unit` and `account` by code and login name."""

    code: str
    name: str
    unit: str
    account: str = ""


@transaction.atomic
def create_account(
    *, actor: Actor, username: str, password: str, display_name: str, at: datetime
) -> Account:
    """Make an account that can sign in; raises DomainError for a taken or malformed name."""
    if not rules.can_create_accounts(actor):
        raise DomainError("forbidden")
    if len(username) > USERNAME_LIMIT or not _USERNAME.fullmatch(username):
        raise DomainError("account_name_form", username=username, limit=USERNAME_LIMIT)
    if len(password) < PASSWORD_LEAST:
        raise DomainError("password_weak", least=PASSWORD_LEAST)
    if Account.objects.filter(username=username).exists():
        raise DomainError("account_taken", username=username)
    account = Account.objects.create_user(
        username=username, password=password, display_name=display_name, date_joined=at
    )
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="account.created",
        subject=f"account:{account.pk}",
        data={"username": username},
        at=at,
    )
    return account


def create_person(*, actor: Actor, person: NewPerson, at: datetime) -> Person:
    """Register one person; see `create_people`."""
    return create_people(actor=actor, people=[person], at=at)[0]


@transaction.atomic
def create_people(*, actor: Actor, people: Sequence[NewPerson], at: datetime) -> list[Person]:
    """Register people all or none, in the order given; the same people again change nothing.

    Raises Problems with every bad one, or DomainError("forbidden") when a unit is another's.
    """
    homes = units.units_by_code({person.unit for person in people})
    if not all(rules.can_register_people(actor, unit.path) for unit in homes.values()):
        raise DomainError("forbidden")
    known = selectors.people_by_code([person.code for person in people])
    accounts = {
        account.username: account
        for account in Account.objects.filter(
            username__in={person.account for person in people if person.account}
        ).select_related("person")
    }
    problems = list(_wrong(people, known, accounts))
    if problems:
        raise Problems(problems)
    new = [
        Person(
            code=person.code,
            name=person.name,
            unit=homes[person.unit],
            account=accounts.get(person.account),
        )
        for person in people
        if person.code not in known
    ]
    Person.objects.bulk_create(new)
    if new:
        _record_people(actor, new, at)
    made = known | {person.code: person for person in new}
    return [made[person.code] for person in people]


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
) -> Appointment:
    """Give an account a role over a subtree, in one season or ("") in all; again = a new term."""
    if not rules.can_appoint(actor, unit.path, season):
        raise DomainError("forbidden")
    if role not in Role.values:
        raise DomainError("role_unknown", role=role)
    if until is not None and until <= since:
        raise DomainError("appointment_backwards")
    appointment, _made = Appointment.objects.update_or_create(
        account=account,
        role=role,
        unit=unit,
        scope=season,
        defaults={"since": since, "until": until},
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
        },
        at=at,
    )
    return appointment


def _wrong(
    people: Sequence[NewPerson], known: dict[str, Person], accounts: dict[str, Account]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for person in people:
        yield from _malformed(person)
        if person.code in seen or not _same(person, known.get(person.code)):
            yield Problem(person.code, "person_code_twice", {"code": person.code})
        seen.add(person.code)
        if person.account:
            account = accounts.get(person.account)
            if account is None:
                yield Problem(person.code, "account_unknown", {"username": person.account})
            elif (holder := getattr(account, "person", None)) and holder.code != person.code:
                yield Problem(person.code, "person_account_taken", {"username": person.account})


def _malformed(person: NewPerson) -> Iterator[Problem]:
    if len(person.code) > CODE_LIMIT or not _CODE.fullmatch(person.code):
        form = {"code": person.code, "limit": CODE_LIMIT}
        yield Problem(person.code, "person_code_form", form)
    if not person.name.strip():
        yield Problem(person.code, "person_name_empty", {"code": person.code})
    if len(person.name) > NAME_LIMIT:
        long = {"code": person.code, "limit": NAME_LIMIT}
        yield Problem(person.code, "person_name_long", long)


def _same(person: NewPerson, known: Person | None) -> bool:
    if known is None:
        return True
    account = known.account.username if known.account else ""
    same_account = person.account in ("", account)
    return same_account and (known.name, known.unit.code) == (person.name, person.unit)


def _record_people(actor: Actor, people: Sequence[Person], at: datetime) -> None:
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="people.registered",
        subject=f"people:{len(people)}",
        data={"codes": [person.code for person in people]},
        at=at,
    )
