"""Every refusal of the lane: its HTTP status and its text in Chinese and English.

The lane raises ``DomainError(code, **data)`` like every room. It speaks both languages at once,
because it does not know the reader's: ``{"error": {"code", "zh", "en", …data}}``.
"""

from typing import Final

import msgspec

from leitai.kernel.errors import DomainError

# code: (HTTP status, Chinese, English)
TEXTS: Final[dict[str, tuple[int, str, str]]] = {
    "malformed": (
        400,
        "请求内容有误（位置：%(place)s）。请刷新页面后重试。",
        "The request is malformed (%(place)s): %(problem)s. Reload the page and try again.",
    ),
    "bad_request": (
        400,
        "不是有效的HTTP请求。",
        "This is not a valid HTTP request.",
    ),
    "ticket_invalid": (
        401,
        "答题凭证无效。请用准考证上的入场码重新进入考试。",
        "The ticket is not valid. Enter again with the code on the admission card.",
    ),
    "ticket_expired": (
        401,
        "答题凭证已过期。请用准考证上的入场码重新进入考试。",
        "The ticket has expired. Enter again with the code on the admission card.",
    ),
    "ticket_foreign": (
        403,
        "答题凭证不属于这份答卷。请用自己的入场码重新进入考试。",
        "The ticket belongs to another sitting. Enter again with your own code.",
    ),
    "set_invalid": (
        401,
        "这组题的凭证无效。请刷新“今天”页面，领取新的一组；本机保存的作答不受影响。",
        "This set's ticket is not valid. Reload the page and take a new set.",
    ),
    "set_expired": (
        410,
        "这组题已过补交期限，不再计入。请刷新“今天”页面，领取新的一组。",
        "The time for handing this set in has passed. Reload the page and take a new set.",
    ),
    "set_item_unknown": (
        400,
        "没有第%(number)s题或该题重复作答，本组共%(items)s题。请刷新页面后重试。",
        "Question %(number)s is unknown or answered twice; the set has %(items)s. Reload the page.",
    ),
    "origin_refused": (
        403,
        "不接受来自这个网站的请求。请从考试页面进入。",
        "Requests from this site are refused. Come in through the exam's own page.",
    ),
    "not_found": (404, "没有这个地址。", "There is no such address."),
    "code_unknown": (
        404,
        "入场码不存在。请核对准考证上的16位入场码。",
        "There is no such admission code. Check the 16 letters on the admission card.",
    ),
    "item_unknown": (
        400,
        "没有第%(number)s题，本卷共%(items)s题。这一批作答没有保存，请刷新页面后重试。",
        "There is no question %(number)s; the paper has %(items)s. Reload the page and try again.",
    ),
    "sitting_unknown": (
        404,
        "没有这份答卷。请联系监考员。",
        "There is no such sitting. Call an invigilator.",
    ),
    "paper_unknown": (
        404,
        "没有这份试卷。请刷新页面；仍然不行时联系监考员。",
        "There is no such paper. Reload the page; if that does not help, call an invigilator.",
    ),
    "method_refused": (405, "这个地址不接受这种请求。", "This address does not take that method."),
    "too_slow": (
        408,
        "请求没有按时传完。请检查网络后重试。",
        "The request did not arrive in time. Check the network and try again.",
    ),
    "taken_over": (
        409,
        "这份答卷已在另一台机器上继续作答，本机不再保存。",
        "This sitting goes on at another machine; this one no longer saves.",
    ),
    "seq_gap": (
        409,
        "保存序号不连续，应为%(expected)s。页面会自动从该序号补传。",
        "The save's number is out of order; %(expected)s was expected. Send again from there.",
    ),
    "seq_conflict": (
        409,
        "序号%(seq)s已保存过不同的内容。请刷新页面，以服务器上的答案为准。",
        "Other answers were already saved as number %(seq)s. Reload to see what the server has.",
    ),
    "digest_differs": (
        409,
        "本机的作答流水与服务器不一致。请刷新页面核对答案后再交卷。",
        "This machine's journal differs from the server's. Reload, check and hand in again.",
    ),
    "closed": (
        409,
        "这份答卷已经交卷或收卷，不能再修改。",
        "This sitting has been handed in or closed; it cannot be changed any more.",
    ),
    "too_much": (
        409,
        "这份答卷保存得过于频繁，数据量已超出限额。请联系监考员。",
        "This sitting has been saved too often and has used up its room. Call an invigilator.",
    ),
    "late": (
        410,
        "已过交卷时间。这次提交已另存备查，不计入答卷。",
        "The deadline has passed. This batch was kept as evidence and does not count by itself.",
    ),
    "too_large": (
        413,
        "请求超过%(limit)s字节。请分几次提交。",
        "The request is larger than %(limit)s bytes. Send it in parts.",
    ),
    "not_open": (
        425,
        "考试还没有开始。",
        "The exam has not begun.",
    ),
    "too_many_codes": (
        429,
        "输错入场码的次数太多。请等一分钟，核对准考证后再试。",
        "Too many wrong codes. Wait a minute, check the admission card and try again.",
    ),
    "headers_too_large": (431, "请求头过大。", "The request's headers are too large."),
    "failed": (
        500,
        "服务器出错，这次提交没有保存。答案仍在本机，页面会自动重试。",
        "The server failed and did not save this. The answers stay on this machine; try again.",
    ),
    "busy": (
        503,
        "服务器繁忙，这次提交没有保存。答案仍在本机，页面会自动重试。",
        "The server is busy and did not save this. The answers stay on this machine; try again.",
    ),
}

RETRY_SECONDS: Final = {"busy": 1, "too_many_codes": 60}


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return TEXTS[error.code][0]


def body_of(error: DomainError) -> bytes:
    """The JSON body of a refusal, in both languages, with its data beside the texts."""
    _, chinese, english = TEXTS[error.code]
    content: dict[str, object] = {
        "code": error.code,
        "zh": chinese % error.data if error.data else chinese,
        "en": english % error.data if error.data else english,
        **error.data,
    }
    if error.code in RETRY_SECONDS:
        content["retry_after"] = RETRY_SECONDS[error.code]
    return msgspec.json.encode({"error": content})
