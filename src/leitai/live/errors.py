"""The sentences of this room's refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: dict[str, StrOrPromise] = {
    "match_event": _("“%(stage)s”没有抢答或对抗科目“%(event)s”。请从列表中选择科目。"),
    "match_track": _("赛项“%(track)s”不参加“%(stage)s”。请从列表中选择赛项。"),
    "match_title": _("请填写场次名称，不超过80个字。"),
    "match_state": _("“%(title)s”现在是“%(state)s”，不能办理这一步。请刷新页面查看当前状态。"),
    "match_rehearsal": _("彩排场次不能办理这一步。请在正式场次上办理。"),
    "match_not_rehearsal": _("“%(title)s”不是彩排，不能删除。不再举行的，请取消。"),
    "match_reason": _("请填写原因，原因会记入操作留痕。"),
    "match_seat_entry": _("第%(seat)s席：“%(entry)s”不是本阶段本赛项已确认的参赛编号，请核对。"),
    "match_seat_twice": _("参赛编号“%(entry)s”排了两个席位，请保留一个。"),
    "match_seat_taken": _("“%(entry)s”已排在场次“%(match)s”，同一科目不能排两场。"),
    "match_seat_count": _("规则要求%(least)s至%(most)s席，现在是%(count)s席。请增减席位。"),
    "match_seat_figure": _("第%(seat)s席：带入分“%(value)s”不是数字，请按“86.5”的形式填写。"),
    "match_seat_member": _(
        "第%(seat)s席：队员“%(member)s”不能登记，每席至多%(most)s名队员，每人一行。"
    ),
    "match_seat_person": _("第%(seat)s席：队员“%(member)s”不是“%(event)s”的参赛编号，请核对。"),
    "match_draw": _(
        "第%(number)s号抽签还没有结果，或签上不是本阶段的参赛编号。请另选抽签或手工录入。"
    ),
    "match_bank": _("题库“%(bank)s”不存在，请从列表中选择。"),
    "match_items_short": _(
        "题库里可用的题目只有%(there)s道，需要%(needed)s道。请减少题数或补充题库。"
    ),
    "match_no_seats": _("还没有排定席位。请先排席位，再准备开场。"),
    "match_no_questions": _("还没有封存试题。请先选题，再准备开场。"),
    "match_network_missing": _(
        "还有席位没有网络测试结果：%(seats)s。请先让各席位设备扫卡入席，由主持台运行网络测试。"
    ),
    "match_seat_unknown": _("场次没有“%(seat)s”号席。"),
    "match_card": _("席位码不正确。请核对卡片上的16位字母和数字。"),
    "match_card_replaced": _("这张席位卡已换发，不能再用。请使用新卡。"),
    "match_card_other": _(
        "本机已坐着另一场次“%(title)s”的席位。请先点“全部离席”，再输入这张卡的席位码。"
    ),
    "match_over": _("“%(title)s”已经结束或取消，席位不再开放。"),
    "match_not_manual": _("“%(title)s”不是举牌记录方式，由抢答器记录先后。"),
    "match_paddles_none": _("现在没有可以抢答的题目。请等主持人读题后再录入。"),
    "match_paddles_order": _(
        "举牌顺序“%(order)s”不正确。请按先后填写席位号，例如“3>1>2”，不要重复。"
    ),
    "match_paddles_third": _("两名记录员的顺序不一致，须由第三人裁定，记录员本人不能裁定。"),
    "match_open_lines": _("现场记录还没有收场，暂时不能计成绩。"),
}
