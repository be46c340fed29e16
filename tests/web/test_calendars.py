"""What stands in one person's calendar besides the season's own dates."""

import pytest

from leitai.orders import services as orders
from leitai.people import selectors as people
from leitai.seasons import services as seasons
from leitai.web.calendars import personal_feed
from tests.rooms.orders.season import AT, DAY, open_season, recipient, sent, text_thing

pytestmark = pytest.mark.django_db


def lines(token, at):
    return personal_feed(token, at=at).decode().replace("\r\n ", "").split("\r\n")


def test_what_ones_unit_owes_stands_in_the_calendar_until_it_is_done():
    held = open_season("5101", "5103")
    order = sent(held, text_thing(days=10))
    city = held.actor("5101")
    account = people.actor_of(held.accounts["5101"], at=AT)
    token = seasons.make_feed(actor=account, at=AT)
    told = [line for line in lines(token, AT) if "有关材料" in line]
    assert told == ["SUMMARY:成都市：关于报送有关材料的通知"]
    own = recipient(order, "5101")
    # 19 March 2022, 9:00 in Beijing: the receipt; then the summary, a week later.
    assert "DTEND:20220319T010000Z" in lines(token, AT)
    orders.sign_order(actor=city, recipient=own, at=AT)
    assert "DTEND:20220326T010000Z" in lines(token, AT)
    thing = order.things.get()
    orders.keep_draft(actor=city, recipient=own, thing=thing, answers={"text": "总结"}, at=AT)
    orders.hand_in(actor=city, recipient=own, thing=thing, at=AT + DAY)
    assert not [line for line in lines(token, AT + DAY) if "有关材料" in line]
