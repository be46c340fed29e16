"""How the office opens the season, and how the leagues answer its notice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from leitai import rulebook
from leitai.orders import services as orders
from leitai.orders.models import Order, Recipient
from tests.e2e import journey_states as states
from tests.e2e.journey_desks import OFFICE, UNIT, Desk, local
from tests.e2e.journey_states import CODE
from tests.factories import people as make

NOTICE = "关于报送联络人员信息的通知"
CONTACTS = "盟市级联络人员信息表"


def begin(office: Desk, host: str) -> None:
    """A season of the packaged rules, which give it their name."""
    office.go("/seasons/new/")
    office.fill({"id_rulebook": office.season, "id_host": host})
    office.press("建立赛季")
    office.page.wait_for_url("**/prepare/")
    office.reads("赛季筹备")


def prepare(office: Desk, teams: int) -> None:
    bodies = len(rulebook.load(rulebook.packaged(office.season)).bodies)
    office.press(f"设立这{bodies}个机构")
    office.reads("请逐个任命人员")
    office.press("按规则建立")
    office.reads(f"已按规则建立{teams}支代表队")


def set_dates(office: Desk, first: str, *others: str) -> None:
    """The notice's own days are long over: a date that leaves them needs its reason."""
    now = datetime.now(UTC)
    times = {
        "id_opens_at": local(now - timedelta(days=1)),
        "id_closes_at": local(now + timedelta(days=20)),
    }
    office.go(f"{OFFICE}calendar/?name={first}")
    office.fill(times)
    office.press("保存日程")
    expect(office.page.locator("#id_reason-error")).to_be_visible()
    for name in (first, *others):
        office.go(f"{OFFICE}calendar/?name={name}")
        office.fill({**times, "id_reason": "因疫情防控顺延", "id_notice": "补充通知"})
        office.press("保存日程")
        office.reads("日程已保存")


def confirm_questions(office: Desk) -> None:
    """What the notice leaves open, one by one."""
    office.go(OFFICE)
    buttons = office.page.locator("#assumptions form button")
    count = len(rulebook.load(rulebook.packaged(office.season)).assumptions)
    for left in range(count, 0, -1):
        expect(buttons).to_have_count(left)
        buttons.first.click()
    expect(buttons).to_have_count(0)
    office.reads(f"已确认{count}项")


def supplement(office: Desk) -> None:
    """「具体事项另行通知」: the awards come with a supplementary notice, as the rules' version 2."""
    office.go(f"{OFFICE}rules/")
    office.press("开始修改")
    office.page.wait_for_url("**/rules/1/")
    office.go(f"{OFFICE}rules/1/text/")
    office.fill({"id_text": states.SUPPLEMENT})
    office.press("保存")
    office.page.wait_for_url("**/rules/1/")
    office.go(f"{OFFICE}rules/1/adopt/")
    office.fill({"id_reason": "关于自治区赛奖项设置的补充通知"})
    office.press("采用")
    office.reads("第2版规则已生效")


def send_notice(office: Desk) -> Order:
    office.go(f"{OFFICE}orders/new/")
    office.page.click("button[name=template][value=contacts]")
    office.page.wait_for_url("**/edit/")
    office.fill({"id_number": "内人社办函〔2022〕31号"})
    office.press("保存草稿")
    office.reads("草稿已保存")
    office.press("增加全部代表队")
    office.reads("增加了14个单位")
    office.press("下发", agree=True)
    office.reads("已下发", "已签收")
    return Order.objects.get()


def open_order(desk: Desk) -> None:
    desk.go(f"{UNIT}orders/")
    desk.page.get_by_role("link", name=NOTICE).first.click()
    desk.reads("下一步：签收")


def hand_in_contacts(desk: Desk, league: str, name: str) -> None:
    desk.page.get_by_role("link", name=re.compile(rf"填报\s*{CONTACTS}")).click()
    desk.answer({"league": league, "filled-by": name, "phone": "19900000011"})
    desk.answer({"filled-on": "2022-03-19"})
    row = {"name": name, "unit": f"{league}就业服务中心", "mobile": "19900000011"}
    desk.fill({f"id_f-contacts_0_{column}": value for column, value in row.items()})
    desk.press("报送")
    desk.reads("已报送，等待审核")


def others_hand_in(order: Order, *, but: tuple[str, ...]) -> None:
    """The other leagues do the same, without a browser."""
    at, thing = datetime.now(UTC), order.things.get()
    for one in Recipient.objects.filter(order=order).exclude(unit__code__in=but):
        manager = make.actor("unit_manager", season=CODE, unit=one.unit.path, account="9001")
        answers = {
            "league": one.name,
            "contacts": [{"name": "联络员", "unit": one.name, "mobile": "19900000012"}],
            "filled-by": "联络员",
            "phone": "19900000012",
            "filled-on": "2022-03-19",
        }
        orders.sign_order(actor=manager, recipient=one, at=at)
        orders.keep_draft(actor=manager, recipient=one, thing=thing, answers=answers, at=at)
        orders.hand_in(actor=manager, recipient=one, thing=thing, at=at)
