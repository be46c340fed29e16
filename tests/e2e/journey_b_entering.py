"""How the cities answer the province's order, and whom they send."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from playwright.sync_api import expect

from leitai.orders.models import Order
from leitai.people.models import Person
from leitai.seasons import selectors
from leitai.seasons.models import Entry
from tests.e2e import journey_b_states as states
from tests.e2e.journey_b_states import CODE, id_number, phone
from tests.e2e.journey_desks import OFFICE, PUBLIC, UNIT, Desk, file
from tests.e2e.journey_states import book, picture
from tests.e2e.states import upon

NOTICE = "关于报送本地区实施方案的通知"
POINTS, SEALED = "实施方案要点", "实施方案（盖章扫描件）"
NEWCOMER, VETERAN, LACKING = "高新桐", "锦城雁", "白露晴"
LAST_YEAR = "2021年全国总决赛秩序册"
SEATED_BEFORE = "已参加过2019年以来练兵比武省际邀请赛、全国总决赛和全国法治知识竞赛现场比试的"
BARRED = "在2022年度未获得“日日学之星”称号、“周周练”积分低于1000分的"


def send_order(office: Desk) -> Order:
    """To all 22 delegations."""
    office.go(f"{OFFICE}orders/new/")
    office.page.click("button[name=template][value=plan]")
    office.page.wait_for_url("**/edit/")
    office.fill({"id_number": "川人社办函〔2022〕18号"})
    office.press("保存草稿")
    office.reads("草稿已保存")
    office.press("增加全部代表队")
    office.reads("增加了22个单位")
    office.press("下发", agree=True)
    office.reads("已下发")
    return Order.objects.get(season__code=CODE)


def open_order(city: Desk) -> None:
    city.go(f"{UNIT}orders/")
    city.page.get_by_role("link", name=NOTICE).first.click()
    city.press("签收")
    city.reads("已签收")


def hand_in_points(city: Desk, place: str) -> None:
    city.page.get_by_role("link", name=re.compile(rf"(填报|改正)\s*{POINTS}")).click()
    for label, value in (
        ("比赛开始日期", "2022-05-20"),
        ("比赛结束日期", "2022-05-21"),
        ("比赛地点", place),
        ("预计参赛人数", "320"),
        ("备案联系人", "贺知秋"),
        ("联系电话", "19900000011"),
    ):
        city.page.get_by_label(label, exact=True).fill(value)
    city.page.get_by_label("比赛形式", exact=True).select_option(label="在线考试")
    city.press("报送")
    city.reads("已报送，等待审核")


def hand_in_paper(city: Desk, folder: Path) -> None:
    city.page.get_by_role("link", name=re.compile(rf"填报\s*{SEALED}")).click()
    box = city.page.get_by_label(SEALED)
    city.attach(str(box.get_attribute("id")), file(folder, "plan.jpg", picture(700, 900)))
    city.press("报送")
    city.reads("已报送，等待审核")


def give_back(office: Desk, order: Order, reason: str) -> None:
    """The office reads the city's points and wants them mended."""
    office.go(f"{OFFICE}orders/{order.pk}/?view=review")
    row = office.page.locator("tbody tr", has_text="成都市")
    row.locator(f"td[data-label='{POINTS}'] a").click()
    office.reads("锦江区政务中心")
    office.page.get_by_label("退回原因").fill(reason)
    office.press("退回")
    office.reads("已退回，报送单位已收到消息")


def roster(folder: Path) -> Path:
    """The city's file: two who are new, and a row whose number is wrong."""
    wrong = id_number(801)[:-1] + ("0" if id_number(801)[-1] != "0" else "1")
    rows = [
        ["姓名", "身份证号码", "手机号码", "单位代码"],
        [NEWCOMER, id_number(800), phone(800), "5101"],
        [VETERAN, id_number(802), phone(802), "5101"],
        ["东坡竹", wrong, phone(801), "5101"],
    ]
    return file(folder, "成都市名册.xlsx", book(rows))


def upload_roster(city: Desk, folder: Path) -> None:
    city.go("/people/import/")
    city.page.set_input_files("input[type=file]", roster(folder))
    city.press("预览")
    expect(city.page.get_by_role("heading", name="导入预览")).to_be_visible(timeout=20_000)
    city.reads("东坡竹", "身份证号码末位校验不符")
    city.page.get_by_role("link", name="新增").click()
    city.reads(NEWCOMER, VETERAN)
    city.press("确认导入", agree=True)
    city.reads("导入已完成")
    taken = Person.objects.filter(name__in=(NEWCOMER, VETERAN, "东坡竹"))
    assert set(taken.values_list("name", flat=True)) == {NEWCOMER, VETERAN}


def bring_history(office: Desk, folder: Path) -> None:
    """Titles and points of both, and who was in the hall last year; found again by number."""
    rows = [["姓名", "单位", "身份证号", "类别", "项目", "等次", "日期"]]
    for name, number in ((NEWCOMER, id_number(800)), (VETERAN, id_number(802))):
        rows.append([name, "成都市", number, "称号", "日日学之星", "", "2022-05-31"])
        rows.append([name, "成都市", number, "练兵积分", "周周练", "1180", "2022-05-31"])
    seat = ["参加过的现场比试", "练兵比武全国总决赛", "", "2021-10-15"]
    rows.append([VETERAN, "成都市", id_number(802), *seat])
    office.go(f"{OFFICE}history/")
    office.page.get_by_label("名单来源").fill(LAST_YEAR)
    office.page.set_input_files("input[type=file]", file(folder, "往届名单.xlsx", book(rows)))
    office.press("上传并预览")
    office.reads("下一步：确认导入", VETERAN)
    office.press("确认导入", agree=True)
    office.reads("名单已导入，共5条")


def send_list(city: Desk, names: Sequence[str]) -> None:
    """A whole list at once, as it is copied out of a table."""
    city.go(f"{UNIT}registration/")
    city.page.get_by_role("link", name="整批报名 个人赛", exact=True).click()
    city.page.get_by_label("产生方式").select_option(label="自主确定")
    city.page.get_by_label("名单", exact=True).fill("\n".join(names))
    city.press("核对条件并报名")


def choose(city: Desk, name: str, route: str) -> None:
    city.go(f"{UNIT}registration/")
    city.page.get_by_role("link", name="报名 个人赛", exact=True).click()
    city.fill({"q": name})
    city.press("查找")
    expect(city.page.get_by_role("radio", name=name)).to_be_checked()
    city.page.get_by_label("产生方式").select_option(label=route)
    city.press("核对条件，开始填报")


def hand_in(city: Desk) -> None:
    """The notice has no form: whoever is submitted stands on the list."""
    city.page.wait_for_url(re.compile(r"/registration/\d+/"))
    city.press("提交审核")
    city.reads("报名表已提交")


def review(office: Desk, names: Sequence[str]) -> None:
    for name in names:
        office.go(f"{OFFICE}registration/")
        office.follow(name)
        for box in office.page.locator("#review input[name=check]").all():
            box.check()
        office.press("审核通过")
        office.reads("已通过审核")


def confirm_list(office: Desk, stranger: Desk) -> None:
    """22 who were sent beforehand, and the capital's two."""
    office.go(f"{OFFICE}registration/")
    office.reads("资格审核均已完成")
    office.press("确认名单", agree=True)
    office.reads("名单已确认，共24人")
    office.go(f"{OFFICE}results/selection/")
    office.press("计算")
    office.reads("已计算，这是第1版")
    office.press("确认", agree=True)
    office.reads("成绩已确认")
    there = Entry.objects.filter(stage__code="advancement", state="confirmed")
    assert there.count() == 24
    assert set(there.filter(delegation__unit__code="5101").values_list("person__name")) == {
        ("申时雨",),
        (NEWCOMER,),
    }
    stranger.go(PUBLIC)
    stranger.row("成都市", "2")


@upon(states.open_season)
def entering(at: datetime) -> None:
    """The other delegations have handed in their lists; of the capital one has practised enough."""
    season = selectors.get_season(CODE)
    states.sent(season, at, *(unit for unit in states.TEAMS if unit != "5101"))
    states.practised([states.CONTESTANT], at)
