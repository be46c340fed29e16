"""The second seed played by every role, from «open the season» to «a stranger verifies».

Parts of one season, each from a state of its own (`journey_b_states`), as the first journey's are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from leitai.certificates.models import Certificate
from leitai.messages.models import Delivery
from leitai.notices.models import Notice
from leitai.orders.models import Order, Thing
from leitai.registration.models import Registration
from leitai.results.models import StageResult
from leitai.seasons.models import Entry, Fact, Score, Season
from tests.e2e import journey_b_exam as exams
from tests.e2e import journey_b_states as states
from tests.e2e.journey_awarding import verify
from tests.e2e.journey_b_deciding import (
    CONTEST,
    TITLE,
    check_bundle,
    commit,
    decide_award,
    export_check,
    give_notice,
    plan_draw,
    publish_and_freeze,
    recompute,
    reveal,
    send_upward,
    step,
    take_answer,
    throw,
    verify_offline,
)
from tests.e2e.journey_b_entering import (
    BARRED,
    LACKING,
    LAST_YEAR,
    NEWCOMER,
    SEATED_BEFORE,
    VETERAN,
    bring_history,
    choose,
    confirm_list,
    entering,
    give_back,
    hand_in,
    hand_in_paper,
    hand_in_points,
    open_order,
    review,
    send_list,
    send_order,
    upload_roster,
)
from tests.e2e.journey_b_states import CODE
from tests.e2e.journey_desks import OFFICE, PUBLIC, UNIT, Sit, opening
from tests.e2e.journey_opening import begin, confirm_questions, prepare, set_dates
from tests.e2e.states import States


@pytest.fixture
def sit(browser: Browser, states_made: States, tmp_path: Path) -> Iterator[Sit]:
    yield from opening(browser, states_made, tmp_path, CODE)


def test_the_office_opens_the_season_from_its_rules(sit: Sit):
    desks = sit(states.plant)
    office = desks.sit("office")
    begin(office, "51")
    prepare(office, 22)
    set_dates(office, "selection", "advancement", "final")
    confirm_questions(office)
    office.go(OFFICE)
    office.press("启动赛季", agree=True)
    office.reads("赛季已启动")
    assert Season.objects.get().state == "open"

    stranger = desks.stranger()
    stranger.go(PUBLIC)
    stranger.reads("练兵比武强技能", "人社服务树新风")
    stranger.go(f"{PUBLIC}calendar/")
    stranger.reads("全省总决赛", "因疫情防控顺延")
    stranger.go(f"{PUBLIC}rules/")
    stranger.reads("省本级代表队不参加全省总决赛", "人社知识通")


def test_an_order_is_signed_returned_mended_and_the_late_are_reminded(sit: Sit, tmp_path: Path):
    desks = sit(states.open_season)
    office, chengdu, zigong = (desks.sit(name) for name in ("office", "chengdu", "zigong"))
    order = send_order(office)
    open_order(chengdu)
    hand_in_points(chengdu, "锦江区政务中心")
    hand_in_paper(chengdu, tmp_path)
    give_back(office, order, "没有写明第二赛点，请补充后重新报送。")

    chengdu.go(f"{UNIT}orders/")
    chengdu.follow(order.title)
    chengdu.reads("退回原因：", "没有写明第二赛点")
    hand_in_points(chengdu, "锦江区政务中心、高新区政务中心")
    office.go(f"{OFFICE}orders/{order.pk}/")
    for _thing in range(2):
        office.page.get_by_role("button", name="全部通过").first.click()
        office.agree()
        office.reads("通过了1份")
    office.row("成都市", "已签收", "通过", "第2版")

    # The term cannot be waited for: it is moved into the past.
    due = datetime.now(UTC) - timedelta(hours=1)
    Thing.objects.update(due_at=due)
    Order.objects.update(sign_by=due)
    office.go(f"{OFFICE}orders/{order.pk}/?view=late")
    office.row("自贡市", "逾期")
    office.press("一键催办")
    office.reads("已催办21个单位")
    assert Delivery.objects.filter(account__username="zigong", message__title__contains="催办")
    open_order(zigong)
    hand_in_points(zigong, "自流井区政务中心")
    zigong.reads("迟报")


def test_a_city_uploads_its_roster_and_sends_whom_the_notice_lets_in(sit: Sit, tmp_path: Path):
    desks = sit(entering)
    office, chengdu = desks.sit("office"), desks.sit("chengdu")
    upload_roster(chengdu, tmp_path)
    bring_history(office, tmp_path)

    send_list(chengdu, ("申时雨", LACKING, VETERAN))
    chengdu.reads("已报名1人", "有2人不符合参赛条件，没有报名")
    chengdu.reads(BARRED, SEATED_BEFORE, LAST_YEAR)
    assert [one.person.name for one in Registration.objects.all()] == ["申时雨"]
    choose(chengdu, NEWCOMER, "推荐")
    hand_in(chengdu)
    chengdu.go(f"{UNIT}registration/")
    chengdu.reads("名额40，已用2，还剩38")

    office.go(f"{OFFICE}registration/")
    office.row("申时雨", "自主确定")
    office.row(NEWCOMER, "推荐")
    review(office, ("申时雨", NEWCOMER))
    confirm_list(office, desks.stranger())


def test_a_paper_is_sealed_by_two_and_everybody_gets_a_seat(sit: Sit):
    desks = sit(exams.before_papers)
    officer, contestant = desks.sit("exam"), desks.sit("contestant")
    exams.fill_bank(desks.sit("writer"))
    exams.compose(officer, desks.sit("office"))
    exam = exams.arrange(officer)
    assert (exam.closes_at - exam.opens_at, exam.sittings.count()) == (exams.SITTING, 6)
    contestant.go("/me/")
    contestant.reads("全省晋级赛 统一在线比试", exams.SITE)
    exams.print_tickets(officer, exam)


def test_a_contestant_sits_the_exam_and_its_marks_are_computed_and_shown(sit: Sit):
    desks = sit(exams.at_exam, lane=True)
    office, contestant, officer = (desks.sit(name) for name in ("office", "contestant", "exam"))
    keys = exams.right_answers()
    exam, admissions = exams.seat(6)
    assert len(admissions) == 6
    crowd = exams.let_others_sit(desks.lane, admissions, keys)
    exams.answer(contestant, keys)
    exams.hand_in(contestant)
    crowd.join(timeout=60)
    exams.close(officer, exam)
    exams.await_marks(len(admissions))
    mine = Score.objects.get(entry__code=states.entry("5101", 1))
    assert (mine.value, mine.status) == (450, "ok")

    step(office, "advancement", ("计算", "已计算，这是第1版"), ("确认", "成绩已确认"))
    step(office, "advancement", ("公布", "成绩已公布"))
    contestant.go("/me/")
    contestant.reads("4.5", "全省晋级赛成绩")
    stranger = desks.stranger()
    stranger.go(f"{PUBLIC}results/advancement/")
    stranger.reads("成都市", "自贡市")


def test_a_tie_at_the_cut_is_answered_by_a_draw_that_a_stranger_recomputes(
    sit: Sit, tmp_path: Path
):
    desks = sit(states.at_tie)
    office, supervisor, stranger = desks.sit("office"), desks.sit("supervisor"), desks.stranger()
    step(office, "advancement", ("计算", "已计算，这是第1版"))
    office.reads("须先处理的事项", "乐山市", "南充市")
    office.follow("承诺公开抽签")
    office.reads("5111", "5113")

    due = plan_draw()
    for party in (office, supervisor):
        commit(party)
    publish_and_freeze(office)
    for party in (office, supervisor):
        reveal(party)
    stranger.go(f"{PUBLIC}draws/1/")
    stranger.reads("各方的承诺和秘密数", "领队会上六名选手代表各掷一枚骰子")
    throw(office, due)
    first, second = recompute(stranger, tmp_path)

    office.go(f"{OFFICE}results/advancement/")
    office.press("用已有的抽签", agree=True)
    office.reads("抽签结果已登记")
    step(office, "advancement", ("确认", "成绩已确认"), ("公布", "成绩已公布"))
    # Nine teams before them, the province's own not among them; the rest on their own.
    there = Entry.objects.filter(stage__code="final")
    assert there.count() == 24
    teams = set(there.filter(as_kind="team").values_list("delegation__unit__code", flat=True))
    assert teams == {*list(states.TEAMS)[:9], first}
    stranger.go(f"{PUBLIC}results/advancement/?tab=advancement")
    stranger.reads(*states.TEAMS[first], *states.TEAMS[second], *states.TEAMS["51-province"])


def test_awards_are_decided_posted_final_certified_and_checked_by_a_stranger(
    sit: Sit, tmp_path: Path
):
    desks = sit(states.at_final)
    office, leader, stranger = desks.sit("office"), desks.sit("leader"), desks.stranger()
    decide_award(leader, ("成都市", "自贡市"))
    compute = ("计算", "已计算，这是第1版")
    step(office, "final", compute, ("确认", "成绩已确认"), ("公布", "成绩已公布"))
    give_notice(office)
    notice = Notice.objects.get()
    stranger.go(f"{PUBLIC}notices/{notice.number}/")
    stranger.reads("特等奖", "人社知识通", "岗位练兵明星", "优秀组织奖", "申时雨")
    shown = stranger.page.content()
    assert 'content="noindex' in shown
    for number in range(24):
        assert states.id_number(number) not in shown
        assert states.phone(number) not in shown

    # The five days cannot be waited for: they are moved into the past.
    Notice.objects.update(closes_at=datetime.now(UTC) - timedelta(minutes=1))
    stranger.go(f"{PUBLIC}notices/{notice.number}/")
    stranger.reads("公示期已满，名单不再公开")
    stranger.misses("申时雨")
    step(office, "final", ("定稿", "成绩已定稿"))
    assert StageResult.objects.get(stage__code="final").state == "final"

    office.go(f"{OFFICE}certificates/")
    office.reads("下一步：为36个奖项生成证书")
    office.follow("印前检查")
    office.reads("36张证书均可印制")
    office.go(f"{OFFICE}certificates/")
    office.press("生成证书", agree=True)
    office.reads("有效证书共36张")
    held = {(one.title, one.holder): one for one in Certificate.objects.all()}
    assert len(held) == 36
    scholar = held["人社知识通", "申时雨"]
    assert ("特等奖", "成都市代表队") in held
    assert ("岗位练兵明星", "观音湖") in held

    verify(stranger, scholar, "有效")
    verify_offline(stranger, export_check(tmp_path), scholar, "有效")
    assert "VERIFIED" in check_bundle(office, tmp_path)
    contestant = desks.sit("contestant")
    contestant.go("/me/")
    contestant.reads("人社知识通", scholar.serial)


def test_the_province_names_its_people_upward_and_keeps_what_was_answered(sit: Sit, tmp_path: Path):
    desks = sit(states.ended)
    office = desks.sit("office")
    send_upward(office, tmp_path)
    take_answer(office, tmp_path)
    # Next year the rules' bars find both.
    kept = set(Fact.objects.filter(person__code="5101-1").values_list("kind", "key"))
    assert {("title", TITLE), ("contest", CONTEST)} <= kept
    assert not Fact.objects.filter(person__code="5103-1", key=CONTEST).exists()
