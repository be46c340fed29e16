"""The scenario of the final: lots, panel with a withdrawal and a reserve, sheets, the tally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from playwright.sync_api import expect

from tests.e2e.final_states import JUDGES
from tests.e2e.journey_desks import OFFICE, PUBLIC, Desk, Desks
from tests.e2e.journey_states import GUIDANCE, NAMES, entry

TABLET = {"width": 820, "height": 1180}
SEVEN: Final = list(NAMES[GUIDANCE])[:7]


def draw(office: Desk, purpose: str, lots: Mapping[str, int]) -> None:
    """Seven balls, keyed as they fall."""
    office.go(f"{OFFICE}draws/hand/")
    roster = "\n".join(f"{entry(unit)} {NAMES[GUIDANCE][unit]}" for unit in lots)
    office.fill({"id_purpose": purpose, "id_roster": roster, "id_absent_rule": "supervisor"})
    office.press("开始抽签", agree=True)
    office.reads("还没有人抽签")
    for place, (unit, number) in enumerate(lots.items(), start=1):
        office.page.get_by_label("抽签人").select_option(entry(unit))
        office.page.get_by_label("抽到的号").fill(str(number))
        office.press("录入")
        keyed = office.page.locator("table.table tbody tr", has_text="蒲清越")
        expect(keyed).to_have_count(place)
    witness = {"name_1": "尤见山", "post_1": "监督仲裁小组", "name_2": "荀守正"}
    for name, value in {**witness, "post_2": "监督仲裁小组"}.items():
        office.page.locator(f"[name={name}]").fill(value)
    office.press("结束抽签", agree=True)
    office.reads("已完成")


def set_up(office: Desk) -> str:
    """The event in the order of the first draw, six judges; gives the event's number."""
    office.go(f"{OFFICE}judging/new/")
    office.fill({"id_place_of": "final/scenario", "id_track": GUIDANCE})
    office.fill({"id_starts_at": "2022-04-20T09:00", "id_place": "一号厅"})
    office.press("设置")
    office.page.wait_for_url(lambda url: not url.endswith("/new/"))
    number = office.page.url.rstrip("/").rpartition("/")[2]
    office.fill({"draw": "1"})
    office.press("按抽签排序")
    office.reads("按第1号抽签")
    office.follow("评委席")
    for code, (name, _unit) in JUDGES.items():
        office.fill({"id_person": name})
        if code == "judge-1":
            office.page.check("#id_chief")
        if code == "judge-6":
            office.page.check("#id_reserve")
        office.press("聘请")
        office.row(name)
    office.reads("竞赛规则没有要求回避，但有下列关系", "佟思远")
    return number


def call(office: Desk, event: str) -> None:
    office.go(f"{OFFICE}judging/{event}/")
    office.press("点名，冻结规则", agree=True)
    office.reads("已点名")


def withdraw(judge: Desk, event: str, slot: int) -> None:
    """The second judge serves in the same bureau as this contestant, and says so."""
    judge.go(f"/judging/{event}/{slot}/")
    judge.page.locator(".jud-recuse summary").click()
    judge.fill({"relation": "interest", "words": "同在昆都仑区就业服务机构工作"})
    judge.press("申请回避", agree=True)
    judge.page.wait_for_url(f"**/judging/{event}/")
    judge.reads("回避")
    judge.go(f"/judging/{event}/{slot}/")
    judge.reads("您对这名选手回避")


def step_in(chief: Desk, supervisor: Desk, event: str, slot: int) -> None:
    """The chief judge asks for the reserve with this contestant, the supervisor agrees."""
    chief.go(f"/judging/{event}/chief/")
    chief.page.select_option("#out", label="2 佟思远")
    chief.page.select_option("#into", label="6 庄既明")
    chief.fill({"c-slot": str(slot), "c-why": "评委回避，由候补评委评分"})
    chief.press("提交监督组决定")
    chief.reads("佟思远 → 庄既明：待监督组决定")
    supervisor.go(f"{OFFICE}judging/{event}/panel/")
    supervisor.press("同意")
    supervisor.row("佟思远 → 庄既明", "同意（尤见山）")


def perform(host: Desk, event: str, names: Sequence[str]) -> None:
    """One after another to the stage and away, in the order of the draw."""
    host.go(f"{OFFICE}judging/{event}/stage/")
    for name in names:
        turn = host.page.locator("li.call", has_text=name)
        turn.locator("button[value=on-stage]").click()
        turn = host.page.locator("li.call.k-act", has_text=name)
        turn.locator("button[value=released]").click()
        expect(host.page.locator("li.call.k-act")).to_have_count(0)


def mark(judge: Desk, event: str, given: Mapping[int, str]) -> None:
    """A judge's sheets, on a tablet."""
    for slot, points in given.items():
        judge.go(f"/judging/{event}/{slot}/")
        judge.page.locator(".lines input.num").fill(points)
        judge.page.locator("button[value=submit]").click()
        judge.page.wait_for_url(f"**/judging/{event}/")


def tablet(desks: Desks, username: str) -> Desk:
    desk = desks.sit(username)
    desk.page.set_viewport_size(TABLET)  # type: ignore[arg-type]  # width and height
    return desk


def tally(desks: Desks, event: str, told: Mapping[str, str]) -> None:
    """统分、复核、宣布、入库，each by who may."""
    clerk, supervisor, office = desks.sit("clerk"), desks.sit("supervisor"), desks.sit("office")
    clerk.go(f"{OFFICE}judging/{event}/")
    clerk.press("统分")
    clerk.reads("已办理")
    supervisor.go(f"{OFFICE}judging/{event}/")
    supervisor.press("复核统分")
    supervisor.reads("已办理")
    office.go(f"{OFFICE}judging/{event}/")
    office.press("宣布全部得分")
    office.reads("已宣布")
    hall = desks.stranger()
    hall.go(f"{PUBLIC}judged/{event}/")
    for name, score in told.items():
        hall.row(name, score)
    office.press("成绩入库", agree=True)
    office.reads("已入库")
