"""The fields of a report's wording, and the paper that comes of it. Official papers are Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final

from leitai.documents import markers
from leitai.documents.official import Official
from leitai.documents.pages import Block, heading, table, text
from leitai.insight.counting import Figures, Held, Topic
from leitai.kernel.errors import DomainError

TABLE: Final = "各单位情况表"
NUMBER: Final = "序号"
FIELDS: Final = (
    "活动", "单位", "时段", "截止日", "应参学人数", "已注册人数", "参学人数", "参学率",
    "参学人数变化", "参学率变化", "人次", "人天", "正确率", "积分情况", "称号情况",
    "高于平均的单位", "低于平均的单位", "未确认花名册的单位", "薄弱模块", TABLE,
)  # fmt: skip
HEAD_FIELDS: Final = ("活动", "单位", "时段", NUMBER)  # of title and number; 主送 knows them too
WEAK: Final = 3  # modules that are named, and topics of each
LEAST: Final = 5  # answers before a topic is named
_SHORT: Final = 40  # characters of what may be a heading
_NONE: Final = "无"
_HEADING, _TEXT, _TABLE = "heading", "text", "table"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the table, now."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a unit's paper tells of. `ranked`: the rulebook has a board of ratios."""

    activity: str
    unit: str
    first: date
    last: date
    now: Figures
    before: Figures
    rows: Sequence[Row]
    topics: Sequence[Topic]
    ledgers: Mapping[str, str]
    titles: Mapping[str, str]
    ranked: bool


def packaged() -> str:
    """The house's own wording; the office changes it before it issues a report."""
    return files("leitai.insight").joinpath("data/dispatch.txt").read_text(encoding="utf-8")


def demand_known(wording: str, allowed: Sequence[str] = FIELDS) -> None:
    """Raises DomainError("insight_field_unknown") for a field that a report does not have."""
    for found in markers.find(wording):
        if found.marker.name not in allowed or found.marker.is_:
            named = "、".join(allowed)
            raise DomainError("insight_field_unknown", field=found.marker.name, known=named)


def fill(wording: str, values: Mapping[str, str]) -> str:
    """Each marked field by its value."""
    told, end = [], 0
    for found in markers.find(wording):
        told += [wording[end : found.start], values.get(found.marker.name, "")]
        end = found.end
    return "".join([*told, wording[end:]])


def parts_of(wording: str, known: Known) -> list[list[Any]]:
    """The body's parts as they are kept: headings, paragraphs, the table."""
    values = values_of(known)
    parts: list[list[Any]] = []
    for line in filter(None, map(str.strip, wording.splitlines())):
        found = markers.find(line)
        if len(found) == 1 and found[0].marker.name == TABLE:
            parts.append([_TABLE, table_of(known)])
            if known.now.due and known.now.outside:
                parts.append([_TEXT, _outside(known.now.outside)])
        else:
            parts.append([_kind(line), fill(line, values)])
    return parts


def official_of(
    parts: Sequence[Sequence[Any]], *, title: str, number: str, to: str, signer: str, dated: date
) -> Official:
    """The paper after GB/T 9704, of frozen parts."""
    return Official(
        title=title,
        body=tuple(_block(kind, content) for kind, content in parts),
        signer=signer,
        date=day_words(dated),
        number=number,
        to=to,
    )


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def span_words(first: date, last: date) -> str:
    """2022年4月4日至10日; what both days have in common is said once."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day_words(first)}至{last.day}日"
    end = f"{last.month}月{last.day}日" if first.year == last.year else day_words(last)
    return f"{day_words(first)}至{end}"


def values_of(known: Known) -> dict[str, str]:
    now, before = known.now, known.before
    with_ratio = [row for row in known.rows if row.figures.ratio is not None]
    mean = now.ratio or Decimal()
    above = [row.name for row in with_ratio if _ratio(row) > mean]
    below = [row.name for row in with_ratio if _ratio(row) < mean]
    unknown = [row.name for row in known.rows if row.figures.due <= 0]
    weak = [weak_of(one) for one in known.topics[:WEAK] if one.module]
    points = [
        f"{title}{_plain(now.points[name])}分"
        for name, title in known.ledgers.items()
        if now.points.get(name)
    ]
    titles = [
        f"获“{title}”{now.titles[name].persons}人"
        for name, title in known.titles.items()
        if now.titles.get(name, Held()).persons
    ]
    return {
        **head_values(known.activity, known.unit, known.first, known.last),
        "截止日": day_words(known.last),
        "应参学人数": str(now.due),
        "已注册人数": str(now.registered),
        "参学人数": str(now.persons),
        "参学率": _percent(now.ratio),
        "参学人数变化": _change(now.persons - before.persons),
        "参学率变化": _ratio_change(now, before),
        "人次": str(now.times),
        "人天": str(now.days),
        "正确率": _percent(now.accuracy),
        "积分情况": _listed(points),
        "称号情况": _listed(titles),
        "高于平均的单位": _listed(above),
        "低于平均的单位": _listed(below),
        "未确认花名册的单位": _listed(unknown),
        "薄弱模块": _listed(weak),
    }


def head_values(
    activity: str, unit: str, first: date, last: date, number: int = 1
) -> dict[str, str]:
    return {
        "活动": activity,
        "单位": unit,
        "时段": span_words(first, last),
        NUMBER: str(number),
    }


def table_of(known: Known) -> list[list[str]]:
    """The heading row and one a unit: ranked where the rules have a board, else in tree order."""
    rows = list(known.rows)
    if known.ranked:
        rows.sort(key=lambda row: (row.figures.ratio is None, -(row.figures.ratio or Decimal())))
    told = [
        [
            "名次" if known.ranked else "序号",
            "单位",
            "应参学人数",
            "参学人数",
            "参学率",
            "人次",
            "正确率",
        ]
    ]
    last: Decimal | None = None
    place = 0
    for number, row in enumerate(rows, start=1):
        one = row.figures
        place = place if known.ranked and one.ratio == last else number
        last = one.ratio
        head = "—" if known.ranked and one.ratio is None else str(place)
        told.append(
            [
                head,
                row.name,
                str(one.due) if one.due > 0 else "—",
                str(one.persons),
                _percent(one.ratio),
                str(one.times),
                _percent(one.accuracy),
            ]
        )
    whole = known.now
    sums = [str(whole.due), str(whole.persons), _percent(whole.ratio), str(whole.times)]
    return [*told, ["", "合计", *sums, _percent(whole.accuracy)]]


def _kind(line: str) -> str:
    """「一、」 heads a part, 「（一）」 up to its full stop is a part of the paragraph."""
    numbered = line[:1] in "一二三四五六七八九十" and "、" in line[:3]
    return _HEADING if numbered and len(line) < _SHORT else _TEXT


def _block(kind: str, content: Any) -> Block:
    if kind == _TABLE:
        head, *rows = content
        return table(
            tuple(head),
            [tuple(row) for row in rows],
            (7, 26, 13, 13, 12, 12, 12),
            left=frozenset({1}),
        )
    return heading(content) if kind == _HEADING else text(content)


def weak_of(module: Topic) -> str:
    """A module and which topics pull it down; those with hardly an answer say nothing."""
    topics = [
        f"“{one.name}”{one.accuracy}%"
        for one in module.below
        if one.name and one.answers >= LEAST and (one.accuracy or 0) < (module.accuracy or 0)
    ]
    named = f"，其中{'、'.join(topics[:WEAK])}" if topics else ""
    return f"{module.module}（正确率{module.accuracy}%{named}）"


def _outside(count: int) -> str:
    """Below the table: why who took part is more than the share says."""
    return f"注：参学人数中有{count}人所在单位尚未确认花名册，不计入参学率。"


def _ratio(row: Row) -> Decimal:
    return row.figures.ratio or Decimal()


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value}%"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _listed(names: Sequence[str]) -> str:
    return "、".join(names) or _NONE


def _change(count: int) -> str:
    if count == 0:
        return "与上一同等时段持平"
    return f"较上一同等时段{'增加' if count > 0 else '减少'}{abs(count)}人"


def _ratio_change(now: Figures, before: Figures) -> str:
    """In points of a per cent, of the figures as they are shown."""
    one, other = now.ratio, before.ratio
    if one is None or other is None:
        return "上一同等时段没有可比数据"
    if one == other:
        return "与上一同等时段持平"
    word = "提高" if one > other else "下降"
    return f"较上一同等时段{word}{abs(one - other)}个百分点"
