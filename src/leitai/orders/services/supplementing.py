"""补充通知: a further notice on an order that went out, which may move its deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.words import clauses, listed
from leitai.design.moments import moment_text
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.orders.models import Order, Postponement, Recipient, Supplement, Thing
from leitai.orders.selectors.managers import everybody, managers_of
from leitai.orders.selectors.upper import limits_above
from leitai.orders.services.common import RECORD, demand_issuer, demand_sent, lock_order
from leitai.orders.services.telling import NAMED, tell_all
from leitai.orders.standings import Deadlines

Attach = Callable[[], Sequence[int]]  # attaches, and gives the files' ids


@dataclass(frozen=True, slots=True)
class Words:
    """What a supplement says."""

    title: str
    text: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """New deadlines: `things` by id, `sign_by` of the receipt; for these recipients, or for all."""

    things: Mapping[int, datetime] = field(default_factory=dict)
    sign_by: datetime | None = None
    recipients: tuple[int, ...] = ()


@transaction.atomic
def supplement_order(
    *, actor: Actor, order: Order, words: Words, moves: Moves, attach: Attach = tuple, at: datetime
) -> Supplement:
    """补充通知. What was due before stays readable with it; `attach` brings its files.

    Raises DomainError: orders_supplement_empty, orders_supplement_same, orders_due_past,
    orders_due_after_above.
    """
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_sent(held)
    if not words.title.strip():
        raise DomainError("orders_title_empty")
    made = Supplement.objects.create(
        order=held,
        number=words.number.strip(),
        title=words.title.strip(),
        text=words.text.strip(),
        by=actor.account,
        by_name=actor.name,
        at=at,
    )
    rows = list(_moved(held, made, moves, at))
    made.files = list(attach())
    made.save(update_fields=["files"])
    if not (rows or made.text or made.files):
        raise DomainError("orders_supplement_empty")
    Postponement.objects.bulk_create(rows)
    changes = _changes(rows)
    chosen = list(_concerned(held, moves))
    managers = managers_of(chosen, held, at=at)
    body = clauses(one for one in (made.text, changes) if one)
    nearest = min((one.after for one in rows), default=None)
    tell_all(held, everybody(managers, managers), made.title, body, at, nearest)
    _append(actor, made, changes, chosen if moves.recipients else [], at)
    return made


def _append(
    actor: Actor, made: Supplement, changes: str, units: Sequence[Recipient], at: datetime
) -> None:
    """`units` are those that it is for, where it is not for all."""
    ledger.append(
        chain=made.order.season.code,
        actor=actor,
        act="orders.supplemented",
        subject=f"order:{made.order_id}",
        data={
            "title": made.title,
            "number": made.number,
            "changes": changes or made.text[:200] or _attached(),
            "units": [one.name for one in units[:NAMED]],
        },
        at=at,
    )


def _attached() -> str:
    with translation.override(RECORD):
        return _("见附件")


def _concerned(order: Order, moves: Moves) -> Iterable[Recipient]:
    rows = order.recipients.select_related("unit")
    return rows.filter(pk__in=moves.recipients) if moves.recipients else rows


def _moved(order: Order, made: Supplement, moves: Moves, at: datetime) -> Iterable[Postponement]:
    before = Deadlines(
        Postponement.objects.filter(supplement__order=order).select_related("supplement")
    )
    things = {one.pk: one for one in order.things.all()}
    chosen: list[Recipient | None] = list(_concerned(order, moves)) if moves.recipients else [None]
    wanted: list[tuple[Thing | None, datetime]] = [
        (things[pk], due) for pk, due in moves.things.items() if pk in things
    ]
    if moves.sign_by is not None:
        wanted.append((None, moves.sign_by))
    limits = limits_above(order)
    for thing, due in wanted:
        title = thing.title if thing else _("签收")
        if due <= at:
            raise DomainError("orders_due_past", title=title)
        limit = limits.get(thing.pk) if thing else None
        if limit is not None and due > limit:
            shown = moment_text(limit, "full")
            raise DomainError("orders_due_after_above", title=title, limit=shown)
        for recipient in chosen:
            was = _was(before, order, thing, recipient)
            if was == due:
                raise DomainError("orders_supplement_same", title=title)
            yield Postponement(
                supplement=made, thing=thing, recipient=recipient, before=was, after=due
            )


def _was(
    before: Deadlines, order: Order, thing: Thing | None, recipient: Recipient | None
) -> datetime | None:
    first = thing.due_at if thing else order.sign_by
    if recipient is None:
        return before.for_all(order.pk, thing, first)
    return before.of(recipient, thing) if thing else before.of_receipt(recipient, first)


def _changes(rows: Sequence[Postponement]) -> str:
    """报送名单由6月10日延至6月15日; the units are named where it is not for all."""
    seen: dict[tuple[str, datetime | None, datetime], list[str]] = {}
    with translation.override(RECORD):
        for one in rows:
            title = one.thing.title if one.thing else _("签收")
            names = seen.setdefault((title, one.before, one.after), [])
            if one.recipient:
                names.append(one.recipient.name)
        return clauses(
            _("%(units)s“%(title)s”的期限由%(before)s调整为%(after)s")
            % {
                "units": listed(names),
                "title": title,
                "before": moment_text(before, "full") if before else _("未定"),
                "after": moment_text(after, "full"),
            }
            for (title, before, after), names in seen.items()
        )
