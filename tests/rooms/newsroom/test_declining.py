"""What the desk does not use, and what units answer an order for pieces with."""

from __future__ import annotations

import json

import pytest

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.models import Message
from leitai.newsroom import selectors, services
from leitai.newsroom.models import Item
from leitai.newsroom.services import Words
from leitai.orders import services as orders
from leitai.orders.models import Draft, HandIn
from leitai.seasons.models import Season
from leitai.units import selectors as units
from tests.rooms.newsroom.desk import AT, CODE, DAY, DESK, adopted, handed_in, open_season, written
from tests.rooms.orders import season as ordering

pytestmark = pytest.mark.django_db


def code_of(call, **arguments):
    with pytest.raises(DomainError) as wrong:
        call(**arguments)
    return wrong.value.code


def test_what_is_not_used_says_why_counts_as_handed_in_and_may_be_used_after_all():
    held = open_season("5101")
    item = handed_in(held)
    ask = {"actor": DESK, "item": item, "at": AT}
    assert code_of(services.decline_item, **ask, reason=" ") == "newsroom_reason_empty"
    services.decline_item(**ask, reason="同类稿件已经用过")
    item.refresh_from_db()
    assert (item.state, item.declined_reason) == ("declined", "同类稿件已经用过")
    assert selectors.adoption_of(held.season).total == selectors.Counts(1, 0, 0)
    told = Message.objects.get(kind="notice")
    assert told.title == "信息未采用：窗口练兵一周小结"
    assert told.body.startswith("原因：同类稿件已经用过。")
    entry = json.loads(bytes(LedgerEntry.objects.order_by("-pk")[0].payload))
    assert (entry["act"], entry["data"]["reason"]) == ("newsroom.declined", "同类稿件已经用过")
    assert code_of(services.return_item, **ask, reason="再改") == "newsroom_not_handed_in"
    assert code_of(services.decline_item, **ask, reason="又一次") == "newsroom_not_handed_in"
    own = {"actor": held.actor("5101"), "item": item, "at": AT}
    assert code_of(services.hand_in_item, **own) == "newsroom_not_editable"
    listed = selectors.desk_for(DESK, CODE, view="declined", number=None)
    assert ([line.item.pk for line in listed.lines], listed.counts["declined"]) == ([item.pk], 1)
    services.adopt_item(actor=DESK, item=item, at=AT + DAY)
    assert selectors.adoption_of(held.season).total == selectors.Counts(1, 1, 0)


def news_order(held, *to: str):
    """As the packaged template has it, sent to these units."""
    order = orders.create_order(
        actor=ordering.OFFICE,
        season=held.season,
        issuer=units.get_unit("51"),
        template="news",
        at=AT,
    )
    for code in to:
        orders.add_unit(actor=ordering.OFFICE, order=order, code=code)
    order.refresh_from_db()
    return orders.send_order(actor=ordering.OFFICE, order=order, at=AT)


def test_a_piece_answers_the_order_that_asks_for_pieces_once():
    held = open_season("5101", "5103")
    order = news_order(held, "5101", "5103")
    assert [thing.kind for thing in order.things.all()] == ["text"]
    handed_in(held, at=AT + DAY)
    now = AT + 2 * DAY
    assert ordering.standings(order, now) == {
        "5101": ["已签收", "已报送"],
        "5103": ["未签收", "未签收"],
    }
    handed_in(
        held, at=now, words=Words("第二条", "正文。")
    )  # the first answer waits for its review
    assert HandIn.objects.count() == 1
    assert Item.objects.filter(state="handed-in").count() == 2
    assert not Draft.objects.exists()


def test_what_is_typed_into_the_order_comes_to_the_desk_and_is_mended_as_one_piece():
    held = open_season("5101")
    order = news_order(held, "5101")
    ordering.signed(held, order, "5101", AT)
    said = {"text": "成都开展窗口练兵\n全员参加，效果良好。"}
    first = ordering.hand_in(held, order, "5101", said, AT + DAY)
    item = Item.objects.get()
    assert (item.state, item.unit_name) == ("handed-in", "成都市")
    version = item.versions.get()
    assert (version.title, version.text) == ("成都开展窗口练兵", said["text"])
    assert not version.consented  # nobody has said who is shown: it cannot be published yet
    orders.return_hand_in(actor=ordering.OFFICE, hand_in=first, reason="请补充人数", at=AT + DAY)
    mended = {"text": "成都开展窗口练兵\n120人参加。"}
    ordering.hand_in(held, order, "5101", mended, AT + 2 * DAY)
    assert list(item.versions.values_list("number", flat=True)) == [2, 1]
    assert selectors.adoption_of(held.season).total == selectors.Counts(1, 0, 0)


def test_after_the_season_nothing_comes_in_or_out_but_what_is_public_comes_down():
    held = open_season("5101")
    item, article = handed_in(held), adopted(held)
    public = services.publish_article(actor=DESK, article=article, at=AT)
    begun = written(held)
    Season.objects.update(state="closed")
    unit, ask = held.actor("5101"), {"actor": DESK, "item": item, "at": AT}
    copy = services.Copy(Words("新闻"))
    calls = [
        (services.hand_in_item, {"actor": unit, "item": begun, "at": AT}),
        (services.begin_again, {"actor": unit, "item": begun, "at": AT}),
        (services.adopt_item, ask),
        (services.return_item, {**ask, "reason": "再改"}),
        (services.decline_item, {**ask, "reason": "同类稿件已经用过"}),
        (services.create_article, {"actor": DESK, "season": held.season, "copy": copy, "at": AT}),
        (services.pin_article, {"actor": DESK, "article": public, "pinned": True}),
    ]
    refusals = {call.__name__: code_of(call, **given) for call, given in calls}
    assert refusals == {call.__name__: "season_closed" for call, _given in calls}
    with pytest.raises(DomainError, match="season_closed"):
        written(held)
    services.withdraw_consent(actor=unit, item=article.version.item, at=AT)
    public.refresh_from_db()
    assert public.state == "taken-down"
