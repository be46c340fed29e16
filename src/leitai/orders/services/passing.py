"""A unit passes an order on to its own units, and gathers what they handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.orders import columns, rules
from leitai.orders.enums import ThingKind
from leitai.orders.models import Draft, HandIn, Order, Recipient, Thing
from leitai.orders.sealed import answers_of
from leitai.orders.selectors.boards import deadlines_of
from leitai.orders.selectors.hand_ins import accepted_below
from leitai.orders.services.choosing import MOST
from leitai.orders.services.common import demand_sent, lock_recipient
from leitai.orders.services.handing import Answers, keep_draft
from leitai.rulebook import numbers
from leitai.rulebook.model import Form
from leitai.seasons.selectors import host_path, rulebook_of
from leitai.units.enums import UnitKind, UnitState
from leitai.units.models import Unit

GATHERED = (ThingKind.LIST, ThingKind.FIELDS, ThingKind.TEXT, ThingKind.FILE)


@transaction.atomic
def pass_on(*, actor: Actor, recipient: Recipient, at: datetime) -> Order:
    """A draft of the unit's own to the places (else the bodies) right below it, to be mended.

    Raises DomainError: forbidden, orders_pass_on_twice, orders_pass_on_nobody.
    """
    held = lock_recipient(recipient)
    order, unit = held.order, held.unit
    if not rules.can_issue(actor, order.season.code, host_path(order.season), unit.path):
        raise DomainError("forbidden")
    demand_sent(order)
    if order.passed_on.filter(issuer=unit).exists():
        raise DomainError("orders_pass_on_twice", name=unit.name)
    below = list(_right_below(unit))
    if not below:
        raise DomainError("orders_pass_on_nobody", name=unit.name)
    made = Order.objects.create(
        season=order.season,
        issuer=unit,
        above=order,
        title=order.title,
        text=order.text,
        template=order.template,
        made_by=actor.account,
        made_name=actor.name,
        made_at=at,
    )
    _copy_things(made, held)
    Recipient.objects.bulk_create(
        Recipient(order=made, unit=one, name=one.name, position=place)
        for place, one in enumerate(below, start=1)
    )
    return made


def _right_below(unit: Unit) -> Sequence[Unit]:
    children = unit.children.filter(state=UnitState.OPEN).order_by("path")
    places = list(children.filter(kind=UnitKind.PLACE)[:MOST])
    return places or list(children[:MOST])


def _copy_things(made: Order, recipient: Recipient) -> None:
    deadlines = deadlines_of([recipient.order_id])
    Thing.objects.bulk_create(
        [
            Thing(
                order=made,
                above=one,
                position=one.position,
                title=one.title,
                kind=one.kind,
                form=one.form,
                columns=one.columns,
                hint=one.hint,
                required=one.required,
                record=one.record,
                due_at=deadlines.of(recipient, one),
            )
            for one in recipient.order.things.all()
        ]
    )


@transaction.atomic
def gather(*, actor: Actor, recipient: Recipient, thing: Thing, at: datetime) -> Draft:
    """Fill the unit's draft with what its units handed in and it accepted.

    Lists are joined, numbers summed, texts set one under the other, files taken along.
    Raises DomainError: orders_gather_form, orders_gather_none.
    """
    if thing.kind not in GATHERED:
        raise DomainError("orders_gather_form", title=thing.title)
    parts = accepted_below(recipient, thing)
    if not parts:
        raise DomainError("orders_gather_none")
    law = rulebook_of(thing.order.season)
    into = columns.form_of(thing, law)
    told = [(one, _renamed(one, answers_of(one), into)) for one in parts]
    return keep_draft(
        actor=actor, recipient=recipient, thing=thing, answers=_joined(thing, into, told), at=at
    )


def _renamed(part: HandIn, answers: Answers, into: Form) -> Answers:
    """Columns by their titles: the unit may have changed them when it passed the order on."""
    thing = part.thing
    if thing.kind not in (ThingKind.LIST, ThingKind.FIELDS):
        return answers
    own = {field.id: field.title for field in columns.read(thing.columns)}
    fields = into.fields[0].columns if thing.kind == ThingKind.LIST else into.fields
    wanted = {field.title: field.id for field in fields}

    def renamed(row: Mapping[str, object]) -> Answers:
        titled = {own[key]: value for key, value in row.items() if key in own}
        return {wanted[title]: value for title, value in titled.items() if title in wanted}

    if thing.kind == ThingKind.FIELDS:
        return renamed(answers)
    rows = answers.get(columns.ROWS)
    return {columns.ROWS: [renamed(row) for row in rows] if isinstance(rows, list) else []}


def _joined(thing: Thing, into: Form, told: Sequence[tuple[HandIn, Answers]]) -> Answers:
    if thing.kind == ThingKind.TEXT:
        texts = [f"【{one.recipient.name}】\n{said.get(columns.TEXT, '')}" for one, said in told]
        return {columns.TEXT: "\n\n".join(texts)}
    if thing.kind == ThingKind.FIELDS:
        return _summed(into, [said for _one, said in told])
    key = columns.ROWS if thing.kind == ThingKind.LIST else columns.FILES
    found: list[object] = []
    for _one, said in told:
        given = said.get(key)
        found += given if isinstance(given, list) else []
    return {key: found}


def _summed(into: Form, told: Sequence[Answers]) -> Answers:
    """Numbers exactly; of other boxes what all say alike, else everything that was said."""
    found: Answers = {}
    for field in into.fields:
        given = [said[field.id] for said in told if said.get(field.id)]
        if field.kind == "number":
            found[field.id] = _sum([str(one) for one in given])
        elif field.kind == "long-text" and given:
            found[field.id] = "\n".join(str(one) for one in given)
        elif field.kind == "text" and given:
            found[field.id] = listed(dict.fromkeys(str(one) for one in given))
    return {key: value for key, value in found.items() if value}


def _sum(texts: Sequence[str]) -> str:
    total = sum((numbers.parse(text) for text in texts), Fraction(0))
    return numbers.show(total) if texts else ""
