"""The page on which a draft is written: its forms, its attachments, whom it is for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.forms import refuse
from leitai.files import services as files
from leitai.files.selectors import list_files
from leitai.kernel.errors import DomainError
from leitai.orders import selectors, services
from leitai.orders.forms import HeadForm, LevelForm, SupplementForm, things_form
from leitai.orders.models import Order
from leitai.orders.owners import MOST, ORDER_KIND, owner_of
from leitai.seasons.selectors import host_path, rulebook_of

_FIELD = "uploads"
_SHOWN = 200  # recipients listed one by one


def page_of(
    request: HttpRequest,
    order: Order,
    *,
    head: HeadForm | None = None,
    things: Any = None,
    refused: DomainError | None = None,
) -> dict[str, object]:
    words = request.GET.get("q", "")
    chosen = selectors.recipients_of(order)
    return {
        "order": order,
        "head": head or HeadForm.of(order),
        "things": things or things_form(order, rulebook_of(order.season)),
        "files": list_files(owner_of(order)),
        "owner": owner_of(order),
        "kind": ORDER_KIND,
        "chosen": chosen[:_SHOWN],
        "chosen_count": len(chosen),
        "alone": selectors.list_unattended(order, chosen),
        "level": LevelForm(),
        "by_delegations": order.issuer.path == host_path(order.season),
        "words": words,
        "found": selectors.find_units(order, words),
        "refusal": text_of(refused) if refused else "",
    }


def take(
    request: HttpRequest, actor: Actor, order: Order, *, at: datetime
) -> dict[str, object] | None:
    """Save what was posted; what the page has to show again where something is wrong."""
    law = rulebook_of(order.season)
    head, things = HeadForm(request.POST), things_form(order, law, request.POST)
    if head.is_valid() and things.is_valid():
        try:
            _save(request, actor, order, head, things, at)
        except DomainError as error:
            refuse(head, error)
        else:
            return None
    return page_of(request, order, head=head, things=things)


@transaction.atomic
def _save(
    request: HttpRequest, actor: Actor, order: Order, head: HeadForm, things: Any, at: datetime
) -> None:
    """Words, things and attachments: all of it or nothing."""
    services.edit_order(actor=actor, order=order, head=head.wanted(), things=things.wanted(), at=at)
    services.drop_attachments(actor=actor, order=order, files=request.POST.getlist("drop"))
    _attach(request, actor, order, at=at, beside=len(list_files(owner_of(order))))


def _attach(
    request: HttpRequest, actor: Actor, order: Order, *, at: datetime, beside: int = 0
) -> list[int]:
    """The files that came along, by their ids; `beside` those that are there already."""
    owner = owner_of(order)
    tokens, plain = request.POST.getlist(_FIELD), request.FILES.getlist(f"{_FIELD}_file")
    if len(tokens) + len(plain) + beside > MOST:
        raise DomainError("orders_files_many", limit=MOST)
    ready = files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=ORDER_KIND,
        owner=owner,
        tokens=tokens,
        plain=plain,  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )
    return [
        files.attach(actor=actor, upload=token, kind=ORDER_KIND, owner=owner, at=at).pk
        for token in ready
    ]


def choose(request: HttpRequest, actor: Actor, order: Order) -> int | None:
    """How many recipients were added; None where some were taken away."""
    asked = request.POST
    if "remove" in asked:
        one = int(asked["remove"]) if asked["remove"].isdecimal() else None
        services.remove_recipients(actor=actor, order=order, recipient=one)
        return None
    if asked.get("group") == "delegations":
        return services.add_delegations(actor=actor, order=order)
    if asked.get("unit"):
        return services.add_unit(actor=actor, order=order, code=asked["unit"][:32])
    return services.add_level(
        actor=actor, order=order, level=asked.get("level", ""), kind=asked.get("kind", "")
    )


def supplement(
    request: HttpRequest, actor: Actor, order: Order, *, at: datetime
) -> SupplementForm | None:
    """The form to show (again); None where the supplement went out."""
    data = request.POST if request.method == "POST" else None
    titled: dict[str, object] = {
        "title": _("关于“%(title)s”的补充通知") % {"title": order.title[:90]}
    }
    if "above" in request.GET:  # the deadlines that moved above, to be taken over or made earlier
        titled |= {f"due_{one.thing.pk}": one.above for one in selectors.upper_moves(order)}
    things = list(order.things.order_by("position"))
    form = SupplementForm(things, selectors.recipients_of(order), data, initial=titled)
    if not form.is_valid():
        return form
    try:
        services.supplement_order(
            actor=actor,
            order=order,
            words=form.words(),
            moves=form.moves(),
            attach=lambda: _attach(request, actor, order, at=at),
            at=at,
        )
    except DomainError as error:
        refuse(form, error)
        return form
    return None
