"""What the page of one thing posts: boxes, files, or a spreadsheet; and what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.orders import columns, lists, selectors, services
from leitai.orders.enums import Standing, ThingKind
from leitai.orders.models import HandIn, Recipient, Thing
from leitai.orders.owners import HAND_IN_KIND, filled_owner
from leitai.orders.standings import Cell
from leitai.rulebook.model import Form, FormField
from leitai.seasons import filling
from leitai.seasons.filling import Box, Line
from leitai.seasons.selectors import rulebook_of

MOST_SHEET = 20 * 1024 * 1024
_EDITED = 40  # rows that a page still has boxes for; longer lists are mended in the spreadsheet


@dataclass(frozen=True, slots=True)
class FillPage:
    """One thing of one unit. `boxes` where it may be filled in now, else `lines` alone."""

    recipient: Recipient
    thing: Thing
    cell: Cell
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    problems: Mapping[str, str]
    versions: tuple[HandIn, ...]
    gathers: int
    owner: str
    kind: str = HAND_IN_KIND

    @property
    def may(self) -> bool:
        return self.cell.waits and self.recipient.signed_at is not None

    @property
    def is_list(self) -> bool:
        return self.thing.kind == ThingKind.LIST

    @property
    def long(self) -> bool:
        """A list with too many rows for boxes."""
        return self.is_list and self.may and not self.boxes

    @property
    def returned(self) -> bool:
        return self.cell.standing == Standing.RETURNED


def form_of(thing: Thing) -> Form:
    return columns.form_of(thing, rulebook_of(thing.order.season))


def list_columns(thing: Thing) -> tuple[FormField, ...]:
    """Raises DomainError("not_found") for what is no list."""
    if thing.kind != ThingKind.LIST:
        raise DomainError("not_found")
    return form_of(thing).fields[0].columns


def fill_page(
    viewer: Actor,
    recipient: Recipient,
    thing: Thing,
    *,
    checked: bool = False,
    now: datetime,
) -> FillPage:
    """`checked` says what is still wrong; a page opened anew does not scold."""
    form, page = form_of(thing), selectors.order_page(viewer, recipient, now=now)
    cell = next(one.cell for one in page.things if one.thing.pk == thing.pk)
    answers = selectors.draft_answers(recipient, thing)
    wrong = filling.problems(form, answers) if checked else {}
    rows = answers.get(columns.ROWS)
    short = not isinstance(rows, list) or len(rows) <= _EDITED
    return FillPage(
        recipient=recipient,
        thing=thing,
        cell=cell,
        boxes=tuple(filling.fields(form, answers, wrong)) if cell.waits and short else (),
        lines=tuple(filling.lines(form, answers, masked=False)),
        problems=wrong,
        versions=selectors.versions_of(recipient, thing),
        gathers=len(selectors.accepted_below(recipient, thing)) if page.passed else 0,
        owner=filled_owner(recipient, thing),
    )


def take(
    request: HttpRequest, actor: Actor, recipient: Recipient, thing: Thing, at: datetime
) -> None:
    """Keep what was posted as the draft: the spreadsheet's rows, or the boxes with their files."""
    form, sheet = form_of(thing), request.FILES.get("sheet")
    if sheet is not None and thing.kind == ThingKind.LIST:
        data = sheet.read(MOST_SHEET + 1)
        answers = lists.read_list(form, data=data, name=sheet.name or "xlsx")
        services.keep_draft(actor=actor, recipient=recipient, thing=thing, answers=answers, at=at)
        return
    if request.POST.get("boxes") != "1":  # a long list has none: what was kept stays
        return
    standing = selectors.draft_answers(recipient, thing)
    post: Any = request.POST  # Django's own; the protocol asks for less than it is
    told = filling.read(form, post, standing=standing)
    # First the words: they stay even where a file is refused.
    services.keep_draft(actor=actor, recipient=recipient, thing=thing, answers=told, at=at)
    services.keep_draft(
        actor=actor,
        recipient=recipient,
        thing=thing,
        answers=told,
        take=lambda answers: filling.take_files(
            actor=actor,
            form=form,
            post=post,
            posted=request.FILES,  # type: ignore[arg-type]  # what Django uploads is what it asks for
            kind=HAND_IN_KIND,
            owner=filled_owner(recipient, thing),
            answers=answers,
            at=at,
        ),
        at=at,
    )
