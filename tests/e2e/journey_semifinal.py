"""The semifinal: lots, signed lists, the committee's word, a place given up and filled."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from leitai.messages.models import Delivery
from leitai.results.models import ScoreList, StageResult
from leitai.seasons.models import Entry
from tests.e2e import journey_states as states
from tests.e2e.journey_desks import OFFICE, PUBLIC, UNIT, Desk, approve, file
from tests.e2e.journey_states import GRASSROOTS, GUIDANCE, NAMES, entry


def hand_draw(office: Desk) -> None:
    """Nine advisers draw balls for the order of the showcase, keyed as they fall."""
    units = list(NAMES[GUIDANCE])
    office.go(f"{OFFICE}draws/hand/")
    roster = "\n".join(f"{entry(unit)} {NAMES[GUIDANCE][unit]}" for unit in units)
    office.fill({"id_purpose": "半决赛个人工作亮点展示出场顺序（职业指导人员）"})
    office.fill({"id_roster": roster, "id_absent_rule": "supervisor"})
    office.press("开始抽签", agree=True)
    office.reads("还没有人抽签")
    for place, unit in enumerate(units):
        office.page.get_by_label("抽签人").select_option(entry(unit))
        office.page.get_by_label("抽到的号").fill(str((place * 4) % 9 + 1))
        office.press("录入")
        expect(office.page.locator("table.table tbody tr", has_text="蒲清越")).to_have_count(
            place + 1
        )
    witness = {"name_1": "尤见山", "post_1": "监督仲裁小组", "name_2": "荀守正"}
    for name, value in {**witness, "post_2": "监督仲裁小组"}.items():
        office.page.locator(f"[name={name}]").fill(value)
    office.press("结束抽签", agree=True)
    office.reads("已完成")


def report_marks(office: Desk, second: Desk, of: str, book: Path, folder: Path) -> None:
    """A signed list comes in with its scan; another of the office compares it and agrees."""
    scan = file(folder, f"{book.stem}-signed.jpg", states.picture(700, 900))
    office.go(f"{OFFICE}marks/")
    office.fill({"id_of": of, "id_by": "第三方赛务组"})
    office.page.set_input_files("#id_file", book)
    office.attach("uploads-result-record", scan)
    office.press("导入")
    office.reads("成绩单已导入，等待第二人核对")
    second.page.goto(office.page.url)
    second.reads(scan.name)
    second.follow("核对并批准")
    second.press("批准并办理", agree=True)
    second.reads("已批准并办理")
    assert ScoreList.objects.latest("pk").state == "recorded"


def draw_lots(office: Desk) -> str:
    """Dice before witnesses: who of the two comes seventh is worked out by the published key."""
    office.page.get_by_label("公开数字").fill("3 5 1 6 2 4")
    office.page.get_by_label("见证人").fill("监督仲裁小组尤见山、荀守正")
    office.press("抽签", agree=True)
    office.reads("抽签结果已登记")
    told = office.fetch(f"{PUBLIC}draws/2/record.json")
    return str(told["order"][0]).split("-")[1]


def confirm_lists(leader: Desk) -> None:
    """「经组委会确认后」: each track's seven, as they stand."""
    for _track in (GRASSROOTS, GUIDANCE):
        leader.go(f"{OFFICE}results/semifinal/")
        leader.follow("确认名单")
        leader.reads("名单按成绩排出，须整体确认")
        leader.fill({"id_note": "4月20日组委会会议，到会9人，一致确认。"})
        leader.press("确认名单", agree=True)
        leader.page.wait_for_url("**/results/semifinal/")
        leader.reads("决定已登记")
    assert StageResult.objects.latest("pk").blocked == []


def in_final() -> list[str]:
    """The leagues whose advisers stand in the final."""
    there = Entry.objects.filter(stage__code="final", track=GUIDANCE, state="confirmed")
    return [code.split("-")[1] for code in there.order_by("pk").values_list("code", flat=True)]


def withdraw(baotou: Desk, office: Desk) -> None:
    baotou.go(f"{UNIT}entries/final/")
    baotou.page.get_by_role("link", name="退赛或更换 巴图").click()
    baotou.fill({"id_kind": "withdraw", "id_reason": "因病不能参赛"})
    baotou.press("提出申请")
    baotou.reads("申请已提出", "申请退赛")
    office.go(f"{OFFICE}registration/changes/")
    office.reads("因病不能参赛")
    office.page.locator("input[name=note]").fill("组委会同意")
    office.press("同意", agree=True)
    office.reads("已办理")
    told = Delivery.objects.filter(account__username="office", message__title="决赛空出一个名额")
    assert told.exists()


def move_up(office: Desk, second: Desk, leader: Desk, other: str) -> None:
    """The reserve is shown before and after; the changed list is the committee's word again."""
    name = NAMES[GUIDANCE][other]
    office.go(f"{OFFICE}moving/")
    office.row("巴图", name)
    office.fill({"id_reason": "包头市选手因病退赛，依次递补"})
    office.press("提出递补", agree=True)
    office.reads("已提出递补")
    approve(second, office.page.url)
    leader.go(f"{OFFICE}results/semifinal/")
    leader.follow("确认名单")
    leader.reads(name)
    leader.misses("巴图")
    leader.fill({"id_note": "4月22日组委会会议确认递补。"})
    leader.press("确认名单", agree=True)
    leader.reads("决定已登记")
    office.go(f"{OFFICE}results/semifinal/")
    office.press("确认", agree=True)
    office.reads("成绩已确认")
    office.press("公布", agree=True)
    office.reads("成绩已公布")
