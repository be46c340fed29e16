"""Texts about the shape, names and sums."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- the shape
    "version_unknown": (
        "不认识规则语言版本%(version)s。请写rulebook: 1。",
        "version %(version)s of the language is unknown; write rulebook: 1",
    ),
    "unknown_key": (
        "没有“%(key)s”这个键。可用的键：%(allowed)s。",
        "there is no key '%(key)s' here; the keys are %(allowed)s",
    ),
    "unknown_key_near": (
        "没有“%(key)s”这个键，是否应为“%(near)s”？可用的键：%(allowed)s。",
        "there is no key '%(key)s' here, perhaps '%(near)s' is meant; the keys are %(allowed)s",
    ),
    "bad_id": (
        "编号“%(name)s”只能用小写字母、数字、“-”和“_”，以字母或数字开头，如match-2024。",
        "the id '%(name)s' may have a-z, 0-9, '-' and '_' only and begins with a letter or digit, such as match-2024",
    ),
    "not_half_width": (
        "“%(got)s”用了全角符号。请改为%(mend)s。",
        "'%(got)s' has full-width signs; write %(mend)s",
    ),
    "missing_key": ("缺少“%(key)s”。请补上。", "'%(key)s' is missing; add it"),
    "not_text": ("此处应为文字，不是“%(got)s”。", "this should be text, not %(got)s"),
    "not_integer": ("此处应为整数，不是“%(got)s”。", "this should be a whole number, not %(got)s"),
    "not_decimal": (
        '此处应为带引号的小数，如"1.5"，不是“%(got)s”。',
        'this should be a decimal in quotes, such as "1.5", not %(got)s',
    ),
    "not_share": (
        '此处应为比例，如"40%%"或"1/3"，不是“%(got)s”。',
        'this should be a share, such as "40%%" or "1/3", not %(got)s',
    ),
    "not_date": (
        "此处应为日期，如2022-06-10，不是“%(got)s”。",
        "this should be a day, such as 2022-06-10, not %(got)s",
    ),
    "not_boolean": (
        "此处应为true或false，不是“%(got)s”。",
        "this should be true or false, not %(got)s",
    ),
    "not_list": ("此处应为列表，不是“%(got)s”。", "this should be a list, not %(got)s"),
    "not_mapping": ("此处应为键值表，不是“%(got)s”。", "this should be a mapping, not %(got)s"),
    "not_among": ("“%(value)s”不在可选值中：%(allowed)s。", "'%(value)s' is none of %(allowed)s"),
    "too_small": (
        "%(value)s太小，至少为%(minimum)s。",
        "%(value)s is too small; it must be at least %(minimum)s",
    ),
    "too_great": (
        "%(value)s太大，最多为%(maximum)s。",
        "%(value)s is too great; it must be at most %(maximum)s",
    ),
    "wrong_count": (
        "应有%(expected)s项，现有%(got)s项。",
        "there should be %(expected)s items, not %(got)s",
    ),
    "empty_list": (
        "列表是空的。请填写，或删去这个键。",
        "the list is empty; fill it or remove the key",
    ),
    "empty_mapping": (
        "没有内容。请填写，或删去这个键。",
        "there is nothing in it; fill it or remove the key",
    ),
    "blank_text": (
        "文字不能为空，前后不能有空格。",
        "text must not be blank nor begin or end with a space",
    ),
    "bad_name": (
        "名称“%(name)s”只能用小写字母、数字、“-”和“_”。",
        "a name such as '%(name)s' may have a-z, 0-9, '-' and '_' only",
    ),
    "exactly_one": (
        "以下各键须有且只有一个：%(keys)s。",
        "exactly one of these must be there: %(keys)s",
    ),
    # ---- names
    "no_such_stage": (
        "没有名为“%(name)s”的阶段。请在stages中定义或改名。",
        "there is no stage '%(name)s'; define it under stages or mend the name",
    ),
    "stage_not_before": (
        "“%(name)s”排在这个阶段之后，读不到它的成绩。请在“%(name)s”的advance中写明晋级到这个阶段，或改用此前的阶段。",
        "the stage '%(name)s' is decided after this one, so nothing can be read of it; let it advance to this stage, or name an earlier one",
    ),
    "visibility_of_nothing": (
        "没有名为“%(name)s”的阶段，不必写明谁可查看。请删去或改名。",
        "there is no stage '%(name)s' to see anything of; remove it or mend the name",
    ),
    "no_such_event": (
        "没有名为“%(name)s”的比赛科目。请在events中定义或改名。",
        "there is no event '%(name)s'; define it under events or mend the name",
    ),
    "no_such_window": (
        "日程中没有“%(name)s”。请在calendar中定义或改名。",
        "the calendar has no '%(name)s'; define it under calendar or mend the name",
    ),
    "no_such_award": (
        "没有名为“%(name)s”的奖项。请改为awards中的id。",
        "there is no award '%(name)s'; use an id of awards",
    ),
    "no_such_assumption": (
        "没有名为“%(name)s”的待定事项。请在assumptions中写明。",
        "there is no assumption '%(name)s'; write it under assumptions",
    ),
    "no_such_path": (
        "规则中没有“%(name)s”这一处。请改为存在的位置。",
        "the rulebook has no '%(name)s'; name a place that exists",
    ),
    "no_such_key": (
        "“%(name)s”不能用来排名。可用：%(allowed)s。",
        "'%(name)s' cannot rank; use one of %(allowed)s",
    ),
    "event_not_in_stage": (
        "“%(name)s”不是本阶段的科目。请先列入events。",
        "'%(name)s' is no event of this stage; list it under its events first",
    ),
    "unused_event": (
        "科目“%(name)s”没有阶段使用。请在某阶段的events中列入，或删去。",
        "no stage uses the event '%(name)s'; list it in one or remove it",
    ),
    "unused_assumption": (
        "没有规则引用“%(name)s”。请在规则处写assumption: %(name)s，或用concerns指明位置。",
        "nothing refers to '%(name)s'; write assumption: %(name)s at the rule, or name the place under concerns",
    ),
    "duplicate": (
        "“%(name)s”重复。请删去一处或改名。",
        "'%(name)s' is there twice; remove or rename one",
    ),
    # ---- stages
    "stage_cycle": (
        "阶段“%(name)s”的晋级绕回自身。请修改advance.to。",
        "the stage '%(name)s' advances into itself by a circle; change advance.to",
    ),
    "stage_unreached": (
        "没有规则进入阶段“%(name)s”。请在上一阶段写advance，或写明quota作为起点。",
        "nothing leads into the stage '%(name)s'; add an advance to it, or a quota if the season begins here",
    ),
    "contest_needs": ("比赛阶段须有“%(key)s”。请补上。", "a contest needs '%(key)s'; add it"),
    "nomination_has_no": (
        "报送阶段没有“%(key)s”。请删去，或改为method: contest。",
        "a nomination has no '%(key)s'; remove it or write method: contest",
    ),
    "nomination_takes_everyone": (
        "报送阶段没有名次，只能take: everyone。",
        "a nomination has no ranks; only take: everyone is possible",
    ),
    "needs_team": (
        "该阶段没有代表队成绩。请先写team。",
        "the stage has no team score; write its team first",
    ),
    "members_unsaid": (
        "请用members写明每队晋级几人。",
        "say with members how many of each team go on",
    ),
    "members_without_teams": (
        "members只用于代表队晋级（teams）。请删去。",
        "members belongs to teams only; remove it",
    ),
    "guests_unsaid": (
        "有不占名额的代表队。请写guests: skip（不计）或include（计入）。",
        "there are guest delegations; write guests: skip or include",
    ),
    "except_unsaid": (
        "前面已有规则晋级到%(to)s。请写except: already，说明已晋级的不重复计。",
        "an earlier rule leads to %(to)s too; write except: already",
    ),
    "except_nothing": (
        "前面没有规则晋级到%(to)s。请删去except。",
        "no earlier rule leads to %(to)s; remove except",
    ),
    "no_team_advances": (
        "没有代表队晋级到“%(name)s”。请改为of: all，或在上一阶段写teams。",
        "no team advances to '%(name)s'; write of: all, or teams in the stage before",
    ),
    "dates_out_of_order": (
        "日期先后不对：%(first)s之后是%(then)s。请核对原文。",
        "the dates are out of order: %(first)s, then %(then)s; compare the notice",
    ),
    # ---- numbers
    "points_decimals": (
        "分值须大于0，小数不超过%(decimals)s位。",
        "points must be above 0 with at most %(decimals)s decimals",
    ),
    "partial_useless": (
        "%(type)s题没有部分得分。请删去partial。",
        "there are no part marks for %(type)s; remove partial",
    ),
    "paper_sum": (
        "试卷各部分合计%(sum)s分，与满分%(max)s分不符。请核对题数和分值。",
        "the parts add up to %(sum)s, not to the maximum of %(max)s; check counts and points",
    ),
    "more_than_quota": (
        "%(count)s人超过名额%(quota)s人。请核对。",
        "%(count)s is more than the quota of %(quota)s; check both",
    ),
    "award_needs_contest": (
        "阶段“%(name)s”没有名次，不能授奖。",
        "the stage '%(name)s' has no ranks to award",
    ),
    "per_needs_top": (
        "per: delegation只用于个人奖，并须写top。",
        "per: delegation is for persons and needs top",
    ),
    "ranks_order": (
        "名次应从前到后：%(first)s大于%(last)s。",
        "ranks go from first to last: %(first)s is above %(last)s",
    ),
    "award_beyond": (
        "授奖到第%(last)s名，但最多只有%(places)s名。请核对。",
        "the award goes down to %(last)s but there are at most %(places)s; check both",
    ),
    "award_overlap": (
        "名次可能与奖项“%(other)s”重叠。只能得一项的，用unless写明；可以兼得的，写stacks: true。",
        "places may coincide with those of the award '%(other)s'; name it in unless, or allow both with stacks: true",
    ),
    "unless_kind": (
        "“%(name)s”与本奖项一个授予个人、一个授予代表队，不能互斥。请修改unless。",
        "'%(name)s' goes to another kind of holder; change unless",
    ),
    "unless_cycle": (
        "“%(name)s”又取决于本奖项。请修改unless。",
        "'%(name)s' depends on this award in turn; change unless",
    ),
    # ---- the engine's inputs
    "stage_unknown": ("规则中没有阶段“%(stage)s”。", "the rulebook has no stage '%(stage)s'"),
    "track_unknown": ("规则中没有赛项“%(track)s”。", "the rulebook has no track '%(track)s'"),
    "event_unknown": ("该阶段没有科目“%(event)s”。", "the stage has no event '%(event)s'"),
    "delegation_unknown": (
        "没有代表队“%(delegation)s”。请先建立代表队。",
        "there is no delegation '%(delegation)s'; add it first",
    ),
    "entry_unknown": (
        "该阶段没有参赛对象“%(entry)s”。请核对编号。",
        "the stage has no entry '%(entry)s'; check the number",
    ),
    "entry_twice": (
        "参赛对象“%(entry)s”或其本人重复。请删去一行。",
        "the entry '%(entry)s', or its person, is there twice; remove one row",
    ),
    "score_twice": (
        "“%(entry)s”的成绩重复。请只留一行。",
        "'%(entry)s' has two scores; keep one row",
    ),
    "score_missing": (
        "“%(entry)s”没有“%(event)s”的成绩。请补录；未到场的记缺考。",
        "'%(entry)s' has no score in '%(event)s'; add it, or record the absence",
    ),
    "score_range": (
        "%(value)s分不在%(min)s至%(max)s分之间。请核对。",
        "%(value)s is not between %(min)s and %(max)s; check it",
    ),
    "score_decimals": (
        "%(value)s分的小数超过%(decimals)s位。",
        "%(value)s has more than %(decimals)s decimals",
    ),
    "score_key_unknown": ("规则中没有“%(key)s”这一项。", "the rulebook has no tie key '%(key)s'"),
    "score_key_missing": (
        "缺少排名所需的“%(key)s”。请补录。",
        "'%(key)s' is needed for ranking; add it",
    ),
    "resolution_order": (
        "处理结果须列出对象，且不得重复。",
        "an answer must name entries, each once",
    ),
    "line_unknown": (
        "没有“%(line)s”这条界线。请改为：%(allowed)s。",
        "there is no line '%(line)s'; the lines are %(allowed)s",
    ),
    "resolution_conflict": (
        "与“%(line)s”的同分处理结果矛盾。请只留一个。",
        "this contradicts the answer for '%(line)s'; keep one of them",
    ),
    # ---- questions
    "no_such_rulebook": ("没有名为“%(id)s”的竞赛规则。", "there is no rulebook '%(id)s'"),
    "no_decimal": (
        "“%(text)s”不是小数。请写成如86.50。",
        "'%(text)s' is no decimal; write it like 86.50",
    ),
    "fact_not_decimal": (
        "“%(key)s”的值“%(value)s”不是数字。请更正该条记录。",
        "the value '%(value)s' of '%(key)s' is no number; correct that record",
    ),
    "bad_key": (
        "%(type)s题的标准答案“%(key)s”不能用于阅卷。请更正。",
        "the key '%(key)s' cannot mark a %(type)s item; correct it",
    ),
    "not_on_board": ("“%(name)s”不在该排名中。", "'%(name)s' is not on this board"),
    "not_above": (
        "“%(upper)s”的名次不在“%(lower)s”之前。",
        "'%(upper)s' does not stand above '%(lower)s'",
    ),
}
