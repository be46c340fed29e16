"""What the seasons' room refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "season_unknown": _("没有代码为%(season)s的赛季。"),
    "season_exists": _("赛季代码%(season)s已被使用。请换一个代码。"),
    "season_code_form": _(
        "赛季代码“%(season)s”不合格式：用字母、数字、短横和下划线，最长%(limit)s位。"
    ),
    "merge_entries_clash": _(
        "两条记录都报了%(stage)s（%(name)s），不能合并。请先办理其中一条的退赛。"
    ),
    "merge_facts_differ": _("两条记录的“%(key)s”不一致（来源：%(source)s），不能合并。请先更正。"),
    "season_closed": _(
        "赛季%(season)s已经结束，不能再办理。确需办理的，请组委会办公室在“结束赛季”页提出重新开启。"
    ),
    "season_not_open": _("赛季%(season)s尚未启动。请先确认待定事项、填好日程并启动赛季。"),
    "closing_held_up": _("赛季还不能结束，须先办结：%(names)s。"),
    "closing_reason": _("还有没有办结的事项：%(names)s。请写明仍要结束的原因。"),
    "closing_open": _("赛季%(season)s没有结束，不必重新开启。"),
    "office_stands": _("本赛季已有组委会办公室（%(names)s），由其在“组织机构”中任命人员。"),
    "office_unknown": _(
        "没有登录名或人员代码为“%(name)s”的人。请核对；要新建账号的，请填写“姓名”。"
    ),
    "office_self": _("不能任命自己。请由另一名管理员提出。"),
    "season_assumptions_open": _(
        "还有%(count)s个待定事项没有确认：%(names)s。请逐项确认后再启动。"
    ),
    "season_windows_missing": _("还没有填写日程：%(names)s。请填好后再启动。"),
    "season_delegations_missing": _("还没有建立代表队。请先导入单位并建立代表队。"),
    "season_teams_short": _(
        "%(stage)s应有%(teams)s支代表队晋级，可晋级的代表队只有%(have)s支。请核对竞赛规则和代表队。"
    ),
    "rules_wrong": _("规则还有%(count)s处错误，不能采用。请逐处更正。"),
    "rules_reason": _("请填写修改规则的原因。"),
    "rules_same": _("与现行的第%(number)s版没有不同，不必采用。"),
    "rules_moved": _(
        "您编写期间，%(name)s已采用第%(number)s版。请先看两边的不同，并入新版本后再采用；草稿已保留。"
    ),
    "rules_questions": _("还有%(count)s个新的或已变更的待定事项没有确认：%(names)s。请逐项确认。"),
    "rules_entries": _(
        "%(names)s已有%(count)s条报名，新规则中却没有这个阶段或赛项。请保留，或先办理退赛。"
    ),
    "rules_scores": _("%(names)s已有成绩的科目，在新规则中不再是这个阶段的科目。请保留该科目。"),
    "rules_stage_used": _("%(stage)s已有考试或成绩，不能从规则中删去。请保留。"),
    "rules_host": _(
        "主办单位须是%(host)s（编码%(unit)s）。更换主办单位，请联系系统管理员另建赛季。"
    ),
    "rules_file": _(
        "不能读取这个文件：须是UTF-8编码的YAML文本，不超过%(limit)s KB。请另存后上传。"
    ),
    "draft_unknown": _("没有第%(number)s号规则草稿。"),
    "draft_closed": _("这份草稿%(state)s，不能再改。请另建草稿。"),
    "draft_moved": _(
        "%(name)s刚刚保存了这份草稿。您的修改还没有保存，下面是您填写的内容；请核对后再保存。"
    ),
    "draft_no_step": _("没有可以撤销或重做的修改。"),
    "drafts_many": _("编写中的草稿已有%(most)s份。请先采用或放弃其中的一份。"),
    "edit_nowhere": _("规则中没有“%(path)s”这一处，可能已被删去或移动。请返回草稿查看。"),
    "edit_too_long": _("规则文本超过%(most)s字。请精简。"),
    "edit_name": _(
        "“%(name)s”不能用作编号：只用小写字母、数字、短横和下划线，且不与其他编号重复。"
    ),
    "assumption_unknown": _("竞赛规则中没有待定事项“%(key)s”。"),
    "window_unknown": _("竞赛规则的日程中没有“%(name)s”。"),
    "window_backwards": _("%(title)s的结束时间应在开始时间之后。请更正。"),
    "window_deviates": _("%(title)s与竞赛规则的日期不符（%(words)s）。如确需调整，请填写原因。"),
    "window_own_reason": _("%(name)s的%(title)s与其他队不同。请填写原因，会通知该队。"),
    "window_moved_reason": _("%(title)s已经公布，改动须填写原因；原来的时间会保留备查。"),
    "remind_days": _("提前的天数应在0到%(most)s之间；填0就不提醒。"),
    "season_code_own": _("赛季代码不能以“%(begun)s”开头。请换一个代码。"),
    "season_host_missing": _("单位里没有赛季%(season)s的主办单位。请先导入单位。"),
    "season_teams_open": _("竞赛规则没有规定有哪些代表队。请在“代表队”页面逐支增加。"),
    "local_stage_unknown": _("%(stage)s不是由各地自行组织的阶段。请核对竞赛规则。"),
    "local_how": _("不认识的选拔方式“%(how)s”。请从列表中选择。"),
    "local_must_hold": _("竞赛规则要求举办%(stage)s，不能直接推荐。请填写举办时间。"),
    "local_reason": _("不办%(stage)s而直接推荐的，请写明原因。"),
    "local_time": _("请填写%(stage)s的开始和结束时间。"),
    "local_reported": _("%(name)s已经报送%(stage)s成绩，不能再改安排。成绩有误的，请重新报送。"),
    "local_files_many": _("盖章的成绩单最多%(limit)s个文件。请减少，或合并成一个文件。"),
    "local_no_contest": _("%(name)s没有安排举办%(stage)s，没有成绩可报。请先填写举办时间。"),
    "local_early": _("%(name)s的%(stage)s还没有开始，不能报送成绩。"),
    "local_results_none": _("成绩表里没有一行成绩。请核对表头：名次、姓名、单位、成绩。"),
    "local_results_many": _("成绩表超过%(most)s行。请只报送本次选拔的成绩。"),
    "local_results_name": _("姓名不能为空，各格不超过%(limit)s个字。"),
    "local_results_rank": _("名次“%(rank)s”不是整数。"),
    "local_results_score": _("成绩“%(score)s”不是数字。请写成86或86.5这样的形式。"),
    "contest_template": _("没有模板“%(template)s”。请从列表中选择。"),
    "contest_title": _("请填写比赛名称，不超过%(limit)s个字。"),
    "contest_prizes": _("每个奖项的名额应在0到%(most)s之间。"),
    "contest_nobody": _("还没有参赛人员。请先导入名单。"),
    "contest_many": _("一次比赛最多%(most)s人。请分场举办。"),
    "contest_stranger": _("%(code)s不是本单位的人员。请核对名单里的单位。"),
    "contest_owner": _("%(name)s是本次比赛的主办人，掌握试卷和成绩，不能参赛。请从名单中删去。"),
    "contest_barred": _("%(names)s按规则不能参赛（如担任考务、监督等职责）。请从名单中删去。"),
    "contest_rules": _("规则中没有由一个科目组成的比赛，不能用这个办法办理。请在赛季总览中办理。"),
    "contest_paper": _("请至少选一种题型。"),
    "contest_time": _("还没有确定比赛时间。请先填写。"),
    "contest_issuer": _("发证单位的名称请不超过%(limit)s字。"),
    "contest_past": _("开始时间已过或太近，请至少留出1分钟。"),
    "contest_barred_above": _(
        "%(name)s不能参加上级比赛，也不参加为它举办的选拔：%(bars)s。请从名单中删去。"
    ),
    "contest_dropped": _("这场比赛已经撤销，不能再办理。请另办一场。"),
    "contest_opened": _("比赛已经开始办理，名单和试卷不能再改，时间只能改期。"),
    "stage_not_nomination": _("%(stage)s不是报送名单的阶段。"),
    "track_needed": _("%(stage)s有多个赛项，请指明报送哪一个：%(tracks)s。"),
    "track_not_here": _("%(stage)s没有“%(track)s”这个赛项。请选择本阶段的赛项。"),
    "team_stage": _("%(stage)s的这个赛项不在这里登记队伍。请按竞赛规则选择阶段和赛项。"),
    "team_name": _("请填写队名，不超过%(limit)s字。"),
    "team_name_taken": _("已有一支队伍叫“%(team)s”。请换一个队名。"),
    "team_size": _("每队应有%(least)s至%(most)s人，现填写%(count)s人。请按规则增减队员。"),
    "team_places": _("%(of)s最多%(limit)s支队伍，不能再登记。请先撤下一支。"),
    "team_member_taken": _("%(name)s（%(code)s）已在“%(team)s”。一人只能参加一支队伍。"),
    "team_replace": _("“%(team)s”是一支队伍，不能整体更换为一人。请修改队员，或先退赛再重新登记。"),
    "entry_gone": _("%(name)s（%(entry)s）已不在%(stage)s的名单中，不必再办理。"),
    "entry_scored": _(
        "%(name)s（%(entry)s）在%(stage)s已有成绩，不能%(what)s。请由监督仲裁组按规则处理。"
    ),
    "entry_reason": _("请填写原因。"),
    "entry_barred": _("%(name)s不符合参赛条件：%(bars)s。请另选人员。"),
    "nomination_early": _("%(stage)s尚未开始报送，开始时间是%(opens)s。"),
    "nomination_late": _("%(stage)s的报送已经截止，截止时间是%(closes)s。请联系组委会办公室。"),
    "nomination_confirmed": _("%(delegation)s的名单已经确认，不能再报送。"),
    "quota_full": _(
        "%(delegation)s的名额是%(limit)s人，已报送%(standing)s人，本次%(wanted)s人超出名额。请减少人数。"
    ),
    "nomination_over": _(
        "%(of)s最多%(limit)s人，已报送%(standing)s人，本次%(wanted)s人超出限额。"
        "请减少人数。依据：%(source)s。"
    ),
    "replacement_over": _(
        "不能更换为%(name)s：%(of)s在%(stage)s最多%(limit)s人，已有%(standing)s人。"
        "请另选人员。依据：%(source)s。"
    ),
    "person_foreign": _("%(name)s（%(code)s）所在单位不属于%(delegation)s。请更正名单。"),
    "person_entered": _("%(name)s（%(code)s）已由%(delegation)s报送。一人只能代表一个代表队。"),
    "person_listed_twice": _("%(code)s在名单中出现了两次。请删去一次。"),
    "entries_scored": _("%(entries)s在%(stage)s已有成绩，不能取消晋级。请先由监督仲裁组处理。"),
    "score_places": _("%(entry)s的成绩应为%(expected)s位小数，实为%(got)s位。"),
    "score_out_of_range": _("%(entry)s的成绩%(value)s超出范围，应在%(min)s到%(max)s之间。请核对。"),
    "score_correction_none": _("%(entry)s在这一科目没有成绩，无可更正。请先登记成绩。"),
    "score_correction_same": _("更正后的成绩与%(entry)s现有成绩相同，不必更正。"),
    "score_correction_reason": _("更正成绩须写明原因。"),
    "score_keys": _("%(entry)s带有科目“%(event)s”没有的比较项：%(keys)s。"),
    "score_repeated": _("%(entry)s在同一批成绩中出现了两次。"),
    "score_status": _("%(entry)s的状态“%(status)s”不合规定。"),
    "fact_kind_unknown": _("不认识的类别“%(kind)s”。可用：%(known)s。"),
    "fact_empty": _("“%(column)s”一格是空的。请填写。"),
    "fact_long": _("“%(column)s”一格超过%(limit)s个字。请缩短。"),
    "fact_number": _("“%(value)s”不是数字。积分请写成1000或1000.5这样的形式。"),
    "fact_date": _("“%(value)s”不是日期。请写成2022-06-10这样的形式。"),
    "fact_backwards": _("终止日期早于起始日期。请更正。"),
    "fact_twice": _("与第%(first)s行相同。请删去一行。"),
    "fact_differs": _("同一来源已登记为“%(value)s”，与本行不同。如要更正，请注明新的来源。"),
    "photo_unreadable": _("读不出这张照片。请上传不超过20 MB的JPG或PNG图片。"),
    "photo_small": _(
        "照片只有%(width)s×%(height)s像素，裁成一寸后会模糊。请换一张不小于295×413像素的。"
    ),
    "form_files_many": _("“%(title)s”最多交%(limit)s个文件。请减少。"),
    "draw_key": _("抽签的公开数据不能为空。请填写全体见证的数据。"),
    "draw_differs": _("处理结果与抽签记录不一致。请按抽签结果的次序填写。"),
    "draw_unknown": _("没有第%(number)s号抽签，或尚未公布。"),
    "draw_state": _("这次抽签现在是“%(state)s”，须在“%(wanted)s”时办理。请刷新页面核对。"),
    "draw_roster": _(
        "名单每行写编号和名称。编号不能为空，最长%(limit)s个字；名称最长%(name_limit)s个字。请更正。"
    ),
    "draw_roster_differs": _("冻结的名单与已发布清单中的编号不一致。只能改名称，不能增减编号。"),
    "draw_again": _("同一事项、同一名单已有第%(number)s号抽签，不能重抽。"),
    "draw_replaces": _("第%(number)s号抽签已终止。重新抽签须在“接替”一栏写明它。"),
    "draw_replaces_unknown": _("“接替”一栏只能选本赛季已终止的抽签。"),
    "draw_deadline_past": _("公开秘密数的截止时间已过。请另定时间；已发布的，须提请终止后重办。"),
    "draw_party_unknown": _("这次抽签没有这一方。"),
    "draw_two_hats": _("您已代表另一方提交过承诺，不能再代表%(party)s。"),
    "draw_commitment_differs": _("承诺值与秘密数不符。请重新生成。"),
    "draw_commitment_used": _("这个承诺值以前用过。秘密数只能用一次，请重新生成。"),
    "draw_commitment_missing": _("%(party)s尚未提交承诺。各方都提交后才能发布。"),
    "draw_secret_missing": _("请填写秘密数。"),
    "draw_secret_differs": _("秘密数与承诺不符。请核对是否抄错；确已遗失的，须提请终止抽签。"),
    "draw_revealed": _("%(party)s的秘密数已经公开，不必再报。"),
    "draw_reveal_late": _("公开秘密数的截止时间已过。须提请终止，经监督仲裁组同意后另行抽签。"),
    "draw_source_ahead": _("还没有到公开数字产生的时间。请到时再登记。"),
    "draw_fallback_note": _("启用备用办法须写明原因。"),
    "draw_numbers_again": _("两次填写的公开数字不一致。请核对后重填。"),
    "draw_absent_rule": _("请选择缺席的处理办法。"),
    "draw_call_reason": _("更正须写明原因。"),
    "draw_abort_reason": _("终止抽签须写明原因。"),
    "draw_abort_unasked": _("没有待同意的终止申请。"),
    "draw_abort_own": _("提请终止的人不能自己同意。请由监督仲裁组另一人办理。"),
    "resolution_twice": _("处理结果中有重复的编号：%(entries)s。请更正。"),
    "resolution_how": _("不认识的处理方式“%(how)s”。"),
    "resolution_draw": _("以抽签处理同分，须先登记抽签。"),
    "delegation_has_entries": _("这支代表队已有报送的参赛人员，范围不能再改。请先办理撤回或更换。"),
}
