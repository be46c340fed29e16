"""What leaves on paper or as files: seat cards, the protocol as PDF, tables as an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from leitai.design.moments import clock_text, day_text
from leitai.documents import press, qr
from leitai.documents.faces import substitutions
from leitai.documents.fonts import FontMap
from leitai.documents.pages import (
    FANGSONG,
    HEITI,
    MM,
    WUHAO,
    Block,
    Cell,
    Document,
    Paper,
    Para,
    Run,
    Table,
    faces_of,
    heading,
    note,
    subtitle,
    table,
    title,
)
from leitai.documents.pdf import Compiler
from leitai.live.models import Match
from leitai.live.selectors.cards import SeatCard, cards_of
from leitai.live.selectors.exports import tables_of
from leitai.live.selectors.protocol import PressRow, Protocol, Refused, Told
from leitai.rulebook.tables.packing import packed

_PAPER: Final = Paper(
    width=297 * MM, height=210 * MM, top=20 * MM, right=15 * MM, bottom=18 * MM, left=15 * MM
)
_SIGNERS: Final = ("主持人", "裁判长", "监督")
_LONG: Final = frozenset({"说明", "原因"})


@dataclass(frozen=True, slots=True)
class PrintedCard:
    card: SeatCard
    drawing: SafeString


def sheet(match: Match, address: str) -> list[PrintedCard]:
    """A card a seat; the QR leads to the seat's page with the code in the page's hash.

    What stands after # stays in the browser: no log of any server has it.
    """
    return [PrintedCard(card, _drawing(f"{address}#{card.code}")) for card in cards_of(match)]


def _drawing(text: str) -> SafeString:
    return mark_safe(qr.inline(text))  # noqa: S308  # drawn by us from a code


def tables_zip(match: Match) -> bytes:
    """The tables of `leitai rulebook decide`, and the rules beside them."""
    return packed(tables_of(match))


# ---- the protocol


def protocol_pdf(protocol: Protocol, *, at: datetime) -> bytes:
    document = protocol_document(protocol, at=at)
    used = substitutions(faces_of(document), _fonts().files)
    return _compiler().compile(press.TEMPLATE, press.data_of(document, used))


def protocol_document(protocol: Protocol, *, at: datetime) -> Document:
    """What is signed: who sat, every line, every press with its instants, what was mended."""
    match = protocol.match
    mark = "（彩排）" if match.rehearsal else ""
    blocks: list[Block] = [
        title(f"{protocol.contest}\n现场记录{mark}"),
        subtitle(f"{protocol.slot}　{match.title}"),
        note(_facts(protocol, at)),
        heading("一、席位和得分"),
        _seats(protocol),
        heading("二、按键记录"),
        *_listed(_presses(protocol.presses), "没有按键记录。"),
        heading("三、更正、换题和调整"),
        *_listed(_lines(protocol.corrections), "没有更正。"),
        heading("四、全部记录"),
        *_listed(_lines(protocol.lines), "还没有记录。"),
        heading("五、未采纳的按键和操作"),
        *_listed(_refused(protocol.refused), "没有未采纳的按键和操作。"),
        *_signatures(),
    ]
    return Document(f"{match.title}现场记录", tuple(blocks), _PAPER, author=protocol.contest)


def _facts(protocol: Protocol, at: datetime) -> str:
    match = protocol.match
    opened = day_text(match.opened_at, year=True) if match.opened_at else "尚未开场"
    mode = f"抢答方式：{match.get_mode_display()}"
    if match.mode == "compensated":
        mode += f"，每席补偿上限{match.cap_ms}毫秒"
    if match.band_us:
        mode += f"，相差不足{match.band_us / 1000:g}毫秒视为难分先后"
    if not match.network:
        mode += "（未做网络测试）"
    rules = f"规则校验码{match.rules_hash[:16]}" if match.rules_hash else "规则尚未冻结"
    ruling = f"判定：{protocol.verdict_by}。" if protocol.verdict_by else ""
    return (
        f"场次{match.code}，{opened}。{mode}。{ruling}{rules}。"
        f"共{len(protocol.lines)}条记录，打印于{day_text(at, year=True)}{clock_text(at)}。"
    )


def _seats(protocol: Protocol) -> Table:
    rows = [
        (row.seat, row.name, row.entry, row.delegation, "、".join(row.members), row.figure,
         row.score)
        for row in protocol.seats
    ]  # fmt: skip
    heads = ("席位", "名称", "参赛编号", "代表队", "队员", "带入分", "得分")
    return _table(heads, rows, (2, 5, 5, 6, 7, 3, 3))


def _presses(rows: Sequence[PressRow]) -> Table | None:
    heads = ("序号", "试题", "席位", "到达", "自报", "计入", "相差（毫秒）", "结果", "说明")
    cells = [
        (str(one.seq), one.question, one.seat, one.arrival, one.claimed, one.counted, one.margin,
         one.state, one.note)
        for one in rows
    ]  # fmt: skip
    return _table(heads, cells, (2, 4, 2, 5, 5, 5, 4, 3, 8)) if cells else None


def _lines(rows: Sequence[Told]) -> Table | None:
    heads = ("序号", "时刻", "记录", "席位", "内容", "记录人", "效力")
    cells = [
        (str(one.seq), one.at, one.what, one.seat, one.value, one.by, "已撤销" if one.void else "")
        for one in rows
    ]
    return _table(heads, cells, (2, 5, 4, 2, 10, 5, 3)) if cells else None


def _refused(rows: Sequence[Refused]) -> Table | None:
    heads = ("时刻", "记录", "席位", "来自", "原因")
    cells = [(one.at, one.what, one.seat, one.by, one.why) for one in rows]
    return _table(heads, cells, (5, 4, 2, 5, 15)) if cells else None


def _listed(found: Table | None, nothing: str) -> tuple[Block, ...]:
    return (found,) if found is not None else (note(nothing),)


def _table(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], shares: tuple[int, ...]
) -> Table:
    """A dense table, 五号: a match has hundreds of lines."""
    left = frozenset({len(heads) - 1}) if heads[-1] in _LONG else frozenset()
    wide = table(heads, rows, shares, measure=_PAPER.measure, left=left)
    small = tuple(tuple(_small(cell, at == 0) for cell in row) for at, row in enumerate(wide.rows))
    return Table(wide.widths, small, head=1)


def _small(cell: Cell, head: bool) -> Cell:
    face = HEITI if head else FANGSONG
    return Cell(
        tuple(
            Para(tuple(Run(run.text, face, WUHAO) for run in para.runs), para.align, line=15)
            for para in cell.paras
        )
    )


def _signatures() -> tuple[Block, ...]:
    """A place for each of the three, side by side."""
    row = tuple(
        Cell((Para((Run(f"{who}：____________"),), align="left", line=40),)) for who in _SIGNERS
    )
    width = _PAPER.measure / len(_SIGNERS)
    day = Para((Run("年　　月　　日"),), align="right", line=28, before=14)
    return (Table((width,) * len(_SIGNERS), (row,), border=False), day)


@cache
def _fonts() -> FontMap:
    return FontMap(_further())


@cache
def _compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    return Compiler(fonts=_further())


def _further() -> Path | None:
    return Path(settings.LEITAI_FONTS) if settings.LEITAI_FONTS else None
