"""Documents of blocks as docx: plain OOXML that Word and WPS open alike, the asked faces named."""

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from leitai.documents.packages import Parts, write_package
from leitai.documents.pages import Block, Break, Cell, Document, Image, Paper, Para, Run, Table

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TWIP: Final = 20  # of a point
_EMU: Final = 12_700  # of a point
_ALIGN: Final = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_LEVELS: Final = {"heading1": 0, "heading2": 1}
_CONTROL: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])

_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_ROOT: Final = (
    f'<Relationships xmlns="{_REL}"><Relationship Id="rId1" Type="{_R}/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/'
    'package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_STYLES: Final = (
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='
    '"Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/>'
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    '</w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" '
    'w:styleId="a"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" '
    'w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>'
    '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style></w:styles>"
)
_FIELD: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def write(document: Document) -> bytes:
    """Write the document; the same one gives the same bytes."""
    media: list[Image] = []
    body = "".join(_block(block, media) for block in document.blocks)
    relations = [
        f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>',
        f'<Relationship Id="rId2" Type="{_R}/footer" Target="footer1.xml"/>',
    ]
    parts: Parts = {
        "[Content_Types].xml": _xml(_TYPES),
        "_rels/.rels": _xml(_ROOT),
        "docProps/core.xml": _xml(_core(document)),
        "word/document.xml": _xml(
            f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}'
            f"{_section(document.paper)}</w:body></w:document>"
        ),
        "word/styles.xml": _xml(_STYLES),
        "word/footer1.xml": _xml(_footer(document.paper)),
    }
    for number, image in enumerate(media, start=1):
        parts[f"word/media/image{number}.{image.type}"] = image.data
        relations.append(
            f'<Relationship Id="rIdImage{number}" Type="{_R}/image" '
            f'Target="media/image{number}.{image.type}"/>'
        )
    parts["word/_rels/document.xml.rels"] = _xml(
        f'<Relationships xmlns="{_REL}">{"".join(relations)}</Relationships>'
    )
    return write_package(parts)


def _xml(text: str) -> bytes:
    return (_HEAD + text).encode()


def _clean(text: str) -> str:
    return escape(text.translate(_CONTROL))


def _core(document: Document) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_clean(document.title)}</dc:title>"
        f"<dc:creator>{_clean(document.author)}</dc:creator></cp:coreProperties>"
    )


def _section(paper: Paper) -> str:
    landscape = ' w:orient="landscape"' if paper.width > paper.height else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{_twips(paper.width)}" w:h="{_twips(paper.height)}"{landscape}/>'
        f'<w:pgMar w:top="{_twips(paper.top)}" w:right="{_twips(paper.right)}" '
        f'w:bottom="{_twips(paper.bottom)}" w:left="{_twips(paper.left)}" w:header="851" '
        'w:footer="1400" w:gutter="0"/></w:sectPr>'
    )


def _footer(paper: Paper) -> str:
    number = (
        "<w:r><w:t>— </w:t></w:r>" + _FIELD + "<w:r><w:t> —</w:t></w:r>" if paper.numbers else ""
    )
    return (
        f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:sz w:val="28"/>'
        f"</w:rPr></w:pPr>{number}</w:p></w:ftr>"
    )


def _block(block: Block, media: list[Image]) -> str:
    if isinstance(block, Para):
        return _para(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Image):
        media.append(block)
        return _image(block, len(media))
    if isinstance(block, Break):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    raise TypeError(block)


def _para(para: Para) -> str:
    keep = "<w:keepNext/>" if para.keep else ""
    line = (
        f' w:line="{_twips(para.line)}" w:lineRule="exact"'
        if para.line
        else ' w:line="240" w:lineRule="auto"'
    )
    indent = (
        f'<w:ind w:left="{_twips(para.left)}" w:right="{_twips(para.right)}" '
        f'w:firstLine="{_twips(para.indent)}"/>'
    )
    level = _LEVELS.get(para.style)
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    return (
        f'<w:p><w:pPr>{keep}<w:spacing w:before="{_twips(para.before)}" '
        f'w:after="{_twips(para.after)}"{line}/>{indent}<w:jc w:val="{_ALIGN[para.align]}"/>'
        f"{outline}</w:pPr>{''.join(map(_run, para.runs))}</w:p>"
    )


def _run(run: Run) -> str:
    face = quoteattr(run.face)
    size = round(run.size * 2)
    bold = "<w:b/>" if run.bold else ""
    colour = f'<w:color w:val="{run.colour}"/>' if run.colour else ""
    lines = [
        f'<w:t xml:space="preserve">{_clean(line)}</w:t>'
        for line in run.text.replace("\r\n", "\n").split("\n")
    ]
    return (
        f'<w:r><w:rPr><w:rFonts w:eastAsia={face} w:hint="eastAsia"/>{bold}{colour}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>{"<w:br/>".join(lines)}</w:r>'
    )


def _table(table: Table) -> str:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{edge} {line}/>" for edge in edges) if table.border else ""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
    heights = table.heights or (0.0,) * len(table.rows)
    waiting: dict[int, tuple[int, Cell]] = {}  # first column → rows still to come, and the cell
    rows = []
    for at, (row, height) in enumerate(zip(table.rows, heights, strict=True)):
        rows.append(
            f"<w:tr><w:trPr><w:cantSplit/>{_height(height)}"
            f"{'<w:tblHeader/>' if at < table.head else ''}</w:trPr>"
            f"{_row(row, table.widths, waiting)}</w:tr>"
        )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(table.widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        '<w:p><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _height(height: float) -> str:
    return f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>' if height else ""


def _row(
    row: tuple[Cell, ...], widths: tuple[float, ...], waiting: dict[int, tuple[int, Cell]]
) -> str:
    written, at, cells = [], 0, iter(row)
    while at < len(widths):
        left, cell = waiting.pop(at, (0, None))
        if cell is None:
            cell = next(cells, Cell())
            left, merge = cell.rows, '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            paras = "".join(map(_para, cell.paras or (Para(),)))
        else:
            merge, paras = "<w:vMerge/>", _para(Para())
        if left > 1:
            waiting[at] = (left - 1, cell)
        width = sum(widths[at : at + cell.columns])
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>' if cell.shade else ""
        middle = f'<w:vAlign w:val="{"center" if cell.middle else "top"}"/>'
        written.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{merge}{shade}'
            f"{middle}</w:tcPr>{paras}</w:tc>"
        )
        at += cell.columns
    return "".join(written)


def _image(image: Image, number: int) -> str:
    x, y = round(image.width * _EMU), round(image.height * _EMU)
    drawing = (
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:extent cx="{x}" cy="{y}"/><wp:docPr id="{number}" '
        f'name="image {number}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="image {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage{number}"/><a:stretch>'
        '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return f'<w:p><w:pPr><w:jc w:val="{_ALIGN[image.align]}"/></w:pPr><w:r>{drawing}</w:r></w:p>'


def _twips(points: float) -> int:
    return round(points * _TWIP)
