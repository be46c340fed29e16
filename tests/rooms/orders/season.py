"""An open season with the packaged tree, its office, and whoever acts for units below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from leitai import rulebook
from leitai.base.actor import Actor, AppointmentRef
from leitai.orders import selectors, services
from leitai.orders.models import Order, Recipient, Thing
from leitai.orders.services import Head, NewThing
from leitai.people.models import Account
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units import selectors as units
from leitai.units import services as delegating
from tests.factories import people as make
from tests.factories.results import TEXT
from tests.factories.units import HOUSE, load_packaged

AT = datetime(2022, 3, 16, 1, 0, tzinfo=UTC)  # 9:00 in the office
DAY = timedelta(days=1)
CODE = "small-contest"
CONTACT = """
forms:
  contact:
    title: 市级联络人员信息表
    purpose: contact
    per: delegation
    by: delegation
    fields:
      - id: contacts
        title: 联络人员
        kind: table
        required: true
        count: 5
        columns:
          - {id: name, title: 姓名, kind: person, required: true}
          - {id: mobile, title: 手机, kind: mobile, required: true}
      - {id: filled-by, title: 填表人, kind: person, required: true}
"""
OFFICE = make.actor("office", season=CODE, unit="51/", account="900007")


@dataclass(frozen=True, slots=True)
class Held:
    season: Season
    accounts: dict[str, Account]

    def actor(self, unit: str) -> Actor:
        """The manager of a unit, as that account signs in."""
        account = self.accounts[unit]
        path = units.get_unit(unit).path
        return Actor(
            str(account.pk), account.display_name, "", (AppointmentRef("unit_manager", path, CODE),)
        )


def open_season(*managed: str, forms: str = "") -> Held:
    """`managed` are the units that have a manager's account."""
    load_packaged()
    text = TEXT.replace("\nvisibility:", f"{forms}visibility:" if forms else "\nvisibility:")
    season = seasons.create_season(actor=HOUSE, rulebook=text, at=make.SINCE)
    law = rulebook.load(text)
    delegating.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=make.SINCE)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=make.SINCE)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE,
            season=season,
            name=name,
            opens_at=make.SINCE,
            closes_at=make.SINCE + timedelta(days=150),
            at=make.SINCE,
        )
    season = seasons.open_season(actor=OFFICE, season=season, at=make.SINCE)
    accounts = {
        unit: make.account(f"m{unit}", "unit_manager", unit=unit, season=CODE) for unit in managed
    }
    return Held(season, accounts)


def draft(held: Held, *things: NewThing, to: tuple[str, ...] = ("5101", "5103")) -> Order:
    order = services.create_order(
        actor=OFFICE, season=held.season, issuer=units.get_unit("51"), at=AT
    )
    services.edit_order(
        actor=OFFICE,
        order=order,
        head=Head("关于报送有关材料的通知", "请按时报送。", "川人社办〔2022〕5号", AT + 3 * DAY),
        things=things,
        at=AT,
    )
    for code in to:
        services.add_unit(actor=OFFICE, order=order, code=code)
    order.refresh_from_db()
    return order


def sent(held: Held, *things: NewThing, to: tuple[str, ...] = ("5101", "5103")) -> Order:
    return services.send_order(actor=OFFICE, order=draft(held, *things, to=to), at=AT)


def text_thing(days: int = 10, **more: object) -> NewThing:
    return NewThing("工作总结", "text", due_at=AT + days * DAY, **more)  # type: ignore[arg-type]


def recipient(order: Order, unit: str) -> Recipient:
    return order.recipients.get(unit__code=unit)


def thing(order: Order, place: int = 1) -> Thing:
    return selectors.get_thing(order, order.things.get(position=place).pk)


def signed(held: Held, order: Order, unit: str, at: datetime = AT + DAY) -> Recipient:
    return services.sign_order(actor=held.actor(unit), recipient=recipient(order, unit), at=at)


def hand_in(held: Held, order: Order, unit: str, answers: dict[str, object], at: datetime, place=1):
    """Filled in and handed in by the unit's manager."""
    actor, into, asked = held.actor(unit), recipient(order, unit), thing(order, place)
    services.keep_draft(actor=actor, recipient=into, thing=asked, answers=answers, at=at)
    return services.hand_in(actor=actor, recipient=into, thing=asked, at=at)


def standings(order: Order, now: datetime) -> dict[str, list[str]]:
    """By unit: the receipt, then each thing, as the words that people read."""
    board = selectors.board_of(order, now=now)
    return {
        row.recipient.unit.code: [row.receipt.words, *(cell.words for cell in row.cells)]
        for row in board.rows
    }
