"""What a contest of one's own can choose: a bank of the house, beginning now, who is issuing."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from openpyxl import load_workbook

from leitai.bank import selectors as bank
from leitai.bank import services as bank_services
from leitai.certificates.models import Certificate
from leitai.seasons.models import LightContest, Season
from leitai.seasons.selectors import rulebook_of
from leitai.sittings.models import Exam
from leitai.web.light import questions, samples
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, csv_file, load_packaged
from tests.web.test_light import QUESTIONS, Walk, keys_of, roster, sit, types_of, xlsx

pytestmark = pytest.mark.django_db
AT = datetime(2022, 7, 1, tzinfo=UTC)


@pytest.fixture
def manager(client):
    load_packaged()
    client.force_login(people.account("qingyang", "unit_manager", unit="5103"))
    return client


def stocked(code, *, live, singles=6, truths=4):
    """A bank of the house: so many single choices and so many true-or-false questions."""
    rows = ["题型,题干,选项A,选项B,选项C,答案"]
    rows += [f"单选,{code}第{number}题选什么？,甲,乙,丙,A" for number in range(singles)]
    rows += [f"判断,{code}第{number}句是对的。,,,,对" for number in range(truths)]
    bank_services.import_items(
        actor=HOUSE,
        bank_code=code,
        title=f"{code}题库",
        source=csv_file("\n".join(rows) + "\n"),
        name=f"{code}.csv",
        at=AT,
        live=live,
    )


def begun(client, **more) -> Walk:
    walk = Walk(client)
    walk.found(**more)
    walk.post("roster", {"roster": roster("左清扬", "江未晚", "谷雨生")})
    return walk


def test_questions_are_drawn_from_a_practice_bank_of_the_house(manager):
    stocked("lianxi", live=False)
    stocked("jingsai", live=True)
    walk = begun(manager)
    page = walk.page()
    assert "lianxi题库（单项选择题6题、判断题4题）" in page
    assert "jingsai题库" not in page
    page = walk.post("bank", {"bank": "lianxi"})
    # The template asks for 30, 10 and 20: of a type there are no more than the bank has.
    assert "满分16分" in page  # 6 × 2 + 4 × 1
    paper = {"count-single": "3", "points-single": "20"}
    paper |= {"count-truefalse": "2", "points-truefalse": "20", "count-multiple": "0"}
    paper |= {"points-multiple": "1"}
    assert "满分100分" in walk.post("paper", paper)
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    drawn = bank.items_of(exam.paper)
    assert [item.type for item in drawn] == ["single"] * 3 + ["truefalse"] * 2
    assert {item.item.bank.code for item in drawn} == {"lianxi"}
    assert len({item.pk for item in drawn}) == 5


@pytest.mark.parametrize("code", ["jingsai", "LOCAL-5103-20220701-9", "nowhere"])
def test_a_sealed_bank_is_nobodys_to_choose(manager, code):
    stocked("lianxi", live=False)
    stocked("jingsai", live=True)
    walk = begun(manager)
    answer = manager.post(f"/contests/{walk.code}/bank/", {"bank": code})
    assert answer.status_code == 422
    assert LightContest.objects.get().bank == ""


def test_own_questions_after_a_bank_go_into_a_bank_of_their_own(manager):
    stocked("lianxi", live=False)
    walk = begun(manager)
    walk.post("bank", {"bank": "lianxi"})
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    held = LightContest.objects.get()
    assert held.bank == walk.code
    assert questions.stock_of("lianxi") == {"single": 6, "truefalse": 4}
    codes = [one.code for one in bank.banks_for_papers(walk.code)]
    assert codes == [walk.code, "lianxi"]


def test_the_sample_of_questions_can_be_imported_as_it_is(manager):
    answer = manager.get("/contests/questions.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][:7] == ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案")
    walk = begun(manager)
    file = io.BytesIO(samples.questions())
    file.name = "样表.xlsx"
    walk.post("questions", {"questions": file})
    have = questions.stock_of(LightContest.objects.get().bank)
    assert have == {"single": 1, "multiple": 1, "truefalse": 1, "blank": 1}


def test_the_upload_is_told_in_words_of_a_clerk(manager):
    walk = begun(manager)
    answer = manager.post(
        f"/contests/{walk.code}/questions/", {"questions": xlsx(QUESTIONS, "题库.xlsx")}
    )
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said == ["已导入4题。"]
    answer = manager.post(
        f"/contests/{walk.code}/questions/", {"questions": xlsx(QUESTIONS[:3], "题库.xlsx")}
    )
    assert "已导入0题。另有2题以前已经导入。" in [
        str(one) for one in get_messages(answer.wsgi_request)
    ]


def test_it_begins_a_few_minutes_from_now_without_a_date(manager):
    walk = begun(manager)
    page = walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    assert "现在开始" in page
    before = datetime.now(UTC)
    walk.post("go", {"now": "on", "lead": "1", "minutes": "25"})
    exam = Exam.objects.get(stage__season__code=walk.code)
    late = exam.opens_at - before
    assert timedelta(minutes=1) <= late <= timedelta(minutes=1, seconds=30)
    assert exam.closes_at - exam.opens_at == timedelta(minutes=25)
    assert rulebook_of(Season.objects.get(code=walk.code)).events["exam"].minutes == 25


def test_a_start_without_minutes_is_asked_for_them(manager):
    walk = begun(manager)
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    answer = manager.post(f"/contests/{walk.code}/go/", {"now": "on", "minutes": ""})
    assert answer.status_code == 422
    assert "请填写分钟数。" in answer.content.decode()
    assert not Exam.objects.exists()


def test_rows_left_out_stand_in_a_table_with_their_numbers(manager):
    walk = Walk(manager)
    walk.found()
    rows = [("姓名", "单位名称")]
    rows += [(f"江未{number}", "不存在的局") for number in "一二三四五六七八九十"]
    rows += [(f"谷雨{number}", "不存在的局") for number in "一二三四五六七八九十甲乙丙丁戊"]
    answer = manager.post(f"/contests/{walk.code}/roster/", {"roster": xlsx(rows, "名单.xlsx")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有收入名单的25行" in page
    assert '<td class="num">2</td><td>江未一</td>' in page  # the heading is row 1
    assert page.count("<td>江未") + page.count("<td>谷雨") == 20
    assert "另有5行" in page
    assert "单位名称可以填哪些" in page
    assert "自流井区" in page  # a county of the city


def test_who_was_absent_is_counted_apart_and_the_order_is_seen_before(manager):
    walk = begun(manager)
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    keys, types = keys_of(exam), types_of(exam)
    singles = {number: key for number, key in keys.items() if types[number] == "single"}
    sit(exam, {"左清扬": singles, "江未晚": keys})
    page = walk.page()
    assert "3人参赛，2人有成绩，1人缺考" in page
    assert "缺考1人，不排名次" in page
    ahead = page[page.index("名次预览") :]
    assert ahead.index("江未晚") < ahead.index("左清扬") < ahead.index("谷雨生")
    assert "一等奖" in ahead
    assert "名次预览" not in walk.post("rank", {})
    public = Client().get(f"/s/{walk.code}/results/contest/").content.decode()
    table = public[public.index("<tbody>") : public.index("</tbody>")]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in table.split("</tr>")[:-1]]
    rows = [row for row in rows if len(row) > 1]  # without the line under the last prize
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        ("1", "江未晚", "一等奖"),
        ("2", "左清扬", "二等奖"),
        ("—", "谷雨生", "缺考"),
    ]


def test_paper_tickets_and_certificates_say_which_contest_and_who_issues(
    manager, settings, tmp_path
):
    settings.LEITAI_FILES = tmp_path
    walk = begun(manager, issuer="自贡市人力资源和社会保障局")
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    walk.post("go", {})
    exam = Exam.objects.get(stage__season__code=walk.code)
    assert exam.title == "窗口业务练兵赛 在线答题"
    # One site alone: there is nothing to choose.
    tickets = manager.get(f"/office/{walk.code}/exams/{exam.code}/tickets/").content.decode()
    assert tickets.count('class="ticket"') == 3
    assert "窗口业务练兵赛" in tickets
    sit(exam, {"左清扬": keys_of(exam)})
    Exam.objects.update(closes_at=datetime.now(UTC) + timedelta(minutes=20))  # not the end yet
    walk.post("rank", {})
    public = manager.get(f"/s/{walk.code}/").content.decode()
    assert "已完赛" in public
    assert f"/s/{walk.code}/results/contest/" in public
    assert "我是选手，进考室" not in public
    walk.post("certify", {})
    first = Certificate.objects.get(title="一等奖")
    assert first.serial == f"{walk.code}-1-0001".upper()
    assert first.sheet["body"] == ["在窗口业务练兵赛中，获得"]
    assert (first.sheet["award"], first.sheet["signers"]) == (
        "一等奖",
        ["自贡市人力资源和社会保障局"],
    )
    shown = manager.get(f"/c/{first.serial}/").content.decode()
    assert "列第1名，授予“一等奖”" in shown
    assert "自贡市人力资源和社会保障局" in shown


def test_the_menu_of_a_contest_has_its_own_few_pages_and_the_way_back(manager):
    walk = begun(manager)
    page = walk.page()
    rail = page[page.index('id="rail"') : page.index('id="main"')]
    assert rail.count("<a ") < 12
    assert 'href="/contests/"' in rail
    assert "代表队" not in rail
    exams = manager.get(f"/office/{walk.code}/exams/").content.decode()
    assert f'href="/contests/{walk.code}/"' in exams


def test_the_first_page_of_the_clerk_shows_the_contest(manager):
    season = make.opened()
    walk = begun(manager)
    assert manager.get("/home/").headers["Location"] == f"/unit/{season.code}/"
    page = manager.get(f"/unit/{season.code}/").content.decode()
    card = page[page.index("本地比赛</h2>") :]
    assert f'href="/contests/{walk.code}/"' in card
    assert "准备中" in card
    assert "接着准备" in card


def test_a_clerk_of_no_season_begins_at_the_contest(manager):
    walk = begun(manager)
    assert manager.get("/home/").headers["Location"] == f"/contests/{walk.code}/"


def test_the_list_says_how_far_each_is(manager):
    walk = begun(manager)
    assert "准备中" in manager.get("/contests/").content.decode()
    walk.post("questions", {"questions": xlsx(QUESTIONS, "题库.xlsx")})
    soon = datetime.now(UTC) + timedelta(hours=20)
    walk.post("time", {"opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "minutes": "30"})
    walk.post("go", {})
    assert "待开赛" in manager.get("/contests/").content.decode()
    exam = Exam.objects.get(stage__season__code=walk.code)
    sit(exam, {"左清扬": keys_of(exam)})
    LightContest.objects.update(opens_at=exam.opens_at, closes_at=datetime.now(UTC))
    assert "去排名" in manager.get("/contests/").content.decode()
    walk.post("rank", {})
    page = manager.get("/contests/").content.decode()
    assert "已排名" in page
    assert ">查看</a>" in page
