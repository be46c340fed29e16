"""荣誉推荐名单: who qualifies for each honour by its own condition, and why."""

from __future__ import annotations

from leitai.documents.pages import Block, Document, heading, signed, table, text, title
from leitai.documents.xlsx import Column, Sheet
from leitai.paperwork.material import payees, records
from leitai.paperwork.material.payees import Honoured
from leitai.paperwork.packs.columns import kept, pick
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_document, as_sheets

TITLE = "荣誉推荐名单"
_HEADS = ("序号", "荣誉", "推荐对象", "单位", "代表队", "依据")


def make(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_awards") before the awards are decided."""
    records.last_result(wanted.season, title=TITLE)
    groups = payees.honoured(wanted.season, wanted.law)
    name = f"{wanted.short}{TITLE}"
    if wanted.format == "xlsx":
        return as_sheets([_sheet(wanted, groups)], name)
    return as_document(wanted, _document(wanted, groups), name)


def _sheet(wanted: Wanted, groups: dict[str, list[Honoured]]) -> Sheet:
    rows: list[tuple[str | int, ...]] = [
        (at, one.title, one.holder, one.unit, one.delegation, one.reason)
        for group in groups.values()
        for at, one in enumerate(group, start=1)
    ]
    columns = [
        Column(head, width) for head, width in zip(_HEADS, (8, 40, 14, 34, 18, 40), strict=True)
    ]
    places = kept(_HEADS, rows)
    shown = [pick(row, places) for row in rows]
    name = f"{wanted.law.title}{TITLE}"
    return Sheet(TITLE, name, pick(columns, places), shown, landscape=True)


def _document(wanted: Wanted, groups: dict[str, list[Honoured]]) -> Document:
    blocks: list[Block] = [title(f"{wanted.law.title}\n{TITLE}")]
    heads, shares = ("序号", "推荐对象", "单位", "代表队", "依据"), (2, 3, 6, 4, 6)
    places = kept(heads, [_row(0, one) for group in groups.values() for one in group])
    for number, honour in enumerate(wanted.law.honours, start=1):
        blocks.append(heading(f"{records.chinese_number(number)}、{honour.title}"))
        if honour.given_by:
            blocks.append(text(f"授予（办理）单位：{honour.given_by}。"))
        if honour.source:
            blocks.append(text(f"依据：{honour.source.rstrip('。')}。"))
        group = groups.get(honour.id, [])
        if not group:
            blocks.append(text("按现有成绩和条件，没有符合的对象。"))
            continue
        rows = [pick(_row(at, one), places) for at, one in enumerate(group, start=1)]
        left = frozenset({len(places) - 1})
        blocks.append(table(pick(heads, places), rows, pick(shares, places), left=left))
    if not wanted.law.honours:
        blocks.append(text("竞赛规则没有规定成绩和奖项以外的荣誉或奖励。"))
    blocks += signed(wanted.issuer, records.day_words(wanted.at))
    return Document(TITLE, tuple(blocks), author=wanted.issuer)


def _row(at: int, one: Honoured) -> tuple[str, ...]:
    return (str(at), one.holder, one.unit, one.delegation, one.reason)
