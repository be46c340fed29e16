"""What the narrow columns hold is what was put in, in the form worked out by hand or as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from leitai.practice import columns, rows
from leitai.practice.dictionary import Module, Why
from leitai.practice.models import Act, Credit, Day, Journal
from leitai.practice.nodes import node_of
from leitai.practice.rows import ActRow, CreditLine
from tests.factories import practice as make

TOPICS = import_module("leitai.practice.migrations.0006_topics")
HEX = "00112233445566778899aabbccddeeff"
DAY = date(2022, 4, 1)
AT = datetime(2022, 4, 1, 4, tzinfo=UTC)
FIGURES = "answers=11011;seconds=8.123,15.004,6.04,12.65,9.377"


def test_a_sets_source_is_its_sixteen_bytes():
    assert columns.source_in(f"set:{HEX}") == b"\x00" + bytes.fromhex(HEX)
    assert columns.source_in("lecture:7") == b"lecture:7"
    for source in (f"set:{HEX}", f"set:{HEX.upper()}", "set:00", "duel:31", ""):
        assert columns.source_out(columns.source_in(source)) == source


def test_figures_take_a_dozen_bytes():
    # Form 1, five marks, 11011 as one byte; then the times: form 1, each step as a zigzag varint:
    # 8123 -> 16246, 6881 -> 13762, -8964 -> 17927, 6610 -> 13220, -3273 -> 6545.
    worked_out = bytes.fromhex("01 05 1b 01 f67e c26b 878c01 a467 9133")
    assert columns.value_in(FIGURES) == worked_out
    assert columns.value_out(worked_out) == FIGURES


@pytest.mark.parametrize(
    "value",
    [
        "", "won;subject=duel:7", "answers=1101", "answers=1;seconds=0", "answers=1;seconds=0.50",
        "answers=1;seconds=1.2.3", "answers=1;seconds=", "answers=1;seconds=00.1", "answers=12",
        "answers=1;seconds=8.1234", "answers=0;seconds=1;subject=a", "8", "answers=",
    ],
)  # fmt: skip
def test_every_value_comes_out_as_it_was(value):
    assert columns.value_out(columns.value_in(value)) == value


@given(
    st.text("01", min_size=1, max_size=200),
    st.lists(st.integers(0, 86_400_000), max_size=5),
)
def test_every_marked_set_comes_out_as_it_was(marks, times):
    seconds = ",".join(str(ms / 1000).removesuffix(".0") for ms in times)
    value = f"answers={marks};seconds={seconds}" if times else f"answers={marks}"
    assert columns.value_out(columns.value_in(value)) == value


@given(st.binary(max_size=600))
def test_pressed_bytes_come_out_as_they_were(data):
    assert columns.unpress(columns.press(data)) == data


def test_what_repeats_is_pressed():
    assert len(columns.press(b"\x01" + bytes(23) * 50)) < 100


@pytest.mark.django_db
def test_a_reason_is_stored_once_however_often_it_is_given():
    reason = {"code": "practice_credit", "data": {"title": "日日学", "points": "1"}}
    lines = [
        CreditLine(DAY, 7, line, f"set:{HEX}", "daily", AT, "1", str(line), told, None)
        for line, told in ((1, reason), (2, {**reason}), (3, {"code": "practice_full", "data": {}}))
    ]
    rows.add_lines(lines[:1])
    rows.add_lines(lines[1:])

    assert rows.lines_of([7]) == lines
    assert Why.objects.count() == 2
    first = Credit.objects.get(line=1)
    assert (first.act, first.reason) == (f"set:{HEX}", reason)


@pytest.mark.django_db
def test_one_source_may_stand_for_two_learners():
    first, second = (ActRow(DAY, "lecture:7", one, "lecture", AT, "7") for one in (1, 2))

    assert rows.add_acts([first, second]) == {(1, DAY, "lecture:7"), (2, DAY, "lecture:7")}
    assert rows.add_acts([first]) == set()
    assert sorted(rows.kept_acts([1, 2])) == [first, second]
    assert Act.objects.get(source="lecture:7", learner=2).value == "7"


@pytest.mark.django_db
def test_a_days_modules_go_by_numbers_and_come_out_by_name():
    one = make.learner()
    told = {"社会保险": [4, 3], "就业创业": [6, 5]}
    Day.objects.create(learner=one, day=DAY, modules=told)

    assert Day.objects.get().modules == told
    assert rows.days_of([(one.pk, DAY)])[one.pk, DAY]["modules"] == told
    assert set(Module.objects.values_list("name", flat=True)) == set(told)


def test_a_node_takes_one_number_as_long_as_its_answers_fit():
    codes = {"社会保险": 5, node_of("社会保险", "工伤认定"): 7, "远": 32768}
    # 5 * 65536 + 4 * 256 + 3 is 328707, and one less than its negative is kept.
    narrow = columns.modules_in(
        {"社会保险": [4, 3], node_of("社会保险", "工伤认定"): [1, 0]}, codes
    )
    assert narrow == [-328708, -459009]
    assert columns.modules_in({"社会保险": [255, 255]}, codes) == [-393216]
    assert columns.modules_in({"社会保险": [256, 3]}, codes) == [5, 256, 3]
    assert columns.modules_in({"社会保险": [1, 1], "远": [2, 0]}, codes) == [5, 1, 1, 32768, 2, 0]
    assert columns.modules_in({}, codes) == []


@pytest.mark.django_db
def test_days_of_every_form_are_read_and_topics_become_modules_on_the_way_back():
    one = make.learner()
    nodes = {"劳动关系": [2, 1], node_of("社会保险", "工伤认定"): [3, 1]}
    nodes |= {node_of("社会保险", "养老待遇"): [300, 299]}
    told = {
        DAY: {node_of("社会保险", "工伤认定"): [3, 1], node_of("社会保险", "养老待遇"): [4, 4]},
        date(2022, 4, 2): nodes,
        date(2022, 4, 3): {"劳动关系": [5, 5]},
        date(2022, 4, 4): {},
    }
    for day, modules in told.items():
        Day.objects.create(learner=one, day=day, modules=modules)
    labour = Module.objects.get(name="劳动关系", topic="").pk
    with connection.cursor() as cursor:  # as it was folded before topics were kept
        cursor.execute(
            "UPDATE practice_day SET modules = %s WHERE day = '2022-04-03'", [[labour, 5, 5]]
        )
    assert dict(Day.objects.values_list("day", "modules")) == told

    with connection.cursor() as cursor:
        cursor.execute(TOPICS.BACK)
        cursor.execute("SELECT day, modules FROM practice_day")
        found = dict(cursor.fetchall())

    insurance = Module.objects.get(name="社会保险").pk
    assert found == {
        DAY: [insurance, 7, 5],
        date(2022, 4, 2): [labour, 2, 1, insurance, 303, 300],
        date(2022, 4, 3): [labour, 5, 5],
        date(2022, 4, 4): [],
    }


@pytest.mark.django_db
def test_questions_of_both_forms_are_read_and_spoilt_ones_stop_nobody():
    make.put([(DAY, bytes([nth]) * 16, 7, "daily", items, b"{}", AT)
              for nth, items in enumerate(([11, 12], ["x"]))])  # fmt: skip

    assert [one.items for one in Journal.objects.order_by("set")] == [[11, 12], []]
    assert [one.items for one in rows.waiting_sets(9)] == [[11, 12], []]
