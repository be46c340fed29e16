"""The sentences of this room's refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: dict[str, StrOrPromise] = {
    "judging_event_unknown": _(
        "竞赛规则的%(stage)s没有由评委评分的科目%(event)s。请从列表中选择。"
    ),
    "judging_link": _("远程举行须写明会议链接，或材料报送的截止时间。请补填其中一项。"),
    "judging_once": _("“%(title)s”已经设置过。分场次举行的，请另填场次名称。"),
    "judging_nobody": _("%(stage)s没有可以安排的选手。请先确认参赛名单，或核对其他场次。"),
    "judging_taken": _("选手%(entry)s已安排在另一场次。请先从那一场次中移出。"),
    "judging_rehearsed": _("彩排用1到%(most)s名虚拟选手。请更正人数。"),
    "judging_rehearsal": _("这是彩排，分数不入库。请办理正式场次。"),
    "judging_rehearsal_files": _("彩排不留材料。请在正式场次中上传。"),
    "judging_state": _("现在是“%(state)s”阶段，不能办理此事。请按流程进行。"),
    "judging_begun": _("已经开始，不能撤销。请按流程继续办理。"),
    "judging_reason": _("请填写原因，它会记入操作留痕。"),
    "judging_draw_unfinished": _("第%(number)s号抽签还没有结果，或不属于本赛季。请另选。"),
    "judging_draw_others": _(
        "第%(number)s号抽签的名单里没有%(entry)s。请选用以本场选手参赛编号为名单的抽签。"
    ),
    "judging_order_incomplete": _("须把本场%(count)s名选手的参赛编号各写一次。请核对后重填。"),
    "judging_kind": _("竞赛规则没有“%(kind)s”这类评委，或未指明类别。请从列表中选择。"),
    "judging_seated": _("%(name)s已在本场评委席上。请另选。"),
    "judging_contestant": _("%(name)s是本场选手，不能担任评委。请另选。"),
    "judging_chiefs": _("一场只有一名评委组长，且不能是候补或已离席的评委。请更正。"),
    "judging_left": _("%(name)s已经离席。"),
    "judging_no_chief": _("还没有评委组长。请在评委席中指定一名。"),
    "judging_panel_small": _(
        "%(number)s号选手只有%(count)s名评委，规则要求至少%(least)s名。请补聘评委，或由候补替换。"
    ),
    "judging_no_reserve": _("%(name)s不是可用的候补评委。请从候补评委中选择。"),
    "judging_chief_only": _("此事由评委组长办理。请由评委组长登录办理。"),
    "judging_two_officers": _("须由另一人办理：提出的人不能自己批准。"),
    "judging_change_decided": _("这项替换已有决定。请刷新页面。"),
    "judging_recused": _("%(name)s须对%(number)s号选手回避，不能评分。请由候补评委替换。"),
    "judging_recused_already": _("%(name)s对%(number)s号选手的回避已经登记。"),
    "judging_marked": _(
        "%(name)s已提交%(number)s号选手的评分表。请先由评委组长将该评分表作废，再办理。"
    ),
    "judging_relation": _("请写明回避的原因：亲属、指导过选手或其他关系。"),
    "judging_way": _("%(number)s号选手现为“%(now)s”，不能改为“%(wanted)s”。请按流程登记。"),
    "judging_stage_taken": _("%(number)s号选手正在展示。请先登记其退场。"),
    "judging_before": _("按出场顺序应先轮到%(number)s号选手。其未到的，请先登记迟到或缺席。"),
    "judging_late_minutes": _("请以数字填写迟到的分钟数，如3或3.5。"),
    "judging_marked_out": _("%(number)s号选手已有评分表，不能登记为缺席或弃权。"),
    "judging_marked_last": _("%(number)s号选手已有评分表，不能移到最后。请先由评委组长作废。"),
    "judging_not_on_stage": _("%(number)s号选手不在台上。请先登记其上场。"),
    "judging_not_yours": _("您不在%(number)s号选手的评委组中。"),
    "judging_out": _("%(number)s号选手%(state)s，不用评分。"),
    "judging_not_now": _("%(number)s号选手还没有上场，现在不能提交。草稿会保留。"),
    "judging_anchor": _(
        "%(number)s号选手是首个出场，按规则待%(until)s号选手展示结束后再评定。草稿会保留。"
    ),
    "judging_arbiter_waits": _("%(number)s号选手的其他评分表还没有交齐，仲裁评委请稍候。"),
    "judging_submitted": _("%(number)s号选手的评分表已经提交。确需更正的，请评委组长准许。"),
    "judging_far": _(
        "“%(lines)s”与其他评委的评分相差较大。确认无误的，请再键入本表总分后提交；否则请修改。"
    ),
    "judging_sheet_none": _("没有可以更正的评分表。"),
    "judging_reopened": _("这份评分表已准许更正，等待评委重新提交。"),
    "judging_reopened_waits": _("还有准许更正的评分表没有重新提交。请等评委提交后再统分。"),
    "judging_clock_runs": _("计时已经开始。"),
    "judging_timed": _("已有用时。需要更正的，请用秒表补录并写明原因。"),
    "judging_clock_none": _("计时没有开始，或已经停止。"),
    "judging_seconds": _("请以秒填写用时，小数不超过%(decimals)s位，不超过24小时。"),
    "judging_count_unknown": _("竞赛规则没有“%(line)s”这一项。请从列表中选择。"),
    "judging_count": _("“%(what)s”请填数字，小数不超过%(decimals)s位。"),
    "judging_keyed_already": _("您已录入过这份评分表。第二遍须由另一人录入。"),
    "judging_keyer_judge": _("评委不能录入自己的评分表。请由统分员录入。"),
    "judging_control_none": _("请填写原件上的合计。"),
    "judging_control": _(
        "原件上的合计是%(typed)s，所录各项相加是%(sum)s。请对照原件核对各项；原件加错的，请评委更正并签名。"
    ),
    "judging_lacks": _(
        "还有%(count)s名选手没有结束：%(numbers)s号。请登记退场，交齐评分表，补录用时。"
    ),
    "judging_waits": _("暂不能统分：%(why)s"),
    "judging_together": _(
        "“%(title)s”的得分要与全体选手比较，不能单独宣布。请全部评完后一并宣布。"
    ),
    "judging_untallied": _("还没有统分，不能复核。请先由统分员统分。"),
    "judging_check_other": _("复核须由另一人办理：统分的人不能自己复核。"),
    "judging_unsigned": _("统分表还没有统分和复核。请先办理这两项。"),
    "judging_draft_form": _("草稿的格式不对，没有保存。请刷新页面后重试。"),
    "judging_print_none": _("没有可以打印的评分表。请先聘请评委，或等评委提交。"),
    "judging_print_many": _("一次最多打印600张评分表。请分场次设置。"),
    "judging_glyphs": _("字库里没有这些字：%(names)s。请安装补充字库后再打印。"),
    "judging_merge_clash": _(
        "两条记录的%(name)s同在“%(title)s”的评委席上，不能合并。请先让其中一人离席。"
    ),
    "judging_same": _("现在的评分与已入库的成绩相同，不用更正。"),
    "judging_material_none": _("请先选择要上传的文件。"),
    "judging_material_many": _("一名选手最多%(most)s份材料。请先退回不用的。"),
    "judging_material_frozen": _("%(number)s号选手的材料已经封存，不能再改。"),
    "judging_material_late": _("报送材料的截止时间已过。请联系组委会办公室。"),
    "judging_material_unchecked": _("%(number)s号选手还有材料没有检查。请先检查，再封存。"),
    "judging_card_empty": _("请填写情景卡的编号和名称。"),
    "judging_card_many": _("一张情景卡最多%(most)s条可透露的信息。请精简。"),
    "judging_card_played": _("情景卡%(code)s已经用过，不能再改。请另编一张。"),
    "judging_card_unknown": _("没有编号为“%(code)s”的情景卡。请从列表中选择。"),
}
