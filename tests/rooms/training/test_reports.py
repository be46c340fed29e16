"""Mock marks and the board, weak topics, the attendance sheet."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from leitai.bank.models import Paper
from leitai.kernel.errors import Problems
from leitai.ledger.models import LedgerEntry
from leitai.practice.models import Day, Learner
from leitai.seasons.models import Entry, Score, Season
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.sittings.models import Exam
from leitai.training import exporting, selectors, services
from leitai.training.services import planning
from tests.factories.units import HOUSE
from tests.rooms.training.camp import AT, CODE, DAY, FRAME, OFFICE, opened

pytestmark = pytest.mark.django_db
MONDAY = date(2022, 9, 12)


def practised(who, day, modules):
    """A folded day of somebody: {module: [answers, right]}."""
    learner, _made = Learner.objects.get_or_create(
        season=CODE,
        account=str(who.account.pk),
        defaults={"person": who.person, "joined_at": AT},
    )
    Day.objects.create(
        learner=learner,
        day=day,
        answers=sum(one[0] for one in modules.values()),
        right=sum(one[1] for one in modules.values()),
        modules=modules,
    )


def exam_of(season, code, title):
    paper = Paper.objects.create(
        code=code,
        season=CODE,
        title=title,
        sealed=b"",
        wrapped_key="",
        plain_digest=b"\0" * 32,
        made_at=AT,
    )
    return Exam.objects.create(
        code=code,
        stage=season.stages.get(code="selection"),
        event="exam",
        title=title,
        paper=paper,
        opens_at=AT,
        closes_at=AT + DAY,
    )


def mark(person, hundredths, state="confirmed", status="ok"):
    entry = Entry.objects.get(stage__code="selection", person=person)
    Score.objects.create(
        entry=entry,
        event="exam",
        value=hundredths,
        decimals=2,
        state=state,
        status=status,
        source="test:1",
        recorded_at=AT,
    )


def test_marks_of_a_mock_exam_are_ranked_and_those_of_the_contest_are_not_shown():
    camp = opened(replace(FRAME, board=True))
    services.add_members(
        actor=OFFICE, group=camp.group, people=["p-5101-3", "p-5103-2"], source="", at=AT
    )
    exam_of(camp.season, "mock-1", "第一次模拟")
    exam = Exam.objects.get(code="mock-1")
    planning.follow_practice_exam(actor=HOUSE, group=camp.group, exam=exam)
    people = {one.person.code: one.person for one in camp.group.members.select_related("person")}
    mark(people["p-5101-1"], 8850)
    mark(people["p-5101-2"], 9000, state="superseded")
    mark(people["p-5101-3"], 8850)
    mark(people["p-5103-2"], 0, status="absent")
    hidden = selectors.marks_page(camp.group)
    assert [row.cells for row in hidden.rows] == [(None,)] * 4
    Season.objects.filter(pk=camp.season.pk).update(code=f"{PRACTICE_EXAM}20220911-1")
    page = selectors.marks_page(camp.group)
    board = [(r.member.person.code, r.rank, r.shown_total) for r in selectors.board_of(page)]
    assert board == [
        ("p-5101-1", 1, "88.5"),
        ("p-5101-3", 1, "88.5"),
        ("p-5101-2", None, ""),
        ("p-5103-2", None, ""),
    ]
    shown = {row.member.person.code: row.cells[0] for row in page.rows}
    assert (shown["p-5101-2"], shown["p-5103-2"].shown) == (None, "缺考")


def test_a_days_practice_shows_how_many_were_right():
    camp = opened()
    practised(camp.first, MONDAY, {"失业保险": [10, 8]})
    services.add_practice(actor=OFFICE, group=camp.group, title="第一天练习", day=MONDAY)
    with pytest.raises(Problems):
        services.add_practice(
            actor=OFFICE, group=camp.group, title="集训以前", day=date(2022, 9, 11)
        )
    own = selectors.marks_page(camp.group, only=camp.member(camp.first))
    assert [[cell.shown for cell in row.cells] for row in own.rows] == [["8/10"]]
    assert own.rows[0].total is None  # practice is no mark


def test_weak_topics_are_of_the_period_and_of_members_alone():
    camp = opened()
    practised(camp.first, MONDAY, {"失业保险": [10, 5], "工伤保险": [4, 0]})
    practised(camp.first, date(2022, 9, 13), {"失业保险": [10, 6]})
    practised(camp.first, date(2022, 9, 1), {"失业保险": [100, 0]})  # before the group
    practised(camp.second, MONDAY, {"失业保险": [20, 19]})
    practised(camp.leader, MONDAY, {"失业保险": [50, 0]})
    page = selectors.weak_page(camp.group, today=date(2022, 9, 14))
    # 失业保险: 11 of 20 and 19 of 20, so 30 of 40; one of two below 60 percent
    assert [(t.module, t.share, t.answers, t.weak, t.judged) for t in page.topics] == [
        ("工伤保险", 0, 4, 0, 0),  # four answers say nothing of anybody
        ("失业保险", 75, 40, 1, 2),
    ]
    rows = {row.member.person.code: row for row in page.rows}
    weakest = [(t.module, t.share) for t in rows["p-5101-1"].weakest]
    assert (weakest, rows["p-5101-1"].share) == ([("失业保险", 55)], 45)
    assert (rows["p-5101-2"].weakest, rows["p-5101-2"].share) == ((), 95)
    assert page.last == date(2022, 9, 14)


def test_the_attendance_sheet_has_every_session_and_how_often_which():
    camp = opened()
    session = camp.sessions[0]
    for who, presence in ((camp.first, "present"), (camp.second, "late")):
        services.mark_attendance(
            actor=camp.leader.actor,
            session=session,
            member=camp.member(who).pk,
            presence=presence,
            at=AT,
        )
    data = exporting.export_attendance(actor=camp.leader.actor, group=camp.group, at=AT)
    rows = [
        [cell for cell in row if cell is not None]
        for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    ]
    assert rows[0] == ["国赛集训班考勤表"]
    mine = next(row for row in rows if row and row[0] == "选手2")
    assert mine[2] == "迟"
    assert mine[-4:] == [0, 1, 0, 0]
    assert LedgerEntry.objects.filter(act="training.exported").count() == 1
