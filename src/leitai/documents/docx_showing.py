"""A filled docx as blocks, for its preview: paragraphs and tables, their faces and sizes.

A preview says where each text stands and what it reads; it does not lay a page out as Word does.
Text boxes and headers are shown after the text.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from PIL import Image as PictureFile

from leitai.documents.docx import W
from leitai.documents.packages import Element, parse, read_package
from leitai.documents.pages import (
    MM,
    SONGTI,
    Align,
    Block,
    Break,
    Cell,
    Document,
    Image,
    Paper,
    Para,
    Run,
    Table,
)

_TWIP: Final = 20
_EMU: Final = 12_700
_ALIGNS: Final[Mapping[str, Align]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "left": "left",
    "start": "left",
    "both": "justify",
    "distribute": "justify",
}
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES: Final = ("png", "jpeg", "jpg")
_SIZES: Final = (4.0, 72.0)
_PIXELS: Final = 20_000_000
_BYTES: Final = 2 * 1024 * 1024  # the press takes a picture as a list of numbers


def show(data: bytes, *, title: str = "") -> Document:
    """Read a docx; raises DomainError as ``read_package`` does."""
    parts = read_package(data, kind="docx")
    root = parse(parts["word/document.xml"])
    reader = _Reader(parts)
    body = root.find(f"{W}body")
    blocks = list(reader.blocks(body)) if body is not None else []
    return Document(title, tuple(blocks), _paper(root))


class _Reader:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._targets = _targets(parts)
        self._face, self._size = _defaults(parts)

    def blocks(self, holder: Element) -> Iterator[Block]:
        for element in holder:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield self._table(element)
            elif element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                if content is not None:
                    yield from self.blocks(content)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        yield self._para(element)
        if any(one.get(f"{W}type") == "page" for one in element.iter(f"{W}br")):
            yield Break()
        for extent in element.iter(f"{_WP}extent"):
            image = self._image(extent)
            if image is not None:
                yield image

    def _para(self, element: Element) -> Para:
        settings = element.find(f"{W}pPr")
        align = _value(settings, "jc")
        line = _number(_attribute(settings, "spacing", "line"))
        exact = _attribute(settings, "spacing", "lineRule") in {"exact", "atLeast"}
        runs = tuple(self._run(run) for run in element.iter(f"{W}r") if _own(run, element))
        return Para(
            runs=runs,
            align=_ALIGNS.get(align, "left"),
            indent=max(_number(_attribute(settings, "ind", "firstLine")), 0),
            left=max(_number(_attribute(settings, "ind", "left")), 0),
            line=line if exact else 0,
            before=min(_number(_attribute(settings, "spacing", "before")), 60),
            after=min(_number(_attribute(settings, "spacing", "after")), 60),
        )

    def _run(self, run: Element) -> Run:
        look = run.find(f"{W}rPr")
        size = _value(look, "sz")
        bold = look.find(f"{W}b") if look is not None else None
        text = "".join(map(_said, run))
        return Run(
            text,
            face=_attribute(look, "rFonts", "eastAsia") or self._face,
            size=_bounded(size, self._size),
            bold=bold is not None and bold.get(f"{W}val", "1") not in {"0", "false"},
        )

    def _table(self, element: Element) -> Table:
        widths = tuple(
            max(_number(one.get(f"{W}w", "")), 8)
            for one in element.iterfind(f"{W}tblGrid/{W}gridCol")
        )
        rows = list(element.iterfind(f"{W}tr"))
        spans = _row_spans(rows)
        made, heights = [], []
        for at, row in enumerate(rows):
            column, cells = 0, []
            for cell in row.iterfind(f"{W}tc"):
                wide = _span(cell)
                if not _continues(cell):
                    cells.append(self._cell(cell, wide, spans.get((at, column), 1)))
                column += wide
            made.append(tuple(cells))
            heights.append(_number(_attribute(row.find(f"{W}trPr"), "trHeight", "val")))
        count = max((sum(map(_span, row.iterfind(f"{W}tc"))) for row in rows), default=1)
        widths = widths if len(widths) == count else (156 * MM / count,) * count
        return Table(widths, tuple(made), tuple(heights))

    def _cell(self, cell: Element, columns: int, rows: int) -> Cell:
        paras = tuple(self._para(one) for one in cell.iter(f"{W}p") if _first_cell(one, cell))
        top = _attribute(cell.find(f"{W}tcPr"), "vAlign", "val") != "center"
        images = tuple(
            image
            for extent in cell.iter(f"{_WP}extent")
            if _first_cell(extent, cell) and (image := self._image(extent)) is not None
        )
        return Cell(paras, columns=columns, rows=rows, middle=not top, images=images)

    def _image(self, extent: Element) -> Image | None:
        blip = next(extent.getparent().iter(f"{_A}blip"), None)
        target = self._targets.get(blip.get(f"{_R}embed", "") if blip is not None else "", "")
        ending = target.rpartition(".")[2].lower()
        if ending not in _PICTURES or not _sound(self._parts.get(target, b"")):
            return None
        width, height = (int(extent.get(side, "0") or 0) / _EMU for side in ("cx", "cy"))
        kind = "png" if ending == "png" else "jpeg"
        return Image(self._parts[target], kind, min(width, 450), min(height, 640), "left")


def _sound(data: bytes) -> bool:
    """Whether a picture can be set: whole, of a type that we know, and no bomb of pixels."""
    if len(data) > _BYTES:
        return False
    try:
        with PictureFile.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _PIXELS:
                return False
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, PictureFile.DecompressionBombError):
        return False
    return True


def _targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    relations = parts.get("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    return {one.get("Id", ""): f"word/{one.get('Target', '')}" for one in parse(relations)}


def _defaults(parts: Mapping[str, bytes]) -> tuple[str, float]:
    """The face and size of the document's own normal text."""
    if "word/styles.xml" not in parts:
        return SONGTI, 10.5
    styles = parse(parts["word/styles.xml"])
    look = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    normal = next((one for one in styles.iter(f"{W}style") if one.get(f"{W}default") == "1"), None)
    own = normal.find(f"{W}rPr") if normal is not None else None
    face = _attribute(own, "rFonts", "eastAsia") or _attribute(look, "rFonts", "eastAsia")
    size = _bounded(_value(own, "sz") or _value(look, "sz"), 10.5)
    return face or SONGTI, size


def _paper(root: Element) -> Paper:
    section = next(reversed(list(root.iter(f"{W}sectPr"))), None)
    size, margin = (section.find(f"{W}{one}") if section is not None else None
                    for one in ("pgSz", "pgMar"))  # fmt: skip
    if size is None or margin is None:
        return Paper()

    def side(element: Element, name: str, least: float) -> float:
        return max(_number(element.get(f"{W}{name}", "")), least)

    paper = Paper(
        width=min(side(size, "w", 200), 1700),
        height=min(side(size, "h", 200), 1700),
        top=side(margin, "top", 10),
        right=side(margin, "right", 10),
        bottom=side(margin, "bottom", 10),
        left=side(margin, "left", 10),
        numbers=False,
    )
    narrow = paper.measure < 100 or paper.height - paper.top - paper.bottom < 100
    return Paper() if narrow else paper


def _row_spans(rows: list[Element]) -> dict[tuple[int, int], int]:
    """Over how many rows each cell that begins a merge reaches."""
    begun: dict[int, tuple[int, int]] = {}
    spans: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iterfind(f"{W}tc"):
            if _continues(cell) and column in begun:
                spans[begun[column]] = at - begun[column][0] + 1
            else:
                begun[column] = (at, column)
            column += _span(cell)
    return spans


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _span(cell: Element) -> int:
    text = _attribute(cell.find(f"{W}tcPr"), "gridSpan", "val")
    return max(int(text), 1) if text.isdecimal() and len(text) < 4 else 1


def _own(run: Element, paragraph: Element) -> bool:
    return next(run.iterancestors(f"{W}p")) is paragraph


def _first_cell(paragraph: Element, cell: Element) -> bool:
    return next(paragraph.iterancestors(f"{W}tc")) is cell


def _said(element: Element) -> str:
    if element.tag == f"{W}t":
        return str(element.text or "")
    if element.tag == f"{W}tab":
        return "　　"
    if element.tag in {f"{W}br", f"{W}cr"} and element.get(f"{W}type") != "page":
        return "\n"
    return ""


def _value(holder: Element, name: str) -> str:
    return _attribute(holder, name, "val")


def _attribute(holder: Element, name: str, attribute: str) -> str:
    element = holder.find(f"{W}{name}") if holder is not None else None
    return cast("str", element.get(f"{W}{attribute}", "")) if element is not None else ""


def _number(text: str) -> float:
    """Twips as points; whatever is no number is 0."""
    return int(text) / _TWIP if re.fullmatch(r"-?\d{1,6}", text) else 0.0


def _bounded(half_points: str, otherwise: float) -> float:
    if not half_points.isdecimal() or len(half_points) > 4:
        return otherwise
    least, most = _SIZES
    return min(max(int(half_points) / 2, least), most)
