"""Pages over figures worked out by hand: two bodies of 成都, a week and the week before."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from leitai.insight.services import rolling
from leitai.people.models import Posting
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import seasons
from tests.rooms.insight.land import SEASON, learner, roster, studied, titled

pytestmark = pytest.mark.django_db
WEEK = {"first": "2022-04-04", "last": "2022-04-10"}


@pytest.fixture
def units():
    """成都市人社局: 4 on the roster, 3 registered, 2 took part; 自贡市人社局: 1 of 1.

    甲 studied on two days of the week and one of the week before, 乙 on its last day, 丁 once.
    """
    seasons.opened()
    found = {unit.code: unit for unit in Unit.objects.all()}
    body, other = found["5101-rsj"], found["5103-rsj"]
    staff = [("front", "permanent", "就业")] * 3 + [("back", "contract", "社保")]
    roster(body, date(2022, 4, 1), staff)
    roster(other, date(2022, 4, 2), staff[:1])
    since = {"joined": date(2022, 3, 28)}
    first = learner(body, 1, line="就业", staffing="permanent", window="front", **since)
    second = learner(body, 2, line="社保", staffing="contract", window="back", **since)
    learner(body, 3, line="就业", staffing="permanent", window="front", **since)
    fourth = learner(other, 4, line="就业", staffing="permanent", window="front", **since)
    for one, unit in ((first, body), (second, body), (fourth, other)):
        Posting.objects.create(
            person=one.person,
            unit=unit,
            line=one.person.line,
            staffing=one.person.staffing,
            window=one.person.window,
            since=date(2022, 1, 1),
            recorded_by="9",
            recorded_at=one.joined_at,
        )
    insurance = {"modules": {"社会保险": [5, 3]}, "acts": {"daily": 1}}
    studied(first, date(2022, 3, 30), answers=5, right=5, points={"daily": "5"}, **insurance)
    studied(first, date(2022, 4, 4), answers=5, right=3, points={"daily": "3"}, **insurance)
    two = {"acts": {"daily": 1, "weekly": 1}, "modules": {"劳动关系": [15, 12]}}
    points = {"daily": "5", "weekly": "14.5"}
    studied(first, date(2022, 4, 5), answers=15, right=12, points=points, **two)
    studied(second, date(2022, 4, 10), answers=5, right=4, points={"daily": "4"}, **insurance)
    studied(fourth, date(2022, 4, 6), answers=10, right=10, acts={"weekly": 1})
    titled(first, "daily-star", date(2022, 4, 5))
    rolling.roll_up()
    return found


def _client(name, role, unit="51"):
    client = Client()
    client.force_login(make.account(name, role, unit=unit, season=SEASON))
    return client


def _page(client, name, unit, **asked):
    return client.get(reverse(f"insight:{name}", args=[SEASON, unit]), asked)


def _row(answer, name):
    """The cells of the row that begins with this name."""
    rows = answer.content.decode().split("<tr>")
    [row] = [one for one in rows if f">{name}<" in one and "</th>" in one]
    cells = row.partition("</th>")[2].replace("</td>", "\n")
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells.splitlines() if "<td" in cell]


def test_the_table_says_each_figure_with_both_sides_of_its_ratio(units):
    office = _client("office", "office")
    answer = _page(office, "figures", "51", **WEEK)
    assert answer.status_code == 200
    chengdu = ["4", "3", "2", "50.0%", "+1", "4", "3", "76.0%", "12", "14.5", "0", "1", "0", "0"]
    zigong = ["1", "1", "1", "100.0%", "+1", "1", "1", "100.0%", "0", "0", "0", "0", "0", "0"]
    total = ["5", "4", "3", "60.0%", "+2", "5", "4", "82.9%", "12", "14.5", "0", "1", "0", "0"]
    assert _row(answer, "成都市") == chengdu
    assert _row(answer, "自贡市") == zigong
    assert _row(answer, "合计") == total
    below = _page(office, "figures", "5101", **WEEK)
    assert _row(below, "成都市人力资源和社会保障局") == chengdu
    body = _page(office, "figures", "5101-rsj", **WEEK)
    assert _row(body, "本单位人员") == chengdu
    counties = _page(office, "figures", "51", each="counties", **WEEK)
    assert _row(counties, "锦江区")[:4] == ["0", "0", "0", "—"]


def test_a_cut_takes_both_sides_of_the_ratio(units):
    office = _client("office", "office")
    back = _page(office, "figures", "51", cut="desk:back", **WEEK)
    assert _row(back, "成都市")[:6] == ["1", "1", "1", "100.0%", "+1", "1"]
    employment = _page(office, "figures", "5101", cut="line:就业", **WEEK)
    row = _row(employment, "成都市人力资源和社会保障局")
    assert row[:6] == ["3", "2", "1", "33.3%", "0", "3"]


def test_cuts_are_asked_for_together_and_kept_by_the_links(units):
    office = _client("office", "office")
    both = _page(office, "figures", "51", desk="back", line="社保", **WEEK)
    one = _page(office, "figures", "51", cut="desk:back;line:社保", **WEEK)
    assert _row(both, "成都市") == _row(one, "成都市")
    assert "cut=desk%3Aback%3Bline%3A%E7%A4%BE%E4%BF%9D" in both.content.decode()
    topics = _page(office, "topics", "51", desk="back", **WEEK)
    assert '<option value="back" selected>' in topics.content.decode()


def test_rows_are_sorted_and_paged(units):
    office = _client("office", "office")
    best = _page(office, "figures", "51", sort="-ratio", **WEEK).context["table"]
    assert [line.unit.code for line in best.lines[:2]] == ["5103", "5101"]
    assert all(line.now.ratio is None for line in best.lines[2:])
    worst = _page(office, "figures", "51", sort="ratio", **WEEK).context["table"]
    assert [line.unit.code for line in worst.lines[:2]] == ["5101", "5103"]
    second = _page(office, "figures", "51", each="counties", page="2", **WEEK).context["table"]
    assert (len(second.lines), len(second.page), second.page.number) == (183, 50, 2)


def test_the_spreadsheet_has_every_unit_and_the_sum(units):
    answer = _page(_client("office", "office"), "sheet", "51", **WEEK)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert (
        rows[0][0] == "四川人社窗口单位业务技能练兵比武　四川省　2022-04-04至2022-04-10　全部人员"
    )
    assert rows[1][:8] == [
        "单位", "代码", "应参学人数", "已注册人数", "已参学人数", "其中计入参学率人数",
        "参学率（%）", "比前一时段",
    ]  # fmt: skip
    [chengdu] = [row for row in rows if row[1] == "5101"]
    assert chengdu[2:] == [4, 3, 2, 2, 50, 1, 4, 3, 25, 19, 76, 12, 14.5, 0, 1, 0, 0]
    assert rows[-1][0] == "合计"
    assert rows[-1][2:8] == [5, 4, 3, 3, 60, 2]
    assert len(rows) == 2 + 22 + 1  # 21 cities and 省本级


def test_people_of_units_without_a_roster_stand_outside_the_share_and_a_note_says_so(units):
    office = _client("office", "office")
    note = "人所在单位尚未确认花名册，不计入参学率。"
    assert note not in _page(office, "figures", "51", **WEEK).content.decode()
    for number in (7, 8):  # 锦江区 has confirmed none
        studied(learner(units["510104"], number, joined=date(2022, 3, 28)), date(2022, 4, 8))
    rolling.roll_up()
    answer = _page(office, "figures", "51", **WEEK)
    # of the 4 on the roster 2, and 2 more: the share stays a half
    assert _row(answer, "成都市")[:4] == ["4", "5", "4", "50.0%"]
    assert _row(answer, "合计")[:4] == ["5", "6", "5", "60.0%"]
    text = answer.content.decode()
    assert f"另有2{note}" in text
    assert "3 / 5" in text
    county = _page(office, "figures", "510104", **WEEK)
    assert _row(county, "合计")[:4] == ["0", "2", "2", "—"]
    assert note not in county.content.decode()
    book = _page(office, "sheet", "51", **WEEK)
    rows = load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True)
    assert [row[4:7] for row in rows if row[1] == "5101"] == [(4, 2, 50)]
    weeks = _page(office, "weeks", "51", **WEEK).context["weeks"]
    assert (weeks.total[-1].persons, str(weeks.total[-1].ratio)) == (5, "60.0")


def test_weeks_topics_and_people(units):
    office = _client("office", "office")
    weeks = _page(office, "weeks", "51", **WEEK)
    told = [(start, w.persons, w.due, w.times) for start, w in weeks.context["weeks"].told]
    assert told[-1] == (date(2022, 4, 4), 3, 5, 5)
    assert "60.0%" in weeks.content.decode()
    topics = _page(office, "topics", "51", **WEEK)
    assert [(t.module, t.correct, t.answers) for t in topics.context["topics"].topics] == [
        ("社会保险", 6, 10),
        ("劳动关系", 12, 15),
    ]
    manager = _client("manager", "unit_manager", "5101")
    people = _page(manager, "people", "5101-rsj", **WEEK)
    told = [(p.posting.person.name, p.days, p.times) for p in people.context["people"].people]
    assert told == [("学员1", 2, 3), ("学员2", 1, 1)]
    assert "日日学之星" in people.content.decode()
    absent = _page(
        manager, "people", "5101-rsj", who="absent", first="2022-04-06", last="2022-04-09"
    )
    names = [one.posting.person.name for one in absent.context["people"].people]
    assert names == ["学员1", "学员2"]


def test_a_manager_sees_the_own_subtree_alone(units):
    manager = _client("manager", "unit_manager", "5101")
    home = manager.get(reverse("insight:home", args=[SEASON]))
    assert home.headers["Location"] == reverse("insight:figures", args=[SEASON, "5101"])
    for name in ("figures", "sheet", "weeks", "topics", "people"):
        assert _page(manager, name, "51").status_code == 403
        assert _page(manager, name, "5103-rsj").status_code == 403
        assert _page(manager, name, "5101-rsj").status_code == 200
    # names are read below the city, whoever asks
    assert _page(_client("office", "office"), "people", "51").status_code == 422


def test_pages_ask_the_database_a_bounded_number_of_times(units, django_assert_max_num_queries):
    office = _client("office", "office")
    _page(office, "figures", "51", **WEEK)
    for unit in ("51", "5101-rsj"):
        with django_assert_max_num_queries(45):
            assert _page(office, "figures", unit, **WEEK).status_code == 200
    with django_assert_max_num_queries(30):
        assert _page(office, "weeks", "51", **WEEK).status_code == 200


def test_what_is_not_understood_is_as_if_unasked(units):
    office = _client("office", "office")
    odd = {"period": "x", "first": "2022-13-40", "last": "9999-12-31", "cut": "a:b", "sort": "--"}
    answer = _page(office, "figures", "51", page="zz", each="x", who="y", **odd)
    assert answer.status_code == 200
    assert answer.context["ground"].asked.query() == ""


def test_the_public_sees_the_boards_of_the_rules_without_small_units(units):
    answer = Client().get(reverse("insight:boards", args=[SEASON]))
    assert answer.status_code == 200
    boards = answer.context["page"].boards
    assert [board.title for board in boards][:2] == ["各单位参学率", "各单位参学人次"]
    # two persons here, one there: neither is said, nor can it be worked out
    rows = {row.unit.code: row for row in boards[0].rows}
    assert {code: (row.value, row.protected) for code, row in rows.items()} == {
        "5101": (None, True),
        "5103": (None, True),
    }
    assert answer.content.decode().count("不单独公布") == 2 * len(boards) + 1
