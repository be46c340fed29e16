"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "registration_stage": _("本赛季没有报送名单的阶段，不在这里报名。请看竞赛规则。"),
    "registration_kind": _("请选择报名类别和产生方式。"),
    "registration_twice": _("%(name)s已在%(what)s的报名中。请打开原来的报名表。"),
    "registration_leader_competes": _("%(name)s已报名%(what)s。领队不能由选手兼任，请另选人员。"),
    "registration_leaders_full": _("%(delegation)s已有领队%(name)s。请先撤下原来的领队。"),
    "registration_beside_full": _(
        "%(delegation)s在%(track)s的%(kind)s名额是%(limit)s人，已报%(taken)s人，不能再报。"
    ),
    "registration_no_substitutes": _("竞赛规则没有为%(track)s设替补选手。"),
    "registration_no_coaches": _("竞赛规则没有为%(track)s设教练。"),
    "registration_entered": _(
        "%(name)s已列入名单（%(entry)s），不能只删去报名表。不参赛的，请在名单中申请退赛。"
    ),
    "registration_needs_form": _("%(track)s须逐人填写报名表，不能整批报名。"),
    "registration_list_empty": _("名单是空的。请每行填一人。"),
    "registration_list_long": _("名单超过%(limit)s人。请分次报名。"),
    "registration_unknown": _(
        "“%(line)s”：%(delegation)s的花名册中没有此人。请核对姓名或人员编号；新到岗的先登记到花名册。"
    ),
    "registration_namesakes": _(
        "“%(line)s”不止一人：%(who)s。请在姓名后写明单位，或改填人员编号。"
    ),
    "registration_singly": _("%(name)s有报名表，请打开逐份审核。"),
    "registration_seat": _("请选择席位：%(seats)s。"),
    "registration_seat_taken": _("“%(seat)s”已由%(name)s担任。请选另一席位。"),
    "registration_seat_unfit": _(
        "%(name)s不符合“%(seat)s”的条件，或没有登记到规则要求的记录。请另选席位或人员。"
    ),
    "registration_opening": _("请填写查看的原因（不超过%(limit)s字），将记入操作留痕。"),
    "registration_asks_elsewhere": _("%(name)s已列入名单，请在名单中申请退赛或更换。"),
    "registration_scan_gone": _("这个盖章件已经撤下。请刷新页面。"),
    "registration_no_form": _("竞赛规则没有这个阶段的报名表，不必打印。"),
    "registration_state": _("这份报名表现在是“%(state)s”，不能%(act)s。请刷新页面核对。"),
    "registration_incomplete": _("报名表还有%(count)s处需要补正：%(titles)s。请改好后再提交。"),
    "registration_seal_missing": _(
        "还没有上传盖章件。请打印报名表，由%(seal)s签署意见并盖章，扫描或拍照后上传。"
    ),
    "registration_reason": _("请填写原因，单位会看到这段话。"),
    "registration_checks_open": _("还有%(count)s项没有核对：%(titles)s。全部核对后才能通过。"),
    "registration_barred": _("%(name)s不符合参赛条件：%(bars)s。不能通过。"),
    "registration_doubts_open": _(
        "%(name)s有%(count)s条往届记录待核对，可能影响参赛资格。请先在“往届记录核对”中认定。"
    ),
    "registration_unreviewed": _(
        "还有%(count)s人的报名表没有审核通过：%(names)s。请先完成资格审核，再确认名单。"
    ),
    "registration_merge_clash": _(
        "两条记录都在%(stage)s报了名（%(name)s），不能合并。请先撤下其中一份报名表。"
    ),
    "change_open": _("%(name)s已有一份待审批的申请。请等组委会办公室答复。"),
    "change_closed": _("这份申请%(state)s，不能再办理。"),
    "change_note": _("名单已于%(day)s锁定，变更须经%(by)s批准。请写明批准的情况。"),
    "change_reason": _("请填写原因。不同意的，单位会看到这段话。"),
    "change_person": _("请选择接替的人员。"),
    "history_source": _("请填写名单的来源，如“2023年全国总决赛秩序册”。"),
    "history_kind": _("不认识的类别“%(kind)s”。本赛季规则可用：%(known)s。"),
    "history_value": _("“%(value)s”不是“%(kind)s”的取值。可用：%(known)s。"),
    "history_empty": _("“%(column)s”一格是空的。请填写。"),
    "history_number": _("身份证号不合格式。请核对18位号码，或留空由人工核对。"),
    "history_long": _("“%(column)s”一格超过%(limit)s个字。请缩短。"),
    "history_date": _("“%(value)s”不是日期。请写成2022-06-10这样的形式。"),
    "history_twice": _("与第%(first)s行相同。请删去一行。"),
    "history_done": _("这份名单已导入，不能重复办理。"),
    "history_decided": _("这一条已由%(name)s核定。请刷新页面。"),
    "history_verdict": _("请选择“是本人”或“不是本人”，并写明依据。"),
}
