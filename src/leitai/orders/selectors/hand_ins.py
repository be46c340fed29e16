"""What was handed in: one version with its seals open, its history, what units below gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.orders import columns, rules
from leitai.orders.enums import HandInState
from leitai.orders.models import Draft, HandIn, Order, Recipient, Thing
from leitai.orders.sealed import answers_of
from leitai.orders.selectors.orders import issuers_above
from leitai.seasons import filling
from leitai.seasons.filling import Line
from leitai.seasons.selectors import host_path, is_closed, rulebook_of


@dataclass(frozen=True, slots=True)
class Opened:
    """`may_decide`: the viewer acts for the issuer, and this is the newest version."""

    hand_in: HandIn
    lines: tuple[Line, ...]
    versions: tuple[HandIn, ...]
    parts: tuple[HandIn, ...]
    decides: bool
    may_accept: bool
    may_return: bool
    own: bool

    @property
    def thing(self) -> Thing:
        return self.hand_in.thing

    @property
    def order(self) -> Order:
        return self.hand_in.thing.order


def get_hand_in_for(viewer: Actor, season: str, number: int) -> HandIn:
    """For the unit itself and whoever it goes to, up to the host."""
    found = (
        HandIn.objects.select_related(
            "thing__order__issuer",
            "thing__order__season__host",
            "thing__order__season__rulebook",
            "recipient__unit",
        )
        .filter(pk=number, thing__order__season__code=season)
        .first()
    )
    if found is None:
        raise DomainError("forbidden" if not viewer.appointments else "not_found")
    order = found.thing.order
    if not rules.can_read_hand_in(viewer, season, issuers_above(order), found.recipient.unit.path):
        raise DomainError("forbidden")
    return found


def open_hand_in(viewer: Actor, hand_in: HandIn) -> Opened:
    """Everything in it; personal numbers are masked for those who only look."""
    order = hand_in.thing.order
    code = order.season.code
    decides = rules.can_issue(viewer, code, host_path(order.season), order.issuer.path)
    mine = rules.can_act_for(viewer, code, hand_in.recipient.unit.path)
    form = columns.form_of(hand_in.thing, rulebook_of(order.season))
    lines = filling.lines(form, answers_of(hand_in), masked=not (decides or mine))
    others = hand_in.newest and decides and hand_in.by != viewer.account
    others = others and not is_closed(order.season)
    return Opened(
        hand_in=hand_in,
        lines=tuple(lines),
        versions=versions_of(hand_in.recipient, hand_in.thing),
        parts=tuple(
            hand_in.parts.select_related("recipient").defer("content").order_by("recipient")
        ),
        decides=rules.can_read_orders(viewer, code, order.issuer.path),
        may_accept=others and hand_in.state == HandInState.HANDED_IN,
        may_return=others and hand_in.state != HandInState.RETURNED,
        own=decides and hand_in.by == viewer.account,
    )


def draft_answers(recipient: Recipient, thing: Thing) -> dict[str, object]:
    """What is being filled in; else the last version, which was returned; else nothing."""
    draft = Draft.objects.filter(recipient=recipient, thing=thing).first()
    if draft is not None:
        return answers_of(draft)
    last = HandIn.objects.filter(recipient=recipient, thing=thing, newest=True).first()
    return answers_of(last) if last else {}


def accepted_below(recipient: Recipient, thing: Thing) -> list[HandIn]:
    """What the unit's own units handed in for it and the unit accepted, in their order."""
    rows = HandIn.objects.filter(
        thing__above=thing,
        thing__order__issuer=recipient.unit_id,
        newest=True,
        state=HandInState.ACCEPTED,
    )
    return list(rows.select_related("recipient", "thing").order_by("recipient__position"))


def versions_of(recipient: Recipient, thing: Thing) -> tuple[HandIn, ...]:
    """The newest first, without what they hold."""
    rows = HandIn.objects.filter(recipient=recipient, thing=thing).defer("content")
    return tuple(rows.order_by("-version"))


def newest_of(thing: Thing) -> Sequence[HandIn]:
    """Of every unit the newest version that was not returned, in the order's order."""
    rows = HandIn.objects.filter(thing=thing, newest=True)
    rows = rows.exclude(state=HandInState.RETURNED).select_related("recipient")
    return list(rows.order_by("recipient__position", "recipient"))
