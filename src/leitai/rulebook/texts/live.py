"""Texts about live quizzes."""

# ruff: noqa: E501  (a sentence stands on one line)

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    # ---- the rules
    "live_missing": (
        "科目类型为live，但没有写明竞答规则。请补上live；成绩由外部报送的，请改为kind: reported。",
        "the event is of kind live but has no rules; add live, or write kind: reported if its score comes from outside",
    ),
    "live_other_kind": (
        "写了live，但科目类型是%(kind)s。请改为kind: live，或删去live。",
        "there is a live part but the event is of kind %(kind)s; write kind: live or remove it",
    ),
    "live_seats_order": (
        "台数应从少到多：%(least)s大于%(most)s。",
        "the number of seats goes from least to most: %(least)s is above %(most)s",
    ),
    "live_one_arena": (
        "一场比赛只能有一个擂台环节。请合并或删去。",
        "a match can have one arena only; merge or remove it",
    ),
    "live_reserved": (
        "“%(name)s”已用作该科目的排名依据，环节不能再用。请改名。",
        "'%(name)s' is a tie key of the event already; rename the segment",
    ),
    "live_points_needed": (
        "请用points写明答对、答错各得几分。",
        "say with points what right and wrong answers give",
    ),
    "live_points_unused": (
        "该环节的分值由所选分值决定，不用points。请删去。",
        "stakes decide here, not points; remove points",
    ),
    "live_member_beyond": (
        "每台只有%(members)s名队员，没有%(number)s号。请核对members。",
        "a seat has %(members)s members, there is no number %(number)s; check members",
    ),
    "live_trigger_unsaid": (
        "加赛的触发条件不完整。请补上%(key)s。",
        "the playoff's trigger is incomplete; add %(key)s",
    ),
    "live_playoff_most": (
        "加赛按得分比较的，须写明题数most。",
        "a playoff that compares points needs its number of questions; write most",
    ),
    "live_playoff_points": (
        "加赛写有points的，答完全部题目后比较得分，%(key)s不起作用。请删去%(key)s或points。",
        "a playoff with points compares them at its end; %(key)s has no effect, remove one of them",
    ),
    "live_stake": (
        "可选分值须大于0，不能是%(value)s。",
        "a stake must be above 0, not %(value)s",
    ),
    "live_stock_short": (
        "各分值的题目共%(stock)s道，不够用：至少需要%(needed)s道。请增加stock。",
        "there are %(stock)s questions in stock but %(needed)s are needed; raise stock",
    ),
    "live_sets_short": (
        "题组只有%(count)s组，每台一组不够用：最多%(needed)s台。请增加count。",
        "there are %(count)s sets for up to %(needed)s seats, one each; raise count",
    ),
    "live_useless": (
        "%(key)s在这里不起作用。请删去，或写明%(unless)s。",
        "%(key)s has no effect here; remove it or write %(unless)s",
    ),
    "live_individual_kind": (
        "个人得分要记入“%(name)s”，该科目的类型须为reported。",
        "the members' scores go to '%(name)s', which must be of kind reported",
    ),
    "live_no_track": (
        "没有名为“%(name)s”的赛项。请在tracks中定义或改名。",
        "there is no track '%(name)s'; define it under tracks or mend the name",
    ),
    "live_decimals": (
        "%(value)s分的小数超过该科目的%(decimals)s位。请改分值或decimals。",
        "%(value)s has more than the event's %(decimals)s decimals; change it or decimals",
    ),
    "live_above_max": (
        "按规则最高可得%(high)s分，超过满分%(max)s分。请核对题数和分值，或修改max。",
        "the rules can give up to %(high)s, above the maximum of %(max)s; check questions and points, or change max",
    ),
    "live_below_min": (
        "按规则最低可到%(low)s分，低于min的%(min)s分，这样的成绩会被拒收。请写min: %(low)s或更低。",
        "the rules can take a score down to %(low)s, below min of %(min)s, and it would be refused; write min: %(low)s or less",
    ),
    "live_no_least": (
        "扣分没有下限，不能写min: %(min)s。请删去min，或者写明台数seats、题数questions、处分的次数上限most。",
        "nothing bounds what is taken; remove min: %(min)s, or state seats, questions or most",
    ),
    # ---- rows of a log
    "live_no_live": (
        "“%(event)s”不是现场竞答科目，没有现场记录。",
        "'%(event)s' is no live event and has no log",
    ),
    "live_entry_twice": (
        "“%(entry)s”在该科目有两场记录。请只留一场。",
        "'%(entry)s' is in two matches of the event; keep one",
    ),
    "live_value_long": (
        "内容太长，最多%(most)s个字符。",
        "the value is too long; at most %(most)s characters",
    ),
    "live_seq": (
        "序号%(seq)s不对，须大于上一条的%(last)s。",
        "the number %(seq)s must be above that of the entry before, %(last)s",
    ),
    "live_at": (
        "时刻%(at)s早于上一条的%(last)s。请核对，不知道时刻的写0。",
        "the instant %(at)s is before that of an earlier entry, %(last)s; check it, or write 0 if unknown",
    ),
    "live_too_many": (
        "一场比赛的记录太多，最多%(most)s条。",
        "there are too many entries of this kind in a match; at most %(most)s",
    ),
    "live_no_kind": (
        "不认识记录类型“%(kind)s”。请见现场记录说明。",
        "there is no entry '%(kind)s'; see the reference of live logs",
    ),
    "live_closed": (
        "比赛已收场，不能再记“%(kind)s”。需要更正时请记correct、void或adjust。",
        "the match is closed, '%(kind)s' cannot be logged; to mend something log correct, void or adjust",
    ),
    "live_paused": (
        "比赛暂停中，不能记“%(kind)s”。请先记resume。",
        "the match is paused, '%(kind)s' cannot be logged; log resume first",
    ),
    "live_not_paused": ("比赛没有暂停。", "the match is not paused"),
    "live_started": (
        "比赛已开始，不能再安排台位。",
        "the match has begun; seats cannot be given any more",
    ),
    "live_seat_name": (
        "台号“%(seat)s”重复或不合规。台号用数字或文字，不含空格和 = > , ; @ / 。",
        "the seat '%(seat)s' is there already or no name; use digits or letters without blanks and = > , ; @ /",
    ),
    "live_seat_entry": (
        "%(seat)s号台的“%(value)s”不是参赛编号；规则要求带入初始成绩的，写成 编号=成绩。",
        "'%(value)s' of seat %(seat)s is no entry; where a score is brought along write ENTRY=SCORE",
    ),
    "live_entry_seated": ("“%(entry)s”已有台位。", "'%(entry)s' has a seat already"),
    "live_seats": (
        "现有%(count)s台，应为%(least)s至%(most)s台。",
        "there are %(count)s seats; there must be %(least)s to %(most)s",
    ),
    "live_no_seat": (
        "没有%(seat)s号台。现有：%(allowed)s。",
        "there is no seat '%(seat)s'; there are %(allowed)s",
    ),
    "live_no_member": (
        "“%(value)s”不是队员号（1至%(most)s）。队员登记写成 号码=编号。",
        "'%(value)s' is no member (1 to %(most)s); to name one write NUMBER=PERSON",
    ),
    "live_member_known": (
        "%(member)s号队员已登记。换人请记substitute。",
        "member %(member)s is known already; log substitute to replace",
    ),
    "live_member_barred": (
        "本环节%(member)s号队员不能作答。",
        "member %(member)s may not answer in this segment",
    ),
    "live_other_member": (
        "本题须由%(member)s号队员作答。",
        "this question is member %(member)s's",
    ),
    "live_no_role": (
        "请写明到场人员的身份。",
        "say in which role somebody is present",
    ),
    "live_no_segment": (
        "没有“%(name)s”这一环节。现有：%(allowed)s。",
        "there is no segment '%(name)s'; there are %(allowed)s",
    ),
    "live_played": ("“%(segment)s”已进行过。", "'%(segment)s' has been played already"),
    "live_before": (
        "“%(before)s”尚未进行，不能开始%(segment)s。确需提前收场的，记close，内容写early。",
        "'%(before)s' has not been played, so '%(segment)s' cannot be; to close early log close with early",
    ),
    "live_segment_runs": (
        "“%(segment)s”尚未完成。确需提前结束的，记end，内容写early。",
        "'%(segment)s' is not complete; to end it early log end with early",
    ),
    "live_segment_complete": (
        "“%(segment)s”的题目已全部进行。请开始下一环节。",
        "'%(segment)s' has had all its questions; open the next segment",
    ),
    "live_nobody_plays": (
        "没有可以参加“%(segment)s”的台位。",
        "there is no seat that may play '%(segment)s'",
    ),
    "live_no_run": (
        "没有正在进行的环节。请先记open。",
        "no segment is being played; log open first",
    ),
    "live_order_needed": (
        "顺序须抽签或另行确定。请在open中写明：环节=台号>台号，台位有%(seats)s。",
        "the order must be drawn or given; write it into open as SEGMENT=SEAT>SEAT; the seats are %(seats)s",
    ),
    "live_order_wrong": (
        "顺序“%(value)s”须恰好列出%(seats)s，各一次。",
        "the order '%(value)s' must name each of %(seats)s once",
    ),
    "live_no_tie": (
        "没有需要加赛的同分。",
        "there is no tie that calls for a playoff",
    ),
    "live_which_tie": (
        "同分不止一组：%(groups)s。请在open中写明哪一组：环节=台号>台号。",
        "there is more than one tie: %(groups)s; name one in open as SEGMENT=SEAT>SEAT",
    ),
    "live_no_question": (
        "没有正在进行的题目。",
        "no question is in play",
    ),
    "live_question_open": (
        "第%(number)s题正在作答。请先判定。",
        "question %(number)s is being answered; give the verdict first",
    ),
    "live_not_here": (
        "“%(segment)s”环节不用“%(kind)s”。",
        "'%(segment)s' has no '%(kind)s'",
    ),
    "live_said_already": (
        "本题已记过“%(kind)s”，或此时不该记。",
        "'%(kind)s' was logged for this question already, or has no place now",
    ),
    "live_not_turn": (
        "没有轮到%(seat)s号台，现在是%(next)s号台。",
        "it is not the turn of seat %(seat)s but of %(next)s",
    ),
    "live_not_playing": (
        "%(seat)s号台现在不能参加：已停止答题、已退出，或不在本轮。",
        "seat %(seat)s does not take part now: it was stopped, is out, or is not in this round",
    ),
    "live_locked": (
        "%(seat)s号台本题已不能作答。",
        "seat %(seat)s may not answer this question any more",
    ),
    "live_pressed_already": (
        "%(seat)s号台本题已按过抢答器。",
        "seat %(seat)s has pressed for this question already",
    ),
    "live_not_pressed": (
        "%(seat)s号台本题没有有效的按键，有按键的是%(allowed)s号台。",
        "seat %(seat)s has not pressed for this question; those who have: %(allowed)s",
    ),
    "live_one_press": (
        "本题只有%(seat)s号台按了抢答器，不用裁定先后。",
        "seat %(seat)s alone has pressed; there is nothing to rule",
    ),
    "live_too_late": (
        "已经来不及：时限已过，或别人已在作答。",
        "it is too late for '%(kind)s': the time is over, or somebody answers already",
    ),
    "live_too_early": (
        "时限未到，还有%(seconds)s秒。",
        "the time is not over yet; %(seconds)s s are left",
    ),
    "live_no_instant": (
        "“%(value)s”不是校正后的时刻（微秒）。",
        "'%(value)s' is no corrected instant in microseconds",
    ),
    "live_correction": (
        "校正后的时刻%(value)s须不晚于收到的时刻，相差不超过%(most)s毫秒。",
        "the corrected instant %(value)s must be within %(most)s ms before the entry's own",
    ),
    "live_nobody_answers": (
        "现在没有台位在作答。",
        "nobody is answering now",
    ),
    "live_not_answering": (
        "“%(seat)s”现在不在作答。作答的是：%(allowed)s。",
        "'%(seat)s' is not answering; %(allowed)s is",
    ),
    "live_no_verdict": (
        "“%(value)s”不是判定。可用：%(allowed)s。",
        "'%(value)s' is no verdict; use one of %(allowed)s",
    ),
    "live_no_partly": (
        "规则没有写明“基本正确”得几分（%(segment)s）。请判right或wrong。",
        "the rules give no points for a partly right answer (%(segment)s); say right or wrong",
    ),
    "live_struck_already": (
        "第%(number)s题已作废换题。",
        "question %(number)s has been replaced already",
    ),
    "live_no_such_question": (
        "“%(value)s”不是已结束的题目。写题号，如3，或 环节#3。",
        "'%(value)s' is no question that is over; write its number such as 3, or SEGMENT#3",
    ),
    "live_no_set": (
        "“%(value)s”不是题组号（1至%(most)s）。",
        "'%(value)s' is no set (1 to %(most)s)",
    ),
    "live_set_taken": ("第%(value)s组题已被选走。", "set %(value)s is taken"),
    "live_set_needed": (
        "%(seat)s号台还没有抽选题组。请先记choose。",
        "seat %(seat)s has no set yet; log choose first",
    ),
    "live_chosen_already": ("%(seat)s号台已选定。", "seat %(seat)s has chosen already"),
    "live_choice_needed": (
        "%(seat)s号台还没有选择。请先记choose。",
        "seat %(seat)s has not chosen yet; log choose first",
    ),
    "live_no_choice": (
        "“%(value)s”看不懂。写成 分值、分值@队员 或 分值@队员>台号。",
        "'%(value)s' cannot be read; write STAKE, STAKE@MEMBER or STAKE@MEMBER>SEAT",
    ),
    "live_no_stake": (
        "没有%(value)s分的题。可选：%(allowed)s。",
        "there is no stake '%(value)s'; there are %(allowed)s",
    ),
    "live_stake_gone": (
        "%(value)s分的题已选完。",
        "no question for %(value)s is left",
    ),
    "live_compulsory": (
        "“%(segment)s”必须选题，不能放弃。",
        "in '%(segment)s' a seat must choose; it cannot decline",
    ),
    "live_designated_already": (
        "%(seat)s号台本轮已被指定过。",
        "seat %(seat)s has been designated in this round already",
    ),
    "live_member_needed": (
        "请写明指定%(seat)s号台的哪名队员：分值@队员。",
        "say which member of seat %(seat)s is designated: STAKE@MEMBER",
    ),
    "live_used_up": (
        "%(seat)s号台的“%(kind)s”已用完（%(most)s次）。",
        "seat %(seat)s has used up '%(kind)s' (%(most)s times)",
    ),
    "live_no_conduct": (
        "规则中没有“%(value)s”这一项奖惩。可用：%(allowed)s。规则以外的加减分请记adjust。",
        "the rules have no conduct '%(value)s'; there are %(allowed)s; log adjust for points beyond the rules",
    ),
    "live_conduct_sign": (
        "“%(value)s”加分记bonus，扣分记penalty，不能记为%(kind)s。",
        "'%(value)s' is no %(kind)s; what gives points is a bonus, what takes them a penalty",
    ),
    "live_adjust_unread": (
        "“%(value)s”看不懂。写成 -10 理由。",
        "'%(value)s' cannot be read; write points and why, such as -10 prompting",
    ),
    "live_no_out": (
        "“%(value)s”不是退出的原因。可用：absent（缺席）、left（退赛）、void（取消资格）。",
        "'%(value)s' is no way to be out; use absent, left or void",
    ),
    "live_out_already": ("%(seat)s号台已退出。", "seat %(seat)s is out already"),
    # ---- corrections
    "live_no_entry": (
        "没有第%(seq)s条记录可更正。",
        "there is no entry %(seq)s to correct",
    ),
    "live_corrects_correction": (
        "第%(seq)s条本身是更正。请用void撤销后重新更正。",
        "entry %(seq)s is a correction itself; void it and correct anew",
    ),
    "live_void_unread": (
        "“%(value)s”看不懂。写成要撤销的序号，如12或12,13。",
        "'%(value)s' cannot be read; write the numbers to void, such as 12 or 12,13",
    ),
    "live_correct_unread": (
        "“%(value)s”看不懂。写成 序号=更正后的内容，如12=right。",
        "'%(value)s' cannot be read; write NUMBER=VALUE, such as 12=right",
    ),
    "live_correction_breaks": (
        "这样更正后，第%(seq)s条（%(kind)s）就不成立了。请一并撤销该条，或用adjust调整得分。",
        "with this correction entry %(seq)s (%(kind)s) is no longer possible; void it in the same entry, or adjust the score",
    ),
}
