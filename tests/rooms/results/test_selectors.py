"""Who sees what of a result, one's own place, and how often the database is asked."""

import re

import pytest
from django.template.loader import render_to_string

from leitai.base.actor import NOBODY, Actor
from leitai.kernel.errors import DomainError
from leitai.results import selectors, services
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry

pytestmark = pytest.mark.django_db
SUPERVISOR = make.actor("supervisor", season=CODE)
MANAGER = make.actor("unit_manager", season=CODE, unit="51/5103/")


def person(code):
    return Actor("11", "选手", person=code)


def sight(viewer, result):
    seen = selectors.sight_of(viewer, result)
    return (seen.tables, seen.own, seen.unit)


def test_before_publication_only_the_committee_and_its_supervisors_see():
    result = small.held(small.at_heat(), "heat")
    for viewer in (NOBODY, person("p-5103-2"), MANAGER):
        assert sight(viewer, result) == (False, False, False)
    for viewer in (OFFICE, SUPERVISOR):
        assert sight(viewer, result) == (True, True, True)


def test_after_publication_each_sees_what_the_rulebook_says():
    season = small.at_heat()
    result = small.held(season, "heat", publish=True)
    assert sight(NOBODY, result) == (True, False, False)
    assert sight(person("p-5103-2"), result) == (True, True, False)
    assert sight(person("p-nowhere"), result) == (True, False, False)
    assert sight(MANAGER, result) == (True, False, True)


@pytest.mark.parametrize(
    ("host", "unit", "seen"),
    [
        ("51", "51/5103/", True),
        ("5103", "51/5103/510302/", True),
        ("5103", "51/", True),
        ("5103", "51/5101/", False),
    ],
)
def test_a_manager_sees_what_a_season_of_the_own_subtree_shows_to_units(host, unit, seen):
    season = small.open_season()
    season.host = units.get_unit(host)
    season.save()
    result = small.held(season, "selection", publish=True)
    manager = make.actor("unit_manager", season=CODE, unit=unit)
    assert selectors.sight_of(manager, result).unit is seen


def test_stage_that_the_rulebook_keeps_from_the_public():
    season = small.open_season()  # its first stage is "public: none"
    result = small.held(season, "selection", publish=True)
    assert sight(NOBODY, result) == (False, False, False)
    assert sight(person("p-5103-2"), result) == (False, True, False)
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_result_for(NOBODY, CODE, "selection")


def test_own_result_has_marks_rank_and_the_step_to_the_neighbour_above():
    small.held(small.at_heat(), "heat", publish=True)
    own = selectors.get_own_result_for(person("p-5103-2"), CODE, "heat")
    assert (own.rank, own.of, own.team_rank, own.team_of, own.total) == (5, 11, 2, 3, "90.00")
    assert [(one.title, one.value, one.unit) for one in own.figures] == [
        ("统一在线比试", "90.00", "分"),
        ("多项选择题得分", "34.00", "分"),
        ("答题用时", "2800", "秒"),
    ]
    assert [mark.word for mark in own.marks] == ["随队晋级"]
    [reason] = own.reasons
    assert reason.split("；") == [
        "代表队团体总分180.00分，列第3名（可得名额者中第2），进入前2名",
        "本人90.00分，队内第2名，进入前2名",
    ]
    assert (own.why.upper.key, own.why.lower.key) == (entry("5103-1"), entry("5103-2"))
    assert [step.verdict for step in own.why.steps] == ["same", "decides", "unused"]


def test_first_has_nobody_above_and_absent_has_no_rank():
    season = small.open_season()
    small.held(season, "selection")
    marks = dict(small.HEAT)
    del marks["5104-3"]
    small.score(season, "heat", marks)
    small.absent(season, "heat", "5104-3")
    small.held(season, "heat", publish=True)
    first = selectors.get_own_result_for(person("p-5101-1"), CODE, "heat")
    assert (first.rank, first.why) == (1, None)
    absent = selectors.get_own_result_for(person("p-5104-3"), CODE, "heat")
    assert (absent.rank, absent.status, absent.total, absent.figures) == (None, "缺考", "", ())


def test_own_results_of_all_published_stages_with_awards():
    small.held(small.at_final(publish=True), "final", publish=True)
    found = selectors.list_own_results_for(person("p-5103-1"), CODE)
    assert [(own.result.stage.code, own.rank) for own in found] == [("heat", 4), ("final", 1)]
    assert [title for title, _ in found[1].awards] == ["人社知识通"]


def test_own_card_reads_from_rank_to_reason():
    small.held(small.at_heat(), "heat", publish=True)
    own = selectors.get_own_result_for(person("p-5103-2"), CODE, "heat")
    card = re.sub(r"<[^>]+>", " ", render_to_string("results/_own.html", {"own": own}))
    said = " ".join(card.split())
    for expected in (
        "晋级赛成绩 随队晋级",
        "总分 90.00 分 个人名次 5 共 11 人 队内名次 2 共 3 人",
        "多项选择题得分 34.00 分",
        "为什么第4名选手1在我之前？",
        "决定名次： 选手1第4，选手2第5",
    ):
        assert expected in said


def test_stranger_has_no_own_result():
    small.held(small.at_heat(), "heat", publish=True)
    assert selectors.list_own_results_for(NOBODY, CODE) == []
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_own_result_for(person("p-nowhere"), CODE, "heat")


def test_own_reason_is_left_out_while_a_correction_is_under_way():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    small.score(season, "heat", {"5101-3": (6100, 2000, 3000)})
    result = selectors.standing_result(CODE, "heat")
    from leitai.results import evidence

    evidence._outcomes.clear()  # as in a process that has not decided it yet
    assert selectors.get_own_result_for(person("p-5103-2"), CODE, "heat").why is None
    with pytest.raises(DomainError, match="result_stale"):
        selectors.why(
            result, track="individual", board="main", upper=entry("5101-1"), lower=entry("5103-1")
        )


def test_reason_of_a_shared_rank_says_that_it_is_shared():
    season = small.at_heat({**small.HEAT, "5104-3": small.HEAT["5101-3"]})
    result = small.held(season, "heat")
    why = selectors.why(
        result, track="individual", board="main", upper=entry("5101-3"), lower=entry("5104-3")
    )
    assert (why.shared, [step.verdict for step in why.steps]) == (True, ["same"] * 4)


def test_team_reason_compares_totals_then_members():
    # 5104: 92 + 88 and 5103: 90 + 90 are both 180; the best of 5104 is better.
    marks = {**small.HEAT, "5104-1": (9200, 3400, 3100), "5104-2": (8800, 3000, 3000)}
    result = services.compute_stage(actor=OFFICE, season=small.at_heat(marks), stage="heat", at=AT)
    why = selectors.why(result, track="individual", board="teams", upper="5104", lower="5103")
    assert [(step.title, step.upper, step.lower, step.verdict) for step in why.steps] == [
        ("团体总分", "180.00分", "180.00分", "same"),
        ("从高到低逐名比较", "第1名92.00分", "第1名90.00分", "decides"),
    ]
    assert why.source == "按各代表队前2名选手得分之和进行排名"


@pytest.mark.parametrize("more", [0, 30])
def test_pages_ask_the_database_as_often_for_many_rows(django_assert_num_queries, more):
    season = small.open_season()
    marks = dict(small.HEAT)
    if more:
        small.more_people(season, more)
        marks |= {f"5104-{number}": (4000, 1000, 3000 + number) for number in range(4, 4 + more)}
    small.held(season, "selection")
    small.score(season, "heat", marks)
    small.held(season, "heat", publish=True)
    for tab, queries in (("people", 8), ("teams", 6), ("advancement", 5)):
        with django_assert_num_queries(queries):
            selectors.public_page(NOBODY, CODE, "heat", {"tab": tab})
