"""Filling a docx: markers over runs, repeated rows, ticks, what is missing, what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from leitai.documents import docx
from leitai.documents.markers import Marker, Picture
from leitai.kernel.errors import DomainError
from tests.documents.papers import W, docx_of, packed, para, part_of, png, row, run, table

PNG = png()


def texts(data: bytes) -> list[str]:
    """Each paragraph as somebody reads it in the file opened again."""
    root = etree.fromstring(part_of(data, "word/document.xml").encode())
    return [
        "".join(
            "\n" if one.tag.endswith("}br") else one.text or ""
            for one in p.iter(f"{{{W}}}t", f"{{{W}}}br")
        )
        for p in root.iter(f"{{{W}}}p")
    ]


def test_a_marker_split_over_three_runs_is_filled_in_the_look_of_the_first():
    bold, red = "<w:b/>", '<w:color w:val="FF0000"/>'
    file = docx_of(para(run("姓名：{", bold), run("{姓", red), run("名}}，到会", "")))
    assert docx.fields(file) == (Marker("", "姓名"),)
    filled = docx.fill(file, {"姓名": "申时雨"})
    assert texts(filled.data) == ["姓名：申时雨，到会"]
    xml = part_of(filled.data, "word/document.xml")
    first = xml[xml.index("<w:b/>") : xml.index("</w:r>")]
    assert "申时雨" in first
    assert filled.missing == ()


def test_marks_of_spelling_between_runs_break_no_marker():
    file = docx_of(
        para(run("{{单"), '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="0" w:name="x"/>',
             run("位}}"))
    )  # fmt: skip
    assert texts(docx.fill(file, {"单位": "某某局"}).data) == ["某某局"]


def test_several_markers_of_one_run_and_full_width_braces():
    file = docx_of(para(run("{{甲}}和｛｛ 乙 ｝｝、{{甲}}。")))
    assert texts(docx.fill(file, {"甲": "一", "乙": "二"}).data) == ["一和二、一。"]


def test_a_value_of_several_lines_breaks_lines_and_keeps_what_follows():
    file = docx_of(para(run("{{甲}}与{{乙}}止")))
    filled = docx.fill(file, {"甲": "一\n二", "乙": "三\n四"})
    assert texts(filled.data) == ["一\n二与三\n四止"]


def test_xml_in_a_value_stays_text():
    filled = docx.fill(docx_of(para(run("{{甲}}"))), {"甲": "<w:p>&\x07</w:p>{{乙}}"})
    assert texts(filled.data) == ["<w:p>&</w:p>{{乙}}"]


def test_a_row_of_a_list_is_repeated_and_numbered():
    file = docx_of(
        table(
            row(para(run("序号")), para(run("姓名"))),
            row(
                para(run("{{选手.序号}}")),
                para(run("{{选"), run("手.姓名}}"), run("（{{代表队}}）")),
            ),
            row(para(run("共")), para(run("{{人数}}"))),
        )
    )
    filled = docx.fill(
        file,
        {"选手": [{"姓名": "甲"}, {"姓名": "乙"}, {"姓名": "丙"}], "代表队": "成都市", "人数": "3"},
    )
    assert texts(filled.data) == [
        "序号", "姓名", "1", "甲（成都市）", "2", "乙（成都市）", "3", "丙（成都市）", "共", "3",
    ]  # fmt: skip
    assert part_of(filled.data, "word/document.xml").count("<w:tr>") == 5


def test_an_empty_list_keeps_one_blank_row_and_is_named():
    file = docx_of(table(row(para(run("{{选手.姓名}}")))))
    filled = docx.fill(file, {"选手": []})
    assert texts(filled.data) == [""]
    assert filled.missing == ("选手",)


def test_a_list_outside_a_table_repeats_its_paragraph():
    file = docx_of(para(run("获奖：{{获奖.获奖者}}")) + para(run("完")))
    filled = docx.fill(file, {"获奖": [{"获奖者": "甲"}, {"获奖者": "乙"}]})
    assert texts(filled.data) == ["获奖：甲", "获奖：乙", "完"]


def test_missing_values_are_blank_and_named_once():
    file = docx_of(para(run("{{姓名}}{{职务}}{{职务}}{{性别}}")))
    filled = docx.fill(file, {"姓名": "甲", "性别": ""})
    assert texts(filled.data) == ["甲"]
    assert filled.missing == ("性别", "职务")


def test_a_choice_is_ticked_where_it_is_the_answer():
    file = docx_of(para(run("领队（{{项目=领队}}）选手（{{项目＝选手}}）")))
    assert docx.fields(file) == (Marker("", "项目", "领队"), Marker("", "项目", "选手"))
    assert texts(docx.fill(file, {"项目": "领队"}).data) == ["领队（√）选手（　）"]


def test_a_photograph_is_a_part_of_the_package():
    file = docx_of(para(run("照片{{照片}}完")))
    filled = docx.fill(file, {"照片": Picture(PNG, "png", 25, 35)})
    xml = part_of(filled.data, "word/document.xml")
    assert 'r:embed="rIdLt1"' in xml
    assert 'cx="900000" cy="1260000"' in xml  # 25 and 35 mm of 36,000
    with zipfile.ZipFile(io.BytesIO(filled.data)) as archive:
        assert archive.read("word/media/document-lt1.png") == PNG
        assert b"rIdLt1" in archive.read("word/_rels/document.xml.rels")
    assert texts(filled.data) == ["照片完"]


def test_joined_files_begin_on_pages_of_their_own():
    file = docx_of(para(run("{{姓名}}")))
    whole = docx.join([docx.fill(file, {"姓名": name}).data for name in ("甲", "乙", "丙")])
    assert [text for text in texts(whole) if text.strip()] == ["甲", "乙", "丙"]
    assert part_of(whole, "word/document.xml").count('w:type="page"') == 2


def test_what_the_template_does_not_mark_stays_as_it_was():
    file = docx_of(para(run("{{甲}}")), [("word/custom.xml", "<x/>")])
    assert part_of(docx.fill(file, {"甲": "一"}).data, "word/custom.xml") == "<x/>"


RELS = "word/_rels/document.xml.rels"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def external(kind: str, target: str) -> tuple[str, str]:
    return RELS, (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ([("word/vbaProject.bin", "x")], "template_file_macros"),
        ([("word/embeddings/oleObject1.bin", "x")], "template_file_active"),
        ([("word/activeX/activeX1.xml", "<x/>")], "template_file_active"),
        ([external("attachedTemplate", "https://example.org/a.dotm")], "template_file_external"),
        ([external("image", "https://example.org/a.png")], "template_file_external"),
        ([external("hyperlink", "file:///etc/passwd")], "template_file_external"),
        ([("word/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')], "template_file_broken"),
        ([("../x.xml", "<x/>")], "template_file_broken"),
        ([("word/footnotes.xml", "<unclosed>")], "template_file_broken"),
    ],
)
def test_files_that_act_or_reach_out_are_refused(more, code):
    with pytest.raises(DomainError) as refused:
        docx.fields(docx_of(para(run("{{甲}}")), more))
    assert refused.value.code == code


def test_a_link_that_a_reader_follows_is_no_harm():
    file = docx_of(para(run("{{甲}}")), [external("hyperlink", "https://example.org/")])
    assert docx.fields(file) == (Marker("", "甲"),)


@pytest.mark.parametrize("field", ["DDEAUTO cmd", "INCLUDETEXT x", "INCLUDEPICTURE y"])
def test_fields_that_fetch_are_refused_even_when_cut_into_runs(field):
    half = len(field) // 2
    parts = "".join(
        f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (field[:half], field[half:])
    )
    with pytest.raises(DomainError) as refused:
        docx.fill(docx_of(para(parts, run("{{甲}}"))), {})
    assert refused.value.code == "template_file_active"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"0" * 61 * 1024 * 1024})
    assert len(bomb) < 100_000
    with pytest.raises(DomainError) as refused:
        docx.fields(bomb)
    assert refused.value.code == "template_file_large"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\xd0\xcf\x11\xe0" * 9])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(DomainError) as refused:
        docx.fields(data)
    assert refused.value.code == "template_file_broken"
