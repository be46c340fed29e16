"""The sentences about live matches, merged into ``rulebook.reasons``."""

from collections.abc import Callable, Mapping
from typing import Final

from leitai.rulebook.reasons_zh import Data

Sentences = Mapping[str, Callable[[Data], str]]


def _zh(data: Data) -> str:
    return f"{data.text('event')}（场次{data.text('match')}）"


def _en(data: Data) -> str:
    return f"{data.text('event')}, match {data.text('match')}"


def _row(data: Data) -> str:
    return f"第{data.number('seq')}条记录"


SENTENCES_ZH: Final[Sentences] = {
    "live_unfinished": lambda data: f"{_zh(data)}尚未结束，现场记录中没有收场一条（close）",
    "live_equal": lambda data: (
        f"{_zh(data)}{_row(data)}：{'、'.join(data.list('seats'))}号台同时按下抢答器，"
        f"按规则由{data.list('seats')[0]}号台作答"
    ),
    "live_ruled_first": lambda data: (
        f"{_zh(data)}{_row(data)}：几台按键的先后无法分辨，裁定由{data.text('seat')}号台作答"
    ),
    "live_order_differs": lambda data: (
        f"{_zh(data)}“{data.text('segment')}”实际按{'、'.join(data.list('order'))}号台的顺序进行；"
        f"按更正后的得分，顺序应为{'、'.join(data.list('due'))}"
    ),
    "live_ended_early": lambda data: (
        f"{_zh(data)}“{data.text('segment')}”提前结束，只进行了{data.number('asked')}题"
    ),
    "live_closed_early": lambda data: f"{_zh(data)}提前收场，成绩以已进行的环节为准",
    "live_adjusted": lambda data: (
        f"{_zh(data)}{_row(data)}：{data.text('seat')}号台得分调整{data.text('points')}分"
        f"{'，理由：' + data.text('why') if data.text('why') else ''}"
    ),
    "live_out_absent": lambda data: f"{_zh(data)}{data.text('seat')}号台未到场，记为缺考",
    "live_out_void": lambda data: f"{_zh(data)}{data.text('seat')}号台被取消比赛资格，成绩作废",
    "live_out_left": lambda data: f"{_zh(data)}{data.text('seat')}号台中途退赛，已得分数保留",
    "live_dropped": lambda data: (
        f"{_zh(data)}“{data.text('segment')}”第{data.number('question')}题作废，该题得失分不计"
    ),
    "live_voided": lambda data: (
        f"{_zh(data)}{_row(data)}：第{'、'.join(data.list('entries'))}条记录已撤销"
    ),
    "live_corrected": lambda data: (
        f"{_zh(data)}{_row(data)}：第{'、'.join(data.list('entries'))}条记录已更正"
        f"（{data.text('value')}）"
    ),
    "live_level": lambda data: (
        f"{_zh(data)}{'、'.join(data.list('seats'))}号台得分相同，未进行规则所定的加赛"
    ),
}

SENTENCES_EN: Final[Sentences] = {
    "live_unfinished": lambda data: f"{_en(data)}: not ended, the log has no entry close",
    "live_equal": lambda data: (
        f"{_en(data)}, entry {data.number('seq')}: seats {', '.join(data.list('seats'))} pressed "
        f"at the same instant; by the rule seat {data.list('seats')[0]} answers"
    ),
    "live_ruled_first": lambda data: (
        f"{_en(data)}, entry {data.number('seq')}: the presses were too close to tell apart; "
        f"seat {data.text('seat')} was ruled to answer"
    ),
    "live_order_differs": lambda data: (
        f"{_en(data)}: “{data.text('segment')}” was played in the order "
        f"{', '.join(data.list('order'))}; by the scores as corrected it would be "
        f"{', '.join(data.list('due'))}"
    ),
    "live_ended_early": lambda data: (
        f"{_en(data)}: “{data.text('segment')}” was ended early, after "
        f"{data.number('asked')} questions"
    ),
    "live_closed_early": lambda data: (
        f"{_en(data)}: closed early; the segments that were played count"
    ),
    "live_adjusted": lambda data: (
        f"{_en(data)}, entry {data.number('seq')}: the score of seat {data.text('seat')} was "
        f"adjusted by {data.text('points')}"
        f"{', because: ' + data.text('why') if data.text('why') else ''}"
    ),
    "live_out_absent": lambda data: f"{_en(data)}: seat {data.text('seat')} did not come",
    "live_out_void": lambda data: f"{_en(data)}: seat {data.text('seat')} was disqualified",
    "live_out_left": lambda data: (
        f"{_en(data)}: seat {data.text('seat')} left the match and keeps what it had"
    ),
    "live_dropped": lambda data: (
        f"{_en(data)}: question {data.number('question')} of “{data.text('segment')}” was voided; "
        f"its answers do not count"
    ),
    "live_voided": lambda data: (
        f"{_en(data)}, entry {data.number('seq')}: entries {', '.join(data.list('entries'))} voided"
    ),
    "live_corrected": lambda data: (
        f"{_en(data)}, entry {data.number('seq')}: entry {', '.join(data.list('entries'))} "
        f"corrected ({data.text('value')})"
    ),
    "live_level": lambda data: (
        f"{_en(data)}: seats {', '.join(data.list('seats'))} are level and the playoff of the "
        f"rules was not held"
    ),
}
