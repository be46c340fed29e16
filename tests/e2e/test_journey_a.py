"""The first seed played by every role, from «open the season» to «a stranger verifies a certificate».

Parts of one season, each from a state of its own (`journey_states`); what each part does, people do
with real forms and files. The clock of live processes cannot be turned: where a term has to pass,
it is moved into the past instead, and the place says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from leitai import rulebook
from leitai.certificates.models import Certificate
from leitai.orders.models import Order, Thing
from leitai.registration.models import Registration
from leitai.results.models import StageResult
from leitai.seasons.models import Season
from tests.e2e import journey_states as states
from tests.e2e.journey_awarding import (
    approve_replacement,
    give_notice,
    issue,
    object_to,
    publish_final,
    uphold,
    verify,
)
from tests.e2e.journey_desks import OFFICE, PUBLIC, UNIT, Sit, file, local, opening
from tests.e2e.journey_entering import confirm_list, fill_in, hold_selection, look_for, registering
from tests.e2e.journey_opening import (
    begin,
    confirm_questions,
    hand_in_contacts,
    open_order,
    others_hand_in,
    prepare,
    send_notice,
    set_dates,
    supplement,
)
from tests.e2e.journey_semifinal import (
    confirm_lists,
    draw_lots,
    hand_draw,
    in_final,
    move_up,
    report_marks,
    withdraw,
)
from tests.e2e.journey_states import CODE, GRASSROOTS, GUIDANCE, LEAGUES, NAMES
from tests.e2e.states import States

BARRED = "职业指导人员要求为县、区级及以上公共就业服务机构所属人员"


@pytest.fixture
def sit(browser: Browser, states_made: States, tmp_path: Path) -> Iterator[Sit]:
    yield from opening(browser, states_made, tmp_path)


def test_the_office_opens_the_season_and_supplements_its_rules(sit: Sit):
    desks = sit(states.plant)
    office = desks.sit("office")
    begin(office, "15")
    prepare(office, 14)
    set_dates(office, "contacts", "league", "works", "region")
    confirm_questions(office)
    office.go(OFFICE)
    office.press("启动赛季", agree=True)
    office.reads("赛季已启动")
    assert Season.objects.get().state == "open"

    stranger = desks.stranger()
    stranger.go(PUBLIC)
    stranger.reads("自治区公共就业服务业务竞赛", "科学职业指导")
    stranger.go(f"{PUBLIC}calendar/")
    stranger.reads("报送联络人员信息表", "因疫情防控顺延")

    supplement(office)
    stranger.go(f"{PUBLIC}rules/")
    stranger.reads("一等奖", "每个项目设三等奖4名，颁发荣誉证书")
    stranger.go(f"{PUBLIC}rules/1/2/")
    stranger.reads("三等奖")


def test_a_notice_is_answered_and_one_league_that_is_late_gets_a_supplement(sit: Sit):
    desks = sit(states.open_season)
    office = desks.sit("office")
    order = send_notice(office)

    hohhot = desks.sit("hohhot")
    open_order(hohhot)
    hohhot.press("签收")
    hand_in_contacts(hohhot, "呼和浩特市", "贺知秋")
    others_hand_in(order, but=("1501", "1502"))

    # The term cannot be waited for: it is moved into the past.
    due = datetime.now(UTC) - timedelta(hours=1)
    Thing.objects.update(due_at=due)
    Order.objects.update(sign_by=due)
    office.go(f"{OFFICE}orders/{order.pk}/?view=late")
    office.row("包头市", "逾期")
    expect(office.page.locator("tbody tr")).to_have_count(1)
    office.press("一键催办")
    office.reads("已催办1个单位")

    office.follow("下发补充通知")
    later = datetime.now(UTC) + timedelta(days=3)
    thing = Thing.objects.get()
    office.fill(
        {
            "id_title": "关于延长包头市报送期限的补充通知",
            "id_text": "包头市因系统故障未能按时报送，期限延长3日。",
            f"id_due_{thing.pk}": local(later),
        }
    )
    office.page.get_by_role("checkbox", name="包头市", exact=True).check()
    office.press("下发补充通知", agree=True)
    office.reads("补充通知已下发", "关于延长包头市报送期限的补充通知")

    baotou = desks.sit("baotou")
    open_order(baotou)
    baotou.reads("期限延长3日")
    baotou.press("签收")
    hand_in_contacts(baotou, "包头市", "于沐阳")
    baotou.reads("已报送")

    office.go(f"{OFFICE}orders/{order.pk}/?view=late")
    assert office.page.locator("tbody tr", has_text="包头市").filter(has_text="逾期").count() == 0
    office.go(f"{OFFICE}orders/{order.pk}/")
    office.page.get_by_role("button", name="全部通过").click()
    office.agree()
    office.reads("通过了14份", "全部单位都已办理")


def test_a_street_worker_is_refused_and_a_returned_form_is_mended_and_passes(
    sit: Sit, tmp_path: Path
):
    desks = sit(registering)
    hohhot, office = desks.sit("hohhot"), desks.sit("office")
    hold_selection(hohhot, tmp_path)
    office.go(f"{OFFICE}local/league/")
    office.row("呼和浩特市", "已报成绩")

    look_for(hohhot, "其其格")
    hohhot.press("核对条件，开始填报")
    hohhot.reads("其其格（海拉尔东路街道）不符合参赛条件，不能报名", BARRED, "乡级")
    assert not Registration.objects.exists()

    look_for(hohhot, "乌兰")
    hohhot.press("核对条件，开始填报")
    hohhot.page.wait_for_url("**/registration/*/")
    fill_in(hohhot, file(tmp_path, "portrait.jpg", states.picture()))
    hohhot.press("提交审核")
    hohhot.reads("还没有上传盖章件", "盟市主管部门")
    scan = file(tmp_path, "sealed.jpg", states.picture(700, 900))
    hohhot.attach("scan-registration-scan", scan)
    hohhot.press("提交审核")
    hohhot.reads("报名表已提交，等待组委会办公室审核")
    held = Registration.objects.get()
    paper = hohhot.page.request.get(f"{hohhot.page.url}form.pdf")
    assert paper.body().startswith(b"%PDF")

    office.go(f"{OFFICE}registration/")
    office.reads("其中1人的报名表还没有审核通过")
    office.follow("乌兰")
    office.fill({"reason": "职务一栏与单位证明不一致，请更正。"})
    office.press("退回修改")
    office.reads("已退回单位修改")

    hohhot.go(f"{UNIT}registration/")
    hohhot.row("乌兰", "退回修改", "职务一栏与单位证明不一致")
    hohhot.follow("乌兰")
    hohhot.answer({"post": "副主任"})
    hohhot.press("提交审核")
    hohhot.reads("报名表已提交")

    office.go(f"{UNIT}registration/{held.pk}/")
    office.reads("副主任", "县、区级及以上机构人员")
    for box in office.page.locator("#review input[name=check]").all():
        box.check()
    office.press("审核通过")
    office.reads("已通过审核")

    confirm_list(office)
    stranger = desks.stranger()
    stranger.go(f"{PUBLIC}rules/")
    stranger.reads(BARRED)


def test_signed_lists_a_tie_by_lots_the_committees_word_and_a_place_that_is_filled_again(
    sit: Sit, tmp_path: Path
):
    desks = sit(states.at_semifinal)
    office, second = desks.sit("office"), desks.sit("second")
    hand_draw(office)
    for track, marks in ((GUIDANCE, states.TIED), (GRASSROOTS, states.BELOW)):
        for place, (event, _decimals) in enumerate(states.STAGES["semifinal"]):
            of = f"semifinal/{track}/{event}"
            book = file(tmp_path, f"{track}-{event}.xlsx", states.marks_book(track, marks, place))
            report_marks(office, second, of, book, tmp_path)

    office.go(f"{OFFICE}results/semifinal/")
    office.press("计算")
    office.reads("已计算，这是第1版", "阿木尔", "萨仁")
    chosen = draw_lots(office)
    confirm_lists(desks.sit("leader"))
    office.go(f"{OFFICE}results/semifinal/")
    office.press("确认", agree=True)
    office.reads("成绩已确认")
    office.press("公布", agree=True)
    office.reads("成绩已公布")
    assert in_final() == [*list(NAMES[GUIDANCE])[:6], chosen]

    stranger = desks.stranger()
    stranger.go(f"{PUBLIC}results/semifinal/?tab=advancement&track=guidance")
    stranger.reads("乌兰", NAMES[GUIDANCE][chosen])
    stranger.go(f"{PUBLIC}draws/1/")
    stranger.reads("人工抽签，不可重算")
    stranger.go(f"{PUBLIC}draws/2/")
    stranger.reads("已在本机重算，全部一致")

    other = "1508" if chosen == "1507" else "1507"
    withdraw(desks.sit("baotou"), office)
    move_up(office, second, desks.sit("leader"), other)
    assert sorted(in_final()) == sorted(["1501", "1503", "1504", "1505", "1506", "1507", "1508"])


def test_an_upheld_objection_ends_at_a_superseded_certificate_that_a_stranger_verifies(
    sit: Sit, tmp_path: Path
):
    desks = sit(states.at_final)
    office, stranger = desks.sit("office"), desks.stranger()
    publish_final(office)
    issue(office)
    old = {one.holder: one for one in Certificate.objects.filter(revoked_at=None)}
    assert len(old) == 14
    assert [old[name].title for name in ("巴图", "乌兰", "娜仁")] == ["一等奖", "二等奖", "二等奖"]
    verify(stranger, old["娜仁"], "有效")

    give_notice(office)
    object_to(stranger, file(tmp_path, "sheet.jpg", states.picture(700, 900)))
    uphold(desks.sit("supervisor"), desks.sit("arbiter"))
    now = StageResult.objects.get(stage__code="final", state="published")
    first = now.standings.get(track=GUIDANCE, rank=1, board="main")
    assert (now.version, first.entry.person.name) == (2, "娜仁")

    # Nobody does anything by hand: the house has proposed it, the committee's lead approves.
    leader = desks.sit("leader")
    approve_replacement(leader)
    old["娜仁"].refresh_from_db()
    new = old["娜仁"].superseded_by
    assert (new.title, new.holder) == ("一等奖", "娜仁")
    verify(stranger, old["娜仁"], "已换发")
    stranger.reads(new.serial)
    verify(stranger, new, "有效")
    stranger.reads("一等奖")
    stranger.go(f"{PUBLIC}results/final/?tab=people&track=guidance")
    stranger.row("1", "娜仁")


def test_each_league_is_named_by_the_rules():
    """The states of the journey and the seed name the same leagues."""
    law = rulebook.load(rulebook.packaged(CODE))
    named = {one.unit: one.name for one in law.delegations.also}
    assert {code: LEAGUES[code][0] for code in LEAGUES} == {
        code: name for code, name in named.items() if code in LEAGUES
    }
