"""Long titles in lines: GB/T 9704 wants words whole, the lines centred and of like length."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

MOST: Final = 20  # characters of 二号 in the measure of 156 mm
_FAR: Final = 4  # how far from the even length a cut may be sought
# What a title of a contest is not cut within; longer words before those that they begin with.
_WHOLE: Final = (
    "自治区", "自治州", "总决赛", "半决赛", "晋级赛", "选拔赛", "成绩册", "秩序册", "选手证",
    "工作证", "年度", "关于", "公布", "通知", "公告", "公示", "名单", "获奖", "活动", "总结",
    "草稿", "竞赛", "比赛", "比武", "大赛", "练兵", "技能", "业务", "窗口", "单位", "服务", "公共",
    "就业", "创业", "人社", "职业", "指导", "基层", "决赛", "初赛", "复赛", "全省", "全区", "全国",
    "全市", "优秀", "推荐", "荣誉", "表彰", "结果", "统一", "在线", "岗位", "系统", "人力", "资源",
    "社会", "保障", "组织", "情况", "通报",
)  # fmt: skip


def balanced(title: str, most: int = MOST) -> str:
    """The title with line feeds where it is longer than a line; those that it has stay."""
    return "\n".join(_cut(line, most) for line in title.split("\n"))


def _cut(line: str, most: int) -> str:
    lines = ceil(_width(line) / most)
    if lines < 2:
        return line
    at = _best(line, lines, most)
    return f"{line[:at]}\n{_cut(line[at:], most)}"


def _best(line: str, lines: int, most: int) -> int:
    """Where the first line ends: near an even length, not within a word, the rest still fitting."""
    even = _width(line) / lines
    able = [
        at
        for at in range(1, len(line))
        if _width(line[:at]) <= most
        and _width(line[at:]) <= most * (lines - 1)
        and abs(_width(line[:at]) - even) <= _FAR
    ]
    inside = _inside(line)
    return min(
        able or [most],
        key=lambda at: (at in inside, abs(_width(line[:at]) - even), -at),
    )


def _inside(line: str) -> frozenset[int]:
    """The places within words and numbers, and before what cannot begin a line."""
    found = {at for at in range(1, len(line)) if line[at] in "的和与及）》”、，"}
    found |= {at for at in range(1, len(line)) if line[at - 1] in "（《“"}
    found |= {at for at in range(1, len(line)) if _tied(line[at - 1 : at + 1])}
    for word in _WHOLE:
        start = line.find(word)
        while start >= 0:
            found |= set(range(start + 1, start + len(word)))
            start = line.find(word, start + 1)
    return frozenset(found)


def _tied(pair: Sequence[str]) -> bool:
    """Letters and digits stand together, and so does a year's number with 年."""
    first, second = pair
    return first.isascii() and (second.isascii() or second == "年")


def _width(words: str) -> float:
    return sum(0.5 if one.isascii() else 1 for one in words)
