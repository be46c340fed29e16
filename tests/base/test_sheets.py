"""Tables at the door: what Excel, WPS and editors write, and what must be refused."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from leitai.base.sheets import read_sheet
from leitai.kernel.errors import Problems

COLUMNS = ("代码", "名称")


def book(*rows, before=()):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, content in (*before, ("表", rows)):
        sheet = made.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(data, *, optional=(), **more):
    return read_sheet(data, name="单位.xlsx", columns=COLUMNS, optional=optional, **more)


def refusal(data, **more):
    with pytest.raises(Problems) as caught:
        read(data, **more)
    return [problem.code for problem in caught.value.problems]


def test_numbers_and_dates_become_exact_text():
    row = [510104, " 锦江区 ", dt.date(2026, 5, 1), 0.1, 15, True, dt.time(9, 30)]
    more = ("日期", "比例", "整数", "窗口", "时刻")
    table = read(book([*COLUMNS, *more], row), optional=more)
    assert list(table.rows[0].cells.values()) == [
        "510104", "锦江区", "2026-05-01", "0.1", "15", "TRUE", "09:30:00",
    ]  # fmt: skip
    assert table.problems == ()


def test_rows_keep_the_numbers_of_the_file():
    table = read(book([], [*COLUMNS], ["a", "甲"], [None, " "], ["b", "乙"]))
    assert [(row.number, row.cells["代码"]) for row in table.rows] == [(3, "a"), (5, "b")]


def test_first_sheet_with_anything_is_read():
    data = book([*COLUMNS], ["a", "甲"], before=[("空", []), ("白", [[" "]])])
    assert [row.cells["名称"] for row in read(data).rows] == ["甲"]


def test_formula_error_is_refused_with_its_row():
    table = read(book([*COLUMNS], ["a", "甲"], ["b", "#REF!"], ["c", "#N/A"]))
    assert [row.number for row in table.rows] == [2]
    assert [(it.place, it.code, it.data["shown"]) for it in table.problems] == [
        ("单位.xlsx 第3行", "sheet_error", "#REF!"),
        ("单位.xlsx 第4行", "sheet_error", "#N/A"),
    ]


def test_number_of_eighteen_digits_is_refused():
    table = read(book([*COLUMNS], [999999999999999, "甲"], [1_000_000_000_000_000, "乙"]))
    assert [row.cells["代码"] for row in table.rows] == ["999999999999999"]
    assert [(it.place, it.code) for it in table.problems] == [
        ("单位.xlsx 第3行", "sheet_number_long")
    ]


def test_heading_must_be_known_and_whole():
    assert refusal(book(["代码"], ["a"])) == ["table_columns_missing"]
    assert refusal(book([*COLUMNS, "备注"])) == ["table_columns_unknown"]
    assert refusal(book([*COLUMNS, None], ["a", "甲", "多"])) == ["sheet_heading_empty"]
    assert refusal(book()) == ["table_empty"]


def test_other_headings_stand_for_columns():
    table = read(book(["code", "名称"], ["a", "甲"]), also={"code": "代码"})
    assert table.rows[0].cells == {"代码": "a", "名称": "甲"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_by_content(encoding):
    data = "代码,名称\na,䶮·㛃\n".encode(encoding)
    assert [row.cells["名称"] for row in read(io.BytesIO(data)).rows] == ["䶮·㛃"]


def test_spoilt_utf8_is_refused():
    data = "代码,名称\na,锦江区\n".encode().replace("锦".encode(), b"\xe9\x94")
    assert refusal(data) == ["table_encoding"]


def test_old_excel_and_rubbish_are_refused():
    assert refusal(b"\xd0\xcf\x11\xe0" + bytes(600)) == ["sheet_old"]
    assert refusal(b"PK\x03\x04 not a workbook") == ["sheet_unreadable"]
    assert refusal(book([*COLUMNS])[:-30]) == ["sheet_unreadable"]


def test_zip_bomb_is_refused_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(13):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * (5 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    assert refusal(out.getvalue()) == ["table_too_large"]


def test_far_corner_is_refused():
    made = openpyxl.Workbook()
    made.active["A1"], made.active["CA1"] = "代码", "x"
    out = io.BytesIO()
    made.save(out)
    assert refusal(out.getvalue()) == ["sheet_columns"]
