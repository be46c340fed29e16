"""The list of one-click documents, in the order in which a season needs them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.kernel.errors import DomainError
from leitai.paperwork.packs import (
    archive,
    awarding,
    badges,
    honours,
    programme,
    score_book,
    summary,
)
from leitai.paperwork.packs.kinds import Pack

PACKS: tuple[Pack, ...] = (
    Pack(
        "programme",
        _("秩序册"),
        _("竞赛名称、组织机构、日程安排、比赛科目、各代表队名单和抽签次序。"),
        ("pdf", "docx"),
        programme.make,
        of_stage=True,
        icon="calendar",
    ),
    Pack(
        "contestant-cards",
        _("选手证"),
        _("每页八张，有照片、姓名、代表队、赛项和参赛编号，沿虚线裁开；没有交照片的留贴照片处。"),
        ("pdf",),
        badges.make_contestants,
        of_stage=True,
        icon="person",
    ),
    Pack(
        "staff-cards",
        _("工作证"),
        _("本赛季有任命的人员每人一张，有照片、姓名、职责和单位；报名时没有交照片的留贴照片处。"),
        ("pdf",),
        badges.make_staff,
        icon="people",
    ),
    Pack(
        "score-book",
        _("成绩册"),
        _("该阶段团体和个人名次、各科目成绩、总分和晋级获奖情况，不含个人号码。"),
        ("pdf", "docx", "xlsx"),
        score_book.make,
        of_stage=True,
        contest=True,
        icon="chart",
    ),
    Pack(
        "award-list",
        _("获奖名单"),
        _("按公文格式印发的获奖名单，按奖项排列，留有用印位置。"),
        ("pdf", "docx", "xlsx"),
        awarding.make,
        official=True,
        icon="medal",
    ),
    Pack(
        "honours",
        _("荣誉推荐名单"),
        _("按各项荣誉自己的条件，从成绩和获奖情况中列出推荐对象和依据。"),
        ("docx", "xlsx"),
        honours.make,
        icon="flag",
    ),
    Pack(
        "summary",
        _("活动总结（草稿）"),
        _("基本情况、参赛和获奖数字、名次前列的代表队已填好，其余由组委会补写。"),
        ("docx", "pdf"),
        summary.make,
        official=True,
        icon="edit",
    ),
    Pack(
        "archive",
        _("归档材料包"),
        _(
            "竞赛规则、签名的成绩数据包、秩序册、成绩册、获奖名单、证书目录、公示公告、操作留痕和校验码清单。"
        ),
        ("zip",),
        archive.make,
        long=True,
        icon="lock",
    ),
)


def get_pack(code: str) -> Pack:
    """Raises DomainError("not_found")."""
    found = next((pack for pack in PACKS if pack.code == code), None)
    if found is None:
        raise DomainError("not_found")
    return found
