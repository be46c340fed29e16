"""An order before it is sent: from a template or empty, its words, its things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.files.models import StoredFile
from leitai.files.services import remove_files
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.orders import columns, rules
from leitai.orders.blanks import Blank, BlankThing, get_blank
from leitai.orders.enums import ThingKind
from leitai.orders.models import Order, Thing
from leitai.orders.owners import ORDER_KIND, owner_of
from leitai.orders.selectors.upper import limits_above
from leitai.orders.services.common import demand_draft, demand_issuer, lock_order
from leitai.rulebook.model import Rulebook
from leitai.seasons.models import Season
from leitai.seasons.selectors import host_path, rulebook_of
from leitai.seasons.services import demand_unclosed
from leitai.units.models import Unit

MOST_THINGS = 20
_CLOSES = time(18)  # a template's days end with the office's day


@dataclass(frozen=True, slots=True)
class Head:
    """What the notice says."""

    title: str
    text: str = ""
    number: str = ""
    sign_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewThing:
    """One thing of the draft; `pk` is that of the thing it was before, if any."""

    title: str
    kind: str
    form: str = ""
    columns: str = ""
    hint: str = ""
    required: bool = True
    due_at: datetime | None = None
    pk: int | None = None
    record: bool = False


@transaction.atomic
def create_order(
    *, actor: Actor, season: Season, issuer: Unit, template: str = "", at: datetime
) -> Order:
    """A draft of that unit. Raises DomainError: forbidden, orders_template_unknown."""
    if not rules.can_issue(actor, season.code, host_path(season), issuer.path):
        raise DomainError("forbidden")
    demand_unclosed(season)
    blank, law = get_blank(template) if template else None, rulebook_of(season)
    order = Order.objects.create(
        season=season,
        issuer=issuer,
        number=blank.number if blank else "",
        title=_filled(blank.heading, law) if blank else "",
        text=_filled(blank.text, law) if blank else "",
        template=template,
        sign_by=_end(blank.sign_days, at) if blank else None,
        made_by=actor.account,
        made_name=actor.name,
        made_at=at,
    )
    if blank:
        Thing.objects.bulk_create(_things(order, blank, law, at))
    return order


def _things(order: Order, blank: Blank, law: Rulebook, at: datetime) -> list[Thing]:
    return [
        Thing(
            order=order,
            position=position,
            hint=one.hint,
            required=one.required,
            record=one.record,
            due_at=_end(one.days, at),
            **_made_of(one, law),
        )
        for position, one in enumerate(blank.things, start=1)
    ]


def _made_of(one: BlankThing, law: Rulebook) -> dict[str, str]:
    """The rulebook's own form of that purpose, where it has one; else what the template says."""
    for key, form in law.forms.items():
        if one.form_purpose and form.purpose == one.form_purpose:
            return {"title": form.title, "kind": ThingKind.FORM, "form": key}
    return {"title": one.title, "kind": one.kind, "columns": one.columns}


def _filled(text: str, law: Rulebook) -> str:
    words = {
        "{host}": law.host.name if law.host else "",
        "{season}": law.title,
        "{year}": str(law.year),
    }
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _end(days: int | None, at: datetime) -> datetime | None:
    if days is None:
        return None
    day = at.astimezone(SHANGHAI).date() + timedelta(days=days)
    return datetime.combine(day, _CLOSES, tzinfo=SHANGHAI)


@transaction.atomic
def edit_order(
    *, actor: Actor, order: Order, head: Head, things: Sequence[NewThing], at: datetime
) -> Order:
    """Everything anew; raises Problems for all that is wrong at once."""
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_draft(held)
    problems = list(_wrong(held, head, things, at))
    if problems:
        raise Problems(problems)
    held.title, held.text = head.title.strip(), head.text.strip()
    held.number, held.sign_by = head.number.strip(), head.sign_by
    held.save(update_fields=["title", "text", "number", "sign_by"])
    _replace_things(held, things)
    return held


def _replace_things(order: Order, things: Sequence[NewThing]) -> None:
    """What a thing answers above stays with it."""
    above = dict(order.things.values_list("pk", "above_id"))
    order.things.all().delete()
    Thing.objects.bulk_create(
        [
            Thing(
                order=order,
                position=position,
                title=one.title.strip(),
                kind=one.kind,
                form=one.form if one.kind == ThingKind.FORM else "",
                columns=one.columns.strip() if one.kind in _WITH_COLUMNS else "",
                hint=one.hint.strip(),
                required=one.required,
                record=one.record,
                due_at=one.due_at,
                above_id=above.get(one.pk) if one.pk else None,
            )
            for position, one in enumerate(things, start=1)
        ]
    )


_WITH_COLUMNS = (ThingKind.FIELDS, ThingKind.LIST)


def _wrong(order: Order, head: Head, things: Sequence[NewThing], at: datetime) -> list[Problem]:
    found = []
    if not head.title.strip():
        found.append(Problem("title", "orders_title_empty"))
    if head.sign_by is not None and head.sign_by <= at:
        found.append(Problem("sign_by", "orders_due_past", {"title": _("签收")}))
    if len(things) > MOST_THINGS:
        found.append(Problem("", "orders_things_many", {"limit": MOST_THINGS}))
    limits = limits_above(order)
    law = rulebook_of(order.season)
    for number, one in enumerate(things, start=1):
        found += _wrong_thing(number, one, law, limits, at)
    return found


def _wrong_thing(
    number: int, one: NewThing, law: Rulebook, limits: dict[int, datetime], at: datetime
) -> list[Problem]:
    if not one.title.strip():
        return [Problem("", "orders_thing_title", {"number": number})]
    place, found = one.title.strip(), []
    if one.kind == ThingKind.FORM and one.form not in law.forms:
        found.append(Problem(place, "orders_form_missing", {"title": place}))
    if one.kind in _WITH_COLUMNS:
        found += _wrong_columns(place, one.columns)
    if one.due_at is not None and one.due_at <= at:
        found.append(Problem(place, "orders_due_past", {"title": place}))
    limit = limits.get(one.pk) if one.pk else None
    if limit is not None and (one.due_at is None or one.due_at > limit):
        shown = limit.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
        found.append(Problem(place, "orders_due_after_above", {"title": place, "limit": shown}))
    return found


def _wrong_columns(place: str, text: str) -> list[Problem]:
    if not text.strip():
        return [Problem(place, "orders_columns_empty", {"title": place})]
    try:
        columns.read(text)
    except Problems as wrong:
        return [Problem(place, one.code, one.data) for one in wrong.problems]
    except DomainError as wrong:
        return [Problem(place, wrong.code, wrong.data)]
    return []


@transaction.atomic
def drop_order(*, actor: Actor, order: Order) -> None:
    """A draft that nobody has seen yet."""
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_draft(held)
    remove_files(owner=owner_of(held), kind=ORDER_KIND)
    held.delete()


@transaction.atomic
def drop_attachments(*, actor: Actor, order: Order, files: Sequence[str]) -> None:
    """Files of a draft, by their ids; the content goes with the next sweep."""
    held = lock_order(order)
    demand_issuer(actor, held)
    demand_draft(held)
    chosen = [int(one) for one in files if one.isdecimal()]
    StoredFile.objects.filter(owner=owner_of(held), pk__in=chosen).delete()
