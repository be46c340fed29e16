"""Reads of accounts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from leitai.base import sealing
from leitai.kernel.errors import DomainError
from leitai.people.enums import LoginKind
from leitai.people.models import Account, LoginName, Person, Personal
from leitai.people.numbers import mask, normalise

NAME_LIMIT: Final = 150  # what is longer is no name of ours


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name to sign in with, as the own page shows it."""

    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class OwnAccount:
    username: str
    display_name: str
    unit: str
    names: tuple[OwnName, ...]
    consent: str
    consent_at: datetime | None


def get_account(username: str) -> Account:
    try:
        return Account.objects.get(username=username)
    except Account.DoesNotExist:
        raise DomainError("account_unknown", username=username) from None


def get_account_by_id(account: int) -> Account:
    """The account of a record that must not be taken for another of the same name."""
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise DomainError("account_unknown", username=str(account))
    return found


def find_by_login(text: str) -> Account | None:
    """Whose name this is, of an account or a phone, ID or staff number; None for nobody's.

    What is one account's name and another's number is nobody's: whoever chose such a name would
    else stand in the other's way. The same questions are asked of every text, so that the time
    tells nothing.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or len(plain) > NAME_LIMIT or "\x00" in plain:
        return None
    cases = {plain, plain.lower(), plain.upper()}
    named = {one.username: one for one in Account.objects.filter(username__in=cases)}
    digests = {kind: sealing.digest(kind, normalise(kind, plain)) for kind in LoginKind.values}
    phone = account_of_phone(digests.pop(LoginKind.PHONE.value))
    rows = LoginName.objects.filter(digest__in=digests.values()).select_related("account")
    meant = [named[plain]] if plain in named else list(named.values())
    found = {one.pk: one for one in (*meant, *(row.account for row in rows), phone) if one}
    return next(iter(found.values())) if len(found) == 1 else None


def account_of_phone(digest: bytes) -> Account | None:
    """Of the one person in service with this phone, else of the one who left.

    While two share a phone it is nobody's; it is the other's again once one of them has changed.
    """
    held = Person.objects.filter(personal__phone_digest=digest).select_related("account")
    first = list(held.order_by(F("left_on").asc(nulls_first=True))[:2])
    if len(first) > 1 and (first[1].left_on is None or first[0].left_on is not None):
        return None
    return first[0].account if first else None


def own_account(account: Account) -> OwnAccount:
    """What somebody sees of the own account; numbers are masked."""
    person = Person.objects.filter(account=account).select_related("unit").first()
    kinds = set(LoginName.objects.filter(account=account).values_list("kind", flat=True))
    personal = Personal.objects.filter(person=person).first() if person else None
    kinds.discard(LoginKind.PHONE.value)  # as rows they are of an older house
    phone = bytes(personal.phone_digest or b"") if personal else b""
    if phone and account_of_phone(phone) == account:
        kinds.add(LoginKind.PHONE.value)
    names = tuple(
        OwnName(str(kind.label), _masked(personal, kind)) for kind in LoginKind if kind in kinds
    )
    return OwnAccount(
        account.username,
        account.display_name,
        person.unit.name if person else "",
        names,
        account.consent,
        account.consent_at,
    )


def _masked(personal: Personal | None, kind: LoginKind) -> str:
    sealed = getattr(personal, kind.value, "") if personal else ""
    if not personal or not sealed:
        return ""
    place = f"person:{personal.person_id}:{kind.value}"
    return mask(kind.value, sealing.open_sealed(sealed, place=place))
