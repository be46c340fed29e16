"""Weak topics below their modules: sums of every form, the page, the sheet, the wording."""

from __future__ import annotations

import io
from datetime import date
from importlib import import_module

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from leitai.insight import wording
from leitai.insight.counting import Topic, topics_from
from leitai.insight.models import Presence
from leitai.insight.models import Topic as TopicSum
from leitai.insight.periods import Span
from leitai.insight.selectors.figures import topics_of
from leitai.insight.selectors.groups import children_of, single
from leitai.insight.services import rolling
from leitai.practice.dictionary import Module
from leitai.practice.nodes import node_of
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import seasons
from tests.rooms.insight.land import SEASON, learner, on, plant, studied

pytestmark = pytest.mark.django_db
TOPICS = import_module("leitai.insight.migrations.0005_topics")
SPAN = Span(on(0), on(6))
INJURY, PENSION = node_of("社会保险", "工伤认定"), node_of("社会保险", "养老待遇")
HIRING = node_of("劳动关系", "订立合同")


def _told(groups, cut="", span=SPAN):
    """By module: answers, right ones, and the same of each topic, in the order of the page."""
    return [
        (one.module, one.answers, one.correct, [(t.name, t.answers, t.correct) for t in one.below])
        for one in topics_of(groups, season=SEASON, span=span, cut=cut)
    ]


def test_topics_stand_below_their_modules_the_weakest_first():
    units = plant()
    here, there = units["510104-jy"], units["510302-jy"]
    one = learner(here, 1, line="就业", staffing="permanent", window="front")
    two = learner(here, 2, line="社保", staffing="contract", window="back")
    far = learner(there, 3, line="就业", staffing="permanent", window="front")
    studied(one, on(0), modules={INJURY: [4, 1], PENSION: [2, 2], HIRING: [5, 5]})
    studied(one, on(2), modules={INJURY: [1, 1], "社会保险": [3, 1]})
    studied(one, on(7), modules={INJURY: [9, 9]})  # of the next week
    studied(two, on(3), modules={PENSION: [4, 1]})
    studied(far, on(1), modules={PENSION: [10, 9], "人才人事": [2, 2]})
    rolling.roll_up()
    # 工伤认定 1 + 1 of 5, without a topic 1 of 3, 养老待遇 2 + 1 of 6
    own = [
        ("社会保险", 14, 6, [("", 3, 1), ("工伤认定", 5, 2), ("养老待遇", 6, 3)]),
        ("劳动关系", 5, 5, [("订立合同", 5, 5)]),
    ]
    for code in ("5101", "510104", "510104-jy"):
        assert _told(single(units[code])) == own, code
        assert _told(children_of(units[code])) == own, code
    assert _told(single(units["51"])) == [
        ("社会保险", 24, 15, [("", 3, 1), ("工伤认定", 5, 2), ("养老待遇", 16, 12)]),
        ("人才人事", 2, 2, []),
        ("劳动关系", 5, 5, [("订立合同", 5, 5)]),
    ]
    cut = "desk:back;line:社保"
    for code in ("51", "510104-jy"):
        assert _told(single(units[code]), cut) == [("社会保险", 4, 1, [("养老待遇", 4, 1)])]
    day = Span(on(3), on(3))
    assert _told(single(units["51"]), span=day) == [("社会保险", 4, 1, [("养老待遇", 4, 1)])]


def test_sums_grow_beyond_one_number_and_shrink_again():
    units = plant()
    body = units["510104-jy"]
    learners = [learner(body, number) for number in (1, 2)]
    for one in learners:
        studied(one, on(0), modules={INJURY: [200, 100], HIRING: [1, 0]})
    rolling.roll_up()
    injury, hiring = (
        Module.objects.get(name=name, topic=topic).pk
        for name, topic in (("社会保险", "工伤认定"), ("劳动关系", "订立合同"))
    )
    # three numbers each, since 400 do not fit into one
    wide = sorted([[injury, 400, 200], [hiring, 2, 0]])
    assert _nodes() == {tuple(figure for node in wide for figure in node)}
    # the second learner's day was another: 50 answers, none of the other topic
    studied(learners[1], on(0), modules={INJURY: [50, 50]})
    rolling.roll_up()
    narrow = sorted([(injury, 250, 150), (hiring, 1, 0)])
    assert _nodes() == {tuple(-1 - (n * 65536 + a * 256 + r) for n, a, r in narrow)}
    for code in ("51", "510104-jy"):
        assert _told(single(units[code])) == [
            ("劳动关系", 1, 0, [("订立合同", 1, 0)]),
            ("社会保险", 250, 150, [("工伤认定", 250, 150)]),
        ]
    for one in learners:
        studied(one, on(0), gone=True)
    rolling.roll_up()
    assert _nodes() == set()
    assert _told(single(units["51"])) == []


def test_days_of_before_topics_are_modules_until_they_are_folded_anew():
    units = plant()
    one = learner(units["510104-jy"], 1)
    studied(one, on(0), modules={"社会保险": [6, 3]})
    with connection.cursor() as cursor:  # as it was written then: three numbers
        pk = Module.objects.get(name="社会保险").pk
        cursor.execute("UPDATE practice_day SET modules = %s", [[pk, 6, 3]])
    rolling.roll_up()
    for code in ("51", "510104-jy"):
        assert _told(single(units[code])) == [("社会保险", 6, 3, [])]
    studied(one, on(0), modules={INJURY: [4, 1], PENSION: [2, 2]})
    rolling.roll_up()
    anew = [("社会保险", 6, 3, [("工伤认定", 4, 1), ("养老待遇", 2, 2)])]
    for code in ("51", "510104-jy"):
        assert _told(single(units[code])) == anew


def test_the_migration_keeps_the_sums_and_the_way_back_empties_them():
    units = plant()
    studied(learner(units["510104-jy"], 1), on(0), modules={"社会保险": [6, 3], "人才人事": [2, 2]})
    rolling.roll_up()
    stood = list(TopicSum.objects.order_by("series").values_list())
    series = [one[0] for one in stood]
    first, second = sorted(
        [
            (Module.objects.get(name=n).pk, *f)
            for n, f in (("社会保险", (6, 3)), ("人才人事", (2, 2)))
        ]
    )
    old = [list(column) for column in zip(first, second, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(TOPICS.BACK)
        assert not Presence.objects.exists()
        assert rolling.is_unbuilt()
        put = "INSERT INTO insight_topic (series, day, modules, answers, correct)"
        cursor.executemany(f"{put} VALUES (%s, %s, %s, %s, %s)", [[n, on(0), *old] for n in series])
        cursor.execute(f"{put} VALUES (0, %s, %s, %s, %s)", [on(0), [4, 9], [256, 1], [10, 0]])
        cursor.execute(TOPICS.FORWARD)
    assert list(TopicSum.objects.exclude(series=0).order_by("series").values_list()) == stood
    assert TopicSum.objects.get(series=0).nodes == [4, 256, 10, 9, 1, 0]


def _nodes():
    return {tuple(one.nodes) for one in TopicSum.objects.all()}


# ---- what is made of them


@pytest.fixture
def studied_here():
    """成都市人社局: 社会保险 4 of 10, of it 工伤认定 1 of 6; 自贡市人社局 6 of 6 in 养老待遇."""
    seasons.opened()
    units = {unit.code: unit for unit in Unit.objects.all()}
    one = learner(units["5101-rsj"], 1, line="就业", staffing="permanent", window="front")
    far = learner(units["5103-rsj"], 2, line="就业", staffing="permanent", window="front")
    studied(one, date(2022, 4, 4), modules={INJURY: [6, 1], PENSION: [4, 3], HIRING: [5, 4]})
    studied(far, date(2022, 4, 5), modules={PENSION: [6, 6]})
    rolling.roll_up()


def _page(unit, name="topics", role="office", own="51", **asked):
    client = Client()
    found = get_user_model().objects.filter(username=role).first()
    client.force_login(found or make.account(role, role, unit=own, season=SEASON))
    week = {"first": "2022-04-04", "last": "2022-04-10"}
    return client.get(reverse(f"insight:{name}", args=[SEASON, unit]), {**week, **asked})


def _heat(answer):
    return {
        line.unit.code if line.unit else "": [
            (str(cell.topic.accuracy), cell.step) if cell.topic else None for cell in line.cells
        ]
        for line in answer.context["topics"].lines
    }


@pytest.mark.usefixtures("studied_here")
def test_the_page_shows_topics_and_each_unit_below():
    answer = _page("51")
    page = answer.context["topics"]
    assert [(one.module, one.correct, one.answers) for one in page.topics] == [
        ("社会保险", 10, 16),
        ("劳动关系", 4, 5),
    ]
    told = answer.content.decode()
    assert told.index("工伤认定") < told.index("养老待遇") < told.index("订立合同")
    assert "16.7%" in told  # 1 of 6
    # 成都 4 of 10 is the third fifth, 4 of 5 the fifth; 自贡 6 of 6
    assert _heat(answer) == {"5101": [("40.0", 3), ("80.0", 5)], "5103": [("100.0", 5), None]}


@pytest.mark.usefixtures("studied_here")
def test_a_picked_module_shows_its_topics_by_unit_and_stays_on_the_way_down():
    answer = _page("51", module="社会保险")
    # 3 of 4 is not coloured: fewer than five answers
    assert _heat(answer) == {"5101": [("16.7", 1), ("75.0", None)], "5103": [None, ("100.0", 5)]}
    told = answer.content.decode()
    assert "订立合同" not in told
    assert 'name="module" value="社会保险"' in told
    down = reverse("insight:topics", args=[SEASON, "5101"])
    assert f"{down}?first=2022-04-04&amp;last=2022-04-10&amp;module=" in told
    own = _page("5101-rsj", role="unit_manager", own="5101", module="社会保险")
    assert _heat(own) == {"": [("16.7", 1), ("75.0", None)]}
    assert _page("5103-rsj", role="unit_manager").status_code == 403
    odd = _page("51", module="x" * 200)  # as if nothing were picked
    assert [one.module for one in odd.context["topics"].columns] == ["社会保险", "劳动关系"]


@pytest.mark.usefixtures("studied_here")
def test_the_sheet_has_the_topics():
    book = load_workbook(io.BytesIO(_page("5101", name="sheet").content))
    rows = list(book["薄弱模块"].iter_rows(min_row=2, values_only=True))
    assert rows == [
        ("模块", "知识点", "答题数", "答对数", "正确率（%）"),
        ("社会保险", None, 10, 4, 40),
        ("社会保险", "工伤认定", 6, 1, 16.7),
        ("社会保险", "养老待遇", 4, 3, 75),
        ("劳动关系", None, 5, 4, 80),
        ("劳动关系", "订立合同", 5, 4, 80),
    ]


def test_the_wording_names_the_topics_that_pull_a_module_down():
    nodes = [
        ("社会保险", "工伤认定", 10, 4),
        ("社会保险", "养老待遇", 10, 9),
        ("社会保险", "失业保险", 4, 0),  # too few to be named
        ("社会保险", "", 10, 5),
        ("劳动关系", "订立合同", 8, 6),
        ("", "", 9, 9),
    ]
    topics = topics_from([*nodes, ("社会保险", "工伤认定", 2, 1)])
    assert topics[0] == Topic(
        "社会保险",
        36,
        19,
        below=(
            Topic("社会保险", 4, 0, "失业保险"),
            Topic("社会保险", 12, 5, "工伤认定"),
            Topic("社会保险", 10, 5, ""),
            Topic("社会保险", 10, 9, "养老待遇"),
        ),
    )
    # 19 of 36 is 52.8, 5 of 12 is 41.7; the one topic of 劳动关系 is no weaker than the module
    assert [wording.weak_of(one) for one in topics] == [
        "社会保险（正确率52.8%，其中“工伤认定”41.7%）",
        "劳动关系（正确率75.0%）",
        "（正确率100.0%）",
    ]
