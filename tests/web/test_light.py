"""One person holds a contest: from nothing to a ranked list and certificates, by HTTP alone."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.forms import ChoiceField
from django.utils import timezone
from openpyxl import Workbook

from leitai.bank import selectors as bank
from leitai.bank.models import Bank
from leitai.certificates.models import Certificate
from leitai.certificates.selectors.office import inspection_of
from leitai.ledger.models import LedgerEntry
from leitai.marking import services as marking
from leitai.people import selectors as people_reads
from leitai.people.models import Person
from leitai.results.selectors import standing_result
from leitai.rulebook.data import MAIN
from leitai.seasons.models import LightContest, LocalStage, Season
from leitai.seasons.selectors import current_windows, rulebook_of
from leitai.sittings.models import Exam, JournalRow, Sitting
from leitai.units import selectors as units
from leitai.web.demonstration import light
from leitai.web.light import forms, questions
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import load_packaged
from tests.rooms.marking.halls import answers, journal

pytestmark = pytest.mark.django_db
QUESTIONS = [
    ("题型", "题干", "选项A", "选项B", "选项C", "答案"),
    ("单选", "失业保险金按月发放的机构是（　　）。", "经办机构", "银行", "单位", "A"),
    ("单选", "城乡居民养老保险的最低缴费年限是（　　）。", "10年", "15年", "20年", "B"),
    ("判断", "劳动合同应当书面订立。", "", "", "", "对"),
    ("判断", "试用期可以不缴社会保险费。", "", "", "", "错"),
]


def xlsx(rows, name="sheet.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = name
    return file


def roster(*names):
    return xlsx([("姓名", "岗位"), *((name, "综合柜员") for name in names)], "名单.xlsx")


@pytest.fixture
def manager(client):
    """A county's unit manager, signed in: nobody of any committee."""
    load_packaged()
    client.force_login(people.account("qingyang", "unit_manager", unit="5103"))
    return client


class Walk:
    """Clicks of one person, counted."""

    def __init__(self, client) -> None:
        self.client, self.clicks, self.code = client, 0, ""

    def post(self, step, form, status=302):
        self.clicks += 1
        answer = self.client.post(f"/contests/{self.code}/{step}/", form)
        assert answer.status_code == status, answer.content.decode()[:3000]
        return self.page() if status == 302 else answer.content.decode()

    def page(self):
        return self.client.get(f"/contests/{self.code}/").content.decode()

    def found(self, **more):
        self.clicks += 1
        form = {"title": "窗口业务练兵赛", "template": "written", "unit": "5103"}
        form |= {"first": "1", "second": "1", "third": "0"} | more
        answer = self.client.post("/contests/", form)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        self.code = answer.headers["Location"].split("/")[2]


def prepared(client) -> Walk:
    """With people and questions."""
    walk = Walk(client)
    walk.found()
    walk.post("roster", {"roster": roster("左清扬", "江未晚")})
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    return walk


def sit(exam: Exam, given: dict[str, dict[int, object]]) -> None:
    """As lane and clock leave an exam that was held: journals by the contestant's name."""
    now = datetime.now(UTC)
    exam.opens_at, exam.closes_at = now - timedelta(hours=2), now - timedelta(hours=1)
    exam.save()
    for sitting in exam.sittings.select_related("entry__person"):
        sitting.deadline, sitting.state = exam.closes_at, "absent"
        sitting.ended_at = exam.closes_at
        batch = given.get(sitting.entry.person.name)
        if batch is not None:
            sitting.state, sitting.entered_at = "handed_in", exam.opens_at
            sitting.ended_at = exam.opens_at + timedelta(minutes=10)
            JournalRow.objects.bulk_create(journal(sitting, [answers(batch)]))
        sitting.save()
    ids = list(Sitting.objects.filter(exam=exam).values_list("pk", flat=True))
    marking.mark_sittings(ids, at=now)


def keys_of(exam: Exam) -> dict[int, object]:
    return {number: item.key for number, item in enumerate(bank.items_of(exam.paper), start=1)}


def types_of(exam: Exam) -> dict[int, str]:
    return {number: item.type for number, item in enumerate(bank.items_of(exam.paper), start=1)}


def test_one_person_holds_a_contest_in_eight_clicks(manager, settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    walk = Walk(manager)
    walk.found()
    walk.post("roster", {"roster": roster("左清扬", "江未晚", "谷雨生")})
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    paper = {"count-single": "2", "points-single": "30"}
    paper |= {"count-truefalse": "2", "points-truefalse": "20"}
    assert "满分100分，60分钟" in walk.post("paper", paper)
    soon = datetime.now(UTC) + timedelta(hours=20)
    when = {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"}
    assert "满分100分，30分钟" in walk.post("time", when)
    page = walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    assert f"/office/{walk.code}/exams/{exam.code}/tickets/" in page
    assert exam.sittings.count() == 3
    tickets = manager.get(f"/office/{walk.code}/exams/{exam.code}/tickets/?site=5103")
    assert "左清扬" in tickets.content.decode()
    keys, types = keys_of(exam), types_of(exam)
    singles = {number: key for number, key in keys.items() if types[number] == "single"}
    sit(exam, {"左清扬": keys, "江未晚": singles})
    page = walk.post("rank", {})
    standings = standing_result(walk.code, "contest").standings.filter(board=MAIN)
    rows = standings.order_by("position").values_list("rank", "entry__person__name", "total")
    # 2 × 30 + 2 × 20 = 100; without the true-or-false items 60; the third was absent.
    assert list(rows)[:2] == [(1, "左清扬", "100"), (2, "江未晚", "60")]
    assert "左清扬" in manager.get(f"/s/{walk.code}/results/contest/").content.decode()
    page = walk.post("certify", {})
    assert "已生成2张证书" in page
    held = Certificate.objects.filter(award__season__code=walk.code).order_by("title")
    assert set(held.values_list("title", "holder")) == {("一等奖", "左清扬"), ("二等奖", "江未晚")}
    all_pages = manager.get(f"/office/{walk.code}/certificates/all.pdf")
    assert b"".join(all_pages.streaming_content).startswith(b"%PDF")
    assert walk.clicks == 8


def test_time_that_was_set_is_the_time_to_answer_in(manager):
    """One field, and it holds: the rules say it, and every seat ends when it is over."""
    walk = prepared(manager)
    soon = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "45"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    assert exam.closes_at - exam.opens_at == timedelta(minutes=45)
    assert set(exam.sittings.values_list("deadline", flat=True)) == {exam.closes_at}
    law = rulebook_of(Season.objects.get(code=walk.code))
    assert law.events["exam"].minutes == 45


def test_ranking_need_not_wait_for_the_end_when_all_have_handed_in(manager):
    walk = prepared(manager)
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "45"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    keys = keys_of(exam)
    sit(exam, {"左清扬": keys, "江未晚": {}})
    Exam.objects.update(closes_at=datetime.now(UTC) + timedelta(minutes=20))
    assert "排名并公布" in walk.page()
    late = exam.sittings.order_by("pk").last()
    Sitting.objects.filter(pk=late.pk).update(state="open")
    assert "排名并公布" not in walk.page()


def test_cancelled_exam_leads_to_where_another_is_set(manager):
    walk = prepared(manager)
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "45"})
    walk.post("go", {})
    Exam.objects.update(cancelled_at=datetime.now(UTC))
    page = walk.page()
    assert "考试已取消" in page
    assert f'href="/office/{walk.code}/exams/"' in page
    assert "排名并公布" not in page


def moment(text):
    """As a form's field gives it, in the house's time."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def plan_above():
    """A stage of a season above, which the county holds by an exam of its own."""
    season = make.opened()
    return LocalStage.objects.create(
        stage=season.stages.get(code="selection"),
        delegation=units.get_delegation(season.code, "5103"),
        how="exam",
        recorded_by="7",
        recorded_at=make.AT,
    )


def test_an_exam_that_is_moved_takes_the_time_of_the_contest_along(manager):
    """The exam is the contest: page, calendar and the board above say when it is really held."""
    walk = prepared(manager)
    plan = plan_above()
    LightContest.objects.update(above=plan)
    day = timezone.localdate() + timedelta(days=3)
    walk.post("time", {"opens_at": f"{day}T09:00", "minutes": "45"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    later = day + timedelta(days=9)
    form = {"opens_at": f"{later}T14:00", "closes_at": f"{later}T14:45", "reason": "会场停电"}
    move = f"/office/{walk.code}/exams/{exam.code}/move/"
    assert f'href="{move}"' in walk.page()
    answer = manager.post(move, form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    begins, ends = moment(f"{later}T14:00"), moment(f"{later}T14:45")
    held = LightContest.objects.get()
    exam.refresh_from_db()
    plan.refresh_from_db()
    window = current_windows(held.season)["contest"]
    assert {(one.opens_at, one.closes_at) for one in (exam, held, window, plan)} == {(begins, ends)}
    assert window.reason == "会场停电"


def test_wrong_file_of_questions_is_left_aside_for_another(manager):
    walk = prepared(manager)
    right = xlsx([QUESTIONS[0], *QUESTIONS[3:]], "改正.xlsx")
    page = walk.post("questions", {"questions": right, "afresh": "on"})
    held = LightContest.objects.get()
    assert held.bank == f"{walk.code}-1"
    assert questions.stock_of(held.bank) == {"truefalse": 2}
    assert "判断题（共2题）" in page
    assert "单选题（共2题）" not in page
    more = xlsx([QUESTIONS[0], QUESTIONS[1]], "补充.xlsx")
    walk.post("questions", {"questions": more})
    assert questions.stock_of(held.bank) == {"truefalse": 2, "single": 1}
    assert [one.code for one in bank.banks_for_papers(walk.code)] == [held.bank]


def test_contest_begun_by_mistake_is_given_up(manager):
    walk = prepared(manager)
    assert manager.post(f"/contests/{walk.code}/drop/").headers["Location"] == "/contests/"
    assert walk.code not in manager.get("/contests/").content.decode()
    assert manager.get(f"/contests/{walk.code}/").status_code == 403
    acts = LedgerEntry.objects.filter(chain=walk.code).values_list("act", flat=True)
    assert {"contest.dropped", "role.ended"} <= set(acts)
    soon = datetime.now(UTC) + timedelta(hours=20)
    again = prepared(manager)
    again.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    again.post("go", {})
    assert manager.post(f"/contests/{again.code}/drop/").status_code == 422
    assert LightContest.objects.get(season__code=again.code).dropped_at is None


def test_only_four_things_must_be_given_until_it_opens():
    """The quarter of an hour rests on it: a name, two files, a moment; the rest has a value."""
    steps_to_go = (
        forms.FoundForm([("written", "")], [("5103", "")]),
        forms.RosterForm(),
        forms.QuestionsForm(),
        forms.TimeForm(by_paper=True, initial={"minutes": 60}),
    )
    asked = [
        name
        for form in steps_to_go
        for name, field in form.fields.items()
        if field.required
        and form.get_initial_for_field(field, name) is None
        and not isinstance(field, ChoiceField)  # the first choice stands
    ]
    assert asked == ["title", "roster", "questions", "opens_at"]


def test_the_same_roster_again_makes_nobody_twice(manager):
    walk = Walk(manager)
    walk.found()
    walk.post("roster", {"roster": roster("左清扬", "江未晚")})
    walk.post("roster", {"roster": roster("左清扬", "江未晚", "谷雨生")})
    assert Person.objects.filter(name__in=["左清扬", "江未晚", "谷雨生"]).count() == 3
    assert len(LightContest.objects.get().people) == 3


def test_a_step_that_cannot_be_taken_says_why_and_leaves_nothing(manager):
    walk = Walk(manager)
    walk.found()
    early = manager.post(f"/contests/{walk.code}/go/").content.decode()
    assert "还没有题库。请先导入试题。" in early
    bad = manager.post(f"/contests/{walk.code}/roster/", {"roster": xlsx([("姓名",), ("",)])})
    assert bad.status_code == 422
    walk.post("roster", {"roster": roster("左清扬")})
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    many = {"count-single": "9", "points-single": "2"}
    many |= {"count-truefalse": "0", "points-truefalse": "1"}
    answer = manager.post(f"/contests/{walk.code}/paper/", many)
    assert answer.status_code == 422
    assert "这种题只有2题，不够出9题" in answer.content.decode()
    past = manager.post(
        f"/contests/{walk.code}/time/", {"opens_at": "2022-07-15T09:30", "minutes": "30"}
    )
    assert past.status_code == 422
    assert "2022-07-15T09:30" in past.content.decode()
    assert Season.objects.get(code=walk.code).state == "draft"


def test_who_holds_it_does_not_take_part(manager):
    walk = Walk(manager)
    walk.found()
    owner = people_reads.get_account("qingyang")
    mine = people.people("5103", 1)[0]
    mine.account, mine.name = owner, "左清扬"
    mine.save()
    answer = manager.post(f"/contests/{walk.code}/roster/", {"roster": roster("左清扬")})
    assert answer.status_code == 422
    assert "主办人，掌握试卷和成绩，不能参赛" in answer.content.decode()


def test_the_holder_becomes_the_office_of_this_contest_and_of_nothing_else(manager):
    walk = Walk(manager)
    walk.found()
    actor = people_reads.actor_of(people_reads.get_account("qingyang"), at=datetime.now(UTC))
    assert [one.season for one in actor.appointments if one.role == "office"] == [walk.code]
    assert manager.get("/bank/").status_code == 403
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    assert Bank.objects.get().code == walk.code
    assert manager.get(f"/bank/{walk.code}/").status_code == 403
    acts = LedgerEntry.objects.filter(chain=walk.code).values_list("act", flat=True)
    assert {"season.created", "role.appointed", "contest.founded"} <= set(acts)


def test_others_neither_see_nor_take_the_steps(manager, client):
    walk = Walk(manager)
    walk.found()
    stranger = people.account("elsewhere", "unit_manager", unit="5101")
    client.force_login(stranger)
    assert client.get(f"/contests/{walk.code}/").status_code == 403
    assert client.post(f"/contests/{walk.code}/go/").status_code == 403
    client.force_login(people.account("judge", "judge", unit="5103"))
    assert client.get("/contests/").status_code == 403


def test_the_demonstration_shows_one_that_is_over_and_one_to_go_on_with(settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    load_packaged()
    at = datetime.now(UTC)
    held = light.stage_light(units.get_unit("5103"), people.PASSWORD, at)
    ranked = standing_result(held.season, "contest").standings.filter(board=MAIN).count()
    assert (held.ranked, held.certificates) == (ranked, 6)  # 1 + 2 + 3 prizes
    ahead = LightContest.objects.exclude(bank="").get()
    assert ahead.bank == ahead.season.code
    waiting = LightContest.objects.filter(bank="").exclude(season__code=held.season).get()
    problems = inspection_of(waiting.season, at=at)["problems"]
    assert [(one["holder"], one["part"]) for one in problems] == [(light.RARE, "获奖者姓名")]
    assert light.stage_light(units.get_unit("5103"), people.PASSWORD, at) is None
