"""Lists of the past: bad rows named, sure ones become facts, doubtful ones wait for a person."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from leitai.kernel.errors import DomainError, Problems
from leitai.people.models import Person
from leitai.registration import selectors, services
from leitai.registration.enums import LineState, State
from leitai.registration.models import HistoryLine
from leitai.registration.services.history import OTHER, content_of
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Fact
from tests.factories import people
from tests.factories import registrations as make
from tests.factories import seasons as second

pytestmark = pytest.mark.django_db

HEAD = ("姓名", "单位", "身份证号", "类别", "项目", "等次", "日期")
CONTEST = "练兵比武全国总决赛"
SENTENCE = "已参加过2019年以来练兵比武省际邀请赛、全国总决赛和全国法治知识竞赛现场比试的"


@pytest.fixture
def season():
    """The second seed bars who has been in a final since 2019."""
    return second.opened()


@pytest.fixture
def listed():
    return people.people("5101", 4)


def book(*rows):
    made = Workbook()
    for row in (HEAD, *rows):
        made.active.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def bring(season, *rows, source="2021年总决赛秩序册"):
    return services.bring_history(
        actor=second.OFFICE,
        season=season,
        data=book(*rows),
        name="名单.xlsx",
        source=source,
        at=second.AT,
    )


def imported(season, *rows):
    return services.confirm_history(actor=second.OFFICE, history=bring(season, *rows), at=second.AT)


def unit_of(person):
    return Person.objects.select_related("unit").get(code=person.code).unit.name


def test_a_sure_row_becomes_a_fact_that_bars_with_its_row(season, listed):
    one = listed[0]
    done = imported(
        season, (one.name, unit_of(one), "", "参加过的现场比试", CONTEST, "", "2021-11-05")
    )
    assert (done.total, done.content) == (1, "")
    fact = Fact.objects.get()
    assert (fact.person, fact.kind, fact.key) == (one, "contest", CONTEST)
    assert (str(fact.since), fact.source) == ("2021-11-05", "2021年总决赛秩序册第2行")
    second.eligible([one.code])
    person = Person.objects.select_related("unit").get(code=one.code)
    bars = seasons.bars_for(season, "selection", "individual", [person], at=second.AT)
    (bar,) = bars[one.code]
    assert bar.source == SENTENCE
    assert (bar.fact.key, bar.fact.source) == (CONTEST, "2021年总决赛秩序册第2行")


def test_bad_rows_are_named_and_nothing_is_written(season, listed):
    made = bring(
        season,
        (listed[0].name, "", "", "参加过的现场比试", "某某邀请赛", "", "2021-11-05"),
        ("", "", "123", "参赛经历", CONTEST, "", "2021年"),
        (listed[1].name, "", "", "不知道", CONTEST, "", ""),
    )
    preview = selectors.preview_of(made, content_of(made))
    assert preview.total == 0
    assert [line.partition("：")[0] for line in preview.problems] == [
        "名单.xlsx 第2行",
        "名单.xlsx 第3行",
        "名单.xlsx 第3行",
        "名单.xlsx 第3行",
        "名单.xlsx 第4行",
    ]
    assert "某某邀请赛" in preview.problems[0]
    with pytest.raises(Problems):
        services.confirm_history(actor=second.OFFICE, history=made, at=second.AT)
    assert not Fact.objects.exists()
    assert not HistoryLine.objects.exists()


def test_a_namesake_of_another_unit_waits_for_a_person(season, listed):
    one = listed[0]
    imported(season, (one.name, "外地某局", "", "contest", CONTEST, "", ""))
    line = HistoryLine.objects.get()
    assert (line.state, line.near, line.person, line.why) == (
        LineState.DOUBTFUL,
        one,
        None,
        "unit",
    )
    assert not Fact.objects.exists()
    with pytest.raises(DomainError) as nothing:
        services.decide_doubt(
            actor=second.OFFICE, line=line, person=one.code, note=" ", at=second.AT
        )
    assert nothing.value.code == "history_verdict"
    services.decide_doubt(
        actor=second.OFFICE, line=line, person=one.code, note="电话核实", at=second.AT
    )
    line.refresh_from_db()
    assert (line.state, line.person) == (LineState.SAME, one)
    assert Fact.objects.get().person == one
    with pytest.raises(DomainError) as twice:
        services.decide_doubt(
            actor=second.OFFICE, line=line, person=OTHER, note="再核", at=second.AT
        )
    assert twice.value.code == "history_decided"


def test_the_same_number_is_sure_and_another_is_a_doubt(season, listed):
    from leitai.people import services as personal

    mine, other = make.id_number("011"), make.id_number("013")
    personal.set_personal(listed[0], id_number=mine)
    personal.set_personal(listed[1], id_number=make.id_number("015"))
    imported(
        season,
        (listed[0].name, "改制前的局", mine, "contest", CONTEST, "", ""),
        (listed[1].name, unit_of(listed[1]), other, "contest", CONTEST, "", ""),
        ("另一个名字", "", mine, "title", "全国人社知识通", "", ""),
        ("查无此人", "", "", "contest", CONTEST, "", ""),
    )
    rows = HistoryLine.objects.order_by("row").values_list("state", "why")
    assert list(rows) == [
        ("matched", ""),
        ("doubtful", "number"),
        ("doubtful", "name"),
        ("unknown", ""),
    ]
    line = HistoryLine.objects.get(row=2)
    assert mine not in line.number
    assert len(bytes(line.id_digest)) == 32


def test_a_namesake_who_comes_later_is_a_doubt_and_blocks_the_review(db):
    season = make.opened()
    history = services.bring_history(
        actor=make.OFFICE,
        season=season,
        data=book(("乌拉", "", "", "称号", "能手", "", "")),
        name="名单.xlsx",
        source="旧名单",
        at=make.AT,
    )
    services.confirm_history(actor=make.OFFICE, history=history, at=make.AT)
    assert HistoryLine.objects.get().state == LineState.UNKNOWN
    Person.objects.filter(code="county").update(name="乌拉")
    made = make.submitted(season)
    assert HistoryLine.objects.get().state == LineState.DOUBTFUL
    with pytest.raises(DomainError) as blocked:
        services.pass_registration(
            actor=make.OFFICE, registration=made, ticked=range(5), at=make.AT
        )
    assert blocked.value.code == "registration_doubts_open"
    services.decide_doubt(
        actor=make.OFFICE, line=HistoryLine.objects.get(), person=OTHER, note="核实", at=make.AT
    )
    done = services.pass_registration(
        actor=make.OFFICE, registration=made, ticked=range(5), at=make.AT
    )
    assert done.state == State.PASSED
