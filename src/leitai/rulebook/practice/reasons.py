"""The sentences of practice's reasons, in Chinese and English."""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook.reasons_zh import Data

_SCOPE_ZH: Final = {
    "act": "单次",
    "day": "当日",
    "week": "本周",
    "month": "本月",
    "year": "本年度",
    "all": "累计",
}
_SCOPE_EN: Final = {
    "act": "in one act",
    "day": "for the day",
    "week": "for the week",
    "month": "for the month",
    "year": "for the year",
    "all": "in all",
}
_TIMES_ZH: Final = {
    "day": "同一天内",
    "week": "同一周内",
    "month": "同一月内",
    "year": "同一年度内",
    "all": "活动期间",
}
_TIMES_EN: Final = {**_SCOPE_EN, "all": "in the whole of practice"}


def _amount_en(value: str, unit: str) -> str:
    if unit == "分":
        return f"{value} point{'' if value == '1' else 's'}"
    return f"{value} {unit}".rstrip()


# ---- Chinese


def _due_zh(data: Data) -> str:
    if not data.text("times"):
        return ""
    return f"{data.text('hours')}按{data.text('times')}倍计，"


def _bound_zh(data: Data) -> str:
    ledger = f"“{data.text('ledger')}”" if data.text("ledger") else ""
    return f"{ledger}{_SCOPE_ZH[data.text('scope')]}"


def _part_zh(data: Data) -> str:
    most, unit = data.text("most"), data.text("unit")
    return (
        f"{data.text('title')}：{_due_zh(data)}应计{data.text('due')}{unit}，"
        f"{_bound_zh(data)}上限{most}{unit}，实计{data.text('points')}{unit}"
    )


def _full_zh(data: Data) -> str:
    most = data.text("most") + data.text("unit")
    return f"{data.text('title')}：{_bound_zh(data)}已满{most}，本次不再计分"


def _difference_zh(data: Data) -> str:
    kind = "最好" if data.text("counts") == "best" else "最近"
    return (
        f"{data.text('title')}：按{kind}一次计，由{data.text('before')}变为{data.text('now')}，"
        f"本次计{data.text('points')}{data.text('unit')}"
    )


def _met_zh(data: Data) -> str:
    """Write every goal that is reached with its figure."""
    parts = []
    rows = zip(*(data.list(key) for key in _GOAL), strict=True)
    for count, name, unit, least, have in rows:
        begin = f"“{name}”"
        parts.append(
            {
                "earned": f"{begin}{have}{unit}，已满{least}{unit}",
                "balance": f"{begin}余额{have}{unit}，已满{least}{unit}",
                "times": f"{begin}{have}次，已满{least}次",
                "days": f"{begin}{have}天，已满{least}天",
                "row": f"{begin}连续{have}天，已满{least}天",
                "sum": f"{begin}合计{have}{unit}，已满{least}{unit}",
                "best": f"{begin}最好成绩{have}{unit}，达到{least}{unit}",
                "mean": f"{begin}平均{have}{unit}，达到{least}{unit}",
            }[count]
        )
    return "；".join(parts)


def _why_zh(data: Data) -> str:
    return f"（{data.text('why')}）" if data.text("why") else ""


def _period_zh(data: Data) -> str:
    return "" if data.text("per") == "all" else f"{data.text('period')}："


_GOAL: Final = ("counts", "names", "units", "least", "have")

SENTENCES_ZH: Final[Mapping[str, Callable[[Data], str]]] = {
    "practice_credit": lambda data: (
        f"{data.text('title')}：{_due_zh(data)}计{data.text('points')}{data.text('unit')}"
    ),
    "practice_part": _part_zh,
    "practice_full": _full_zh,
    "practice_short": lambda data: (
        f"{data.text('title')}：{data.text('figure')}{data.text('have')}{data.text('unit')}，"
        f"未满{data.text('least')}{data.text('unit')}，不计分"
    ),
    "practice_no_figure": lambda data: (
        f"{data.text('title')}：没有“{data.text('figure')}”的记录，不计分"
    ),
    "practice_no_word": lambda data: (
        f"{data.text('title')}：结果为“{data.text('word')}”，不计分"
        if data.text("word")
        else f"{data.text('title')}：没有结果记录，不计分"
    ),
    "practice_not_better": lambda data: (
        f"{data.text('title')}：未超过此前最好一次（{data.text('best')}），不再计分"
    ),
    "practice_difference": _difference_zh,
    "practice_days": lambda data: (
        f"{data.text('title')}：连续{data.number('length')}天，"
        f"计{data.text('points')}{data.text('unit')}"
    ),
    "practice_right": lambda data: (
        f"{data.text('title')}：连续答对{data.number('length')}题，"
        f"计{data.text('points')}{data.text('unit')}"
    ),
    "practice_loss": lambda data: (
        f"{data.text('title')}：扣{data.text('points')}{data.text('unit')}"
    ),
    "practice_back": lambda data: (
        f"{data.text('title')}：撤销“{data.text('other')}”，"
        f"收回{data.text('points')}{data.text('unit')}"
    ),
    "practice_least": lambda data: (
        f"{data.text('title')}：应扣{data.text('due')}{data.text('unit')}，"
        f"余额不低于{data.text('least')}{data.text('unit')}，"
        f"实扣{data.text('points')}{data.text('unit')}"
    ),
    "practice_nothing_back": lambda data: (
        f"{data.text('title')}：此前没有可撤销的“{data.text('other')}”"
    ),
    "practice_spent": lambda data: (
        f"{data.text('title')}：用去{data.text('ledger')}{data.text('points')}{data.text('unit')}"
    ),
    "practice_bought": lambda data: (
        f"{data.text('title')}：次数已用完，用{data.text('ledger')}"
        f"{data.text('points')}{data.text('unit')}增加一次"
    ),
    "practice_poor": lambda data: (
        f"{data.text('title')}：需{data.text('ledger')}{data.text('points')}{data.text('unit')}，"
        f"现有{data.text('have')}{data.text('unit')}，不足，本次不计"
    ),
    "practice_closed": lambda data: f"{data.text('title')}：不在规定时间内，不计分",
    "practice_exercise": lambda data: f"{data.text('title')}：仅供练习，不计分",
    "practice_again": lambda data: (
        f"{data.text('title')}：同一内容{_TIMES_ZH[data.text('per')]}只计一次，本次不再计分"
    ),
    "practice_tries": lambda data: (
        f"{data.text('title')}：{_SCOPE_ZH[data.text('scope')]}已计{data.number('most')}次，"
        "本次不再计分"
    ),
    "practice_fast": lambda data: (
        f"{data.text('title')}：第{data.number('nth')}题用时{data.text('seconds')}秒，"
        f"少于{data.text('least')}秒（共{data.number('count')}题），本次不计分"
    ),
    "practice_untimed": lambda data: f"{data.text('title')}：没有答题用时记录，本次不计分",
    "practice_void": lambda data: (
        f"{data.text('title')}：本次练习作废，原计{data.text('before')}{data.text('unit')}，"
        f"现计{data.text('now')}{data.text('unit')}{_why_zh(data)}"
    ),
    "practice_mended": lambda data: (
        f"{data.text('title')}：重新计算，原计{data.text('before')}{data.text('unit')}，"
        f"现计{data.text('now')}{data.text('unit')}{_why_zh(data)}"
    ),
    "practice_title": lambda data: f"{_period_zh(data)}{_met_zh(data)}，授予“{data.text('title')}”",
    "practice_top": lambda data: (
        f"{_period_zh(data)}“{data.text('name')}”{data.text('have')}{data.text('unit')}，"
        f"列第{data.number('rank')}名，进入前{data.number('top')}名，授予“{data.text('title')}”"
    ),
    "practice_twice": lambda data: f"有{data.number('count')}条记录重复，只计一次",
    "practice_waits": lambda data: (
        f"“{data.text('title')}”（{data.text('period')}）须待该期结束后评定"
    ),
}


# ---- English


def _due_en(data: Data) -> str:
    return f"{data.text('hours')}, times {data.text('times')}: " if data.text("times") else ""


def _points_en(data: Data, key: str = "points") -> str:
    return _amount_en(data.text(key), data.text("unit"))


def _bound_en(data: Data) -> str:
    ledger = f" of {data.text('ledger')}" if data.text("ledger") else ""
    return f"the limit{ledger} {_SCOPE_EN[data.text('scope')]}"


def _met_en(data: Data) -> str:
    parts = []
    rows = zip(*(data.list(key) for key in _GOAL), strict=True)
    for count, name, unit, least, have in rows:
        mine, due = _amount_en(have, unit), _amount_en(least, unit)
        parts.append(
            {
                "earned": f"{name}: {mine} of the {due} needed",
                "balance": f"{name}: a balance of {mine}, {due} needed",
                "times": f"{name}: {have} of the {least} times needed",
                "days": f"{name}: on {have} of the {least} days needed",
                "row": f"{name}: {have} days in a row, {least} needed",
                "sum": f"{name}: {mine} together, {due} needed",
                "best": f"{name}: {mine} at best, {due} needed",
                "mean": f"{name}: {mine} on average, {due} needed",
            }[count]
        )
    return "; ".join(parts)


def _why_en(data: Data) -> str:
    return f" ({data.text('why')})" if data.text("why") else ""


def _period_en(data: Data) -> str:
    return "" if data.text("per") == "all" else f"{data.text('period')}: "


SENTENCES_EN: Final[Mapping[str, Callable[[Data], str]]] = {
    "practice_credit": lambda data: f"{data.text('title')}: {_due_en(data)}{_points_en(data)}",
    "practice_part": lambda data: (
        f"{data.text('title')}: {_due_en(data)}{_points_en(data, 'due')} earned, "
        f"{_points_en(data)} credited, since {_bound_en(data)} is {_points_en(data, 'most')}"
    ),
    "practice_full": lambda data: (
        f"{data.text('title')}: {_bound_en(data)}, {_points_en(data, 'most')}, "
        "is reached; nothing credited"
    ),
    "practice_short": lambda data: (
        f"{data.text('title')}: {data.text('figure')} {_amount_en(data.text('have'), data.text('unit'))}, "  # noqa: E501
        f"less than {_amount_en(data.text('least'), data.text('unit'))}; nothing credited"
    ),
    "practice_no_figure": lambda data: (
        f"{data.text('title')}: no record of {data.text('figure')}; nothing credited"
    ),
    "practice_no_word": lambda data: (
        f"{data.text('title')}: {data.text('word') or 'no'} result; nothing credited"
    ),
    "practice_not_better": lambda data: (
        f"{data.text('title')}: not better than {data.text('best')} before; nothing credited"
    ),
    "practice_difference": lambda data: (
        f"{data.text('title')}: the {'best' if data.text('counts') == 'best' else 'last'} one "
        f"counts, {data.text('now')} after {data.text('before')}: {_points_en(data)}"
    ),
    "practice_days": lambda data: (
        f"{data.text('title')}: {data.number('length')} days in a row, {_points_en(data)}"
    ),
    "practice_right": lambda data: (
        f"{data.text('title')}: {data.number('length')} right in a row, {_points_en(data)}"
    ),
    "practice_loss": lambda data: f"{data.text('title')}: {_points_en(data)} taken off",
    "practice_back": lambda data: (
        f"{data.text('title')}: {data.text('other')} withdrawn, {_points_en(data)} taken back"
    ),
    "practice_least": lambda data: (
        f"{data.text('title')}: {_points_en(data)} taken off instead of "
        f"{_points_en(data, 'due')}, since the balance stays at {data.text('least')} or more"
    ),
    "practice_nothing_back": lambda data: (
        f"{data.text('title')}: there is no {data.text('other')} to withdraw"
    ),
    "practice_spent": lambda data: (
        f"{data.text('title')}: {_points_en(data)} of {data.text('ledger')} spent"
    ),
    "practice_bought": lambda data: (
        f"{data.text('title')}: one more try for {_points_en(data)} of {data.text('ledger')}"
    ),
    "practice_poor": lambda data: (
        f"{data.text('title')}: needs {_points_en(data)} of {data.text('ledger')}, "
        f"there are {data.text('have')}; it does not count"
    ),
    "practice_closed": lambda data: f"{data.text('title')}: outside its time; nothing credited",
    "practice_exercise": lambda data: f"{data.text('title')}: for exercise only",
    "practice_again": lambda data: (
        f"{data.text('title')}: the same one counts once {_TIMES_EN[data.text('per')]}"
    ),
    "practice_tries": lambda data: (
        f"{data.text('title')}: it counts {data.number('most')} times "
        f"{_TIMES_EN[data.text('scope')]}; nothing credited"
    ),
    "practice_fast": lambda data: (
        f"{data.text('title')}: answer {data.number('nth')} took {data.text('seconds')} s, under "
        f"{data.text('least')} s ({data.number('count')} such); it does not count"
    ),
    "practice_untimed": lambda data: (
        f"{data.text('title')}: no record of the time for each answer; it does not count"
    ),
    "practice_void": lambda data: (
        f"{data.text('title')}: taken out of account, {_points_en(data, 'now')} instead of "
        f"{_points_en(data, 'before')}{_why_en(data)}"
    ),
    "practice_mended": lambda data: (
        f"{data.text('title')}: worked out anew, {_points_en(data, 'now')} instead of "
        f"{_points_en(data, 'before')}{_why_en(data)}"
    ),
    "practice_title": lambda data: f"{_period_en(data)}{_met_en(data)}: {data.text('title')}",
    "practice_top": lambda data: (
        f"{_period_en(data)}{data.text('name')} {_points_en(data, 'have')}, place "
        f"{data.number('rank')}, among the first {data.number('top')}: {data.text('title')}"
    ),
    "practice_twice": lambda data: (
        f"{data.number('count')} act{' was' if data.number('count') == 1 else 's were'} there "
        "twice and counted once"
    ),
    "practice_waits": lambda data: (
        f"{data.text('title')} ({data.text('period')}) waits for the end of its period"
    ),
}
