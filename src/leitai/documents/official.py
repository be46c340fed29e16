"""Official documents after GB/T 9704: as data for ``official.typ``, and as blocks for a docx."""

from dataclasses import dataclass
from typing import Final

from leitai.documents import titling
from leitai.documents.faces import SERIF, Substitution
from leitai.documents.pages import (
    FANGSONG,
    SIHAO,
    XIAOBIAOSONG,
    Block,
    Document,
    Para,
    Run,
    signed,
    title,
)
from leitai.documents.press import block_data

TEMPLATE: Final = "official"
LINE: Final = 28.99  # points: 225 mm in 22 lines
RED: Final = "C8102E"


@dataclass(frozen=True, slots=True)
class Official:
    """``org`` is the red heading (发文机关标志); where it is empty the paper has none.

    ``signer`` and ``date`` (2022年8月20日) stand at the end; ``copies`` and what follows are the
    版记 at the foot of the last page.
    """

    title: str
    body: tuple[Block, ...]
    signer: str
    date: str
    org: str = ""
    number: str = ""
    to: str = ""
    annexes: tuple[str, ...] = ()
    note: str = ""
    copies: str = ""
    printer: str = ""
    printed: str = ""


def data_of(official: Official, faces: tuple[Substitution, ...]) -> dict[str, object]:
    """Write it as the template reads it."""
    used = {one.asked: one.used for one in faces}
    return {
        "org": official.org,
        "number": official.number,
        "title": official.title,
        "lines": titling.balanced(official.title).split("\n"),
        "to": official.to,
        "body": [block_data(block, used) for block in official.body],
        "annexes": list(official.annexes),
        "signer": official.signer,
        "date": official.date,
        "note": official.note,
        "copies": official.copies,
        "printer": official.printer,
        "printed": official.printed,
        "faces": {
            "title": used.get(XIAOBIAOSONG, SERIF),
            "body": used.get(FANGSONG, SERIF),
        },
    }


def document_of(official: Official) -> Document:
    """The same as blocks: what a docx is written from."""
    blocks: list[Block] = []
    if official.org:
        heading = Run(official.org, XIAOBIAOSONG, 40, colour=RED)
        blocks += [
            Para((heading,), align="center", line=52, before=70, after=40),
            Para((Run(official.number),), align="center", line=LINE, after=12),
            Para((Run("━" * 27, colour=RED),), align="center", line=20, after=30),
        ]
    elif official.number:
        blocks.append(Para((Run(official.number),), align="right", line=LINE, after=LINE))
    blocks.append(title(official.title))
    if official.to:
        blocks.append(Para((Run(f"{official.to}："),), line=LINE, before=10))
    blocks += official.body
    blocks += _annexes(official.annexes)
    blocks += signed(official.signer, official.date)
    if official.note:
        blocks.append(Para((Run(f"（{official.note}）"),), indent=32, line=LINE, before=LINE))
    blocks += _imprint(official)
    return Document(official.title, tuple(blocks), author=official.signer)


def _annexes(names: tuple[str, ...]) -> list[Block]:
    blocks: list[Block] = []
    for index, name in enumerate(names, start=1):
        number = f"{index}．" if len(names) > 1 else ""
        head = "附件：" if index == 1 else "　　　"
        run = Run(f"{head}{number}{name}")
        blocks.append(Para((run,), indent=32, line=LINE, before=LINE if index == 1 else 0))
    return blocks


def _imprint(official: Official) -> list[Block]:
    if not official.copies and not official.printer:
        return []
    lines = [f"抄送：{official.copies}。"] if official.copies else []
    lines.append("　".join(part for part in (official.printer, official.printed) if part))
    return [
        Para((Run(line, FANGSONG, SIHAO),), line=24, before=28 if at == 0 else 0, left=14)
        for at, line in enumerate(lines)
        if line
    ]
