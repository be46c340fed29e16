"""获奖名单: an official document with the holders of every award, or the same as a table."""

from __future__ import annotations

from leitai.documents.official import Official
from leitai.documents.pages import Block, heading, table, text
from leitai.documents.xlsx import Column, Sheet
from leitai.kernel.errors import DomainError
from leitai.paperwork.material import records
from leitai.paperwork.material.records import Won
from leitai.paperwork.packs.columns import kept, pick
from leitai.paperwork.packs.kinds import Made, Wanted
from leitai.paperwork.packs.rendering import as_official, as_sheets

TITLE = "获奖名单"
_HEADS = ("奖项", "获奖者", "单位", "代表队", "依据", "证书编号")
_PERSONS = ("序号", "姓名", "代表队", "单位")
_WIDTHS = (18, 14, 34, 18, 40, 28)


def make(wanted: Wanted) -> Made:
    """Raises DomainError("paperwork_no_awards") before the awards are decided."""
    groups = awards_of(wanted)
    name = f"{wanted.short}{TITLE}"
    if wanted.format == "xlsx":
        return as_sheets([sheet_of(groups, wanted.law.title)], name)
    return as_official(wanted, _official(wanted, groups), name)


def awards_of(wanted: Wanted) -> dict[str, list[Won]]:
    result = records.last_result(wanted.season, title=TITLE)
    groups = records.awards_of(result, records.law_of(result))
    if not groups:
        raise DomainError("paperwork_awards_none")
    return groups


def sheet_of(groups: dict[str, list[Won]], season: str) -> Sheet:
    rows = [
        (won.title, won.holder, won.unit, won.delegation, won.reason, won.serial)
        for group in groups.values()
        for won in group
    ]
    places = kept(_HEADS, rows)
    columns = [Column(*pair) for pair in zip(_HEADS, _WIDTHS, strict=True)]
    return Sheet(
        name=TITLE,
        title=f"{season}{TITLE}",
        columns=pick(columns, places),
        rows=[pick(row, places) for row in rows],
        landscape=True,
    )


def _official(wanted: Wanted, groups: dict[str, list[Won]]) -> Official:
    return Official(
        title=f"关于公布{wanted.law.title}{TITLE}的通知",
        to=f"各{wanted.law.delegations.title}",
        body=(*_opening(wanted, groups), *list_of(groups)),
        signer=wanted.issuer,
        date=records.day_words(wanted.at),
    )


def _opening(wanted: Wanted, groups: dict[str, list[Won]]) -> list[Block]:
    told = "、".join(f"{title}{len(group)}个" for title, group in groups.items())
    ended = f"{wanted.law.title}已经结束。根据竞赛规则和最终成绩，共评出{told}。"
    return [text(f"{ended}现将{TITLE}公布如下。")]


def list_of(groups: dict[str, list[Won]]) -> list[Block]:
    """Each award with its holders: teams as a line, persons as a table."""
    blocks: list[Block] = []
    persons = [won for group in groups.values() for won in group if won.person]
    places = kept(_PERSONS, [_person(0, won) for won in persons])
    for number, (title, group) in enumerate(groups.items(), start=1):
        count = f"（{len(group)}{'名' if group[0].person else '个'}）"
        blocks.append(heading(f"{records.chinese_number(number)}、{title}{count}"))
        if not group[0].person:
            blocks.append(text("、".join(won.holder for won in group)))
            continue
        rows = [pick(_person(at, won), places) for at, won in enumerate(group, start=1)]
        blocks.append(table(pick(_PERSONS, places), rows, pick((2, 3, 4, 7), places)))
    return blocks


def _person(at: int, won: Won) -> tuple[str, ...]:
    return (str(at), won.holder, won.delegation, won.unit)
