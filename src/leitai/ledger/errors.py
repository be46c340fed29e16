"""What the ledger refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "ledger_broken": _(
        "操作留痕“%(chain)s”核验不符：%(fault)s，不能签发检查点。请保留现场，报告监督仲裁组。"
    ),
    "ledger_empty": _("操作留痕“%(chain)s”还没有记录，不需要检查点。"),
    "ledger_chain_unknown": _("没有名为“%(chain)s”的操作留痕。请核对赛季代码。"),
    "checkpoints_unreadable": _(
        "%(file)s第%(line)s行不是检查点。请换用从本系统导出或保存的原文件。"
    ),
    "deed_unknown": _("没有登记名为“%(deed)s”的事项，可能已随版本取消。请联系系统管理员。"),
    "proposal_reason_empty": _("请填写理由。"),
    "proposal_reason_long": _("理由过长，请控制在%(limit)s字以内。"),
    "proposal_twice": _("“%(deed)s”已有人提出，正等待批准，不必重复提出。"),
    "proposal_own": _("不能批准自己提出的事项。请由另一名有权限的人员办理。"),
    "proposal_same_person": _(
        "此事项由%(name)s提出，与您登记为同一人，不能用另一个账号批准。请由另一名人员办理。"
    ),
    "proposal_changed": _("“%(deed)s”的办理结果与您看到的已不一致。请核对更新后的内容再批准。"),
    "proposal_expired": _("“%(deed)s”已过期，不能再办理。请重新提出。"),
    "proposal_closed": _("此事项%(state)s，不能再办理。"),
    "proposal_not_expired": _("此事项%(state)s，没有过期，不需要重新提出。"),
    "officers_missing": _("没有找到文件%(file)s。请核对环境变量LEITAI_OFFICERS。"),
    "officers_unreadable": _("文件不是有效的TOML：%(said)s。请更正后重试。"),
    "officers_format": _('缺少format = "%(format)s"。请在文件开头写明。'),
    "officers_key": _("不认识的项目“%(key)s”。只能有format、[default]和[deeds]。"),
    "officers_default": _("应当有且只有一行two = [级别……]。请补全。"),
    "officers_deeds": _("应当逐行写明“事项 = [级别……]”。"),
    "officers_deed": _("没有登记名为“%(deed)s”的事项。请核对事项代码。"),
    "officers_levels": _('级别应写成列表，如["province", "prefecture"]。'),
    "officers_level": _(
        "没有“%(level)s”这一级。可写province、prefecture、county、township、village。"
    ),
}
