"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "practice.voided": Act(_("练习记录作废")),
    "practice.restored": Act(_("练习记录恢复计分")),
    "practice.shelf_set": Act(_("练习题库启用")),
    "practice.shelf_left": Act(_("练习题库停用")),
    "practice.exam_set": Act(_("练兵考试设置（练习题库组卷，一人办理）")),
    "practice.exam_moved": Act(
        _("练兵考试改截止时间"), _("%(title)s，截止%(closes_at)s，原因：%(reason)s")
    ),
    "practice.exam_dropped": Act(_("练兵考试撤销")),
    "practice.suspicion_checked": Act(_("练习核查线索转现场抽查")),
    "practice.suspicion_cleared": Act(_("练习核查线索排除")),
    "practice.suspicion_upheld": Act(_("练习核查线索属实")),
    "practice.suspicion_appealed": Act(_("练习核查结论被申诉")),
    "practice.appeal_decided": Act(_("练习核查申诉办结")),
    "practice.outside_imported": Act(_("外部平台数据导入")),
    "practice.outside_decided": Act(_("外部平台数据人员确认")),
}
