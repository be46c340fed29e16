"""Lines that describe the columns of a list."""

import pytest

from leitai.kernel.errors import DomainError, Problems
from leitai.orders import columns
from leitai.orders.blanks import list_blanks


def told(text):
    return [(one.title, one.kind, one.required, one.options) for one in columns.read(text)]


def test_a_line_is_a_title_a_star_and_a_type():
    assert told("姓名*\n\n手机*：手机\n备注\n住宿：单间、标准间\n成绩＊:数字\n") == [
        ("姓名", "text", True, ()),
        ("手机", "mobile", True, ()),
        ("备注", "text", False, ()),
        ("住宿", "choice", False, ("单间", "标准间")),
        ("成绩", "number", True, ()),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("手机：电报", ["orders_column_wrong"]),
        ("姓名\n姓名*", ["orders_column_twice"]),
        ("：数字\n住宿：单间、单间", ["orders_column_wrong", "orders_column_wrong"]),
    ],
)
def test_what_cannot_be_read_is_said_line_by_line(text, codes):
    with pytest.raises(Problems) as wrong:
        columns.read(text)
    assert [one.code for one in wrong.value.problems] == codes


def test_too_many_columns_are_refused():
    with pytest.raises(DomainError) as wrong:
        columns.read("\n".join(f"栏目{number}" for number in range(41)))
    assert (wrong.value.code, wrong.value.data) == ("orders_columns_many", {"limit": 40})


def test_every_packaged_template_can_be_read():
    blanks = list_blanks()
    assert [one.code for one in blanks] == [
        "contacts",
        "plan",
        "committee",
        "selection",
        "attendance",
        "summary",
        "news",
        "notice",
    ]
    kinds = {thing.kind for one in blanks for thing in one.things}
    assert kinds == {"list", "fields", "file", "text"}
    for one in blanks:
        for thing in one.things:
            assert bool(columns.read(thing.columns)) == (thing.kind in {"list", "fields"})


def test_the_receipt_of_participation_asks_for_arrival_room_diet_and_car():
    found = next(one for one in list_blanks() if one.code == "attendance")
    titles = [field.title for thing in found.things for field in columns.read(thing.columns)]
    assert {"到达日期", "住宿", "饮食", "自带车辆数量"} <= set(titles)
