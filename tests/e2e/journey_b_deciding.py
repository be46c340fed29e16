"""A tie at the cut answered by a draw that three parties answer for, and the season's end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from leitai.base.actor import system
from leitai.certificates import services as certificates
from leitai.certificates.models import Certificate
from leitai.kernel.draw_manifest import Group
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.services import DrawPlan
from tests.e2e.journey_b_states import CODE
from tests.e2e.journey_desks import OFFICE, PUBLIC, WAIT, Desk, file
from tests.e2e.journey_states import actor, book, picture
from tests.house import REPO

TIED = {"5111": "乐山市", "5113": "南充市"}
DICE = "4 6 1 3 6 3"
SPEAKING = timedelta(seconds=40)  # in which all parties commit and reveal
PURPOSE = "总决赛第10支代表队"
NATIONAL, CONTEST, TITLE = "全国统一在线比试选手名单", "练兵比武全国总决赛", "全国人社知识通"


def plan_draw() -> datetime:
    """The desk's form takes minutes; nobody waits for them here. Returns when the dice are due."""
    at = datetime.now(UTC).replace(microsecond=0)
    due = at + SPEAKING + timedelta(seconds=1)
    plan = DrawPlan(
        purpose=PURPOSE,
        roster=list(TIED.items()),
        source_kind="dice",
        source_identity="领队会上六名选手代表各掷一枚骰子",
        source_at=due,
        groups=[Group(6, 1, 6)],
        reveal_by=at + SPEAKING,
        fallback="骰子落地不平的，由同一人再掷一次。",
    )
    season = selectors.get_season(CODE)
    seasons.plan_draw(actor=actor("office", at), season=season, plan=plan, at=at)
    return due


def commit(party: Desk) -> None:
    """A secret made by the page, kept by the house until it is revealed."""
    party.go(f"{OFFICE}draws/1/")
    party.press("生成")
    party.page.get_by_label("由平台封存").check()
    party.press("提交承诺", agree=True)
    party.reads("秘密数由平台封存")


def publish_and_freeze(office: Desk) -> None:
    office.go(f"{OFFICE}draws/1/")
    office.press("发布清单", agree=True)
    office.reads("下一步：冻结名单")
    office.press("冻结名单", agree=True)
    office.reads("等待各方公开秘密数")


def reveal(party: Desk) -> None:
    party.go(f"{OFFICE}draws/1/")
    party.press("公开秘密数", agree=True)
    party.reads("已公开秘密数")


def throw(office: Desk, due: datetime) -> None:
    """The dice, before two witnesses; what they give is computed once."""
    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()) + 0.2)
    office.go(f"{OFFICE}draws/1/")
    for name in ("numbers", "again"):
        office.page.locator(f"[name={name}]").fill(DICE)
    witnesses = {"name_1": "尤见山", "post_1": "赛事监督组", "name_2": "申时雨"}
    for name, value in {**witnesses, "post_2": "选手代表"}.items():
        office.page.locator(f"[name={name}]").fill(value)
    office.press("登记公开数字", agree=True)
    office.reads("下一步：计算次序")
    office.press("计算次序", agree=True)
    office.reads("已完成")


def recompute(stranger: Desk, folder: Path) -> list[str]:
    """In the browser, and by the ten lines that the format's page gives to everybody."""
    stranger.go(f"{PUBLIC}draws/1/")
    stranger.reads("已在本机重算，全部一致")
    record = stranger.fetch(f"{PUBLIC}draws/1/record.json")
    (folder / "draw.json").write_text(json.dumps(record), encoding="utf-8")
    text = (REPO / "docs" / "formats" / "draw.md").read_text(encoding="utf-8")
    lines = re.findall(r"```python\n(.+?)```", text, re.DOTALL)[-1]
    done = subprocess.run(
        [sys.executable, "-I", "-c", lines], cwd=folder, capture_output=True, text=True, check=True
    )
    order = done.stdout.split()
    assert order == record["order"]
    assert sorted(order) == sorted(TIED)
    return order


def decide_award(leader: Desk, teams: Sequence[str]) -> None:
    """「优秀组织奖若干名」: the committee says to whom."""
    leader.go(f"{OFFICE}decided/")
    leader.follow("登记评定结果")
    for name in teams:
        leader.page.get_by_role("checkbox", name=name, exact=True).check()
    leader.page.get_by_label("会议和依据").fill("8月19日领导小组会议，按岗位练兵统计结果评定。")
    leader.press("登记", agree=True)
    leader.reads("评定结果已登记")


def step(office: Desk, stage: str, *words: tuple[str, str]) -> None:
    """The result's buttons, one after the other."""
    office.go(f"{OFFICE}results/{stage}/")
    for name, told in words:
        office.press(name, agree=name not in {"计算", "重新计算"})
        office.reads(told)


def give_notice(office: Desk) -> None:
    office.go(f"{OFFICE}notices/new/")
    office.fill(
        {
            "id_kind": "period",
            "id_title": "关于全省总决赛拟获奖名单的公示",
            "id_text": "现将全省总决赛拟获奖名单予以公示。",
            "id_subject": "awards:final",
            "id_within": "5",
            "id_contact": "赛事监督组",
        }
    )
    office.press("保存拟稿")
    office.reads("下一步：发布", "不含身份证号码和电话")
    office.press("发布", agree=True)
    office.reads("已发布，操作已留痕")


def export_check(folder: Path) -> Path:
    """As `leitai certificates export` puts it on a disk: checks codes without this house."""
    certificates.export_check(
        actor=system("cli"), folder=folder / "certificates", at=datetime.now(UTC)
    )
    return folder / "certificates" / "c" / "v" / "index.html"


def verify_offline(stranger: Desk, page: Path, certificate: Certificate, answer: str) -> None:
    """From the disk, with the network off."""
    stranger.page.context.set_offline(True)
    stranger.page.goto("about:blank")
    stranger.page.goto(f"{page.as_uri()}#{certificate.token}")
    expect(stranger.page.locator("#certificate-check h2")).to_have_text(answer, timeout=WAIT)
    stranger.reads(certificate.serial)
    stranger.page.context.set_offline(False)


def check_bundle(office: Desk, folder: Path) -> str:
    """The office hands the signed bundle out; whoever has it recomputes everything."""
    office.go(f"{OFFICE}results/final/")
    with office.page.expect_download() as started:
        office.press("结果包")
    bundle = folder / "bundle"
    started.value.save_as(bundle)
    done = subprocess.run(
        [sys.executable, "-I", str(REPO / "tools" / "verify.py"), str(bundle)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def send_upward(office: Desk, folder: Path) -> None:
    """「报送参加全国统一在线比试自主确定选手和推荐选手名单」: by number and by name, each of a kind."""
    office.go(f"{OFFICE}upward/")
    office.fill({"id_title": NATIONAL, "id_to": "人力资源社会保障部"})
    office.press("新建")
    for who, kind in (("2022-5101-01", "自主确定"), ("盐小井", "推荐")):
        office.page.get_by_label("参赛编号或姓名").fill(who)
        office.page.locator("#id_kind").select_option(label=kind)
        office.press("保存")
    office.press("定稿", agree=True)
    office.row("1", "申时雨", "自主确定")
    office.row("2", "盐小井", "推荐")
    sealed = file(folder, "sealed-list.jpg", picture(700, 900))
    office.attach("uploads-result-record", sealed)
    office.press("登记已报送")
    office.reads("已报送", sealed.name)


def take_answer(office: Desk, folder: Path) -> None:
    """The ministry chose one of them, who won its title."""
    rows = [
        ["姓名", "单位", "是否入选", "名次", "成绩", "称号"],
        ["申时雨", "成都市", "是", "3", "98.50", TITLE],
        ["盐小井", "自贡市", "否", "", "", ""],
    ]
    office.page.set_input_files("#id_file", file(folder, "结果.xlsx", book(rows)))
    office.fill(
        {
            "id_source": "人社部办公厅关于公布全国比试结果的通知",
            "id_contest": CONTEST,
            "id_day": "2022-10-09",
        }
    )
    office.press("导入上级结果")
    office.reads("下一步：登记")
    office.press("登记", agree=True)
    office.reads("已登记，新增2条")
