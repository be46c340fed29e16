"""Personal numbers: sealed beside their digests, read singly with a reason, erased in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from leitai.base import events, sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import numbers, rules
from leitai.people.events import PersonalErased
from leitai.people.models import Account, Person, Personal
from leitai.people.services.accounts import sync_login_names
from leitai.people.services.chain import CHAIN
from leitai.units.rules import is_house

FIELDS: Final = ("id_number", "phone", "staff_number", "bank_account", "bank_name")
DIGESTS: Final = {
    "id_number": "id_digest",
    "phone": "phone_digest",
    "staff_number": "staff_digest",
}
UNIQUE: Final = ("id_number", "staff_number")
REASON_LIMIT: Final = 200
PARSERS: Final = {
    "id_number": numbers.parse_id_number,
    "phone": numbers.parse_phone,
    "staff_number": numbers.parse_staff_number,
    "bank_account": numbers.parse_bank_account,
    "bank_name": numbers.parse_bank_name,
}


def place_of(person: int, field: str) -> str:
    return f"person:{person}:{field}"


@transaction.atomic
def set_personal(
    person: Person,
    *,
    id_number: str | None = None,
    phone: str | None = None,
    staff_number: str | None = None,
    bank_account: str | None = None,
    bank_name: str | None = None,
    actor: Actor | None = None,
) -> Personal:
    """Keep the numbers that are given; None leaves one as it is, "" takes it away.

    Raises Problems with every number that cannot be right or is somebody else's. Of somebody else
    only an `actor` who may see them hears who and where.
    """
    given = {
        field: text
        for field, text in zip(
            FIELDS, (id_number, phone, staff_number, bank_account, bank_name), strict=True
        )
        if text is not None
    }
    parsed = parse_numbers(given)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    personal = Personal.objects.filter(person=person).first() or Personal(person=person)
    taken = list(_taken(personal, parsed, actor))
    if taken:
        raise Problems(taken)
    write_numbers(personal, parsed)
    personal.save()
    person.personal = personal
    if person.account_id is not None:
        sync_logins([person.account_id])
    return personal


def parse_numbers(given: Mapping[str, str]) -> dict[str, Any]:
    """Each in its one form; raises Problems, placed by field."""
    parsed, problems = {}, []
    for field, text in given.items():
        try:
            parsed[field] = PARSERS[field](text) if text.strip() else ""
        except DomainError as error:
            problems.append(Problem(label_of(field), error.code, error.data))
    if problems:
        raise Problems(problems)
    return parsed


def label_of(field: str) -> str:
    return str(Personal.LABELS[field])


def write_numbers(personal: Personal, parsed: dict[str, str]) -> None:
    """Seal and digest parsed numbers into an unsaved or saved row of a saved person."""
    for field, number in parsed.items():
        sealed = sealing.seal(number, place=place_of(personal.person_id, field))
        setattr(personal, field, sealed)
        if field in DIGESTS:
            found = sealing.digest(field, number) if number else None
            setattr(personal, DIGESTS[field], found)
    if "id_number" in parsed:
        number = parsed["id_number"]
        tail = sealing.digest("id_tail", numbers.tail_of(number)) if number else None
        birth = sealing.digest("birth", numbers.birth_text(number)) if number else None
        personal.id_tail, personal.birth_digest = tail, birth
        personal.erased_at = None if number else personal.erased_at


def _taken(personal: Personal, parsed: dict[str, str], actor: Actor | None) -> Iterable[Problem]:
    for field in UNIQUE:
        number = parsed.get(field)
        if not number:
            continue
        holder = (
            Person.objects.filter(**{f"personal__{DIGESTS[field]}": sealing.digest(field, number)})
            .exclude(pk=personal.person_id)
            .select_related("unit")
            .first()
        )
        if holder is not None:
            yield taken_problem(field, holder, actor)


def taken_problem(field: str, holder: Person, actor: Actor | None) -> Problem:
    """Names the holder only to who may see them; either way the mend is a transfer."""
    if actor is not None and rules.can_see_people(actor, holder.unit.path):
        told = {"unit": holder.unit.name, "name": holder.name}
        return Problem(label_of(field), "personal_taken", told)
    return Problem(label_of(field), "personal_taken_elsewhere")


@transaction.atomic
def reveal(*, actor: Actor, person: Person, field: str, reason: str, at: datetime) -> str:
    """One number of one person in full, to who keeps the roster, with a reason, on the record."""
    if not rules.can_reveal(actor, person.unit.path):
        raise DomainError("forbidden")
    if field not in FIELDS:
        raise DomainError("not_found")
    why = reason.strip()
    if not why or len(why) > REASON_LIMIT:
        raise DomainError("reveal_reason", limit=REASON_LIMIT)
    personal = Personal.objects.filter(person=person).first()
    sealed = getattr(personal, field) if personal else ""
    if not sealed:
        raise DomainError("personal_empty", field=label_of(field))
    number = sealing.open_sealed(sealed, place=place_of(person.pk, field))
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="personal.revealed",
        subject=f"person:{person.code}",
        data={"field": field, "reason": why, "unit": person.unit.name},
        at=at,
    )
    return number


@transaction.atomic
def erase_personal(
    *, actor: Actor, people: Collection[int], why: str, at: datetime, chain: str = CHAIN
) -> int:
    """Erase ID and bank data of these people (by id); of those who left, phone and staff number.

    The house does it by its rule of retention. `why` is a word for the record, e.g. a season.
    """
    if not is_house(actor):
        raise DomainError("forbidden")
    kept = Personal.objects.filter(person_id__in=list(people))
    held = kept.exclude(id_number="", id_digest=None, id_tail=None, bank_account="", bank_name="")
    left = kept.filter(person__left_on__isnull=False).exclude(phone="", staff_number="")
    ids = set(held.values_list("person_id", flat=True)) | set(
        left.values_list("person_id", flat=True)
    )
    if not ids:
        return 0
    blank = {
        "id_number": "",
        "id_digest": None,
        "id_tail": None,
        "birth_digest": None,
        "bank_account": "",
        "bank_name": "",
    }
    gone = {"phone": "", "phone_digest": None, "staff_number": "", "staff_digest": None}
    left.filter(person_id__in=ids).update(**gone)
    kept.filter(person_id__in=ids).update(**blank, erased_at=at)
    accounts = Person.objects.filter(pk__in=ids, account__isnull=False)
    sync_logins(accounts.values_list("account_id", flat=True))
    events.publish(PersonalErased(tuple(sorted(ids)), at))
    ledger.append(
        chain=chain,
        actor=actor,
        act="personal.erased",
        subject=f"people:{len(ids)}",
        data={"count": len(ids), "why": why},
        at=at,
    )
    return len(ids)


def sync_logins(accounts: Iterable[int | None]) -> None:
    """The names to sign in with follow the numbers; sign-in keeps them."""
    found = Account.objects.filter(pk__in=[pk for pk in accounts if pk]).select_related("person")
    for account in found:
        sync_login_names(account, account.person)
