"""A document as blocks: what a report is built of, and what an uploaded one is shown as.

Lengths are points. `face` is the face that the document asks for; which one prints is decided by
`faces`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from leitai.documents import titling

MM: Final = 72 / 25.4
Align = Literal["left", "center", "right", "justify"]

XIAOBIAOSONG: Final = "方正小标宋简体"
FANGSONG: Final = "仿宋_GB2312"
HEITI: Final = "黑体"
KAITI: Final = "楷体_GB2312"
SONGTI: Final = "宋体"

ERHAO: Final = 22.0  # 二号
SANHAO: Final = 16.0  # 三号
SIHAO: Final = 14.0  # 四号
XIAOSI: Final = 12.0  # 小四
WUHAO: Final = 10.5  # 五号


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; a line feed breaks the line."""

    text: str
    face: str = FANGSONG
    size: float = SANHAO
    bold: bool = False
    colour: str = ""  # six hex digits


@dataclass(frozen=True, slots=True)
class Para:
    """``line`` is the exact distance of lines, 0 for the face's own; ``indent`` is the first's."""

    runs: tuple[Run, ...] = ()
    align: Align = "justify"
    indent: float = 0
    line: float = 28
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    keep: bool = False  # with the next one
    style: str = ""  # heading1, heading2: what a table of contents would take


@dataclass(frozen=True, slots=True)
class Image:
    data: bytes
    type: str
    width: float
    height: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Cell:
    paras: tuple[Para, ...] = ()
    columns: int = 1
    rows: int = 1
    middle: bool = True
    shade: bool = False
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` hold the cells that begin there; a cell over several rows stands in its first.

    ``head`` rows are repeated on every page.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heights: tuple[float, ...] = ()
    head: int = 0
    border: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Para | Table | Image | Break


@dataclass(frozen=True, slots=True)
class Paper:
    """The page and its margins; GB/T 9704's 版心 of 156 × 225 mm unless told otherwise."""

    width: float = 210 * MM
    height: float = 297 * MM
    top: float = 37 * MM
    right: float = 26 * MM
    bottom: float = 35 * MM
    left: float = 28 * MM
    numbers: bool = True

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: tuple[Block, ...]
    paper: Paper = field(default_factory=Paper)
    author: str = ""


def texts_of(document: Document) -> list[str]:
    """Every text, for the check of glyphs."""
    return [run.text for run in runs_of(document)]


def faces_of(document: Document) -> tuple[str, ...]:
    """The faces that it asks for, each once."""
    return tuple(dict.fromkeys(run.face for run in runs_of(document) if run.text.strip()))


def runs_of(document: Document) -> list[Run]:
    """Every run of the document, those of its tables too."""
    found: list[Run] = []
    for block in document.blocks:
        if isinstance(block, Para):
            found += block.runs
        elif isinstance(block, Table):
            found += [
                run
                for row in block.rows
                for cell in row
                for para in cell.paras
                for run in para.runs
            ]
    return found


# What reports are made of, in the looks of an official document --------------------------------


def title(text: str) -> Para:
    """二号小标宋, centred; a long one in lines of like length."""
    run = Run(titling.balanced(text), XIAOBIAOSONG, ERHAO)
    return Para((run,), align="center", line=36, after=14, style="title")


def subtitle(text: str) -> Para:
    return Para((Run(text, KAITI, SANHAO),), align="center", line=28, after=10)


def heading(text: str, *, level: int = 1) -> Para:
    """一、 in 黑体, （一） in 楷体."""
    run = Run(text, HEITI if level == 1 else KAITI, SANHAO)
    return Para((run,), indent=32, line=28.8, keep=True, style=f"heading{level}")


def text(words: str) -> Para:
    """三号仿宋, two characters in, lines of 28.8 points: twenty-two a page."""
    return Para((Run(words),), indent=32, line=28.8)


def note(words: str) -> Para:
    return Para((Run(words, FANGSONG, XIAOSI),), line=20, before=4)


def signed(name: str, day: str) -> tuple[Para, Para]:
    """署名 and 成文日期, with room for the seal above."""
    return (
        Para((Run(name),), align="right", line=28.8, before=58, right=48, keep=True),
        Para((Run(day),), align="right", line=28.8, right=64),
    )


def cell(
    words: str, *, align: Align = "center", face: str = FANGSONG, columns: int = 1, rows: int = 1
) -> Cell:
    """A cell of a plain table, 小四."""
    return Cell((Para((Run(words, face, XIAOSI),), align=align, line=18),), columns, rows)


def table(
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    shares: tuple[int, ...],
    *,
    measure: float = 156 * MM,
    left: frozenset[int] = frozenset(),
) -> Table:
    """A bordered table over the whole measure; columns in ``left`` stand left."""
    whole = sum(shares)
    top = tuple(cell(head, face=HEITI) for head in heads)
    body = tuple(
        tuple(cell(words, align="left" if at in left else "center") for at, words in enumerate(row))
        for row in rows
    )
    widths = tuple(measure * share / whole for share in shares)
    return Table(widths, (top, *body), head=1)
