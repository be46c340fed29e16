"""Question tables into drafts: what is taken, what waits, what refuses the file."""

import hashlib

import pytest

from leitai.interchange import Basis, ItemDraft, RowProblem, Weight, question_digest, read_items
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, changed, csv_bytes, xlsx


def problems(rows: list) -> list[tuple[int, str, str]]:
    reading = read_items(xlsx(rows), "题.xlsx")
    return [(it.row, it.column, it.code) for it in reading.problems]


def test_xlsx_becomes_drafts() -> None:
    reading = read_items(xlsx([HEADINGS, SINGLE, MULTIPLE]), "题.xlsx")
    assert reading.problems == ()
    assert reading.drafts[0] == ItemDraft(
        row=2,
        type="single",
        module="社会保险",
        topic="",
        stem="参保登记应当在多少日内办结？",
        options=(("A", "十日"), ("B", "二十日"), ("C", "三十日"), ("D", "六十日")),
        key="C",
        explanation="",
        source="自编",
        basis=None,
        digest=hashlib.sha256(
            "\x1f".join(
                ["参保登记应当在多少日内办结?", *sorted(["十日", "二十日", "三十日", "六十日"])]
            ).encode()
        ).digest(),
    )
    assert (reading.drafts[1].type, reading.drafts[1].key) == ("multiple", "ABD")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_reads_as_the_workbook_does(encoding: str) -> None:
    rows = [HEADINGS, SINGLE, MULTIPLE]
    assert read_items(csv_bytes(rows, encoding), "题.CSV") == read_items(xlsx(rows), "题.xlsx")


def test_headings_are_known_by_other_names_and_below_a_title() -> None:
    heading = [
        "题号",
        "试题类型(单选题、多选题)",
        "章节",
        "试题 内容",
        "A",
        "Ｂ",
        "选项 C",
        "D选项",
        "标准答案",
        "备注",
    ]
    reading = read_items(xlsx([["某市练兵题库"], [], heading, SINGLE]), "题.xlsx")
    assert reading.problems == ()
    assert [(it.row, it.module, it.key, len(it.options)) for it in reading.drafts] == [
        (4, "社会保险", "C", 4)
    ]


def test_basis_is_read_whole_or_missed() -> None:
    heading = [*HEADINGS[:-1], "法律", "版本", "条款", "引文"]
    whole = [*SINGLE[:-1], "社会保险法", "2018-12-29", "第五十八条", "三十日内"]
    part = [*MULTIPLE[:-1], "就业促进法", "", "第三十五条", ""]
    reading = read_items(xlsx([heading, whole, part]), "题.xlsx")
    assert reading.drafts[0].basis == Basis("社会保险法", "2018-12-29", "第五十八条", "三十日内")
    assert [(it.row, it.column, it.code) for it in reading.problems] == [
        (3, "版本", "basis_incomplete"),
        (3, "引文", "basis_incomplete"),
    ]


@pytest.mark.parametrize(
    ("type_", "options", "key", "expected"),
    [
        ("单项选择题", "甲乙丙", "ｂ", "B"),
        ("多选题", "甲乙丙丁", "d、a；B", "ABD"),
        ("多选", "甲乙丙丁", "ACD。", "ACD"),
        ("多选", "甲乙丙丁", "C", "C"),
        ("判断题", "", "√", "T"),
        ("是非题", "", "X", "F"),
        ("判断", "", "错误", "F"),
        ("判断", ["正确", "错误"], "B", "F"),
        ("判断", ["错", "对"], "B", "T"),
        ("填空", "", "15；十五 | 15日", (("15",), ("十五", "15日"))),
        ("填空题", "", "工伤保险基金", (("工伤保险基金",),)),
    ],
)
def test_key_is_read_as_people_write_it(
    type_: str, options: list, key: str, expected: object
) -> None:
    cells = [*options, *[""] * (4 - len(options))]
    row = [1, type_, "", "一道题", *cells, key, ""]
    reading = read_items(xlsx([HEADINGS, row]), "题.xlsx")
    assert reading.problems == ()
    assert reading.drafts[0].key == expected
    if type_[0] in "判是":
        assert reading.drafts[0].options == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"题型": "简答"}, [("题型", "unknown_type")]),
        ({"题干": " "}, [("题干", "stem_empty")]),
        ({"答案": "E"}, [("答案", "key_letter_unknown")]),
        ({"答案": "AC"}, [("答案", "key_not_for_type")]),
        ({"答案": "①"}, [("答案", "key_unreadable")]),
        ({"答案": "AA"}, [("答案", "key_unreadable")]),
        ({"选项B": None}, [("选项B", "option_empty")]),
        (
            {"选项B": None, "选项C": None, "选项D": None, "答案": "A"},
            [("选项B", "too_few_options")],
        ),
        ({"题型": "判断", "答案": "对"}, [("选项A", "option_not_for_type")]),
        ({"题干": "题" * 4001}, [("题干", "too_long")]),
        ({"题干": "题\x07干"}, [("题干", "control_character")]),
    ],
)
def test_contradiction_refuses_the_file_and_names_the_cell(cells: dict, expected: list) -> None:
    rows = [HEADINGS, changed(SINGLE, **cells), MULTIPLE]
    if "\x07" in cells.get("题干", ""):  # openpyxl itself will not write it
        reading = read_items(csv_bytes(rows), "题.csv")
    else:
        reading = read_items(xlsx(rows), "题.xlsx")
    assert [(it.row, it.column, it.code) for it in reading.refusals] == [
        (2, column, code) for column, code in expected
    ]


def test_every_problem_of_a_file_is_named_at_once() -> None:
    rows = [HEADINGS, changed(SINGLE, 题干="", 答案="Z"), changed(MULTIPLE, 题型="论述")]
    assert problems(rows) == [
        (2, "题干", "stem_empty"),
        (2, "答案", "key_letter_unknown"),
        (3, "题型", "unknown_type"),
    ]


def test_row_without_type_and_key_waits_and_the_others_go_on() -> None:
    rows = [HEADINGS, SINGLE, changed(MULTIPLE, 题型="", 答案=None)]
    reading = read_items(xlsx(rows), "题.xlsx")
    assert [it.row for it in reading.drafts] == [2]
    assert [(it.row, it.codes) for it in reading.repairs] == [
        (3, (("type_empty", "题型"), ("key_empty", "答案")))
    ]
    assert reading.repairs[0].raw["题干"] == MULTIPLE[3]
    assert [it.weight for it in reading.problems] == [Weight.REPAIR, Weight.REPAIR]
    assert reading.refusals == ()


def test_file_of_which_every_row_waits_is_refused() -> None:
    rows = [HEADINGS, changed(SINGLE, 答案=""), changed(MULTIPLE, 答案="")]
    assert [it.code for it in read_items(xlsx(rows), "题.xlsx").refusals] == ["nothing_good"]


def test_same_question_twice_names_the_first_row() -> None:
    again = changed(
        SINGLE, 题干="参保登记应当在多少日内办结? ", 选项A="三十日", 选项C="十 日", 答案="A"
    )
    reading = read_items(xlsx([HEADINGS, SINGLE, [], MULTIPLE, again]), "题.xlsx")
    assert reading.problems == (RowProblem(5, "题干", "duplicate_in_file", {"first": 2}),)


def test_same_stem_with_other_options_is_another_question() -> None:
    rows = [HEADINGS, SINGLE, changed(SINGLE, 选项D="九十日")]
    assert len(read_items(xlsx(rows), "题.xlsx").drafts) == 2


def test_option_that_stands_twice_and_cells_that_are_numbers_are_only_noticed() -> None:
    rows = [HEADINGS, changed(SINGLE, 选项D="十日"), changed(MULTIPLE, 选项A=0.5)]
    reading = read_items(xlsx(rows), "题.xlsx")
    assert [(it.row, it.column, it.code, dict(it.data)) for it in reading.problems] == [
        (2, "选项D", "option_repeated", {"letter": "D", "same": "A"}),
        (3, "选项A", "cell_not_text", {"text": "0.5"}),
    ]
    assert [it.row for it in reading.drafts] == [2, 3]


def test_missing_columns_are_named_with_those_that_are_there() -> None:
    reading = read_items(
        xlsx([["序号", "题型", "题干", "选项B"], [1, "单选", "题", "乙"]]), "题.xlsx"
    )
    assert reading.problems == (
        RowProblem(
            1,
            "",
            "missing_columns",
            {"missing": ("答案", "选项A"), "found": ("序号", "题型", "题干", "选项B")},
        ),
    )


def test_option_columns_are_not_asked_of_true_or_false_and_blanks() -> None:
    rows = [["题型", "题干", "答案"], ["判断", "一", "对"], ["填空", "二____", "甲"]]
    assert [it.key for it in read_items(xlsx(rows), "题.xlsx").drafts] == ["T", (("甲",),)]


def test_two_columns_of_one_meaning_are_refused() -> None:
    reading = read_items(xlsx([[*HEADINGS, "正确答案"], [*SINGLE, "A"]]), "题.xlsx")
    assert [(it.row, it.column, it.code) for it in reading.problems] == [
        (1, "正确答案", "column_repeated")
    ]


def test_heading_without_rows_is_refused() -> None:
    assert problems([HEADINGS]) == [(1, "", "no_rows")]


@pytest.mark.parametrize(
    ("stem", "key", "codes"),
    [
        ("第____条规定____日内", "十；三", []),
        ("第（  ）条规定（　）日内", "十；三", []),
        ("第____条规定____日内", "十", ["blanks_differ"]),
        ("第几条", "十；三", []),
        ("第____条", "十；", ["key_unreadable"]),
        ("第____条", "十||三", ["key_unreadable"]),
    ],
)
def test_blanks_are_as_many_as_the_stem_draws(stem: str, key: str, codes: list) -> None:
    rows = [["题型", "题干", "答案"], ["填空", stem, key]]
    assert [it.code for it in read_items(xlsx(rows), "题.xlsx").problems] == codes


def test_digest_is_the_same_for_the_same_question_only() -> None:
    options = [("A", "是"), ("B", "否")]
    one = question_digest("问 题？", options)
    assert one == question_digest("问题?", [("A", " 否"), ("B", "是")])
    assert one != question_digest("问题?", [("A", "是"), ("B", "不是")])
