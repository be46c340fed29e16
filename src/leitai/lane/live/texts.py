"""Every refusal of the stage in Chinese and English; the referee's own are the rulebook's."""

from collections.abc import Mapping
from typing import Any, Final

from leitai.rulebook import texts

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "stage_malformed": (
        "请求内容有误。请刷新页面后重试。",
        "The message is malformed. Reload the page.",
    ),
    "stage_ticket": (
        "现场凭证无效。请用抢答席卡上的入场码重新进入，或刷新页面。",
        "The ticket is not valid. Enter again with the seat's card, or reload the page.",
    ),
    "stage_expired": (
        "现场凭证已过期。请用抢答席卡上的入场码重新进入，或刷新页面。",
        "The ticket has expired. Enter again with the seat's card, or reload the page.",
    ),
    "stage_match": (
        "这场比赛尚未就绪或已取消。请工作人员在场次页面核对。",
        "The match is not ready or was cancelled. Ask the office.",
    ),
    "stage_elsewhere": (
        "这场比赛正由另一个现场进程运行。请稍候，页面会自动重连。",
        "Another stage process runs this match. Wait, the page will come back by itself.",
    ),
    "stage_busy": (
        "数据库暂时没有应答，正在恢复。页面会自动重连，已确认的记录不受影响。",
        "The database does not answer; what was confirmed is safe. The page will come back.",
    ),
    "stage_closing": (
        "现场服务正在重启。页面会自动重连。",
        "The stage restarts. The page will come back by itself.",
    ),
    "stage_silent": (
        "连接后没有出示凭证。请刷新页面。",
        "No ticket was shown. Reload the page.",
    ),
    "stage_slow": (
        "本机网络过慢，已断开。请检查网络后重新进入。",
        "This device reads too slowly. Check its network.",
    ),
    "stage_full": (
        "观众人数已满，请稍后再来。",
        "There are too many spectators. Come back later.",
    ),
    "stage_role": (
        "本页面不能做这一操作。请由主持台操作。",
        "This screen cannot do that; it is the host's.",
    ),
    "taken_over": (
        "本席已在另一台设备上进入。需要换回时，请用抢答席卡重新进入。",
        "This seat was taken over by another device.",
    ),
    "stage_manual": (
        "本场采用举牌记录，抢答器不计。",
        "Paddles are recorded in this match; buzzers do not count.",
    ),
    "stage_epoch": (
        "这次按键对应的题目或抢答轮次已经结束。",
        "The question or round of this press is over.",
    ),
    "stage_kind": (
        "主持台不能记录“%(kind)s”。",
        "The host cannot log '%(kind)s'.",
    ),
    "stage_moved_on": (
        "这一步没有办：刚有新的记录（第%(last)s条），可能是另一个主持台或者抢答器。请看清现状再按。",
        "Something was logged after entry %(after)s (it is entry %(last)s now). Look again first.",
    ),
    "stage_ruling": (
        "%(seats)s号台按键先后难以分辨，须先由裁判长裁定谁先抢到，或者换题、作废。",
        "The presses of %(seats)s cannot be told apart: rule who was first, replace or drop.",
    ),
    "stage_question_unknown": (
        "本场没有编号为“%(name)s”的题。请刷新主持台再出题。",
        "There is no question '%(name)s' in this match. Reload the console.",
    ),
    "stage_question_used": (
        "“%(name)s”已经用过。请刷新主持台再出题。",
        "Question '%(name)s' was used already. Reload the console.",
    ),
    "stage_question_none": (
        "封存的试题已经全部用过，备用题也没有了。请在“更多操作”点“提前结束本环节”。",
        "All questions and spares were used. End the segment early under More.",
    ),
    "stage_reveal": (
        "本题尚未结束，不能公布答案。",
        "The question is not over; its answer cannot be shown.",
    ),
    "stage_testing": (
        "题目进行中，不能做网络测试。请在两题之间进行。",
        "A question is in play; test the network between two questions.",
    ),
    "stage_may": (
        "这一步现在可以办了，请再点一次。",
        "This can be done now; choose it again.",
    ),
    "stage_failed": (
        "程序出错，这一步没有生效。请重试；仍然出错的，请联系技术人员。",
        "Something failed and nothing was changed. Try again.",
    ),
}

# What the referee says of a log, said to somebody who has buttons. Codes that only a hand-written
# log can meet keep the rulebook's own words.
AT_THE_DESK: Final[dict[str, tuple[str, str]]] = {
    "live_closed": (
        "比赛已经结束，不能再办“%(kind)s”。需要更正的，用“撤销”。",
        "The match is closed: no '%(kind)s' any more. Undo what has to be mended.",
    ),
    "live_paused": (
        "比赛暂停中，不能办“%(kind)s”。请先点“继续比赛”。",
        "The match is paused: no '%(kind)s' now. Go on with the match first.",
    ),
    "live_not_paused": (
        "比赛没有暂停，不用继续。",
        "The match is not paused.",
    ),
    "live_before": (
        "“%(before)s”还没有进行，不能跳过。确需提前结束的，在“更多操作”点“提前结束比赛”。",
        "'%(before)s' has not been played. To end early choose 'End the match early' under More.",
    ),
    "live_segment_runs": (
        "“%(segment)s”的题还没有出完。确需提前结束的，在“更多操作”点“提前结束本环节”。",
        "'%(segment)s' is not complete. To end it early choose that under More.",
    ),
    "live_no_run": (
        "还没有进行中的环节。请先点大按钮开始一个环节。",
        "No segment is being played. Open one first.",
    ),
    "live_no_question": (
        "还没有出题，这一步现在办不了。请先点大按钮出题。",
        "No question is on stage. Ask one first.",
    ),
    "live_question_open": (
        "第%(number)s题还没有结束。请先判定，或者换题、作废。",
        "Question %(number)s is not over. Judge it first, replace it or drop it.",
    ),
    "live_not_here": (
        "按规则，“%(segment)s”没有“%(kind)s”。",
        "By the rules '%(segment)s' has no '%(kind)s'.",
    ),
    "live_said_already": (
        "本题“%(kind)s”已经办过，或者现在还轮不到。",
        "'%(kind)s' was logged for this question already, or has no place now.",
    ),
    "live_too_late": (
        "已经来不及办“%(kind)s”：时限已过，或者已经有人作答。",
        "It is too late for '%(kind)s': the time is over, or somebody answers already.",
    ),
    "live_nobody_answers": (
        "现在没有席位在作答，不能判定。",
        "Nobody is answering now: there is nothing to judge.",
    ),
    "live_not_answering": (
        "%(seat)s号没有在作答，不能判定。正在作答的是%(allowed)s号。",
        "Seat %(seat)s is not answering; %(allowed)s is.",
    ),
    "live_no_partly": (
        "规则没有“基本正确”这一判定。请判“答对”或者“答错”。",
        "The rules have no 'basically right'. Say right or wrong.",
    ),
    "live_set_needed": (
        "%(seat)s号还没有抽选题组。请先点“选……”。",
        "Seat %(seat)s has no set yet; choose one first.",
    ),
    "live_choice_needed": (
        "%(seat)s号还没有选题。请先点“选……”或者“放弃选题”。",
        "Seat %(seat)s has not chosen yet; choose or decline first.",
    ),
    "live_used_up": (
        "%(seat)s号的“%(kind)s”已经用完（%(most)s次）。",
        "Seat %(seat)s has used up '%(kind)s' (%(most)s times).",
    ),
    "live_correction_breaks": (
        "不能只撤销这一条：第%(seq)s条（%(kind)s）是在它之后办的。请从最后一条起，逐条撤销。",
        "Entry %(seq)s (%(kind)s) rests on this one: undo from the last entry on, one by one.",
    ),
}
# What the console's buttons say for the kinds of the log.
KINDS: Final[dict[str, str]] = {
    "open": "开始环节",
    "question": "出题",
    "read": "读题完毕",
    "go": "宣布开始",
    "begin": "开始回答",
    "done": "回答完毕",
    "press": "抢答",
    "first": "裁定先按",
    "verdict": "判定",
    "timeout": "时间到",
    "replace": "更换此题",
    "drop": "本题作废",
    "audience": "转观众作答",
    "foul": "记犯规",
    "pass": "放弃转对方",
    "lifeline": "使用求助",
    "give": "转给别的席位",
    "choose": "选题",
    "out": "退出",
    "penalty": "扣分",
    "bonus": "加分",
    "pause": "暂停",
    "resume": "继续比赛",
    "end": "结束本环节",
    "close": "结束比赛",
    "void": "撤销",
    "correct": "改判",
    "adjust": "调整得分",
    "substitute": "换人",
    "note": "备注",
}


class _Said(dict[str, Any]):
    """The figures of a refusal; one that nobody has kept is left open, and no sentence fails."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentences(code: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Say a refusal in both languages; a code that is unknown here is itself."""
    said = _Said(
        (key, "、".join(value) if isinstance(value, list) else value) for key, value in data.items()
    )
    known = {**TEXTS, **AT_THE_DESK}.get(code)
    if known is not None:
        chinese = _Said({**said, "kind": KINDS.get(str(said["kind"]), said["kind"])})
        return known[0] % chinese, known[1] % said
    if code in texts.TEXTS:
        zh, en = texts.TEXTS[code]
        return zh % said, en % said
    return code, code
