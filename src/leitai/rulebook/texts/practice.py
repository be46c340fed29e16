"""Texts about practice."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- names
    "no_such_ledger": (
        "没有名为“%(name)s”的积分账户。可用的有：%(allowed)s。请在practice.ledgers中定义或改名。",
        "there is no ledger '%(name)s', only %(allowed)s; define it under practice.ledgers or mend the name",
    ),
    "ledger_unsaid": (
        "有多个积分账户，须用ledger写明记入哪一个：%(allowed)s。",
        "there are several ledgers; say with 'ledger' which one: %(allowed)s",
    ),
    "no_such_act": (
        "没有名为“%(name)s”的练兵项目。请在practice.acts中定义或改名。",
        "there is no act '%(name)s'; define it under practice.acts or mend the name",
    ),
    "no_such_title": (
        "没有名为“%(name)s”的称号。请在practice.titles中定义或改名。",
        "there is no title '%(name)s'; define it under practice.titles or mend the name",
    ),
    "no_such_hours": (
        "没有名为“%(name)s”的时段。请在practice.hours中定义或改名。",
        "there are no hours '%(name)s'; define them under practice.hours or mend the name",
    ),
    "no_such_figure": (
        "该项目没有“%(name)s”这个数据。可用的有：%(allowed)s。请在figures中定义或改名。",
        "the act has no figure '%(name)s', only %(allowed)s; define it under figures or mend the name",
    ),
    "no_such_word": (
        "“%(name)s”不是该数据的取值。可用的有：%(allowed)s。",
        "'%(name)s' is none of the figure's words: %(allowed)s",
    ),
    "figure_unsaid": (
        "未写明按哪个数据计分。请用of写明，或在act中只留一个数据。",
        "it is not said by which figure to credit; name it with 'of', or leave the act one figure only",
    ),
    "figure_has_words": (
        "“%(name)s”的取值是文字，只能用words计分。",
        "the figure '%(name)s' is a word; credit it with 'words'",
    ),
    "reserved_figure": (
        "“%(name)s”是保留名称，另有用途。请改名。",
        "the name '%(name)s' has a meaning of its own; choose another",
    ),
    "exercise_type": (
        "没有名为“%(name)s”的题型。可用的有：%(allowed)s。",
        "there is no type of question '%(name)s', only %(allowed)s",
    ),
    "exercise_sum": (
        "各题型合计%(total)s题，与questions写明的%(questions)s题不符。",
        "the types add up to %(total)s questions, but 'questions' says %(questions)s",
    ),
    "exercise_pass_of_nothing": (
        "写了及格线，却没有写满分。请用full写明满分。",
        "there is a pass mark but no full mark; say it with 'full'",
    ),
    "exercise_pass": (
        "及格线%(least)s须大于0，且不超过满分%(full)s。",
        "the pass mark %(least)s must be more than 0 and no more than the full mark %(full)s",
    ),
    "unused_ledger": (
        "没有任何项目记入账户“%(name)s”。请删去，或在某项目的credits中使用。",
        "nothing is ever credited into the ledger '%(name)s'; remove it, or credit something into it",
    ),
    "unused_hours": (
        "时段“%(name)s”没有被任何计分规则使用。请删去，或在credits的hours中使用。",
        "no credit uses the hours '%(name)s'; remove them, or use them in a credit",
    ),
    "unused_act": (
        "项目“%(name)s”不计分，也不用于任何称号、连续奖励或榜单。请补充规则，或删去；仅供练习的写counts: false。",
        "nothing follows from the act '%(name)s'; give it a credit or a use, remove it, or write counts: false",
    ),
    # ---- times
    "bad_offset": (
        '“%(text)s”不是时差。请写成"+08:00"。',
        "'%(text)s' is no offset; write it like \"+08:00\"",
    ),
    "bad_clock": (
        '“%(text)s”不是时刻。请写成"6:00"，一天之末写"24:00"。',
        '\'%(text)s\' is no time of day; write it like "6:00", the end of a day as "24:00"',
    ),
    "span_order": (
        "起始%(start)s不早于结束%(end)s。跨零点的请分成两段。",
        "%(start)s is not before %(end)s; cut a span over midnight in two",
    ),
    "bad_moment": (
        '“%(text)s”既不是日期时间（如"2022-04-01"、"2022-09-30 24:00"），也不是calendar中的名称。请改正。',
        '\'%(text)s\' is neither a day or time (like "2022-04-01" or "2022-09-30 24:00") nor a name of the calendar; mend it',
    ),
    # ---- figures and caps
    "must_be_positive": (
        "%(value)s不可用，此处须为正数。",
        "%(value)s cannot stand here; it must be above nought",
    ),
    "credit_over_cap": (
        "每次计%(points)s，超过上限%(cap)s，一次也不能足额计分。请核对。",
        "each act brings %(points)s, more than the cap of %(cap)s, so that none is ever credited in full; check both",
    ),
    "cap_never": (
        "上限%(cap)s高于更长时段（%(longer)s）的上限%(less)s，永远用不上。请核对。",
        "the cap of %(cap)s is above the %(less)s of the longer '%(longer)s' and can never be met; check both",
    ),
    "cap_beyond": (
        "账户每日上限%(cap)s，而各项每日上限合计只有%(sum)s，永远达不到。请核对各项上限。",
        "the ledger's daily cap is %(cap)s, but all credits of a day come to %(sum)s at most; check the caps",
    ),
    "caps_differ": (
        "来源称各项每日上限合计%(stated)s，按本规则合计为%(sum)s。请核对各项上限。",
        "the caps of a day are said to add up to %(stated)s, but they add up to %(sum)s; check them",
    ),
    "caps_unbounded": (
        "有的项目每日没有上限，各项上限无法合计。请补上每日上限，或删去stated。",
        "something has no cap for a day, so the caps cannot be added up; give it one, or remove 'stated'",
    ),
    "back_of_best": (
        "“%(name)s”只取最好或最近一次，不能再撤销。请改为counts: all，或删去takes_back。",
        "of '%(name)s' only the best or last one counts, so it cannot be taken back; let all count, or remove takes_back",
    ),
    "beyond_without_limit": (
        "没有次数限制，不需要beyond。请补上limit，或删去beyond。",
        "without a limit there is no try beyond it; add 'limit', or remove 'beyond'",
    ),
    "change_of_period": (
        "账户的周期不能中途改变，应为%(period)s。请另设账户。",
        "a ledger's period cannot change and must stay %(period)s; define another ledger",
    ),
    # ---- titles and boards
    "goal_count": (
        "“%(count)s”不适用于%(kind)s。可用的有：%(allowed)s。",
        "'%(count)s' does not go with %(kind)s; it may be %(allowed)s",
    ),
    "goal_needs_figure": (
        "按%(count)s计算须用of写明数据。",
        "'%(count)s' needs 'of' with the name of a figure",
    ),
    "goal_has_figure": (
        "按%(count)s计算不需要of。请删去，或改为sum、best、mean。",
        "'%(count)s' takes no 'of'; remove it, or use sum, best or mean",
    ),
    "goal_with": (
        "with只用于按项目（act）计算的条件。请删去。",
        "'with' goes with 'act' only; remove it",
    ),
    "title_twice": (
        "有两个称号同为“%(title)s”，无法区分。请改名。",
        "two titles are both called %(title)s; rename one of them",
    ),
    "title_cycle": (
        "称号“%(name)s”的条件又要求它自己。请改正条件。",
        "the title '%(name)s' needs itself in the end; mend its goal",
    ),
    "title_of_best": (
        "“%(name)s”按名次授予，须待期末才能确定，不能作为其他称号的条件。",
        "'%(name)s' goes to the best of a period, which is known at its end only; it cannot be a goal",
    ),
    "title_unreachable": (
        "“%(title)s”无人能得：要求%(least)s，按本规则最多%(most)s。请核对条件和上限。",
        "nobody can reach %(title)s: it asks for %(least)s, and %(most)s is the most there can be; check the goal and the caps",
    ),
    "without_top": (
        "没有top，%(key)s不起作用。请补上top，或删去。",
        "'%(key)s' means nothing without 'top'; add that, or remove this",
    ),
    "top_needs_by": (
        "只授予前若干名的，须用by写明按哪个账户排名。",
        "say with 'by' by which ledger's points the best are found",
    ),
    "ladder_cycle": (
        "“%(name)s”同时在上又在下。请改正等级。",
        "'%(name)s' stands both above and below; mend the ladder",
    ),
    "ladder_period": (
        "“%(name)s”的周期是%(per)s，与本称号不同，不能构成等级。",
        "'%(name)s' is a title per %(per)s, another period than this one's; they make no ladder",
    ),
    "board_of_units": (
        "“%(figure)s”是单位的统计数据。请用of写明单位（如unit）。",
        "'%(figure)s' is a figure of units; name a kind of fact such as unit with 'of'",
    ),
    # ---- acts that come in
    "act_unknown": (
        "规则中没有岗位练兵，不能记入“%(act)s”。",
        "the rulebook has no practice, so '%(act)s' cannot be recorded",
    ),
    "act_unlisted": (
        "规则中没有“%(act)s”这个项目。可用的有：%(allowed)s。",
        "the rulebook has no act '%(act)s', only %(allowed)s",
    ),
    "act_nobody": ("缺少人员编号。请补上。", "the person is missing; add one"),
    "act_late": (
        "学员%(person)s的这条记录早于已计的记录，须从头重新计算。",
        "this act of %(person)s belongs before one that was taken; begin anew with all of them",
    ),
    "practice_state": (
        "保存的练兵进度是另一种格式（%(format)s），须从头重新计算。",
        "what was put down has another form (%(format)s); begin anew with all acts",
    ),
    "practice_absent": (
        "该规则没有岗位练兵部分。请在规则中写明practice。",
        "the rulebook has no practice; write it under 'practice'",
    ),
    "act_at": (
        "时间须在%(first)s年至%(last)s年之间。请核对。",
        "the time must lie between the years %(first)s and %(last)s; check it",
    ),
    "act_value_long": (
        "内容过长，最多%(most)s个字符。",
        "the value is too long; it may have %(most)s characters",
    ),
    "act_figure_unknown": (
        "该项目没有“%(figure)s”这个数据。可用的有：%(allowed)s。",
        "the act has no figure '%(figure)s', only %(allowed)s",
    ),
    "act_figure_twice": ("“%(figure)s”写了两次。请只留一个。", "'%(figure)s' is there twice"),
    "act_figure_missing": (
        "缺少“%(title)s”（%(figure)s）。请补上。",
        "%(title)s ('%(figure)s') is missing; add it",
    ),
    "act_answers": (
        "答题记录“%(text)s”须由1（对）和0（错）组成。",
        "the answers '%(text)s' must be written with 1 for right and 0 for wrong",
    ),
    "act_answers_differ": (
        "“%(figure)s”为%(value)s，与答题记录不符。请核对。",
        "'%(figure)s' is %(value)s, which is not what the answers say; check both",
    ),
    "act_seconds": (
        "答题用时“%(text)s”须为逗号分隔的秒数，如4,6,2.5。",
        "the times '%(text)s' must be seconds with commas between, like 4,6,2.5",
    ),
    "act_number": (
        "“%(figure)s”的值“%(value)s”不是数字。请写成如8或8.5。",
        "the value '%(value)s' of '%(figure)s' is no number; write it like 8 or 8.5",
    ),
    "act_word": (
        "“%(figure)s”的值“%(value)s”不在可选值中：%(allowed)s。",
        "the value '%(value)s' of '%(figure)s' is none of %(allowed)s",
    ),
    "act_under": (
        "“%(figure)s”的值%(value)s小于%(least)s。请核对。",
        "the value %(value)s of '%(figure)s' is below %(least)s; check it",
    ),
    "act_over": (
        "“%(figure)s”的值%(value)s大于%(most)s。请核对。",
        "the value %(value)s of '%(figure)s' is above %(most)s; check it",
    ),
}
