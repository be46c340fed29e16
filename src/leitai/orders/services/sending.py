"""An order goes out, is supplemented, reminded of, and closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import clauses, listed, remarked
from leitai.design.moments import moment_text
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.orders.enums import OrderState
from leitai.orders.events import OrderSent
from leitai.orders.models import Order, Recipient, Thing
from leitai.orders.selectors.boards import Board, board_of
from leitai.orders.selectors.managers import everybody, managers_of
from leitai.orders.services.common import (
    RECORD,
    demand_draft,
    demand_issuer,
    demand_sent,
    lock_order,
)
from leitai.orders.services.telling import NAMED, tell_all
from leitai.seasons.enums import SeasonState

REMIND_AGAIN = timedelta(hours=20)  # once a day, whatever the hour of the day before


@transaction.atomic
def send_order(*, actor: Actor, order: Order, at: datetime) -> Order:
    """To its recipients; their managers are told. Raises Problems for what is still missing."""
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_draft(held)
    if held.season.state == SeasonState.DRAFT:
        raise DomainError("orders_season_draft")
    recipients = list(held.recipients.select_related("unit"))
    things = list(held.things.all())
    _demand_ready(held, recipients, things, at)
    held.state, held.sent_at, held.sent_name = OrderState.SENT, at, actor.name
    held.save(update_fields=["state", "sent_at", "sent_name"])
    managers = managers_of(recipients, held, at=at)
    tell_all(held, everybody(managers, managers), held.title, _told(held, things), at, held.sign_by)
    events.publish(OrderSent(held.season.code, held.pk, held.template, at))
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="orders.sent",
        subject=f"order:{held.pk}",
        data={
            "title": held.title,
            "number": held.number,
            "issuer": held.issuer.name,
            "count": len(recipients),
            "units": [one.name for one in recipients[:NAMED]],
            "things": [one.title for one in things],
        },
        at=at,
    )
    return held


def _demand_ready(
    order: Order, recipients: Sequence[Recipient], things: Iterable[Thing], at: datetime
) -> None:
    problems = [] if order.title else [Problem("", "orders_title_empty")]
    if not recipients:
        problems.append(Problem("", "orders_nobody"))
    dues = [(_("签收"), order.sign_by), *((one.title, one.due_at) for one in things)]
    problems += [
        Problem("", "orders_due_past", {"title": title})
        for title, due in dues
        if due is not None and due <= at
    ]
    if problems:
        raise Problems(problems)


def _told(order: Order, things: Sequence[Thing]) -> str:
    """What the message says: from whom, and what to do by when."""
    with translation.override(RECORD):
        parts = [_("%(issuer)s下发通知，请签收") % {"issuer": order.issuer.name}]
        for one in things:
            part = _("报送%(thing)s") % {"thing": one.title}
            if one.due_at is not None:
                part = remarked(part, _("%(at)s前") % {"at": moment_text(one.due_at, "full")})
            parts.append(part)
        return clauses(parts) + "。"


@transaction.atomic
def remind_order(*, actor: Actor, order: Order, at: datetime) -> int:
    """Tell everybody who has not acted; how many units. Once a day for each unit.

    Raises DomainError: orders_nobody_missing, orders_reminded_today.
    """
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_sent(held)
    board = board_of(held, now=at)
    missing = [row.recipient for row in board.rows if row.waits]
    if not missing:
        raise DomainError("orders_nobody_missing")
    due = [
        one for one in missing if one.reminded_at is None or one.reminded_at <= at - REMIND_AGAIN
    ]
    if not due:
        raise DomainError("orders_reminded_today")
    managers = managers_of(due, held, at=at)
    with translation.override(RECORD):
        title = _("催办：%(title)s") % {"title": held.title}
        body = _missing_words(board)
    tell_all(held, everybody(managers, managers), title, body, at, board.nearest(at))
    Recipient.objects.filter(pk__in=[one.pk for one in due]).update(
        reminders=F("reminders") + 1, reminded_at=at
    )
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="orders.reminded",
        subject=f"order:{held.pk}",
        data={
            "title": held.title,
            "count": len(due),
            "units": [one.name for one in due[:NAMED]],
        },
        at=at,
    )
    return len(due)


def _missing_words(board: Board) -> str:
    """Which things still wait for whom; the reader's own page says what of it is the own unit's."""
    waiting = [
        thing.title
        for place, thing in enumerate(board.things)
        if thing.required and any(row.cells[place].waits for row in board.rows)
    ]
    unsigned = any(row.receipt.waits for row in board.rows)
    parts = [_("请尽快签收")] if unsigned else []
    if waiting:
        parts.append(_("请尽快报送%(things)s") % {"things": listed(waiting)})
    return clauses(parts) + "。"


@transaction.atomic
def close_order(*, actor: Actor, order: Order, at: datetime) -> Order:
    """办结: nothing is signed or handed in any more, and nobody is late with it."""
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_sent(held)
    held.state, held.closed_at = OrderState.CLOSED, at
    held.save(update_fields=["state", "closed_at"])
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="orders.closed",
        subject=f"order:{held.pk}",
        data={"title": held.title},
        at=at,
    )
    return held
