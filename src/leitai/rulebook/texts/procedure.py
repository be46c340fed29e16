"""Texts about forms, the calendar, draws, publicity and appeals."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- the calendar
    "clock_unread": (
        '“%(text)s”不是时刻。请写成如"16:00"，一日之末写"24:00"。',
        '\'%(text)s\' is no time of day; write it like "16:00", the end of a day "24:00"',
    ),
    "clock_without_day": (
        "有时刻而没有日期。请补写%(day)s，或删去时刻。",
        "there is a time of day but no day; add %(day)s or remove the time",
    ),
    "clock_backwards": (
        "当日的截止时刻不在开始时刻之后。请核对原文。",
        "on that day it closes no later than it opens; compare the notice",
    ),
    "later_with_day": (
        "既写另行通知（later），又有日期。日期已定的请删去later，并用fixed_by写明补充通知。",
        "there is a day although later says that it will be announced; remove later and name the supplementary notice under fixed_by, or remove the day",
    ),
    "fixed_without_day": (
        "写明了补充通知，却没有日期。请补写latest。",
        "a supplementary notice is named but no day; add latest",
    ),
    "soft_unread": (
        "读不出“%(words)s”所指的时间范围。请删去soft，或改写为如“6月上旬”“6月底前”“6月10日至20日”。",
        "the range of '%(words)s' cannot be read; remove soft, or write words such as 6月上旬, 6月底前, 6月10日至20日",
    ),
    "soft_without_year": (
        "“%(words)s”没有年份。请在规则开头写year，或在文字中写明年份。",
        "'%(words)s' has no year; write year at the head of the rulebook, or the year in the words",
    ),
    "soft_disagrees": (
        "%(day)s不在原文所指的时间范围内。请核对；由补充通知改定的，用fixed_by写明。",
        "%(day)s is outside of what the words mean; compare the notice, or name under fixed_by the supplementary notice that fixed it",
    ),
    # ---- holidays
    "break_too_long": (
        "一次放假不能达到%(most)s天。请核对起止日期。",
        "no holiday has %(most)s days or more; check both days",
    ),
    "day_off_twice": (
        "%(day)s已在另一次放假中。请核对日期。",
        "%(day)s is in another holiday already; check the days",
    ),
    "day_off_and_on": (
        "%(day)s既列为放假，又列为上班。请删去一处。",
        "%(day)s is given as off and as worked; remove one of them",
    ),
    "worked_anyway": (
        "%(day)s是星期一至星期五，本来上班。days_on只列调休上班的星期六、星期日。",
        "%(day)s is a weekday and worked anyway; days_on is for Saturdays and Sundays only",
    ),
    # ---- terms
    "no_such_moment": (
        "没有“%(name)s”这个起算时间。可用：%(allowed)s。",
        "there is no moment '%(name)s' to reckon from; use one of %(allowed)s",
    ),
    "term_runs_exactly": (
        "按小时、分钟计算的期限不用“%(key)s”。请删去。",
        "a term of hours or minutes runs exactly; remove %(key)s",
    ),
    "rolls_anyway": (
        "工作日期限的末日不会是休息日。请删去rolls。",
        "a term of working days never ends on a day off; remove rolls",
    ),
    "window_not_fixed": (
        "“%(title)s”尚无确定日期（原文为“%(words)s”），不能作为截止依据。请待补充通知确定后更新规则。",
        "'%(title)s' has no fixed day yet (the notice says '%(words)s'), so nothing can be reckoned from it; update the rules when a supplementary notice fixes it",
    ),
    "term_not_fixed": (
        "“%(path)s”没有写明期限。请在规则中补写，或由组委会确认。",
        "no term is set at '%(path)s'; add it to the rules or have the committee confirm one",
    ),
    "rule_has_no_term": (
        "“%(path)s”不是有期限的规则。请写日程、表格、抽签、公示或申诉的位置，如publicity.selection。",
        "'%(path)s' is no rule with a term; name a window, form, draw, publicity or appeal, such as publicity.selection",
    ),
    "no_such_rule": (
        "规则中没有“%(path)s”这一处。请写日程中的名称，或如publicity.selection的位置。",
        "the rulebook has no place '%(path)s'; use a name of the calendar or a place such as publicity.selection",
    ),
    "deadline_too_far": (
        "期限%(within)s超出可计算的日期范围。请核对期限和节假日。",
        "the term of %(within)s leads beyond any calendar; check the term and the holidays",
    ),
    # ---- draws
    "groups_said_twice": (
        "各组人数（groups）和组数（group_count）只写一个。请删去一处。",
        "give either the sizes (groups) or the number of groups (group_count), not both",
    ),
    "groups_of_nothing": (
        "抽取%(of)s时没有分组。请改为of: group，或删去分组。",
        "a draw of %(of)s has no groups; write of: group, or remove them",
    ),
    "groups_do_not_fit": (
        "各组合计%(sum)s，与参加抽签的%(count)s不符。请核对。",
        "the groups hold %(sum)s but %(count)s are drawn; check both",
    ),
    "draw_beyond_pool": (
        "从%(pool)s中抽不出%(take)s。请核对。",
        "%(take)s cannot be drawn out of %(pool)s; check both",
    ),
    # ---- publicity and appeals
    "no_such_publicity": (
        "没有名为“%(name)s”的公示。请在publicity中定义或改名。",
        "there is no publicity '%(name)s'; define it under publicity or mend the name",
    ),
    "no_such_form": (
        "没有名为“%(name)s”的表格。请在forms中定义或改名。",
        "there is no form '%(name)s'; define it under forms or mend the name",
    ),
    "no_such_body": (
        "没有名为“%(name)s”的机构。请在bodies中定义，或直接写机构的中文名称。",
        "there is no body '%(name)s'; define it under bodies, or write its Chinese title",
    ),
    "appeal_limits": (
        "提出的时限写了两种。term、during、at_once只留一个。",
        "the limit is given twice; keep one of term, during and at_once",
    ),
    "level_after_last": (
        "“%(body)s”已是终局，其后不能再有一级。请核对levels。",
        "'%(body)s' has the last word, so no level can follow; check levels",
    ),
    # ---- forms as rules
    "due_said_twice": (
        "提交期限写了两种。window、term只留一个。",
        "it is due twice; keep either window or term",
    ),
    "most_without_repeated": (
        "只能提交一份的表格不用most。请删去，或写repeated: true。",
        "a form that is handed in once needs no most; remove it or write repeated: true",
    ),
    "correct_without_count": (
        "有更正期限而没有更正次数。请补写corrections。",
        "there is a term for corrections but no number of them; add corrections",
    ),
    "field_key_useless": (
        "“%(kind)s”类的栏目不用“%(key)s”。请删去，或修改kind。",
        "a field of the kind %(kind)s has no %(key)s; remove it or change kind",
    ),
    "field_needs": (
        "“%(kind)s”类的栏目须有“%(key)s”。请补上。",
        "a field of the kind %(kind)s needs %(key)s; add it",
    ),
    "yes_no_options": (
        "是否类栏目的options只能写yes、no。请修改。",
        "the options of a yes-no field are yes and no only; change them",
    ),
    "dated_without_seal": (
        "没有盖章或签字，不必写dated。请删去，或补写seal、sign。",
        "dated belongs to a seal or signature; remove it, or add seal or sign",
    ),
    "field_bounds": (
        "下限大于上限，无法填写。请修改%(key)s。",
        "the least is above the most, so nothing can be filled in; change %(key)s",
    ),
    "asked_of_nothing": (
        "前面没有名为“%(name)s”的选择栏目。请改为本栏之前的选择或是否栏目。",
        "no earlier field '%(name)s' is a choice; name a choice or yes-no field above this one",
    ),
    "table_in_table": (
        "表格里不能再套表格。请把内层改为文字栏目。",
        "a table cannot stand in a table; make the inner one a text",
    ),
    # ---- answers to a form
    "answer_missing": (
        "“%(title)s”未填写。请填写。",
        "“%(title)s” is empty; fill it in",
    ),
    "answer_unknown": (
        "表中没有“%(name)s”一栏。请删去。",
        "the form has no field '%(name)s'; remove it",
    ),
    "answer_not_asked": (
        "按前面的选择，“%(title)s”不用填写。请清空，或修改前面的选择。",
        "“%(title)s” is not asked after what was chosen above; clear it or change the choice",
    ),
    "answer_shape": (
        "“%(title)s”的填写形式不对。请按表中要求重新填写。",
        "“%(title)s” is not filled in as the form wants it; fill it in again",
    ),
    "answer_long": (
        "“%(title)s”过长，最多%(most)s个字符。请精简。",
        "“%(title)s” is too long; shorten it to at most %(most)s characters",
    ),
    "answer_lines": (
        "“%(title)s”只能填写一行。请删去换行。",
        "“%(title)s” takes one line only; remove the line breaks",
    ),
    "answer_words_over": (
        "“%(title)s”共%(count)s字，限%(most)s字以内。请精简。",
        "“%(title)s” has %(count)s characters and may have %(most)s; shorten it",
    ),
    "answer_words_under": (
        "“%(title)s”共%(count)s字，不得少于%(least)s字。请补充。",
        "“%(title)s” has %(count)s characters and needs at least %(least)s; add to it",
    ),
    "answer_not_number": (
        "“%(title)s”应填写数字，不是“%(value)s”。请更正。",
        "“%(title)s” should be a number, not '%(value)s'; correct it",
    ),
    "answer_under": (
        "“%(title)s”为%(value)s，不得小于%(least)s。请核对。",
        "“%(title)s” is %(value)s and must be at least %(least)s; check it",
    ),
    "answer_over": (
        "“%(title)s”为%(value)s，不得大于%(most)s。请核对。",
        "“%(title)s” is %(value)s and must be at most %(most)s; check it",
    ),
    "answer_not_date": (
        "“%(title)s”应填写日期，如2022-06-10，不是“%(value)s”。请更正。",
        "“%(title)s” should be a day such as 2022-06-10, not '%(value)s'; correct it",
    ),
    "answer_not_month": (
        "“%(title)s”应填写年月，如2022-06，不是“%(value)s”。请更正。",
        "“%(title)s” should be a month such as 2022-06, not '%(value)s'; correct it",
    ),
    "answer_early": (
        "“%(title)s”为%(value)s，不得早于%(first)s。请核对。",
        "“%(title)s” is %(value)s and must not be before %(first)s; check it",
    ),
    "answer_late": (
        "“%(title)s”为%(value)s，不得晚于%(last)s。请核对。",
        "“%(title)s” is %(value)s and must not be after %(last)s; check it",
    ),
    "answer_backwards": (
        "“%(title)s”的结束早于开始。请核对。",
        "“%(title)s” ends before it begins; check it",
    ),
    "answer_not_phone": (
        "“%(title)s”不是电话号码。请填写手机号，或带区号的座机号。",
        "“%(title)s” is no telephone number; give a mobile number, or a fixed line with its area code",
    ),
    "answer_not_mobile": (
        "“%(title)s”不是手机号。请填写11位手机号。",
        "“%(title)s” is no mobile number; give the 11 digits",
    ),
    "answer_not_landline": (
        "“%(title)s”不是座机号。请按“区号-号码”填写，如0471-6200000。",
        "“%(title)s” is no fixed line; write it like 0471-6200000",
    ),
    "answer_not_email": (
        "“%(title)s”不是电子邮箱。请核对。",
        "“%(title)s” is no e-mail address; check it",
    ),
    "answer_not_id_number": (
        "“%(title)s”不是有效的18位公民身份号码。请逐位核对。",
        "“%(title)s” is no valid identity number of 18 places; check every place",
    ),
    "answer_not_option": (
        "“%(title)s”不能选“%(value)s”。可选：%(allowed)s。",
        "“%(title)s” cannot be '%(value)s'; choose one of %(allowed)s",
    ),
    "answer_not_yes_no": (
        "“%(title)s”应选择是或否。请选择。",
        "“%(title)s” should be yes or no; choose one",
    ),
    "answer_not_agreed": (
        "须同意“%(title)s”才能提交。请阅读后选择。",
        "“%(title)s” must be agreed to; read it and choose",
    ),
    "answer_twice": (
        "“%(title)s”重复选择了“%(value)s”。请删去一个。",
        "“%(title)s” has '%(value)s' twice; remove one",
    ),
    "answer_few": (
        "“%(title)s”有%(count)s项，至少%(least)s项。请补充。",
        "“%(title)s” has %(count)s and needs at least %(least)s; add to it",
    ),
    "answer_many": (
        "“%(title)s”有%(count)s项，最多%(most)s项。请删减。",
        "“%(title)s” has %(count)s and may have %(most)s; remove some",
    ),
    "answer_file_type": (
        "“%(title)s”不接受文件“%(name)s”。可用格式：%(allowed)s。",
        "“%(title)s” does not take the file '%(name)s'; it takes %(allowed)s",
    ),
    "answer_file_empty": (
        "“%(title)s”的文件“%(name)s”是空的。请重新上传。",
        "the file '%(name)s' of “%(title)s” is empty; upload it again",
    ),
    "answer_file_size": (
        "“%(title)s”的文件“%(name)s”超过%(most)sMB。请压缩后再上传。",
        "the file '%(name)s' of “%(title)s” is over %(most)s MB; make it smaller and upload it again",
    ),
}
