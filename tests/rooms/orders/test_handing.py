"""A unit signs, fills in, hands in, gets it back, hands in again; a city gathers its counties."""

import pytest

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Message
from leitai.orders import selectors, services
from leitai.orders.events import OrderAccepted, OrderHandedIn, OrderReturned
from leitai.orders.models import HandIn
from leitai.orders.sealed import answers_of
from leitai.orders.services import NewThing
from leitai.units import selectors as units
from leitai.units import services as units_services
from tests.factories.units import HOUSE
from tests.rooms.orders.season import (
    AT,
    CODE,
    CONTACT,
    DAY,
    OFFICE,
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
LIST = "姓名*\n手机*：手机\n住宿*：单间、标准间"
COUNTS = "参与人数*：数字\n说明"


def code_of(call, **arguments):
    with pytest.raises(DomainError) as wrong:
        call(**arguments)
    return wrong.value.code


def test_a_unit_signs_once_and_only_for_itself():
    held = open_season("5101", "5103")
    order = sent(held)
    own = recipient(order, "5101")
    assert (
        code_of(services.sign_order, actor=held.actor("5103"), recipient=own, at=AT) == "forbidden"
    )
    services.sign_order(actor=held.actor("5101"), recipient=own, at=AT + DAY)
    services.sign_order(actor=held.actor("5101"), recipient=own, at=AT + 2 * DAY)
    own.refresh_from_db()
    assert (own.signed_at, own.signed_name) == (AT + DAY, "蒲清越")
    assert LedgerEntry.objects.filter(chain=CODE, act="orders.signed").count() == 1
    assert standings(order, AT + 4 * DAY) == {"5101": ["已签收"], "5103": ["未签收（逾期）"]}


def test_a_late_receipt_says_so():
    held = open_season("5101")
    order = sent(held)
    signed(held, order, "5101", at=AT + 4 * DAY)
    assert standings(order, AT + 5 * DAY)["5101"] == ["已签收（迟签）"]


def test_nothing_is_handed_in_before_the_receipt_or_empty_or_wrong():
    held = open_season("5101", forms=CONTACT)
    order = sent(held, NewThing("联络人员信息表", "form", form="contact"))
    own = {"actor": held.actor("5101"), "recipient": recipient(order, "5101")}
    ask = {**own, "thing": thing(order), "at": AT}
    assert code_of(services.keep_draft, answers={"a": "b"}, **ask) == "orders_not_signed"
    signed(held, order, "5101")
    assert code_of(services.hand_in, **ask) == "orders_handed_in_empty"
    row = {"name": "祝青禾", "mobile": "1990000"}
    services.keep_draft(answers={"contacts": [row], "filled-by": "祝青禾"}, **ask)
    assert code_of(services.hand_in, **ask) == "orders_hand_in_wrong"
    assert list(services.problems_of(thing(order), {"contacts": [row], "filled-by": "祝"})) == [
        "contacts"
    ]
    row["mobile"] = "19900000001"
    services.keep_draft(answers={"contacts": [row], "filled-by": "祝青禾"}, **ask)
    made = services.hand_in(**ask)
    assert answers_of(made) == {"contacts": [row], "filled-by": "祝青禾"}
    assert "19900000001" not in made.content


def test_returned_with_a_reason_and_handed_in_again_keeps_both_versions():
    held = open_season("5101")
    order = sent(held, text_thing(days=5))
    signed(held, order, "5101")
    first = hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 4 * DAY)
    assert standings(order, AT + 6 * DAY)["5101"] == ["已签收", "已报送"]
    own = {"actor": held.actor("5101"), "recipient": recipient(order, "5101")}
    ask = {**own, "thing": thing(order), "answers": {"text": "改"}, "at": AT + 4 * DAY}
    assert code_of(services.keep_draft, **ask) == "orders_waiting"
    services.return_hand_in(
        actor=OFFICE,
        hand_in=first,
        reason="缺少参赛人数。",
        mend_by=AT + 8 * DAY,
        at=AT + 6 * DAY,
    )
    message = Message.objects.get(title="退回补正：工作总结")
    assert message.body == "退回原因：缺少参赛人数。请改好后重新报送，3月24日（星期四）9:00前。"
    assert (
        message.link
        == f"/unit/{CODE}/orders/{recipient(order, '5101').pk}/things/{thing(order).pk}/"
    )
    assert standings(order, AT + 7 * DAY)["5101"] == ["已签收", "退回"]
    assert standings(order, AT + 9 * DAY)["5101"] == ["已签收", "退回（逾期）"]
    assert selectors.draft_answers(recipient(order, "5101"), thing(order)) == {"text": "第一稿。"}
    second = hand_in(held, order, "5101", {"text": "第二稿。"}, AT + 7 * DAY)
    assert (second.version, second.late) == (2, False)
    services.accept_hand_in(actor=OFFICE, hand_in=second, at=AT + 8 * DAY)
    assert standings(order, AT + 30 * DAY)["5101"] == ["已签收", "通过"]
    kept = HandIn.objects.order_by("version")
    assert [(one.version, answers_of(one)["text"], one.state) for one in kept] == [
        (1, "第一稿。", "returned"),
        (2, "第二稿。", "accepted"),
    ]
    ask["at"] = AT + 9 * DAY
    assert code_of(services.keep_draft, **ask) == "orders_already_accepted"
    acts = LedgerEntry.objects.filter(chain=CODE, act__startswith="orders.").order_by("seq")
    assert [one.act.removeprefix("orders.") for one in acts] == [
        "sent",
        "signed",
        "handed_in",
        "returned",
        "handed_in",
        "accepted",
    ]


def test_what_comes_after_the_deadline_is_marked_late():
    held = open_season("5101")
    order = sent(held, text_thing(days=5))
    signed(held, order, "5101")
    assert hand_in(held, order, "5101", {"text": "迟了。"}, AT + 6 * DAY).late
    assert standings(order, AT + 6 * DAY)["5101"] == ["已签收", "已报送（迟报）"]


def test_who_decides_and_when():
    held = open_season("5101", "5103")
    order = sent(held, text_thing())
    signed(held, order, "5101")
    first = hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 2 * DAY)
    ask = {"hand_in": first, "at": AT + 3 * DAY}
    assert code_of(services.accept_hand_in, actor=held.actor("5103"), **ask) == "forbidden"
    assert code_of(services.accept_hand_in, actor=held.actor("5101"), **ask) == "forbidden"
    back = {"actor": OFFICE, "reason": " \n", **ask}
    assert code_of(services.return_hand_in, **back) == "orders_reason_empty"
    past = {**back, "reason": "补正", "mend_by": AT}
    assert code_of(services.return_hand_in, **past) == "orders_mend_past"
    services.accept_hand_in(actor=OFFICE, **ask)
    assert code_of(services.accept_hand_in, actor=OFFICE, **ask) == "orders_decided"


def test_nobody_decides_on_the_own_hand_in():
    held = open_season("5101")
    order = sent(held, text_thing())
    signed(held, order, "5101")
    first = hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 2 * DAY)
    HandIn.objects.filter(pk=first.pk).update(by=OFFICE.account)
    ask = {"actor": OFFICE, "hand_in": first, "at": AT + 3 * DAY}
    assert code_of(services.accept_hand_in, **ask) == "orders_own_hand_in"
    assert services.accept_all(actor=OFFICE, thing=thing(order), at=AT + 3 * DAY) == 0


def test_rooms_above_hear_of_it():
    heard = []
    for event in (OrderHandedIn, OrderReturned, OrderAccepted):
        events.in_transaction(event, heard.append)
    try:
        held = open_season("5101")
        order = sent(held, text_thing())
        signed(held, order, "5101")
        first = hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 2 * DAY)
        services.return_hand_in(actor=OFFICE, hand_in=first, reason="补正", at=AT + 3 * DAY)
        second = hand_in(held, order, "5101", {"text": "第二稿。"}, AT + 4 * DAY)
        services.accept_hand_in(actor=OFFICE, hand_in=second, at=AT + 5 * DAY)
    finally:
        for event in (OrderHandedIn, OrderReturned, OrderAccepted):
            events._inside[event].remove(heard.append)
    own = (CODE, order.pk, thing(order).pk, "5101")
    assert heard == [
        OrderHandedIn(*own, first.pk, 1, AT + 2 * DAY),
        OrderReturned(*own, first.pk, AT + 3 * DAY),
        OrderHandedIn(*own, second.pk, 2, AT + 4 * DAY),
        OrderAccepted(*own, second.pk, AT + 5 * DAY),
    ]


def passed_on(held, *things):
    """成都 passes the order on to two of its counties."""
    order = sent(held, *things)
    own = signed(held, order, "5101")
    below = services.pass_on(actor=held.actor("5101"), recipient=own, at=AT + DAY)
    services.remove_recipients(actor=held.actor("5101"), order=below)
    for code in ("510104", "510105"):
        services.add_unit(actor=held.actor("5101"), order=below, code=code)
    below = services.send_order(actor=held.actor("5101"), order=below, at=AT + DAY)
    return order, below


def test_a_city_passes_an_order_on_and_gathers_lists_and_numbers():
    held = open_season("5101", "510104", "510105")
    things = (
        NewThing("参赛回执", "list", columns=LIST, due_at=AT + 9 * DAY),
        NewThing("参与情况", "fields", columns=COUNTS, due_at=AT + 9 * DAY),
    )
    order, below = passed_on(held, *things)
    city = held.actor("5101")
    for unit, name, count in (("510104", "谷雨生", "12"), ("510105", "夏至远", "30")):
        signed(held, below, unit, at=AT + 2 * DAY)
        row = {"c1": name, "c2": "19900000001", "c3": "单间"}
        for place, answers in ((1, {"rows": [row]}), (2, {"c1": count, "c2": name})):
            made = hand_in(held, below, unit, answers, AT + 3 * DAY, place)
            services.accept_hand_in(actor=city, hand_in=made, at=AT + 4 * DAY)
    own = {"actor": city, "recipient": recipient(order, "5101"), "at": AT + 5 * DAY}
    for place in (1, 2):
        services.gather(thing=thing(order, place), **own)
    rows = answers_of(services.hand_in(thing=thing(order), **own))["rows"]
    assert [row["c1"] for row in rows] == ["谷雨生", "夏至远"]
    summed = services.hand_in(thing=thing(order, 2), **own)
    assert answers_of(summed) == {"c1": "42", "c2": "谷雨生、夏至远"}
    assert [one.recipient.name for one in summed.parts.order_by("recipient")] == [
        "锦江区",
        "青羊区",
    ]


def test_the_provinces_table_shows_each_city_with_what_stands_below():
    held = open_season("5101", "510104", "510105")
    order, below = passed_on(held, text_thing(days=9))
    signed(held, below, "510104", at=AT + 2 * DAY)
    hand_in(held, below, "510104", {"text": "县里的总结。"}, AT + 3 * DAY)
    rolled = selectors.roll_up(order, now=AT + 3 * DAY)
    shown = [
        (one.depth, one.row.recipient.name, one.pairs[0][1].words, one.below.units, one.below.done)
        for one in rolled.rows
    ]
    assert shown == [
        (0, "成都市", "已签收", 2, 1),
        (1, "锦江区", "已报送", 0, 0),
        (1, "青羊区", "未签收", 0, 0),
        (0, "自贡市", "未签收", 0, 0),
    ]
    assert (rolled.total.units, rolled.total.signed, rolled.total.done) == (4, 2, 1)


def test_a_lower_deadline_may_not_be_after_the_upper_one():
    held = open_season("5101")
    order = sent(held, text_thing(days=9))
    city = held.actor("5101")
    below = services.pass_on(actor=city, recipient=signed(held, order, "5101"), at=AT + DAY)
    kept = below.things.get()
    assert (kept.above_id, kept.due_at) == (thing(order).pk, AT + 9 * DAY)
    late = NewThing("工作总结", "text", due_at=AT + 10 * DAY, pk=kept.pk)
    with pytest.raises(DomainError) as wrong:
        services.edit_order(
            actor=city,
            order=below,
            head=services.Head("转发通知"),
            things=[late],
            at=AT + DAY,
        )
    assert [one.code for one in wrong.value.problems] == ["orders_due_after_above"]
    again = {"actor": city, "recipient": recipient(order, "5101"), "at": AT + DAY}
    assert code_of(services.pass_on, **again) == "orders_pass_on_twice"


def test_a_county_may_not_act_for_its_city_nor_read_its_neighbour():
    held = open_season("5101", "510104", "510105")
    order, below = passed_on(held, text_thing())
    county, neighbour = held.actor("510104"), held.actor("510105")
    assert (
        code_of(services.pass_on, actor=county, recipient=recipient(order, "5101"), at=AT + DAY)
        == "forbidden"
    )
    signed(held, below, "510104", at=AT + 2 * DAY)
    made = hand_in(held, below, "510104", {"text": "县里的总结。"}, AT + 3 * DAY)
    found = {"season": CODE, "number": made.pk}
    assert selectors.get_hand_in_for(county, **found) == made
    assert selectors.get_hand_in_for(held.actor("5101"), **found) == made
    assert selectors.get_hand_in_for(OFFICE, **found) == made
    assert code_of(selectors.get_hand_in_for, viewer=neighbour, **found) == "forbidden"
    # the notice above may be read by those whom it reached through the city
    assert selectors.can_read_order(county, order)
    other = open_other(held)
    assert not selectors.can_read_order(county, other)


def open_other(held):
    """An order that went to 自贡 alone."""
    return sent(held, to=("5103",))


def test_what_waits_is_counted_for_each_side():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(), NewThing("照片", "file", required=False))
    city = held.actor("5101")
    assert selectors.count_waiting(city, CODE) == 1
    signed(held, order, "5101")
    assert selectors.count_waiting(city, CODE) == 1
    first = hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 2 * DAY)
    assert selectors.count_waiting(city, CODE) == 0
    assert selectors.count_to_review(OFFICE, held.season) == 1
    assert selectors.count_to_review(city, held.season) == 0
    services.return_hand_in(actor=OFFICE, hand_in=first, reason="补正", at=AT + 3 * DAY)
    assert selectors.count_waiting(city, CODE) == 1
    assert selectors.count_to_review(OFFICE, held.season) == 0


def test_an_issuer_does_not_find_its_own_orders_in_its_inbox():
    held = open_season("5101", "510104")
    order, below = passed_on(held, text_thing())
    city = selectors.inbox_for(held.actor("5101"), CODE, view="all", number=None, now=AT + DAY)
    assert [one.order for one in city.rows] == [order]
    county = selectors.inbox_for(held.actor("510104"), CODE, view="all", number=None, now=AT)
    assert [one.order for one in county.rows] == [below]
    assert units.get_unit("510104") == county.rows[0].row.recipient.unit


def test_who_takes_a_unit_over_answers_for_its_orders():
    held = open_season("510105")
    order = sent(held, text_thing(), to=("510104", "510105"))
    only = sent(held, to=("510104",))
    units_services.merge_unit(
        actor=HOUSE,
        unit=units.get_unit("510104"),
        into=units.get_unit("510105"),
        reason="区划调整",
        at=AT + DAY,
    )
    assert [one.unit.code for one in order.recipients.all()] == ["510104", "510105"]
    moved = only.recipients.get()
    assert (moved.name, moved.unit.code) == ("锦江区", "510105")
    heir = held.actor("510105")
    assert services.sign_order(actor=heir, recipient=moved, at=AT + DAY).signed_at == AT + DAY


def test_the_desk_says_what_is_overdue_and_whose():
    held = open_season("5101")
    things = (text_thing(days=5), text_thing(days=30, hint="备注", required=False))
    order = sent(held, NewThing("名单", "list", columns="姓名", due_at=AT + 8 * DAY), *things)
    signed(held, order, "5101")
    hand_in(held, order, "5101", {"text": "第一稿。"}, AT + 2 * DAY, 2)
    desk = selectors.desk_for(OFFICE, CODE, view="sent", number=None, now=AT + 6 * DAY)
    assert [(one.title, one.late, [unit.name for unit in one.units]) for one in desk.due] == [
        ("签收", True, ["自贡市"]),
        ("工作总结", True, ["自贡市"]),
        ("名单", False, ["成都市", "自贡市"]),
    ]
