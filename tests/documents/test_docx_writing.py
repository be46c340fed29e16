"""Documents of blocks: what is written is read again, in docx and on paper."""

from __future__ import annotations

from leitai.documents import (
    docx,
    docx_showing,
    docx_writing,
    faces,
    official,
    press,
    xlsx,
    xlsx_showing,
)
from leitai.documents.fonts import FontMap
from leitai.documents.markers import Picture
from leitai.documents.official import Official
from leitai.documents.pages import (
    FANGSONG,
    HEITI,
    KAITI,
    XIAOBIAOSONG,
    Break,
    Cell,
    Document,
    Image,
    Para,
    Run,
    Table,
    cell,
    faces_of,
    heading,
    signed,
    table,
    text,
    title,
)
from leitai.documents.pdf import Compiler
from leitai.documents.xlsx import Column, Sheet
from tests.documents.papers import docx_of, para, part_of, row, run
from tests.documents.papers import table as table_of
from tests.documents.test_docx import PNG

FONTS = FontMap()
REPORT = Document(
    "通报",
    (
        title("关于公布获奖名单的通报"),
        heading("一、总体情况"),
        heading("（一）参赛", level=2),
        text("共有3人参加。"),
        table(("名次", "姓名"), [("1", "甲"), ("2", "乙")], (1, 3)),
        Table(
            (50.0, 50.0, 50.0),
            ((cell("合并", columns=2), cell("竖", rows=2)), (cell("左"), cell("右"))),
        ),
        Break(),
        *signed("某某厅", "2022年8月20日"),
    ),
)


def pressed(template: str, data: dict[str, object]) -> bytes:
    return Compiler().compile(template, data)


def test_a_docx_of_ours_reads_back_with_its_faces_and_merges():
    read = docx_showing.show(docx_writing.write(REPORT))
    paras = [block for block in read.blocks if isinstance(block, Para)]
    said = ["".join(run.text for run in para.runs) for para in paras]
    assert [one for one in said if one] == [
        "关于公布获奖名单的通报", "一、总体情况", "（一）参赛", "共有3人参加。", "某某厅", "2022年8月20日",
    ]  # fmt: skip
    assert [para.runs[0].face for para in paras if para.runs and para.runs[0].text][:4] == [
        XIAOBIAOSONG, HEITI, KAITI, FANGSONG,
    ]  # fmt: skip
    merged = [block for block in read.blocks if isinstance(block, Table)][1]
    assert [[(one.columns, one.rows) for one in row] for row in merged.rows] == [
        [(2, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    assert sum(isinstance(block, Break) for block in read.blocks) == 1


def test_the_same_document_gives_the_same_bytes():
    assert docx_writing.write(REPORT) == docx_writing.write(REPORT)


def test_control_characters_and_markup_in_a_text_do_no_harm():
    odd = Document("题", (text("<w:p/>&\x0b甲"),))
    assert "&lt;w:p/&gt;&amp;甲" in part_of(docx_writing.write(odd), "word/document.xml")


def test_every_face_has_its_declared_substitute():
    asked = faces_of(REPORT)
    assert set(asked) == {XIAOBIAOSONG, HEITI, KAITI, FANGSONG}
    used = {one.asked: (one.used, one.same) for one in faces.substitutions(asked, FONTS.files)}
    assert used == {
        XIAOBIAOSONG: ("Noto Serif SC", False),
        HEITI: ("Noto Sans SC", False),
        KAITI: ("Noto Serif SC", False),
        FANGSONG: ("Noto Serif SC", False),
    }


def test_a_face_that_is_at_hand_prints_itself():
    (one,) = faces.substitutions(("Noto Sans SC",), FONTS.files)
    assert (one.used, one.same) == ("Noto Sans SC", True)


def test_a_report_goes_to_paper():
    used = faces.substitutions(faces_of(REPORT), FONTS.files)
    made = pressed("document", press.data_of(REPORT, used))
    assert made.startswith(b"%PDF-")


def test_an_official_document_has_its_parts_in_both_forms():
    body = tuple(text("一二三四五六七八九十" * 9) for _ in range(9))
    one = Official(
        title="关于公布竞赛获奖名单的通知",
        body=body,
        signer="某某省人力资源和社会保障厅",
        date="2022年8月20日",
        org="某某省人力资源和社会保障厅文件",
        number="某人社发〔2022〕12号",
        to="各市（州）人力资源和社会保障局",
        annexes=("获奖名单", "成绩册"),
        note="此件主动公开",
        copies="省总工会",
        printer="厅办公室",
        printed="2022年8月21日印发",
    )
    asked = faces_of(official.document_of(one))
    used = faces.substitutions(asked, FONTS.files)
    made = pressed(official.TEMPLATE, official.data_of(one, used))
    assert made.startswith(b"%PDF-")
    read = docx_showing.show(docx_writing.write(official.document_of(one)))
    said = "\n".join(
        "".join(run.text for run in block.runs) for block in read.blocks if isinstance(block, Para)
    )
    for words in (
        "某人社发〔2022〕12号",
        "附件：1．获奖名单",
        "　　　2．成绩册",
        "（此件主动公开）",
        "抄送：省总工会。",
    ):
        assert words in said


def test_twenty_eight_characters_stand_in_a_line_and_twenty_two_lines_on_a_page():
    """So many lines fill a page that has nothing but them, its blank title and its signature."""

    def pages(count: int) -> int:
        # Without a title's line and a signature the page holds body text alone.
        para = Para((Run("字" * count),), line=official.LINE)
        data = official.data_of(
            Official(title="", body=(para,), signer="", date=""), faces.substitutions((), ())
        )
        made = Compiler().compile("official", data)
        return (
            made.count(b"/Type /Page\n")
            or made.count(b"/Type/Page/")
            or made.count(b"/Type /Page ")
        )

    lines_of_head_and_foot = (
        2 + 5
    )  # an empty title with its blank line; three blank lines, two of signature
    full = (22 - lines_of_head_and_foot) * 28
    assert pages(full - 28 * 3) == 1
    assert pages(full + 28 * 6) == 2


def test_a_broken_picture_is_left_out_of_the_preview():
    file = docx_of(para(run("{{照片}}")))
    whole, broken = (
        docx.fill(file, {"照片": Picture(data, "png", 25, 35)}).data for data in (PNG, b"junk")
    )
    assert [type(one) for one in docx_showing.show(whole).blocks] == [Para, Image]
    assert [type(one) for one in docx_showing.show(broken).blocks] == [Para]
    inside = docx.fill(
        docx_of(table_of(row(para(run("{{照片}}"))))), {"照片": Picture(PNG, "png", 25, 35)}
    )
    (grid,) = docx_showing.show(inside.data).blocks
    assert len(grid.rows[0][0].images) == 1
    shown = docx_showing.show(inside.data)
    used = faces.substitutions(faces_of(shown), FONTS.files)
    assert pressed("document", press.data_of(shown, used)).startswith(b"%PDF-")


def test_a_workbook_is_shown_as_a_table():
    made = xlsx.write(
        [Sheet("表", "名单", (Column("姓名"), Column("单位")), [["甲", "某局"]], notes=("注",))]
    )
    shown = xlsx_showing.show(made)
    grid = shown.blocks[1]
    assert isinstance(grid, Table)
    said = [[one.paras[0].runs[0].text for one in row] for row in grid.rows]
    assert said == [["名单"], ["注"], ["姓名", "单位"], ["甲", "某局"]]
    assert grid.rows[0][0].columns == 2
    assert isinstance(grid.rows[0][0], Cell)
