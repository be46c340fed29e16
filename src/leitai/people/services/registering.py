"""People registered all or none, from committees and files of entries."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.kernel.ids import CODE_BYTES, admission_code
from leitai.ledger import services as ledger
from leitai.people import numbers, rules, selectors
from leitai.people.enums import Guest, Staffing, Window
from leitai.people.models import Account, Person, Personal, Posting
from leitai.people.numbers import NAME_LIMIT
from leitai.people.services import personal as private
from leitai.people.services.chain import CHAIN
from leitai.units import selectors as units
from leitai.units.models import Unit

CODE_LIMIT = 32
TEXT_LIMIT = 40
CODE_LETTERS = 12  # 60 random bits
CHOICES: Final = {
    "guest": (Guest, Person.guest.field.verbose_name),
    "window": (Window, Person.window.field.verbose_name),
    "staffing": (Staffing, Person.staffing.field.verbose_name),
}
TEXTS: Final = {"line": Person.line.field.verbose_name, "post": Person.post.field.verbose_name}
_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be registered: `unit` and `account` by code and login name."""

    code: str
    name: str
    unit: str
    account: str = ""
    guest: str = ""
    window: str = ""
    staffing: str = ""
    line: str = ""
    post: str = ""
    since: date | None = None
    id_number: str = ""
    phone: str = ""
    staff_number: str = ""

    @property
    def given(self) -> dict[str, str]:
        """The personal numbers that are there."""
        texts = {
            "id_number": self.id_number,
            "phone": self.phone,
            "staff_number": self.staff_number,
        }
        return {field: text for field, text in texts.items() if text.strip()}


def new_code() -> str:
    """An opaque code for somebody who brings none."""
    return admission_code(os.urandom(CODE_BYTES))[:CODE_LETTERS]


def local_day(at: datetime) -> date:
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def create_person(*, actor: Actor, person: NewPerson, at: datetime) -> Person:
    """Register one person; see `create_people`."""
    return create_people(actor=actor, people=[person], at=at)[0]


@transaction.atomic
def register(
    *, actor: Actor, person: NewPerson, bank_account: str, at: datetime, bank_name: str = ""
) -> Person:
    """One person as a form has them; see `create_people`."""
    if person.guest and (person.window or person.staffing):
        raise DomainError("person_guest_place")
    if person.since is not None and person.since > local_day(at):
        raise DomainError("posting_day_ahead")
    made = create_person(actor=actor, person=person, at=at)
    if bank_account or bank_name:
        private.set_personal(made, bank_account=bank_account, bank_name=bank_name, actor=actor)
    return made


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
    people, problems = _tidied(people)
    problems += _wrong(people, known, accounts)
    problems += _taken([one for one in people if one.code not in known], actor)
    if problems:
        order = {one.code: place for place, one in reversed(list(enumerate(people)))}
        raise Problems(sorted(problems, key=lambda problem: order[problem.place]))
    for one in people:
        if one.code not in known:
            demand_open(homes[one.unit])
    new = insert(actor, [one for one in people if one.code not in known], homes, accounts, at)
    if new:
        _record_people(actor, new, at)
    made = known | {person.code: person for person in new}
    return [made[person.code] for person in people]


def demand_open(unit: Unit) -> None:
    """Nobody comes to a unit that is no more."""
    if not unit.is_open:
        raise DomainError("unit_closed", name=unit.name)


def insert(
    actor: Actor,
    people: Sequence[NewPerson],
    homes: Mapping[str, Unit],
    accounts: Mapping[str, Account],
    at: datetime,
) -> list[Person]:
    """Write tidied people with postings and numbers; nothing is asked and nothing recorded."""
    new = [
        Person(
            code=one.code,
            name=one.name,
            unit=homes[one.unit],
            account=accounts.get(one.account),
            guest=one.guest,
            window=one.window,
            staffing=one.staffing,
            line=one.line,
            post=one.post,
            since=one.since,
        )
        for one in people
    ]
    Person.objects.bulk_create(new)
    Posting.objects.bulk_create(
        posting_of(person, actor, person.since or local_day(at), at) for person in new
    )
    rows = []
    for person, one in zip(new, people, strict=True):
        if one.given:
            row = Personal(person=person)
            private.write_numbers(row, one.given)
            rows.append(row)
    Personal.objects.bulk_create(rows)
    private.sync_logins([row.person.account_id for row in rows])
    return new


def posting_of(person: Person, actor: Actor, since: date, at: datetime) -> Posting:
    """An open posting that says what the person's columns say."""
    return Posting(
        person=person,
        unit=person.unit,
        window=person.window,
        staffing=person.staffing,
        line=person.line,
        post=person.post,
        since=since,
        recorded_by=actor.account,
        recorded_at=at,
    )


def _tidied(people: Sequence[NewPerson]) -> tuple[list[NewPerson], list[Problem]]:
    tidy, problems = [], []
    for person in people:
        try:
            name = numbers.parse_name(person.name)
        except DomainError as error:
            # The older codes of this room name the person; theirs are the sentences people know.
            code = {"name_empty": "person_name_empty", "name_long": "person_name_long"}
            data = {"code": person.code, "limit": NAME_LIMIT}
            problems.append(Problem(person.code, code.get(error.code, error.code), data))
            name = person.name
        try:
            parsed = private.parse_numbers(person.given)
        except Problems as error:
            problems += [Problem(person.code, one.code, one.data) for one in error.problems]
            parsed = {}
        problems += _unfit(person)
        tidy.append(replace(person, name=name, **parsed))
    return tidy, problems


def _unfit(person: NewPerson) -> Iterator[Problem]:
    for field, (choices, label) in CHOICES.items():
        if getattr(person, field) not in ("", *choices.values):
            told = {"field": label, "known": "、".join(map(str, choices.labels))}
            yield Problem(person.code, "person_choice", told)
    for field, label in TEXTS.items():
        if len(getattr(person, field)) > TEXT_LIMIT:
            yield Problem(person.code, "person_text_long", {"field": label, "limit": TEXT_LIMIT})


def _wrong(
    people: Sequence[NewPerson], known: dict[str, Person], accounts: dict[str, Account]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for person in people:
        if len(person.code) > CODE_LIMIT or not _CODE.fullmatch(person.code):
            form = {"code": person.code, "limit": CODE_LIMIT}
            yield Problem(person.code, "person_code_form", form)
        if person.code in seen or not _same(person, known.get(person.code)):
            yield Problem(person.code, "person_code_twice", {"code": person.code})
        seen.add(person.code)
        if person.account:
            account = accounts.get(person.account)
            if account is None:
                yield Problem(person.code, "account_unknown", {"username": person.account})
            elif (holder := getattr(account, "person", None)) and holder.code != person.code:
                yield Problem(person.code, "person_account_taken", {"username": person.account})


def _taken(people: Sequence[NewPerson], actor: Actor) -> Iterator[Problem]:
    """Numbers that are somebody's already, or stand twice in the list."""
    for field in private.UNIQUE:
        wanted: dict[bytes, NewPerson] = {}
        for person in people:
            if field in person.given:
                found = sealing.digest(field, person.given[field])
                if found in wanted:
                    label = private.label_of(field)
                    yield Problem(person.code, "personal_twice", {"field": label})
                wanted[found] = person
        if not wanted:
            continue
        column = private.DIGESTS[field]
        holders = Personal.objects.filter(**{f"{column}__in": list(wanted)})
        for held in holders.select_related("person__unit"):
            one = private.taken_problem(field, held.person, actor)
            yield Problem(wanted[bytes(getattr(held, column))].code, one.code, one.data)


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
