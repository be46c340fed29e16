"""The final's certificates, an objection against one mark, and what follows from it."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import expect

from leitai.certificates.models import Certificate
from leitai.certificates.selectors import REPLACE
from leitai.ledger.models import Proposal
from tests.e2e.journey_desks import OFFICE, PUBLIC, WAIT, Desk, approve
from tests.e2e.journey_states import entry


def publish_final(office: Desk) -> None:
    office.go(f"{OFFICE}results/final/")
    office.press("计算")
    office.reads("已计算，这是第1版")
    office.press("确认", agree=True)
    office.reads("成绩已确认")
    office.press("公布", agree=True)
    office.reads("成绩已公布")


def issue(office: Desk) -> None:
    office.go(f"{OFFICE}certificates/")
    office.reads("下一步：为14个奖项生成证书")
    office.follow("印前检查")
    office.reads("14张证书均可印制")
    office.go(f"{OFFICE}certificates/")
    office.press("生成证书", agree=True)
    office.reads("有效证书共14张")


def verify(stranger: Desk, certificate: Certificate, answer: str) -> None:
    """By its number, and by the code that is printed on it."""
    stranger.go("/c/")
    stranger.fill({"id_serial": certificate.serial})
    stranger.press("查验")
    expect(stranger.page.locator(".verdict-card h2")).to_have_text(answer)
    stranger.reads(certificate.holder)
    stranger.go("/")
    stranger.go(f"/c/v/#{certificate.token}")
    expect(stranger.page.locator("#certificate-check h2")).to_have_text(answer, timeout=WAIT)
    stranger.go(f"/c/{certificate.serial}/")


def give_notice(office: Desk) -> None:
    office.go(f"{OFFICE}notices/new/")
    office.fill(
        {
            "id_kind": "period",
            "id_title": "关于自治区赛决赛成绩的公示",
            "id_text": "现将自治区赛决赛成绩予以公示。",
            "id_subject": "stage-result:final",
            "id_within": "5",
            "id_contact": "监督仲裁小组",
        }
    )
    office.press("保存拟稿")
    office.reads("下一步：发布", "娜仁")
    office.press("发布", agree=True)
    office.reads("已发布，操作已留痕")


def object_to(stranger: Desk, evidence: Path) -> None:
    """Somebody who was in the hall, with a real name and a copy of the jury's sheet."""
    stranger.go(f"{PUBLIC}notices/")
    stranger.page.get_by_role("link", name="关于自治区赛决赛成绩的公示").first.click()
    stranger.reads("娜仁", "85.6")
    stranger.follow("对公示内容提出异议")
    stranger.page.get_by_role("link", name="提出", exact=True).first.click()
    stranger.fill(
        {
            "id_entry": entry("1503"),
            "id_text": "情景再现评分表上合计43分，公示的成绩是按38分计算的。",
            "id_name": "申时雨",
            "id_phone": "19900000077",
        }
    )
    stranger.attach("uploads-objection", evidence)
    stranger.press("提交")
    stranger.reads("已收到，编号第1号", "查询码")


def uphold(supervisor: Desk, arbiter: Desk) -> None:
    """One wrong mark is put right by two who took no part in the decision."""
    supervisor.go(f"{OFFICE}objections/1/")
    supervisor.reads("情景再现评分表上合计43分")
    supervisor.press("受理")
    supervisor.reads("已受理")
    supervisor.follow("提出处理决定")
    supervisor.reads("娜仁")
    supervisor.fill({"value-scenario": "43.00"})
    supervisor.page.get_by_role("radio", name="成立", exact=True).check()
    supervisor.fill({"id_reason": "经核对评分表原件，情景再现合计43分，录入有误，应予更正。"})
    supervisor.press("提出处理决定", agree=True)
    supervisor.reads("等待另一名人员批准", "娜仁")
    approve(arbiter, supervisor.page.url)


def approve_replacement(leader: Desk) -> None:
    until = time.monotonic() + 20
    while not Proposal.objects.filter(deed=REPLACE).exists():
        assert time.monotonic() < until, "nobody proposed the replacement"
        time.sleep(0.2)
    leader.go("/acts/")
    leader.follow("成绩更正后换发证书")
    leader.reads("娜仁由“二等奖”改为“一等奖”")
    leader.press("批准并办理", agree=True)
    leader.reads("已批准并办理")
