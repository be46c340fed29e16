"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "insight_off": _("《%(season)s》的竞赛规则没有设岗位练兵，没有参学统计。"),
    "insight_names_wide": _("%(name)s人数较多，名单按县（市、区）和单位查看。请先进入下级单位。"),
    "insight_no_host": _("赛季的主办单位不在单位库中，无法统计。请先由系统管理员导入单位。"),
    "insight_days_order": _("统计时段的起始日晚于截止日。请改正后再保存。"),
    "insight_field_unknown": _("没有“%(field)s”这个字段。可以使用的字段有：%(known)s。"),
    "insight_number_taken": _("文号“%(number)s”已经用于另一份通报。请改用新的文号。"),
    "insight_number_missing": _("还没有填写文号。请填写文号后再印发。"),
    "insight_report_issued": _("通报“%(number)s”已经印发，不能再改。需要更正的，请另发一份。"),
    "insight_report_failed": _("生成通报%(tries)s次未成功。请稍后再试，仍不行的请联系系统管理员。"),
    "insight_points_range": _("得分须在0至%(most)s分之间，最多%(decimals)s位小数。"),
    "insight_points_reason": _("还没有填写评分理由。请写明依据，理由会与得分一并留存。"),
}
