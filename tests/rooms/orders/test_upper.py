"""A deadline that moves above is shown below; what was handed in goes with the season's data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.orders import selectors, services
from leitai.orders.blanks import list_blanks
from leitai.orders.models import Draft, HandIn
from leitai.orders.sealed import answers_of
from leitai.orders.services import Moves, NewThing, Words
from leitai.seasons.services import retaining
from tests.factories.units import HOUSE
from tests.rooms.orders.season import (
    AT,
    CODE,
    DAY,
    OFFICE,
    hand_in,
    open_season,
    recipient,
    sent,
    signed,
    text_thing,
    thing,
)

pytestmark = pytest.mark.django_db


def below(held, order):
    city = held.actor("5101")
    made = services.pass_on(actor=city, recipient=signed(held, order, "5101"), at=AT + DAY)
    return services.send_order(actor=city, order=made, at=AT + DAY)


def move(actor, order, days, at):
    moves = Moves(things={thing(order).pk: AT + days * DAY})
    return services.supplement_order(
        actor=actor, order=order, words=Words("补充通知"), moves=moves, at=at
    )


def test_a_deadline_that_moves_above_is_shown_below_until_the_unit_answers(client):
    held = open_season("5101")
    order = sent(held, text_thing(days=9))
    lower = below(held, order)
    assert selectors.upper_moves(lower) == ()
    move(OFFICE, order, 20, AT + 2 * DAY)
    (moved,) = selectors.upper_moves(lower)
    assert (moved.thing.title, moved.above, moved.own) == ("工作总结", AT + 20 * DAY, AT + 9 * DAY)
    client.force_login(held.accounts["5101"])
    desk = client.get(reverse("orders:order", args=[CODE, lower.pk])).content.decode()
    form = reverse("orders:supplement", args=[CODE, lower.pk])
    assert "上级已调整期限，本通知的期限没有变" in desk
    assert f'href="{form}?above=1"' in desk
    mine = client.get(reverse("orders:mine", args=[CODE, recipient(order, "5101").pk]))
    assert "转发的通知还是原来的期限" in mine.content.decode()
    # 16 March and twenty days is 5 April, at nine in the morning of Beijing
    assert 'value="2022-04-05T09:00"' in client.get(f"{form}?above=1").content.decode()
    assert 'value="2022-04-05T09:00"' not in client.get(form).content.decode()
    move(held.actor("5101"), lower, 15, AT + 3 * DAY)
    assert selectors.upper_moves(lower) == ()
    move(OFFICE, order, 25, AT + 4 * DAY)
    assert [one.above for one in selectors.upper_moves(lower)] == [AT + 25 * DAY]


def test_another_units_postponement_is_no_affair_of_this_one():
    held = open_season("5101")
    order = sent(held, text_thing(days=9))
    lower = below(held, order)
    services.supplement_order(
        actor=OFFICE,
        order=order,
        words=Words("补充通知"),
        moves=Moves(
            things={thing(order).pk: AT + 20 * DAY}, recipients=(recipient(order, "5103").pk,)
        ),
        at=AT + 2 * DAY,
    )
    assert selectors.upper_moves(lower) == ()


def test_no_supplement_below_goes_past_the_deadline_above():
    held = open_season("5101")
    lower = below(held, sent(held, text_thing(days=9)))
    with pytest.raises(DomainError) as late:
        move(held.actor("5101"), lower, 10, AT + 2 * DAY)
    assert late.value.code == "orders_due_after_above"


def test_numbers_and_files_of_hand_ins_go_with_the_seasons_data():
    held = open_season("5101")
    columns = "姓名*\n手机*：手机\n身份证号：身份证号"
    things = (
        NewThing("名单", "list", columns=columns),
        NewThing("人员证件", "file"),
        text_thing(),
        NewThing("活动总结", "file", record=True),
        NewThing("人员照片", "file"),
    )
    order = sent(held, *things)
    signed(held, order, "5101")
    row = {"c1": "谷雨生", "c2": "19900000001", "c3": ""}
    first = hand_in(held, order, "5101", {"rows": [row]}, AT + DAY)
    into = recipient(order, "5101")
    answers = handed_file(into, thing(order, 2))
    second = hand_in(held, order, "5101", answers, AT + DAY, place=2)
    report = handed_file(into, thing(order, 4))
    third = hand_in(held, order, "5101", report, AT + DAY, place=4)
    handed_file(into, thing(order, 5))  # of a draft that never was handed in
    services.keep_draft(
        actor=held.actor("5101"), recipient=into, thing=thing(order, 5), answers={}, at=AT + DAY
    )
    services.keep_draft(
        actor=held.actor("5101"),
        recipient=into,
        thing=thing(order, 3),
        answers={"text": "电话19900000001"},
        at=AT + DAY,
    )
    # the windows close 150 days after 1 March 2022, on 29 July; six months on is 29 January
    over = AT.replace(year=2023, month=1, day=29, hour=0)
    retaining.forget(actor=HOUSE, at=over - timedelta(minutes=1))
    assert (StoredFile.objects.count(), Draft.objects.count()) == (3, 2)
    retaining.forget(actor=HOUSE, at=over)
    first.refresh_from_db()
    second.refresh_from_db()
    assert answers_of(first) == {"rows": [{"c1": "谷雨生"}]}
    third.refresh_from_db()
    assert answers_of(second) == {}
    assert answers_of(third) == report
    assert (first.rows, first.state, first.erased_at) == (1, "handed_in", over)
    assert [one.pk for one in StoredFile.objects.all()] == [report["files"][0]["file"]]
    assert Draft.objects.count() == 0
    told = LedgerEntry.objects.filter(act="orders.forgotten")
    assert told.count() == 1
    retaining.forget(actor=HOUSE, at=over)
    assert (told.count(), HandIn.objects.count()) == (1, 3)


def handed_file(into, asked):
    """One uploaded file of a unit, and the answer that names it."""
    stored = StoredFile.objects.create(
        kind="order-hand-in",
        owner=f"order-thing:{into.pk}:{asked.pk}",
        name=f"{asked.title}.pdf",
        type="pdf",
        size=1,
        sha256="0" * 64,
        holder="1",
        by_name="蒲清越",
        at=AT,
    )
    return {"files": [{"file": stored.pk, "name": stored.name, "size": 1}]}


def test_the_packaged_plan_and_report_are_kept_and_what_names_people_is_not():
    kept = {thing.title for one in list_blanks() for thing in one.things if thing.record}
    assert kept == {"实施方案（盖章扫描件）", "活动总结", "公示证明材料"}
