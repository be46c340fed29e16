"""Accounts that can sign in, and the further names to sign in with."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import rules, throttling
from leitai.people.enums import LoginKind
from leitai.people.models import Account, LoginName, Person, Personal
from leitai.people.numbers import normalise
from leitai.people.passwords import for_person
from leitai.people.services.chain import CHAIN
from leitai.units.rules import is_house

USERNAME_LIMIT = 64
PASSWORD_LEAST = 8
_USERNAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*")
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
# A phone is no row of its own: it is looked up where it is registered (`account_of_phone`).
_DIGESTS = {
    LoginKind.ID_NUMBER: "id_digest",
    LoginKind.STAFF_NUMBER: "staff_digest",
}
_COLUMNS = _DIGESTS | {LoginKind.PHONE: "phone_digest"}


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    username: str,
    password: str,
    display_name: str,
    at: datetime,
    consent: str = "",
) -> Account:
    """Make an account that can sign in; raises DomainError for a taken or malformed name.

    `consent` is the version of the privacy notice that its holder has agreed to, "" for none yet.
    """
    if not rules.can_create_accounts(actor):
        raise DomainError("forbidden")
    demand_username(username)
    if len(password) < PASSWORD_LEAST:
        raise DomainError("password_weak", least=PASSWORD_LEAST)
    account = Account.objects.create_user(
        username=username,
        password=password,
        display_name=display_name,
        date_joined=at,
        consent=consent,
        consent_at=at if consent else None,
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


def demand_username(username: str) -> None:
    """Raises DomainError for a malformed name, or one that somebody has, in whatever case."""
    if len(username) > USERNAME_LIMIT or not _USERNAME.fullmatch(username):
        raise DomainError("account_name_form", username=username, limit=USERNAME_LIMIT)
    if Account.objects.filter(username__in=cases_of(username)).exists():
        raise DomainError("account_taken", username=username)


def demand_own_username(username: str, person: Person) -> None:
    """As above for one chosen by its holder: it must not pass for another's number.

    That a number is somebody's is said as of any name that is taken.
    """
    demand_username(username)
    id_like = _ID_NUMBER.fullmatch(normalise(LoginKind.ID_NUMBER, username))
    if normalise(LoginKind.PHONE, username).isdigit() or id_like:
        raise DomainError("account_name_number")
    if is_number_of_other(username, person):
        raise DomainError("account_taken", username=username)


def is_number_of_other(name: str, person: Person) -> bool:
    """Whether somebody else has this phone, ID or staff number, however it is typed."""
    wanted = Q()
    for kind in LoginKind:
        digest = sealing.digest(kind.value, normalise(kind.value, name))
        wanted |= Q(**{_COLUMNS[kind]: digest})
    return Personal.objects.filter(wanted).exclude(person=person).exists()


def cases_of(username: str) -> list[str]:
    return list({username, username.lower(), username.upper()})


def demand_password(password: str, *, account: Account | None, person: Person | None) -> None:
    """Raises DomainError with what the validators say of a password for this holder."""
    judged = account or (for_person(person, "") if person else None)
    try:
        validate_password(password, judged)
    except ValidationError as refused:
        raise DomainError("password_refused", why="".join(refused.messages)) from None


@transaction.atomic
def set_password(*, actor: Actor, account: Account, password: str, at: datetime) -> None:
    """A new password given at the machine: administrators have no manager above them."""
    if not is_house(actor):
        raise DomainError("forbidden")
    demand_password(password, account=account, person=None)
    account.set_password(password)
    account.save(update_fields=["password"])
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="password.set",
        subject=f"account:{account.pk}",
        data={"username": account.username},
        at=at,
    )


def end_other_sessions(*, account: Account, password: str, peer: str, at: datetime) -> None:
    """Sessions carry a digest of the kept password: kept anew, with new salt, it ends them all.

    The page that asked keeps its own. Wrong tries count as those at the door.
    """
    throttling.begin_sign_in(account.username, peer, account=account.pk, at=at)
    right = account.check_password(password)
    throttling.end_sign_in(account.username, peer, account=account.pk, right=right, at=at)
    if not right:
        raise DomainError("password_wrong")
    account.set_password(password)
    account.save(update_fields=["password"])


def end_sessions(account: Account, *, at: datetime) -> int:
    """End every session of an account whose password stays; the number ended.

    Sessions do not stand by account: all that are open are looked through, which is rare.
    """
    whose = str(account.pk)
    open_ = Session.objects.filter(expire_date__gt=at)
    ended = [
        session.pk
        for session in open_.iterator(chunk_size=1000)
        if session.get_decoded().get(SESSION_KEY) == whose
    ]
    Session.objects.filter(pk__in=ended).delete()
    return len(ended)


@transaction.atomic
def sync_login_names(account: Account, person: Person) -> None:
    """The person's ID and staff number become names to sign in with."""
    personal = Personal.objects.filter(person=person).first()
    wanted = _wanted(personal) if personal else {}
    LoginName.objects.filter(digest__in=wanted.values()).exclude(account=account).delete()
    held = {name.kind: name for name in LoginName.objects.filter(account=account)}
    for kind, name in held.items():
        if LoginKind(kind) not in wanted:
            name.delete()
    for kind, digest in wanted.items():
        LoginName.objects.update_or_create(account=account, kind=kind, defaults={"digest": digest})


def _wanted(personal: Personal) -> dict[LoginKind, bytes]:
    found = {kind: getattr(personal, column) for kind, column in _DIGESTS.items()}
    return {kind: bytes(digest) for kind, digest in found.items() if digest}
