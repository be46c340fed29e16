"""An order is drafted from a template, chosen recipients get it, deadlines move, it is closed."""

from datetime import UTC, datetime

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Delivery, Message
from leitai.orders import selectors, services
from leitai.orders.services import Head, Moves, NewThing, Words
from leitai.seasons.models import Season
from leitai.units import selectors as units
from tests.factories import people as make
from tests.rooms.orders.season import (
    AT,
    CODE,
    CONTACT,
    DAY,
    OFFICE,
    draft,
    hand_in,
    open_season,
    recipient,
    sent,
    signed,
    standings,
    text_thing,
    thing,
)

pytestmark = pytest.mark.django_db


def refused(call, **arguments):
    with pytest.raises(DomainError) as wrong:
        call(**arguments)
    problems = getattr(wrong.value, "problems", None)
    return [one.code for one in problems] if problems is not None else wrong.value.code


def test_a_template_fills_the_draft_and_its_deadlines():
    held = open_season()
    order = services.create_order(
        actor=OFFICE, season=held.season, issuer=units.get_unit("51"), template="selection", at=AT
    )
    assert order.title == "关于报送选拔赛成绩和参赛名单的通知"
    things = list(order.things.all())
    assert [(one.title, one.kind, one.required) for one in things] == [
        ("选拔赛成绩", "list", True),
        ("选拔情况说明", "text", True),
        ("公示证明材料", "file", False),
    ]
    # twenty days from 16 March, at six in the evening of Beijing
    assert things[0].due_at == datetime(2022, 4, 5, 10, 0, tzinfo=UTC)
    assert order.sign_by == datetime(2022, 3, 19, 10, 0, tzinfo=UTC)


def test_the_rulebooks_own_form_takes_the_templates_place():
    held = open_season(forms=CONTACT)
    order = services.create_order(
        actor=OFFICE, season=held.season, issuer=units.get_unit("51"), template="contacts", at=AT
    )
    assert order.text.startswith("请各单位明确专人负责2022年度窗口业务练兵比武的联络工作")
    only = order.things.get()
    assert (only.title, only.kind, only.form) == ("市级联络人员信息表", "form", "contact")


def test_recipients_by_delegations_by_level_and_one_by_one():
    held = open_season()
    order = services.create_order(
        actor=OFFICE, season=held.season, issuer=units.get_unit("51"), at=AT
    )
    assert services.add_delegations(actor=OFFICE, order=order) == 4
    assert services.add_unit(actor=OFFICE, order=order, code="5101") == 0  # it is there already
    assert services.add_level(actor=OFFICE, order=order, level="prefecture", kind="place") == 18
    names = [one.name for one in selectors.recipients_of(order)]
    assert (names[:4], len(names)) == (["成都市", "自贡市", "攀枝花市", "省本级"], 22)
    assert refused(services.add_unit, actor=OFFICE, order=order, code="51") == "orders_unit_outside"
    services.remove_recipients(actor=OFFICE, order=order)
    assert order.recipients.count() == 0


def test_a_draft_is_refused_for_all_its_faults_at_once():
    held = open_season()
    order = draft(held, to=())
    things = [
        NewThing("名单", "list", columns=""),
        NewThing("表", "form", form="nothing"),
        NewThing("总结", "file", due_at=AT),
        NewThing("清单", "list", columns="姓名\n姓名"),
    ]
    assert refused(
        services.edit_order, actor=OFFICE, order=order, head=Head(" "), things=things, at=AT
    ) == [
        "orders_title_empty",
        "orders_columns_empty",
        "orders_form_missing",
        "orders_due_past",
        "orders_column_twice",
    ]
    assert refused(services.send_order, actor=OFFICE, order=order, at=AT) == ["orders_nobody"]


def test_sending_tells_the_managers_once_and_is_recorded():
    held = open_season("5101", "5103")
    order = sent(held, text_thing())
    message = Message.objects.get(season=CODE)
    assert message.title == "关于报送有关材料的通知"
    assert message.body == "四川省下发通知，请签收；报送工作总结（3月26日（星期六）9:00前）。"
    assert message.link == f"/unit/{CODE}/orders/of/{order.pk}/"
    assert message.deadline == AT + 3 * DAY
    told = Delivery.objects.filter(message=message, channel="inbox")
    assert {one.account_id for one in told} == {one.pk for one in held.accounts.values()}
    entry = LedgerEntry.objects.filter(chain=CODE).order_by("-seq").first()
    assert entry.act == "orders.sent"
    assert refused(services.send_order, actor=OFFICE, order=order, at=AT) == "orders_not_draft"


def test_a_county_without_a_manager_is_told_through_its_city():
    held = open_season("5101")
    order = draft(held, to=("510104", "5103"))
    recipients = selectors.recipients_of(order)
    assert [one.name for one in selectors.list_unattended(order, recipients)] == ["自贡市"]
    services.send_order(actor=OFFICE, order=order, at=AT)
    told = Delivery.objects.get(message__season=CODE, channel="inbox")
    assert told.account_id == held.accounts["5101"].pk


def test_only_the_host_units_office_sends_for_the_host():
    held = open_season("5101")
    order = draft(held)
    city_office = make.actor("office", season=CODE, unit="51/5101/")
    for who in (held.actor("5101"), city_office, make.actor("office", season="other")):
        assert refused(services.send_order, actor=who, order=order, at=AT) == "forbidden"
    province_manager = make.actor("unit_manager", season=CODE, unit="51/")
    assert refused(services.send_order, actor=province_manager, order=order, at=AT) == "forbidden"


def test_a_supplement_moves_one_citys_deadline_and_keeps_the_old_one_readable():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=5))
    late = recipient(order, "5103")
    services.supplement_order(
        actor=OFFICE,
        order=order,
        words=Words("关于延长自贡市报送时间的补充通知"),
        moves=Moves(things={thing(order).pk: AT + 8 * DAY}, recipients=(late.pk,)),
        at=AT + 4 * DAY,
    )
    assert standings(order, AT + 6 * DAY) == {
        "5101": ["未签收（逾期）", "逾期"],
        "5103": ["未签收（逾期）", "未签收"],
    }
    assert standings(order, AT + 9 * DAY)["5103"] == ["未签收（逾期）", "逾期"]
    thing(order).refresh_from_db()
    assert thing(order).due_at == AT + 5 * DAY
    city, other = (
        selectors.supplements_of(order, recipient(order, one)) for one in ("5103", "5101")
    )
    move = city[0].moved[0]
    assert (move.before, move.after) == (AT + 5 * DAY, AT + 8 * DAY)
    assert other == ()
    told = Delivery.objects.filter(
        message__title="关于延长自贡市报送时间的补充通知", channel="inbox"
    )
    assert [one.account_id for one in told] == [held.accounts["5103"].pk]
    entry = LedgerEntry.objects.filter(chain=CODE).order_by("-seq").first()
    assert entry.act == "orders.supplemented"


def test_a_later_supplement_for_all_overrides_the_one_for_a_city():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=5))
    pk = thing(order).pk
    for days, recipients in ((8, (recipient(order, "5103").pk,)), (12, ())):
        services.supplement_order(
            actor=OFFICE,
            order=order,
            words=Words("补充通知"),
            moves=Moves(things={pk: AT + days * DAY}, recipients=recipients),
            at=AT + DAY,
        )
    board = selectors.board_of(order, now=AT + 2 * DAY)
    assert {row.cells[0].due for row in board.rows} == {AT + 12 * DAY}


def test_a_supplement_says_something_new():
    held = open_season()
    order = sent(held, text_thing(days=5))
    ask = {"actor": OFFICE, "order": order, "words": Words("补充通知"), "at": AT + DAY}
    same = Moves(things={thing(order).pk: AT + 5 * DAY})
    assert refused(services.supplement_order, moves=Moves(), **ask) == "orders_supplement_empty"
    assert refused(services.supplement_order, moves=same, **ask) == "orders_supplement_same"
    past = Moves(sign_by=AT)
    assert refused(services.supplement_order, moves=past, **ask) == "orders_due_past"


def test_a_reminder_reaches_those_who_have_not_acted_once_a_day():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(), NewThing("照片", "file", required=False))
    signed(held, order, "5101")
    hand_in(held, order, "5101", {"text": "已完成。"}, AT + DAY)
    now = AT + 2 * DAY
    assert services.remind_order(actor=OFFICE, order=order, at=now) == 1
    message = Message.objects.get(title="催办：关于报送有关材料的通知")
    assert message.body == "请尽快签收；请尽快报送工作总结。"
    told = Delivery.objects.filter(message=message, channel="inbox")
    assert [one.account_id for one in told] == [held.accounts["5103"].pk]
    assert recipient(order, "5103").reminders == 1
    again = {"actor": OFFICE, "order": order}
    assert refused(services.remind_order, at=now + DAY / 2, **again) == "orders_reminded_today"
    assert services.remind_order(at=now + DAY, **again) == 1
    signed(held, order, "5103")
    hand_in(held, order, "5103", {"text": "已完成。"}, AT + 3 * DAY)
    assert refused(services.remind_order, at=AT + 5 * DAY, **again) == "orders_nobody_missing"


def test_a_closed_order_takes_nothing_more_and_stands_as_it_stood():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=5))
    signed(held, order, "5101")
    services.close_order(actor=OFFICE, order=order, at=AT + 2 * DAY)
    order.refresh_from_db()
    wrong = refused(
        services.sign_order,
        actor=held.actor("5103"),
        recipient=recipient(order, "5103"),
        at=AT + 3 * DAY,
    )
    assert wrong == "orders_closed"
    assert standings(order, AT + 30 * DAY) == {
        "5101": ["已签收", "已签收"],
        "5103": ["未签收", "未签收"],
    }


def test_a_season_in_preparation_sends_nothing():
    held = open_season()
    order = draft(held)
    held.season.state = "draft"
    held.season.save(update_fields=["state"])
    assert refused(services.send_order, actor=OFFICE, order=order, at=AT) == "orders_season_draft"


def test_a_sent_order_is_neither_changed_nor_dropped():
    held = open_season()
    order = sent(held)
    head = {"actor": OFFICE, "order": order}
    assert refused(services.drop_order, **head) == "orders_not_draft"
    assert refused(services.add_delegations, **head) == "orders_not_draft"
    with pytest.raises(DomainError):
        services.edit_order(head=Head("别的"), things=[], at=AT, **head)
    assert issubclass(Problems, DomainError)


def test_a_closed_season_takes_nothing_more_and_keeps_what_came():
    """Neither side writes: nothing goes out, is signed, handed in, decided or reminded of."""
    held = open_season("5101", "5103")
    order = sent(held, text_thing())
    signed(held, order, "5101")
    came = hand_in(held, order, "5101", {"text": "已全员练兵。"}, AT + DAY)
    begun = draft(held, text_thing())
    assert selectors.count_waiting(held.actor("5103"), CODE) == 1
    Season.objects.update(state="closed")
    assert selectors.count_waiting(held.actor("5103"), CODE) == 0
    office, later = {"actor": OFFICE, "at": AT + 2 * DAY}, AT + 9 * DAY
    place = units.get_unit("51")
    unit = {"actor": held.actor("5103"), "recipient": recipient(order, "5103")}
    moves = Moves({thing(order).pk: later})
    calls = [
        (services.create_order, {**office, "season": held.season, "issuer": place}),
        (services.edit_order, {**office, "order": begun, "head": Head("新"), "things": []}),
        (services.add_unit, {"actor": OFFICE, "order": begun, "code": "5104"}),
        (services.send_order, {**office, "order": begun}),
        (services.drop_order, {"actor": OFFICE, "order": begun}),
        (services.remind_order, {**office, "order": order}),
        (services.close_order, {**office, "order": order}),
        (
            services.supplement_order,
            {**office, "order": order, "words": Words("补充通知"), "moves": moves},
        ),
        (services.accept_hand_in, {**office, "hand_in": came}),
        (services.return_hand_in, {**office, "hand_in": came, "reason": "请补充"}),
        (services.accept_all, {**office, "thing": thing(order)}),
        (services.sign_order, {**unit, "at": AT}),
        (services.keep_draft, {**unit, "thing": thing(order), "answers": {}, "at": AT}),
        (services.hand_in, {**unit, "thing": thing(order), "at": AT}),
        (services.pass_on, {**unit, "at": AT}),
    ]
    refusals = {call.__name__: refused(call, **given) for call, given in calls}
    assert refusals == {call.__name__: "season_closed" for call, _given in calls}
    came.refresh_from_db()
    assert (came.state, order.recipients.get(unit__code="5103").signed_at) == ("handed_in", None)
