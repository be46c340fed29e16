"""What notices, objections and rulings refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "notice_title_empty": _("请填写标题。"),
    "notice_text_empty": _("请填写正文。"),
    "notice_text_long": _("正文共%(length)s字，超过%(limit)s字。请精简。"),
    "notice_term_missing": _(
        "请填写公示多少天。竞赛规则没有写明这次公示的期限，须由办公室确定后填写。"
    ),
    "notice_term_rules": _(
        "竞赛规则已写明“%(title)s”的期限，不能另定。请把天数留空；确需改变的，先修改竞赛规则。"
    ),
    "notice_term_range": _("公示期限应为1至%(most)s天。请更正。"),
    "notice_year_unknown": _(
        "公示期跨入%(years)s年，该年的放假调休安排没有列入竞赛规则，无法推算工作日，不能发布。"
        "请先在竞赛规则的“节假日”中补充该年的安排，或改按自然日公示。"
    ),
    "notice_basis_unknown": _("竞赛规则里没有名为“%(basis)s”的公示。请重新选择依据。"),
    "notice_subject_unknown": _("没有“%(subject)s”这种名单。请从列出的名单中选择。"),
    "notice_list_empty": _("“%(title)s”的名单还没有内容。请先确认名单或成绩，再拟公示。"),
    "notice_list_missing": _("公示须附名单。请选择公示哪一份名单。"),
    "notice_list_hidden": _(
        "竞赛规则规定%(stage)s的成绩不对公众公布，不能公示成绩名次。请改为公示参赛名单。"
    ),
    "notice_list_numbers": _(
        "名单“%(name)s”一行里有身份证号码或手机号码，不能公开。请删去该列后再公示。"
    ),
    "notice_text_numbers": _("正文里有身份证号码，不能公开。请删去后再保存。"),
    "notice_not_published": _("%(stage)s的成绩尚未确认，不能公示。请先在成绩页面确认。"),
    "notice_starts_past": _("开始时间不能早于现在。请改为现在或以后的时间。"),
    "notice_not_draft": _("“%(title)s”已经发布，不能再修改。有错误的请先撤下，再另拟一份。"),
    "notice_not_open": _("“%(title)s”没有发布，不能撤下。"),
    "notice_down_reason": _("请填写撤下的原因（不超过%(limit)s字），公开页面会显示。"),
    "notice_glyphs": _(
        "“%(text)s”中的“%(character)s”字库中没有，会印成空框。请在LEITAI_FONTS指定的文件夹中"
        "放入含有该字的字体文件。"
    ),
    "objection_remedy_unknown": _("没有这种异议或复核途径。请从异议页面重新进入。"),
    "objection_occasion_unknown": _("没有找到所选的公示或成绩。请从异议页面重新进入。"),
    "objection_not_yours": _("“%(title)s”只能由%(who)s提出。请用相应的账号登录，或由其代为提出。"),
    "objection_early": _("还没有到提出的时间：%(words)s"),
    "objection_late": _("已过提出的期限：%(words)s"),
    "objection_text_empty": _("请写明异议的事项、事实和理由。"),
    "objection_text_long": _("内容共%(length)s字，超过%(limit)s字。请精简，详细材料可作为附件。"),
    "objection_name_needed": _("请填写真实姓名。匿名的不予受理，反映情况可走投诉建议。"),
    "objection_phone_needed": _("请填写联系电话，便于核实情况和答复。"),
    "objection_id_needed": _("请填写身份证号码。"),
    "objection_unit_needed": _("请填写单位全称。"),
    "objection_seal_needed": _("以单位名义提出的，请上传加盖公章的书面材料。"),
    "objection_evidence_needed": _("请上传证据材料。"),
    "objection_most": _("“%(title)s”限提%(most)s次，已经用完。如有新的事实，请走申诉或投诉建议。"),
    "objection_twice": _("这份内容已经收到，没有重复登记。请用先前给出的查询码查看办理情况。"),
    "objection_received_later": _("收到的时间不能晚于现在。请更正。"),
    "objection_files_many": _("附件最多%(limit)s个。请减少，或合并成一个文件。"),
    "objection_robot": _("页面上有一栏应当留空，却填了内容。请清空后重新提交。"),
    "objection_code_wrong": _("没有找到这个查询码。请对照提交后显示的16位字母和数字核对。"),
    "objection_before_final": _(
        "还有%(count)s件对这一阶段的异议没有办结，成绩不能定稿。请先由监督仲裁组办结。"
    ),
    "objection_state": _("这件异议现在是“%(state)s”，不能这样办理。请刷新页面后再看。"),
    "objection_reply_empty": _("请填写理由，提出人凭查询码可以看到。"),
    "objection_note_empty": _("请填写办理情况。"),
    "objection_handled_below": _("您办理过这件事的上一级处理，不能再办理申诉。请由其他人员办理。"),
    "objection_names_objector": _(
        "文字中出现了异议人的姓名、单位或号码。为保护异议人，请删去后再提交。"
    ),
    "objection_reveal_reason": _("请填写查看身份的原因（不超过%(limit)s字），将记入操作留痕。"),
    "objection_merge_same": _("不能并入自己。请填写同一问题的另一件异议的编号。"),
    "objection_merge_other": _(
        "第%(number)s号不是同一途径、同一对象的未办结异议，不能并入。请核对编号。"
    ),
    "objection_level_last": _("这是最后一级，其处理决定为最终决定。"),
    "objection_not_ruled": _("还没有作出处理决定，不能提出申诉。"),
    "objection_appealed": _("对这项处理决定已经提出过申诉。"),
    "ruling_reason_empty": _("请写明查明的事实、依据和理由。"),
    "ruling_season_closed": _(
        "赛季%(season)s已经结束，处理决定不能直接改变成绩或名单。"
        "请组委会办公室先在“结束赛季”页提出重新开启，再作处理决定。"
    ),
    "ruling_reason_long": _("处理决定的理由共%(length)s字，超过%(limit)s字。请精简。"),
    "ruling_effect_needed": _(
        "异议成立或部分成立的，请写明要改变什么；不改变的，请勾选“不作变动”。"
    ),
    "ruling_effect_unwanted": _("异议不成立的，不能改变成绩或名单。请清空变动，或更改结论。"),
    "ruling_note_only": _("竞赛规则规定这类处理只记录在案，不改变成绩。请清空变动。"),
    "ruling_effect_unknown": _("没有“%(kind)s”这种变动。请从列出的变动中选择。"),
    "ruling_effect_twice": _(
        "%(entry)s写了两项不能并存的变动：取消成绩的不再更正分数，同一项只能改一次。请只留一项。"
    ),
    "ruling_entries_many": _(
        "一份处理决定最多涉及%(most)s名选手，现有%(count)s名。请分开登记，另作决定。"
    ),
    "ruling_replay_none": _("%(entry)s在%(stage)s没有成绩，无须作废。请核对阶段和参赛编号。"),
    "ruling_score_same": _("%(entry)s的%(event)s与现在的成绩相同，没有变动。请核对。"),
    "ruling_score_form": _("%(event)s的成绩“%(text)s”不是%(decimals)s位小数以内的数。请更正。"),
    "ruling_score_none": _("%(entry)s在%(event)s没有成绩，不能更正。请先录入成绩。"),
    "ruling_score_moved": _("%(entry)s的%(event)s在提出后已有变动，请重新提出处理决定。"),
    "ruling_withdraw_scored": _(
        "%(entry)s在这一阶段已有成绩，不能取消参赛资格。请改选“取消成绩”，成绩不再参加排名。"
    ),
    "ruling_restore_none": _("%(entry)s没有退出或取消，不需要恢复。请核对参赛编号。"),
}
