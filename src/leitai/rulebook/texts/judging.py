"""Texts about judged events and ballots."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- the rules of judging
    "line_reserved": (
        "“%(name)s”是评分记录的专用名称，不能作评分项。请改名。",
        "'%(name)s' has a meaning of its own among marks; rename the line",
    ),
    "line_bounds_unused": (
        "按等次或按步骤评分的，不写min、grain和levels。请删去。",
        "a line of grades or steps has no min, grain or levels; remove them",
    ),
    "line_unmarked": (
        "没有评委评“%(name)s”。请列入某类评委的lines，或删去。",
        "no kind of judges marks '%(name)s'; list it in the lines of one, or remove it",
    ),
    "steps_earn_nothing": (
        "各步骤合计没有得分。请核对points。",
        "the steps earn nothing; check their points",
    ),
    "weight_nought": ("权重须大于0。请更正或删去。", "a weight must be above 0; mend or remove it"),
    "bounds_order": (
        "下限%(min)s不应达到或高于上限%(max)s。请核对。",
        "%(min)s is not below %(max)s; check both",
    ),
    "bounds_decimals": (
        "分值的小数超过%(decimals)s位。请修改分值或decimals。",
        "this has more than %(decimals)s decimals; change it or decimals",
    ),
    "grain_odd": (
        "最低分、最高分不是%(grain)s分的整数倍。请核对grain。",
        "min and max are no whole multiples of %(grain)s; check grain",
    ),
    "level_outside": (
        "档次超出了评分项的%(min)s分至%(max)s分。请核对from和to。",
        "a level lies within the line's %(min)s to %(max)s; check from and to",
    ),
    "level_no_mark": (
        "按decimals和grain，评委打不出%(mark)s分。请把档次的界线改成能打出的分数。",
        "with these decimals and this grain no judge can give %(mark)s; let a level end at a mark",
    ),
    "level_order": (
        "档次从%(from_)s分起，到%(to)s分止，前后颠倒。请核对。",
        "a level goes from %(from_)s to %(to)s, which is the wrong way round; check both",
    ),
    "level_gap": (
        "档次之间有空缺：前一档之后应从%(begins)s分起。请核对from。",
        "there is a gap between the levels: this one begins at %(begins)s; check from",
    ),
    "level_overlap": (
        "档次之间有重叠：前一档之后应从%(begins)s分起。请核对from。",
        "two levels hold the same mark: this one begins at %(begins)s; check from",
    ),
    "level_short": (
        "最高的一档没有到满分%(max)s分。请核对to。",
        "the highest level does not reach %(max)s; check to",
    ),
    "judges_in_kinds": (
        "分类设评委时，%(key)s写在各类评委之下。请移到kinds中。",
        "with kinds of judges %(key)s stands with each kind; move it there",
    ),
    "no_such_line": (
        "没有评分项“%(name)s”。请在lines中定义或改名。",
        "there is no line '%(name)s'; define it under lines or mend the name",
    ),
    "no_such_kind": (
        "没有“%(name)s”这一类。请在kinds中定义或改名。",
        "there is no kind '%(name)s'; define it under kinds or mend the name",
    ),
    "least_above": (
        "至少%(least)s名评委，多于评委总数%(judges)s名。请核对。",
        "at least %(least)s judges is more than all %(judges)s; check both",
    ),
    "trim_nothing": (
        "请用high和low写明去掉几个最高分、几个最低分。",
        "say with high and low how many are dropped",
    ),
    "trim_unsaid": (
        "去掉%(dropped)s个分数须有%(begins)s名评委。请用fewer写明不足时取平均（mean）还是不予计分（refuse），或用least写明至少%(begins)s名。",
        "dropping %(dropped)s takes %(begins)s judges; say with fewer what happens with fewer (mean or refuse), or write least: %(begins)s",
    ),
    "trim_never": (
        "评委%(judges)s名，不足%(begins)s名，永远不会去掉最高分、最低分。请核对。",
        "with %(judges)s judges nothing is ever dropped, since it takes %(begins)s; check both",
    ),
    "trim_unused": (
        "只有by: trimmed才用high、low、from和fewer。请删去，或改为trimmed。",
        "high, low, from and fewer belong to by: trimmed; remove them or write trimmed",
    ),
    "sum_needs_judges": (
        "评委分数相加的，评委人数须固定。请写judges，不写least。",
        "adding up needs a fixed number of judges; write judges and leave least out",
    ),
    "recuse_least": (
        "评委回避后不足%(judges)s名。请用least写明至少几名评委有效。",
        "when a judge withdraws there are fewer than %(judges)s; say with least how few will do",
    ),
    "judging_max_unsaid": (
        "请用max写明满分（评分项合计%(sum)s分）。",
        "say with max what the event's maximum is (the lines give %(sum)s)",
    ),
    "judging_sum": (
        "评分最多%(sum)s分，与满分%(max)s分不符。请核对分值、权重和加分。",
        "the rules can give %(sum)s, not the maximum of %(max)s; check points, weights and bonuses",
    ),
    "round_beyond": (
        "保留%(decimals)s位小数，多于本科目的%(most)s位。请修改decimals。",
        "rounding to %(decimals)s decimals is more than the event's %(most)s; change one of them",
    ),
    "time_needs": ("请用%(needs)s写明时限。", "say with %(needs)s what the limit is"),
    "signal_after": (
        "第%(signal)s秒的提示晚于第%(end)s秒的终止时间。请核对。",
        "the signal at %(signal)s s comes after the end at %(end)s s; check both",
    ),
    "step_swallows": (
        "没有within的一档适用于任何时长，须放在最后。请调整顺序或写within。",
        "a step without within takes everything; put it last or give it within",
    ),
    "step_order": (
        "各档应由短到长：%(within)s秒不大于上一档%(before)s秒。",
        "steps go from short to long: %(within)s is not above %(before)s",
    ),
    "step_points_unused": (
        "every和most只用于扣分（deduct）。请删去。",
        "every and most belong to deduct; remove them",
    ),
    "late_deduct": (
        "then: deduct须写deduct扣几分；其他情形不写。",
        "then: deduct needs the points to deduct; nothing else has them",
    ),
    "penalty_nothing": (
        "请用each写明每次扣几分，或用void_at写明几次取消成绩。",
        "say with each what it costs, or with void_at when it voids the result",
    ),
    "gap_nought": ("分差须大于0。请更正。", "the gap must be above 0; mend it"),
    "gap_take": (
        "take须与by一起写，说明由谁复评。请补上by。",
        "take needs by, the judge who marks again; add it",
    ),
    "gap_sum": (
        "评委分数相加的，不能由一名评委复评代替。请删去by。",
        "where sheets are added up one judge cannot stand for all; remove by",
    ),
    "gap_alone": (
        "只有一名评委，没有分差。请删去gap。",
        "one judge has nobody to differ from; remove gap",
    ),
    "gap_never": (
        "评委分差最大%(widest)s分，不会超过此数。请核对。",
        "sheets lie at most %(widest)s apart and never exceed this; check it",
    ),
    "key_follows": (
        "“%(name)s”由评分规则得出，不必另行定义。请删去。",
        "'%(name)s' follows from the rules of judging; remove it from keys",
    ),
    "line_endless": (
        "“%(name)s”的平均分可能除不尽，不能用来排名。请在%(event)s的judging.round.line写明保留几位小数。",
        "the figure of '%(name)s' may not end, so it cannot rank; say in judging.round.line of %(event)s how it is rounded",
    ),
    # ---- the rules of ballots
    "ballot_needs": (
        "by: %(by)s须写%(key)s。请补上。",
        "by: %(by)s needs %(key)s; add it",
    ),
    "ballot_unused": (
        "%(key)s只用于by: %(by)s。请删去。",
        "%(key)s belongs to by: %(by)s; remove it",
    ),
    "points_for_order": (
        "名次越靠前得分应越高。请核对points_for。",
        "a better place should give no fewer points; check points_for",
    ),
    "tally_approve": (
        "只有赞成票（by: approve）能按票数汇总。请删去tally。",
        "only approvals can come as a tally; remove it",
    ),
    "kind_weights": (
        "各类投票的权重合计%(sum)s%%，应为100%%。请核对。",
        "the weights add up to %(sum)s%%, not 100%%; check them",
    ),
    "voters_unsaid": (
        "请用voters写明有表决权的总人数。",
        "say with voters how many have a vote",
    ),
    "share_range": (
        "比例应在0与1之间。请核对。",
        "the share must lie between 0 and 1; check it",
    ),
    "again_needs": (
        "vacancy: again须写seats（名额）和threshold（通过条件）。请补上。",
        "vacancy: again needs seats and threshold; add them",
    ),
    "threshold_tally": (
        "“%(name)s”只有汇总票数，无法计算赞成比例。请改用其他类别。",
        "'%(name)s' comes as a tally without papers; name another kind",
    ),
    # ---- marks
    "mark_not_judged": (
        "“%(event)s”不是评委评分的科目，不能录入评分。请改用成绩表。",
        "'%(event)s' is not judged; give its scores instead of marks",
    ),
    "mark_of_nobody": (
        "缺少参赛对象或评委。请补上。",
        "the entry or the judge is missing; add it",
    ),
    "mark_twice": (
        "“%(line)s”重复录入。请只留一行。",
        "'%(line)s' is recorded twice; keep one row",
    ),
    "mark_missing": (
        "评委%(judge)s没有评“%(line)s”。请补录。",
        "judge %(judge)s gave no mark for '%(line)s'; add it",
    ),
    "mark_line_unknown": (
        "没有评分项“%(line)s”。可用：%(allowed)s。",
        "there is no line '%(line)s'; the lines are %(allowed)s",
    ),
    "mark_no_figure": (
        "“%(mark)s”不是数字。请写成如8.5。",
        "'%(mark)s' is no figure; write it like 8.5",
    ),
    "mark_no_grade": (
        "“%(mark)s”不是规定的等次。可用：%(allowed)s。",
        "'%(mark)s' is no grade; the grades are %(allowed)s",
    ),
    "mark_not_once": ("此处只能填1或0，不是“%(mark)s”。", "this is 1 or 0, not '%(mark)s'"),
    "mark_decimals": (
        "%(mark)s的小数超过%(decimals)s位。请核对。",
        "%(mark)s has more than %(decimals)s decimals; check it",
    ),
    "mark_range": (
        "%(mark)s分不在%(min)s至%(max)s分之间。请核对。",
        "%(mark)s is not between %(min)s and %(max)s; check it",
    ),
    "mark_grain": (
        "%(mark)s不是%(grain)s分的整数倍。请核对。",
        "%(mark)s is no whole multiple of %(grain)s; check it",
    ),
    "mark_negative": ("%(mark)s不能为负数。请核对。", "%(mark)s cannot be below 0; check it"),
    "judge_kind_unknown": (
        "评委编号“%(judge)s”没有写明类别。应写成：%(allowed)s。",
        "the id '%(judge)s' does not name a kind of judges; write %(allowed)s",
    ),
    "judge_recused": (
        "评委%(judge)s与“%(entry)s”有应当回避的关系（%(relation)s），评分不予采用。请删去该行。",
        "judge %(judge)s must withdraw from '%(entry)s' (%(relation)s); remove the mark",
    ),
    "veto_not_allowed": (
        "评委%(judge)s无权否决。可以否决的：%(allowed)s。",
        "judge %(judge)s has no veto; those who have are %(allowed)s",
    ),
    "absent_with_marks": (
        "“%(entry)s”记为缺席，却有评分。请删去其中之一。",
        "'%(entry)s' is absent and has marks; remove one of them",
    ),
    "time_missing": (
        "“%(entry)s”没有用时（time）。请补录。",
        "the time of '%(entry)s' is missing; add a row with the line time",
    ),
    "judges_few": (
        "“%(entry)s”只有%(count)s名评委评分，至少须%(least)s名（%(kind)s）。请补录。",
        "'%(entry)s' has %(count)s judges and needs %(least)s (%(kind)s); add their marks",
    ),
    "judges_many": (
        "“%(entry)s”有%(count)s名评委评分，多于规定的%(judges)s名（%(kind)s）。请核对。",
        "'%(entry)s' has %(count)s judges, more than %(judges)s (%(kind)s); check them",
    ),
    # ---- votes
    "ballot_not_voted": (
        "“%(event)s”不是投票表决的科目。请核对board。",
        "'%(event)s' is no ballot; check board",
    ),
    "ballot_round_unknown": (
        "没有“%(board)s”这一轮投票，最多%(rounds)s轮。请核对。",
        "there is no ballot '%(board)s'; there are at most %(rounds)s rounds",
    ),
    "ballot_of_nobody": ("缺少投票人。请补上。", "the voter is missing; add it"),
    "ballot_for_nobody": (
        "没有参赛对象的一行只能填void（无效票）或blank（空白票），不是“%(value)s”。",
        "a row without an entry is void or blank, not '%(value)s'",
    ),
    "ballot_twice": (
        "投票人%(voter)s对“%(entry)s”重复投票。请只留一行。",
        "voter %(voter)s votes twice on '%(entry)s'; keep one row",
    ),
    "voter_kind_unknown": (
        "投票人编号“%(voter)s”没有写明类别。应写成：%(allowed)s。",
        "the id '%(voter)s' does not name a kind of voters; write %(allowed)s",
    ),
    "ballot_no_count": (
        "“%(value)s”不是票数。请填不小于0的整数，并写明参赛对象。",
        "'%(value)s' is no number of votes; give a whole number from 0 and the entry",
    ),
    "ballot_no_approval": (
        "“%(value)s”不是表决意见。请填yes（赞成）、no（反对）或abstain（弃权）。",
        "'%(value)s' is no vote; write yes, no or abstain",
    ),
    "ballot_no_points": (
        "“%(value)s”不是%(least)s至%(most)s分之间、小数不超过%(decimals)s位的分数。请核对。",
        "'%(value)s' is not between %(least)s and %(most)s with at most %(decimals)s decimals; check it",
    ),
    "ballot_no_place": (
        "“%(value)s”不是1至%(last)s的名次。请核对。",
        "'%(value)s' is no place from 1 to %(last)s; check it",
    ),
    "paper_wrong": (
        "此票选了%(count)s个，应为%(least)s至%(most)s个，且名次不能重复。请核对。",
        "this paper names %(count)s, which should be %(least)s to %(most)s with no place twice; check it",
    ),
    "papers_many": (
        "收回%(papers)s张票，多于有表决权的%(voters)s人。请核对。",
        "%(papers)s papers are more than the %(voters)s who have a vote; check them",
    ),
    "round_not_tied": (
        "“%(entry)s”没有与他人同票，不应进入第%(number)s轮投票。请核对。",
        "'%(entry)s' ties with nobody and has no place in ballot %(number)s; check it",
    ),
}
