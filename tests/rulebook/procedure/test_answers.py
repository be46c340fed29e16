"""One answer at its edges: the last that passes and the first that does not."""

from datetime import date

import pytest

from leitai.rulebook.model import Asked, Form, FormField
from leitai.rulebook.procedure import FileIn, check_answers

DAY = date(2022, 3, 10)


def problems(answers, *fields):
    found = check_answers(Form("表", "report", fields), answers)
    return [(problem.place, problem.code, dict(problem.data)) for problem in found]


def codes(answer, kind, **limits):
    """What is wrong with one answer to one field."""
    found = problems({"x": answer}, FormField("x", "栏", kind, **limits))
    return [(place, code) for place, code, _ in found]


@pytest.mark.parametrize(
    ("length", "code"), [(254, []), (255, [("x", "answer_not_email")])], ids=["254", "255"]
)
def test_an_address_has_at_most_254_characters(length, code):
    address = "a" * (length - len("@example.cn")) + "@example.cn"
    assert len(address) == length
    assert codes(address, "email") == code


def test_an_identity_number_has_eighteen_places():
    assert codes("11010119900307009", "id-number") == [("x", "answer_not_id_number")]
    assert codes("一二三", "id-number") == [("x", "answer_not_id_number")]


def test_the_longest_answer():
    assert codes("字" * 100_000, "long-text") == []
    assert codes("字" * 100_001, "long-text") == [("x", "answer_long")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一二三", "answer_words_under"),
        ("一二三四", None),
        ("一二三四五", None),
        ("一二三四五六", "answer_words_over"),
    ],
)
def test_words_at_their_bounds(text, code):
    assert codes(text, "text", words_least=4, words=5) == ([("x", code)] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17.9", "answer_under"),
        ("18", None),
        ("18.0", None),
        ("60", None),
        ("60.1", "answer_over"),
    ],
)
def test_numbers_at_their_bounds(text, code):
    assert codes(text, "number", least=18, most=60) == ([("x", code)] if code else [])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("date", "2022-03-09", "answer_early"),
        ("date", "2022-03-10", None),
        ("date", "2022-04-01", None),
        ("date", "2022-04-02", "answer_late"),
        # A month counts by its first day; the month in which the first day lies is not too early.
        ("month", "2022-02", "answer_early"),
        ("month", "2022-03", None),
        ("month", "2022-04", None),
        ("month", "2022-05", "answer_late"),
    ],
)
def test_days_and_months_at_their_bounds(kind, text, code):
    limits = {"from_": DAY, "to": date(2022, 4, 1)}
    assert codes(text, kind, **limits) == ([("x", code)] if code else [])
    field = FormField("x", "栏", kind, **limits)
    shown = {
        "answer_early": {"title": "栏", "value": text, "first": "2022-03-10"},
        "answer_late": {"title": "栏", "value": text, "last": "2022-04-01"},
    }
    expected = [("x", code, shown[code])] if code else []
    assert problems({"x": text}, field) == expected


def test_two_days_are_two_texts_that_do_not_run_back():
    assert codes(("2022-03-10", "2022-03-10"), "dates") == []
    assert codes(["2022-03-10", "2022-03-09"], "dates") == [("x", "answer_backwards")]
    assert codes("一日", "dates") == [("x", "answer_shape")]  # two characters are no two days
    assert codes(("2022-03-10",) * 3, "dates") == [("x", "answer_shape")]
    assert codes(("2022-03-10",), "months") == [("x", "answer_shape")]
    early = ("2022-03-09", "2022-04-02")
    assert codes(early, "dates", from_=DAY, to=date(2022, 4, 1)) == [
        ("x[0]", "answer_early"),
        ("x[1]", "answer_late"),
    ]


def test_too_few_choices():
    limits = {"options": ("甲", "乙", "丙"), "count_least": 2}
    assert problems({"x": ("甲",)}, FormField("x", "栏", "choices", **limits)) == [
        ("x", "answer_few", {"title": "栏", "count": 1, "least": 2})
    ]
    assert codes(("甲", "丙"), "choices", **limits) == []


# ---- tables --------------------------------------------------------------------------------------

COLUMNS = (FormField("a", "甲栏"), FormField("b", "乙栏", required=True))


def table(answer, **limits):
    return codes(answer, "table", columns=COLUMNS, **limits)


def test_a_table_is_rows():
    assert table("ab") == [("x", "answer_shape")]
    assert table({"a": "1"}) == [("x", "answer_shape")]


def test_a_row_with_one_cell_is_filled():
    assert table(({"a": "", "b": "2"},), required=True) == []
    assert table(({"a": "1", "b": " "},), required=True) == [("x[0].b", "answer_missing")]


def test_filled_rows_are_counted_one_by_one():
    row = {"b": "2"}
    assert table((row, {}, row, {"a": ""}, row), count=3) == []
    assert table((row, {}, row, {"a": ""}, row), count=2) == [("x", "answer_many")]
    assert table((row, {}), count_least=2) == [("x", "answer_few")]


def test_printed_rows_count_empty_or_not():
    limits = {"rows": ("上午", "下午")}
    assert table(({}, {"b": "2"}), **limits) == []
    assert table(({}, {}, {"b": "2"}), **limits) == [("x", "answer_many")]


def test_a_thousand_empty_rows_are_no_rows_but_more_are_too_many():
    field = FormField("x", "栏", "table", columns=COLUMNS, count=2)
    assert problems({"x": ({"b": "2"}, *[{}] * 999)}, field) == []
    assert problems({"x": ({"b": "2"}, *[{}] * 1000)}, field) == [
        ("x", "answer_many", {"title": "栏", "count": 1001, "most": 2})
    ]


# ---- what is asked, and what nobody asked --------------------------------------------------------


def test_one_of_several_choices_is_enough_to_be_asked():
    fields = (
        FormField("x", "栏", "choices", options=("甲", "乙")),
        FormField("y", "细目", required=True, asked_if=Asked("x", ("甲",))),
    )
    missing = [("y", "answer_missing", {"title": "细目"})]
    assert problems({"x": ("乙", "甲")}, *fields) == missing
    assert problems({"x": ("甲",)}, *fields) == missing
    assert problems({"x": ("乙",)}, *fields) == []
    assert problems({"x": ()}, *fields) == []


def test_answers_that_nobody_asked_for_stand_in_order():
    names = ["c", "g", "a", "e", "b", "f", "d", "h"]
    found = problems(dict.fromkeys(names, "1"), FormField("x", "栏"))
    assert found == [(name, "answer_unknown", {"name": name}) for name in "abcdefgh"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (7, "7"),
        (10**70, "1" + "0" * 59),  # the first sixty figures
        (None, ""),
        (("a",), ""),
        ("名" * 60, "名" * 60),
        ("名" * 61, "名" * 57 + "..."),
    ],
    ids=["7", "1e70", "none", "tuple", "60", "61"],
)
def test_a_strange_name_is_shown_in_short(key, name):
    assert problems({key: "1"}, FormField("x", "栏")) == [(name, "answer_unknown", {"name": name})]


def test_a_long_name_of_a_file_is_shown_in_short():
    field = FormField("x", "栏", "file")
    assert problems({"x": FileIn("名" * 61, 0)}, field) == [
        ("x", "answer_file_empty", {"title": "栏", "name": "名" * 57 + "..."})
    ]
