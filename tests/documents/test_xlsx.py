"""Filling and writing workbooks: rows, merges, sums, and no formula from anybody's words."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from leitai.documents import xlsx
from leitai.documents.markers import Marker
from leitai.documents.xlsx import Column, Sheet
from leitai.kernel.errors import DomainError
from tests.documents.papers import xlsx_of

EVIL = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A0")


def opened(data: bytes):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def test_rows_repeat_and_everything_below_moves_with_its_merges_and_sums():
    file = xlsx_of(
        [
            ["{{标题}}", "", ""],
            ["序号", "姓名", "分"],
            ["{{选手.序号}}", "{{选手.姓名}}", "=LEN(B3)"],
            ["合计", "", "=SUM(C3:C3)"],
            ["制表：{{制表人}}", "", ""],
        ],
        merged=("A1:C1", "A4:B4"),
    )
    assert xlsx.fields(file) == (
        Marker("", "标题"), Marker("选手", "序号"), Marker("选手", "姓名"), Marker("", "制表人"),
    )  # fmt: skip
    filled = xlsx.fill(
        file, {"标题": "名单", "选手": [{"姓名": "甲"}, {"姓名": "乙"}, {"姓名": "丙"}]}
    )
    sheet = opened(filled.data)
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert rows == [
        ("名单", "", ""),
        ("序号", "姓名", "分"),
        ("1", "甲", "=LEN(B3)"),
        ("2", "乙", "=LEN(B4)"),
        ("3", "丙", "=LEN(B5)"),
        ("合计", "", "=SUM(C3:C5)"),
        ("制表：", "", ""),
    ]
    assert sorted(one.coord for one in sheet.merged_cells.ranges) == ["A1:C1", "A6:B6"]
    assert filled.missing == ("制表人",)


@pytest.mark.parametrize("words", EVIL)
def test_no_value_becomes_a_formula_in_a_filled_sheet(words):
    cell = opened(xlsx.fill(xlsx_of([["{{甲}}"]]), {"甲": words}).data)["A1"]
    assert cell.data_type == "s"
    assert cell.value == words
    assert cell.quotePrefix


@pytest.mark.parametrize("words", EVIL)
def test_no_value_becomes_a_formula_in_a_sheet_of_ours(words):
    sheet = Sheet("名单", words, (Column(words), Column("分")), [[words, words]], foot=(words,))
    for cell in (cell for row in opened(xlsx.write([sheet])).iter_rows() for cell in row):
        assert cell.data_type != "f"


def test_a_sheet_of_ours_has_totals_as_numbers():
    made = Sheet(
        "表",
        "发放表",
        (Column("姓名"), Column("金额", kind="money")),
        [["甲", Decimal("100.10")], ["乙", Decimal("0.90")]],
        totals={"金额": Decimal("101.00")},
    )
    rows = list(opened(xlsx.write([made])).iter_rows(values_only=True))
    assert rows[1:] == [("姓名", "金额"), ("甲", 100.1), ("乙", 0.9), ("合计", 101)]


@pytest.mark.parametrize("formula", ["=[1]Sheet1!A1", '=WEBSERVICE("http://x")', "=cmd|'/c x'!A0"])
def test_formulas_that_reach_out_are_refused(formula):
    book = Workbook()
    book.active["A1"] = formula
    book.active["A2"] = "{{甲}}"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(DomainError) as refused:
        xlsx.fields(file.getvalue())
    assert refused.value.code == "template_file_external"


def test_too_many_cells_are_refused():
    with pytest.raises(DomainError) as refused:
        xlsx.fields(xlsx_of([[1] * 60 for _ in range(1000)]))
    assert refused.value.code == "template_file_cells"
