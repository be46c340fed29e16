"""Every refusal of the stage in Chinese and English; the referee's own are the rulebook's."""

from collections.abc import Mapping
from typing import Any, Final

from leitai.kernel.errors import DomainError
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
        "第%(after)s条之后已有新的记录（现为第%(last)s条）。请看清当前状态后再操作。",
        "Something was logged after entry %(after)s (it is entry %(last)s now). Look again first.",
    ),
    "stage_ruling": (
        "%(seats)s号台按键先后难以分辨，须先由裁判长裁定谁先抢到，或者换题、作废。",
        "The presses of %(seats)s cannot be told apart: rule who was first, replace or drop.",
    ),
    "stage_question_unknown": (
        "本场没有编号为“%(name)s”的题。请从题目列表中选择。",
        "There is no question '%(name)s' in this match. Choose from the list.",
    ),
    "stage_question_used": (
        "“%(name)s”已经用过。请选另一题。",
        "Question '%(name)s' was used already. Choose another.",
    ),
    "stage_reveal": (
        "本题尚未结束，不能公布答案。",
        "The question is not over; its answer cannot be shown.",
    ),
    "stage_testing": (
        "题目进行中，不能做网络测试。请在两题之间进行。",
        "A question is in play; test the network between two questions.",
    ),
    "stage_failed": (
        "程序出错，这一步没有生效。请重试；仍然出错的，请联系技术人员。",
        "Something failed and nothing was changed. Try again.",
    ),
}


def sentences(code: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Say a refusal in both languages; a code that is unknown here is itself."""
    said = {
        key: "、".join(value) if isinstance(value, list) else value for key, value in data.items()
    }
    if code in TEXTS:
        zh, en = TEXTS[code]
        return zh % said, en % said
    if code in texts.TEXTS:
        error = DomainError(code, **said)
        return texts.text_of(error, "zh"), texts.text_of(error, "en")
    return code, code
