"""What a unit does with an order: sign for it, fill in, hand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.orders import columns, rules
from leitai.orders.enums import HandInState, ThingKind
from leitai.orders.events import OrderHandedIn
from leitai.orders.models import Draft, HandIn, Recipient, Thing
from leitai.orders.sealed import answers_of, keep_answers
from leitai.orders.selectors.boards import deadlines_of
from leitai.orders.selectors.hand_ins import accepted_below
from leitai.orders.services.common import demand_sent, lock_recipient
from leitai.seasons import filling
from leitai.seasons.selectors import rulebook_of

Answers = dict[str, object]


@transaction.atomic
def sign_order(*, actor: Actor, recipient: Recipient, at: datetime) -> Recipient:
    """签收: once; who came first stands."""
    held = _begin(actor, recipient)
    if held.signed_at is not None:
        return held
    held.signed_at, held.signed_by, held.signed_name = at, actor.account, actor.name
    held.save(update_fields=["signed_at", "signed_by", "signed_name"])
    ledger.append(
        chain=held.order.season.code,
        actor=actor,
        act="orders.signed",
        subject=f"order:{held.order_id}",
        data={"unit": held.name, "code": held.unit.code, "title": held.order.title},
        at=at,
    )
    return held


@transaction.atomic
def keep_draft(
    *,
    actor: Actor,
    recipient: Recipient,
    thing: Thing,
    answers: Mapping[str, object],
    take: Callable[[Answers], Answers] = dict,
    at: datetime,
) -> Draft:
    """What was filled in so far, right or wrong; `take` joins the files that came along.

    Raises DomainError: orders_not_signed, orders_waiting, orders_already_accepted.
    """
    held = _begin(actor, recipient)
    demand_open(held, thing)
    draft, _made = Draft.objects.select_for_update().get_or_create(
        recipient=held, thing=thing, defaults={"by": actor.account, "at": at}
    )
    draft.by, draft.at = actor.account, at
    keep_answers(draft, take(dict(answers)))
    draft.save(update_fields=["by", "at", "content"])
    return draft


@transaction.atomic
def hand_in(*, actor: Actor, recipient: Recipient, thing: Thing, at: datetime) -> HandIn:
    """The draft becomes the next version, if nothing is wrong in it (`problems_of` says what)."""
    held = _begin(actor, recipient)
    demand_open(held, thing)
    draft = Draft.objects.select_for_update().filter(recipient=held, thing=thing).first()
    answers = answers_of(draft) if draft else {}
    if draft is None or not answers:
        raise DomainError("orders_handed_in_empty")
    if problems_of(thing, answers):
        raise DomainError("orders_hand_in_wrong", title=thing.title)
    made = _version(actor, held, thing, answers, at)
    draft.delete()
    season = held.order.season.code
    events.publish(
        OrderHandedIn(season, held.order_id, thing.pk, held.unit.code, made.pk, made.version, at)
    )
    ledger.append(
        chain=season,
        actor=actor,
        act="orders.handed_in",
        subject=f"order:{held.order_id}",
        data={
            "unit": held.name,
            "code": held.unit.code,
            "thing": thing.title,
            "version": made.version,
            "late": made.late,
            "rows": made.rows,
        },
        at=at,
    )
    return made


def problems_of(thing: Thing, answers: Mapping[str, object]) -> dict[str, str]:
    """By the field's id the sentence that the page shows."""
    return filling.problems(columns.form_of(thing, rulebook_of(thing.order.season)), answers)


def demand_open(recipient: Recipient, thing: Thing) -> None:
    """Whether the unit may hand it in now (again)."""
    if thing.order_id != recipient.order_id:
        raise DomainError("orders_thing_unknown")
    if recipient.signed_at is None:
        raise DomainError("orders_not_signed")
    newest = HandIn.objects.filter(recipient=recipient, thing=thing, newest=True).first()
    if newest is not None and newest.state == HandInState.ACCEPTED:
        raise DomainError("orders_already_accepted", title=thing.title)
    if newest is not None and newest.state == HandInState.HANDED_IN:
        raise DomainError("orders_waiting", title=thing.title)


def _begin(actor: Actor, recipient: Recipient) -> Recipient:
    held = lock_recipient(recipient)
    if not rules.can_act_for(actor, held.order.season.code, held.unit.path):
        raise DomainError("forbidden")
    demand_sent(held.order)
    return held


def _version(
    actor: Actor, recipient: Recipient, thing: Thing, answers: Answers, at: datetime
) -> HandIn:
    before = HandIn.objects.filter(recipient=recipient, thing=thing, newest=True)
    last = before.first()
    due = deadlines_of([recipient.order_id]).of(recipient, thing)
    if last is not None and last.mend_by is not None:
        due = last.mend_by
    before.update(newest=False)
    made = HandIn.objects.create(
        thing=thing,
        recipient=recipient,
        version=last.version + 1 if last else 1,
        rows=_rows_of(thing, answers),
        late=due is not None and at > due,
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    keep_answers(made, answers)
    made.save(update_fields=["content"])
    made.parts.set(accepted_below(recipient, thing))
    return made


def _rows_of(thing: Thing, answers: Answers) -> int:
    rows = answers.get(columns.ROWS)
    return len(rows) if thing.kind == ThingKind.LIST and isinstance(rows, list) else 0
