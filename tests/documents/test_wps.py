"""What WPS (and old Word) break on, checked in every docx that the house writes or fills."""

from __future__ import annotations

import io
import posixpath
import tomllib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import leitai.paperwork
from leitai.documents import docx, docx_writing
from leitai.documents.markers import Picture
from leitai.documents.pages import Document, Image, Para, Run
from tests.documents.papers import docx_of, para, part_of, png, row, run, table
from tests.documents.test_docx_writing import REPORT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DATA = Path(leitai.paperwork.__file__).parent / "data"
# ISO 29500: children of these stand in this order; WPS drops what comes out of it.
ORDER = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd",
        "tabs", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "textAlignment",
        "outlineLvl", "rPr", "sectPr",
    ),
    "rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "spacing", "w", "kern",
        "position", "sz", "szCs", "highlight", "u", "shd", "vertAlign", "lang",
    ),
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"),
    "sectPr": (
        "headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "docGrid",
    ),
}  # fmt: skip
PHOTO = docx_of(table(row(para(run("{{姓名}}")), para(run("{{照片}}")))))


def joined() -> bytes:
    named = [("甲", png()), ("乙", jpeg()), ("丙", None)]
    files = []
    for name, data in named:
        photo = Picture(data, "png" if name == "甲" else "jpeg", 25, 35) if data else ""
        files.append(docx.fill(PHOTO, {"姓名": name, "照片": photo}).data)
    return docx.join(files)


def jpeg() -> bytes:
    from PIL import Image as Pillow

    file = io.BytesIO()
    Pillow.new("RGB", (5, 7), "black").save(file, "JPEG")
    return file.getvalue()


def pictured() -> bytes:
    blocks = (Para((Run("文"),)), Image(png(), "png", 50, 70), Image(jpeg(), "jpeg", 50, 70))
    return docx_writing.write(Document("图", blocks))


def annexes() -> list[bytes]:
    listed = tomllib.loads((DATA / "annexes.toml").read_text(encoding="utf-8"))
    return [docx.fill((DATA / one["file"]).read_bytes(), {}).data for one in listed.values()]


FILES = {
    "written": lambda: [docx_writing.write(REPORT)],
    "pictured": lambda: [pictured()],
    "joined": lambda: [joined()],
    "annexes": annexes,
}


@pytest.mark.parametrize("name", FILES)
def test_the_package_is_plain_and_every_relation_leads_somewhere(name):
    for data in FILES[name]():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            assert entries[0].filename == "[Content_Types].xml"
            assert all(one.flag_bits & 0x9 == 0 for one in entries)  # no secret, no descriptor
            assert not any(one.is_dir() for one in entries)
            parts = {one.filename: archive.read(one) for one in entries}
        assert len(parts) == len(entries)
        types = etree.fromstring(parts["[Content_Types].xml"])
        endings = {one.get("Extension") for one in types.iter(f"{CT}Default")}
        named = {one.get("PartName") for one in types.iter(f"{CT}Override")}
        for part in set(parts) - {"[Content_Types].xml"}:
            assert part.rpartition(".")[2] in endings or f"/{part}" in named, part
        for part in (one for one in parts if one.endswith(".rels")):
            ids = []
            for one in etree.fromstring(parts[part]):
                ids.append(one.get("Id"))
                if one.get("TargetMode") != "External":
                    folder = posixpath.dirname(posixpath.dirname(part))
                    target = posixpath.normpath(posixpath.join(folder, one.get("Target")))
                    assert target.lstrip("/") in parts, (part, target)
            assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", FILES)
def test_the_text_is_what_the_standard_orders_it_to_be(name):
    for data in FILES[name]():
        root = etree.fromstring(part_of(data, "word/document.xml").encode())
        for tag, order in ORDER.items():
            for held in root.iter(f"{W}{tag}"):
                found = [etree.QName(one).localname for one in held]
                places = [order.index(one) for one in found if one in order]
                assert places == sorted(places), (tag, found)
        for cell in root.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p"  # a cell that ends otherwise is a broken file
        ids = [one.get("id") for one in root.iter() if etree.QName(one).localname == "docPr"]
        assert len(set(ids)) == len(ids)
        used = {one.get(f"{R}embed") for one in root.iter() if one.get(f"{R}embed")}
        held = etree.fromstring(part_of(data, "word/_rels/document.xml.rels").encode())
        assert used <= {one.get("Id") for one in held}
        assert not [one for one in root.iter() if etree.QName(one).localname == "AlternateContent"]


def test_each_of_the_joined_keeps_its_own_photograph():
    data = joined()
    root = etree.fromstring(part_of(data, "word/document.xml").encode())
    held = etree.fromstring(part_of(data, "word/_rels/document.xml.rels").encode())
    targets = {one.get("Id"): one.get("Target") for one in held}
    shown = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for one in root.iter(f"{W}tr"):
            text = "".join(one.itertext()).strip()
            pictures = [e.get(f"{R}embed") for e in one.iter() if e.get(f"{R}embed")]
            shown.append((text, [archive.read(f"word/{targets[r]}") for r in pictures]))
    assert shown == [("甲", [png()]), ("乙", [jpeg()]), ("丙", [])]


def test_a_photograph_is_not_cut_to_a_line_of_an_exact_height():
    look = '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr>'
    file = docx_of(f"<w:p>{look}{run('{{照片}}')}</w:p><w:p>{look}{run('文')}</w:p>")
    body = part_of(
        docx.fill(file, {"照片": Picture(png(), "png", 25, 35)}).data, "word/document.xml"
    )
    assert body.count('w:lineRule="atLeast"') == 1
    assert body.count('w:lineRule="exact"') == 1
