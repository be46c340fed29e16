"""One person registered twice becomes one: what hung on the second record hangs on the first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from leitai.base import events, sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.models import LedgerEntry
from leitai.people import rules
from leitai.people.events import PeopleMerging
from leitai.people.models import (
    Account,
    Appointment,
    LoginName,
    Pass,
    Person,
    Personal,
    Posting,
)
from leitai.people.services import personal as private
from leitai.people.services.chain import CHAIN
from leitai.people.services.guarding import demand_numbers_within
from leitai.people.services.registering import local_day
from leitai.people.services.serving import close_posting, locked


@transaction.atomic
def merge_people(*, actor: Actor, kept: Person, gone: Person, at: datetime) -> Person:
    """Make `gone` part of `kept`; the actor keeps both units. Upper rooms may refuse.

    Rosters confirmed before keep the code that they were confirmed with; the record says whose.
    """
    if not all(rules.can_keep_roster(actor, one.unit.path) for one in (kept, gone)):
        raise DomainError("forbidden")
    if kept.pk == gone.pk:
        raise DomainError("merge_same")
    first, second = sorted((kept, gone), key=lambda one: one.pk)  # both locked in one order
    held = {one.pk: locked(one) for one in (first, second)}
    kept, gone = held[kept.pk], held[gone.pk]
    for one in (kept, gone):
        _demand_within(actor, one, at)
    events.publish(PeopleMerging(gone.pk, kept.pk, actor, at))
    _join_accounts(kept, gone)
    _join_postings(kept, gone, at)
    _join_numbers(kept, gone)
    Pass.objects.filter(person=gone).update(person=kept)
    told = {"kept": kept.code, "gone": gone.code, "unit": kept.unit.name}
    gone.delete()
    private.sync_logins([kept.account_id])
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="people.merged",
        subject=f"person:{told['kept']}",
        data=told,
        at=at,
    )
    return kept


def _demand_within(actor: Actor, person: Person, at: datetime) -> None:
    """Merged, an account is signed in to by the numbers of the other record."""
    try:
        demand_numbers_within(actor, person, at=at)
    except DomainError:
        raise DomainError("merge_guarded", name=person.name, code=person.code) from None


def _join_accounts(kept: Person, gone: Person) -> None:
    """One account stays: the kept one's, or the other's if that is the only one or did more.

    What somebody was and did keeps them from other duties, and is known by the account.
    """
    account = gone.account
    if account is None:
        return
    if kept.account is not None:
        if not _has_history(account, gone):
            _shut(account)
            return
        if _has_history(kept.account, kept):
            raise DomainError("merge_accounts", name=gone.name)
        _shut(kept.account)
    gone.account = None
    gone.save(update_fields=["account"])
    kept.account = account
    kept.save(update_fields=["account"])


def _has_history(account: Account, person: Person) -> bool:
    """Any appointment, past ones too, or any act about more than oneself."""
    own = [f"account:{account.pk}", f"person:{person.code}"]
    return (
        Appointment.objects.filter(account=account).exists()
        or LedgerEntry.objects.filter(actor=str(account.pk)).exclude(subject__in=own).exists()
    )


def _shut(account: Account) -> None:
    LoginName.objects.filter(account=account).delete()
    account.is_active = False
    account.save(update_fields=["is_active"])


def _join_postings(kept: Person, gone: Person, at: datetime) -> None:
    """Where `gone` served stays known; from today on only `kept` serves."""
    today = local_day(at)
    open_posting = Posting.objects.filter(person=gone, until=None).first()
    if open_posting is not None:
        close_posting(gone, max(today, open_posting.since))
    Posting.objects.filter(person=gone).update(person=kept)


def _join_numbers(kept: Person, gone: Person) -> None:
    theirs = Personal.objects.filter(person=gone).first()
    if theirs is None:
        return
    mine = Personal.objects.filter(person=kept).first()
    numbers = {
        field: sealing.open_sealed(getattr(theirs, field), place=private.place_of(gone.pk, field))
        for field in private.FIELDS
        if getattr(theirs, field)
    }
    if mine and mine.id_digest and theirs.id_digest:
        raise DomainError("merge_ids_differ")  # the same one could not stand twice
    theirs.delete()
    missing: dict[str, Any] = {
        f: number for f, number in numbers.items() if not (mine and getattr(mine, f))
    }
    if missing:
        private.set_personal(kept, **missing)
