"""Files that are not what they say, or more than they say."""

import io
import random
import zipfile

import pytest

from leitai.interchange import read_items, tables, xlsx
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, csv_bytes
from tests.interchange.books import xlsx as book


def codes(data: bytes, name: str = "题.xlsx") -> list[tuple[str, dict]]:
    return [(it.code, dict(it.data)) for it in read_items(data, name).problems]


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with other contents in some of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name.split("/")[-1].split(".")[0], old.read(name)))
    return out.getvalue()


def sheet(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


GOOD = book([HEADINGS, SINGLE, MULTIPLE])


def test_kind_is_told_by_the_name() -> None:
    assert codes(GOOD, "题.xls") == [("kind_unknown", {"name": "题.xls"})]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a zip", GOOD[: len(GOOD) // 2], b"\xd0\xcf\x11\xe0" * 200]
)
def test_bytes_that_are_no_workbook_are_unreadable(data: bytes) -> None:
    assert [code for code, _ in codes(data)] == ["unreadable"]


def test_zip_without_a_workbook_is_unreadable() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert [code for code, _ in codes(out.getvalue())] == ["unreadable"]


def test_file_over_the_limit_is_not_opened() -> None:
    assert codes(b"x" * (tables.MAX_BYTES + 1)) == [("file_too_large", {"limit": 20})]


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(GOOD, sheet1=b" " * (xlsx.MAX_UNPACKED + 1))
    assert len(bomb) < tables.MAX_BYTES
    assert codes(bomb) == [("unpacked_too_large", {"limit": 200})]


def test_zip_that_lies_about_its_size_is_read_no_further_than_it_says() -> None:
    bomb = bytearray(repacked(GOOD, sheet1=b" " * (xlsx.MAX_UNPACKED + 1)))
    size = (xlsx.MAX_UNPACKED + 1).to_bytes(4, "little")
    assert bomb.count(size) == 2  # local header and directory
    assert [code for code, _ in codes(bytes(bomb.replace(size, (9).to_bytes(4, "little"))))] == [
        "unreadable"
    ]


def test_one_cell_in_the_last_corner_is_refused() -> None:
    far = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    )
    assert codes(repacked(GOOD, sheet1=far)) == [("too_many_rows", {"limit": 100_000})]
    wide = sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')
    assert codes(repacked(GOOD, sheet1=wide)) == [("too_many_columns", {"limit": 64})]


@pytest.mark.parametrize(
    "cell",
    [
        '<c t=">" r="XFD1048576"><v>1</v></c>',  # a bracket inside an attribute
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1"><x:v>1</x:v></x:c>',
        "<c r = 'XFD1'><v>1</v></c>",
        "<c><v>1</v></c>" * 65,  # without references they stand side by side
    ],
)
def test_far_cell_does_not_hide(cell: str) -> None:
    far = repacked(GOOD, sheet1=sheet(f'<row r="1">{cell}</row>'))
    assert [code for code, _ in codes(far)] in (["too_many_columns"], ["too_many_rows"])


def test_sheet_in_another_encoding_is_refused() -> None:
    wide = sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>').decode().encode("utf-16")
    assert [code for code, _ in codes(repacked(GOOD, sheet1=wide))] == ["unreadable"]


def test_formatted_empty_cells_do_not_count() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}" s="1"/></row>' for row in range(1, 4))
    reading = read_items(repacked(GOOD, sheet1=sheet(rows)), "题.xlsx")
    assert [it.code for it in reading.problems] == ["empty"]


def test_sheets_of_notes_are_passed_over() -> None:
    data = book([["填写说明"], ["请勿改动表头"]], title="说明", more={"题库": [HEADINGS, SINGLE]})
    assert [it.row for it in read_items(data, "题.xlsx").drafts] == [2]


def test_two_sheets_of_questions_are_a_question() -> None:
    data = book([HEADINGS, SINGLE], title="单选", more={"多选": [HEADINGS, MULTIPLE]})
    assert codes(data) == [("several_sheets", {"sheets": ("单选", "多选")})]


def test_csv_with_an_open_quote_is_refused_with_its_line() -> None:
    data = csv_bytes([HEADINGS, SINGLE]) + '2,单选,模块,"题干,甲,乙\n'.encode()
    assert [code for code, _ in codes(data, "题.csv")] == ["csv_broken"]


def test_csv_rows_count_as_a_spreadsheet_counts_them() -> None:
    two_lines = [*SINGLE[:3], "第一行\n第二行", *SINGLE[4:]]
    data = csv_bytes([HEADINGS, two_lines, [], ["", "单选"]])
    assert [(it.row, it.code) for it in read_items(data, "题.csv").problems] == [
        (4, "stem_empty"),
        (4, "too_few_options"),
        (4, "key_empty"),
    ]


def test_csv_bounds_hold() -> None:
    heading = csv_bytes([HEADINGS])
    assert codes(heading + b"1\n" * 100_001, "题.csv") == [("too_many_rows", {"limit": 100_000})]
    assert codes(b"," * 64, "题.csv") == [("too_many_columns", {"limit": 64})]
    assert codes(b"\xff\xff\xff", "题.csv")[0][0] == "unreadable"
    assert codes(b"\n\n", "题.csv") == [("empty", {})]


def test_spoilt_workbooks_are_answered_and_never_crash_the_reader() -> None:
    chance = random.Random(2022)
    for _ in range(400):
        spoilt = bytearray(GOOD)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        reading = read_items(bytes(spoilt), "题.xlsx")
        assert reading.drafts or reading.refusals
