"""The sentences of judging's reasons, in Chinese and English."""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.reasons_zh import Data

Sentences = Mapping[str, Callable[[Data], str]]

_STATUS_ZH: Final = {"absent": "按弃权处理", "void": "成绩取消"}
_STATUS_EN: Final = {"absent": "counts as a forfeit", "void": "no result"}


def _kind_zh(data: Data) -> str:
    kind = data.text("kind")
    return data.text("title") + (f"（{kind}）" if kind else "")


def _kind_en(data: Data) -> str:
    kind = data.text("kind")
    return data.text("title") + (f" ({kind})" if kind else "")


def _off_zh(data: Data) -> str:
    return f"扣{data.text('points')}分"


def _off_en(data: Data) -> str:
    return f"{data.text('points')} off"


def _status_zh(data: Data) -> str:
    return _STATUS_ZH.get(data.text("status"), "")


def _status_en(data: Data) -> str:
    return _STATUS_EN.get(data.text("status"), "")


def _share_zh(data: Data) -> str:
    share = _percent(data.text("share"))
    return f"未超过{share}" if data.number("above") else f"未达到{share}"


def _share_en(data: Data) -> str:
    share = _percent(data.text("share"))
    return f"not more than {share}" if data.number("above") else f"fewer than {share}"


def _percent(text: str) -> str:
    """Write a share as a percentage, or as a fraction where that does not end."""
    share = numbers.share(text)
    shown = text if share is None else numbers.show(share * 100)
    return text if "/" in shown or share is None else f"{shown}%"


def _below_zh(data: Data) -> str:
    then = {"void": "，未通过", "zero": "，记0分", "note": ""}[data.text("below") or "note"]
    return (
        f"{data.text('title')}：赞成{data.number('yes')}票，占{data.number('of')}票的比例"
        f"{_share_zh(data)}{then}"
    )


def _below_en(data: Data) -> str:
    then = {"void": ": not passed", "zero": ": counts as 0", "note": ""}[
        data.text("below") or "note"
    ]
    yes, of = data.number("yes"), data.number("of")
    return f"{data.text('title')}: {yes} in favour out of {of}, {_share_en(data)}{then}"


def _arbiter_zh(data: Data) -> str:
    how = "以其评分为准" if data.text("take") == "alone" else "取其与最接近一名评委评分的平均值"
    return (
        f"{_kind_zh(data)}：最高{data.text('high')}分、最低{data.text('low')}分，相差超过"
        f"{data.text('above')}分，由{data.text('judge')}复评，{how}"
    )


def _arbiter_en(data: Data) -> str:
    how = "alone" if data.text("take") == "alone" else "with the nearest other"
    return (
        f"{_kind_en(data)}: {data.text('high')} and {data.text('low')} lie more than "
        f"{data.text('above')} apart; the sheet of {data.text('judge')} counts {how}"
    )


SENTENCES_ZH: Final[Sentences] = {
    "judged_over": lambda d: f"{d.text('title')}：超时{d.text('seconds')}秒，{_off_zh(d)}",
    "judged_over_out": lambda d: f"{d.text('title')}：超时{d.text('seconds')}秒，{_status_zh(d)}",
    "judged_under": lambda d: f"{d.text('title')}：用时不足，差{d.text('seconds')}秒，{_off_zh(d)}",
    "judged_under_out": lambda d: (
        f"{d.text('title')}：用时不足，差{d.text('seconds')}秒，{_status_zh(d)}"
    ),
    "judged_early": lambda d: (
        f"{d.text('title')}：提前{d.text('seconds')}秒完成，加{d.text('points')}分"
    ),
    "judged_stopped": lambda d: (
        f"{d.text('title')}：记录用时{d.text('seconds')}秒，按终止时间{d.text('stop')}秒计"
    ),
    "judged_late": lambda d: f"{d.text('title')}：迟到{d.text('minutes')}分钟，{_off_zh(d)}",
    "judged_late_out": lambda d: f"{d.text('title')}：迟到{d.text('minutes')}分钟，{_status_zh(d)}",
    "judged_penalty": lambda d: (
        f"{d.text('title')}：{d.text('what')}{d.number('count')}次，{_off_zh(d)}"
    ),
    "judged_penalty_out": lambda d: (
        f"{d.text('title')}：{d.text('what')}{d.number('count')}次，{_status_zh(d)}"
    ),
    "judged_bonus": lambda d: (
        f"{d.text('title')}：{d.text('what')}{d.number('count')}次，加{d.text('points')}分"
    ),
    "judged_floor": lambda d: (
        f"{d.text('title')}：扣分后为{d.text('value')}分，按最低{d.text('min')}分计"
    ),
    "judged_veto": lambda d: (
        f"{d.text('title')}：{d.text('what')}（{'、'.join(d.list('judges'))}），成绩取消"
    ),
    "judged_untrimmed": lambda d: (
        f"{_kind_zh(d)}：评委{d.number('count')}名，不去掉最高分和最低分，取平均分"
    ),
    "judged_gap": lambda d: (
        f"{_kind_zh(d)}：评委最高{d.text('high')}分、最低{d.text('low')}分，"
        f"相差超过{d.text('above')}分，须重新评分"
    ),
    "judged_arbiter": _arbiter_zh,
    "judged_arbiter_idle": lambda d: (
        f"{_kind_zh(d)}：评委分差未超过规定，{d.text('judge')}的复评分不计入"
    ),
    "judged_waits": lambda d: (
        f"{d.text('title')}：有{d.number('count')}个参赛对象须重新评分，按最高分折算的成绩暂不能确定"
    ),
    "ballot_papers": lambda d: (
        f"{d.text('title')}：收回表决票{d.number('papers')}张，有效{d.number('valid')}张，"
        f"无效{d.number('void')}张"
    ),
    "ballot_below": _below_zh,
    "ballot_quorum": lambda d: (
        f"{d.text('title')}：应到{d.number('voters')}人，收回表决票{d.number('papers')}张，"
        "未达到规定人数，须重新表决"
    ),
    "ballot_vacant": lambda d: (
        f"{d.text('title')}：{d.number('seats')}个名额，通过{d.number('passed')}个，其余空缺"
    ),
    "ballot_again": lambda d: (
        f"{d.text('title')}：{d.number('seats')}个名额，通过{d.number('passed')}个，"
        "须就其余名额再次表决"
    ),
}

SENTENCES_EN: Final[Sentences] = {
    "judged_over": lambda d: f"{d.text('title')}: {d.text('seconds')} s over, {_off_en(d)}",
    "judged_over_out": lambda d: f"{d.text('title')}: {d.text('seconds')} s over, {_status_en(d)}",
    "judged_under": lambda d: f"{d.text('title')}: {d.text('seconds')} s too short, {_off_en(d)}",
    "judged_under_out": lambda d: (
        f"{d.text('title')}: {d.text('seconds')} s too short, {_status_en(d)}"
    ),
    "judged_early": lambda d: (
        f"{d.text('title')}: done {d.text('seconds')} s early, {d.text('points')} more"
    ),
    "judged_stopped": lambda d: (
        f"{d.text('title')}: {d.text('seconds')} s were recorded; counts as {d.text('stop')} s, "
        "when entries are stopped"
    ),
    "judged_late": lambda d: f"{d.text('title')}: {d.text('minutes')} min late, {_off_en(d)}",
    "judged_late_out": lambda d: (
        f"{d.text('title')}: {d.text('minutes')} min late, {_status_en(d)}"
    ),
    "judged_penalty": lambda d: (
        f"{d.text('title')}: {d.text('what')} × {d.number('count')}, {_off_en(d)}"
    ),
    "judged_penalty_out": lambda d: (
        f"{d.text('title')}: {d.text('what')} × {d.number('count')}, {_status_en(d)}"
    ),
    "judged_bonus": lambda d: (
        f"{d.text('title')}: {d.text('what')} × {d.number('count')}, {d.text('points')} more"
    ),
    "judged_floor": lambda d: (
        f"{d.text('title')}: {d.text('value')} after deductions; counts as the least, "
        f"{d.text('min')}"
    ),
    "judged_veto": lambda d: (
        f"{d.text('title')}: {d.text('what')} ({', '.join(d.list('judges'))}); no result"
    ),
    "judged_untrimmed": lambda d: (
        f"{_kind_en(d)}: {d.number('count')} judges, nothing dropped, plain mean"
    ),
    "judged_gap": lambda d: (
        f"{_kind_en(d)}: the judges' {d.text('high')} and {d.text('low')} lie more than "
        f"{d.text('above')} apart; it must be marked again"
    ),
    "judged_arbiter": _arbiter_en,
    "judged_arbiter_idle": lambda d: (
        f"{_kind_en(d)}: the judges lie close enough; the sheet of {d.text('judge')} does not count"
    ),
    "judged_waits": lambda d: (
        f"{d.text('title')}: {d.number('count')} entries must be marked again, so the best figure, "
        "by which all are counted, is open"
    ),
    "ballot_papers": lambda d: (
        f"{d.text('title')}: {d.number('papers')} papers, {d.number('valid')} valid, "
        f"{d.number('void')} void"
    ),
    "ballot_below": _below_en,
    "ballot_quorum": lambda d: (
        f"{d.text('title')}: {d.number('papers')} papers of {d.number('voters')} voters are too "
        "few; vote again"
    ),
    "ballot_vacant": lambda d: (
        f"{d.text('title')}: {d.number('seats')} places, {d.number('passed')} passed; the rest "
        "stays vacant"
    ),
    "ballot_again": lambda d: (
        f"{d.text('title')}: {d.number('seats')} places, {d.number('passed')} passed; vote again "
        "on the rest"
    ),
}
