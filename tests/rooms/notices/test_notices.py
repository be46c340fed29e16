"""Public notices: the period counted by hand, unknown years, lists without numbers, taking down."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.notices import lists, printing, selectors, services
from leitai.notices.models import Notice
from leitai.people import services as people
from leitai.people.models import Person
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.rooms.notices.conftest import SUPERVISOR, draft, filed, opened

# 28 September 2022 is a Wednesday. 29 and 30 are days one and two; 1 to 7 October are off, 8 and 9
# are worked (three and four), Monday the 10th is the fifth. Its 24:00 in Shanghai is 16:00 UTC.
BEFORE_HOLIDAY = datetime(2022, 9, 28, 2, 0, tzinfo=UTC)
FIFTH_DAY_ENDS = datetime(2022, 10, 10, 16, 0, tzinfo=UTC)
TURN_OF_YEAR = datetime(2022, 12, 28, 2, 0, tzinfo=UTC)


def told(act):
    return canonical.decode(bytes(LedgerEntry.objects.get(act=act).payload))


def test_working_days_pass_over_the_holiday_and_count_the_worked_weekend(season):
    made = opened(season, at=BEFORE_HOLIDAY)
    assert made.closes_at == FIFTH_DAY_ENDS
    assert made.reckoning == (
        "自2022年9月28日（星期三）10:00起5个工作日（当日不计），"
        "至2022年10月10日（星期一）24:00止。其间休息日不计：2022年10月1日、2022年10月2日、"
        "2022年10月3日、2022年10月4日、2022年10月5日、2022年10月6日、2022年10月7日。"
    )


def test_year_without_its_holidays_blocks_and_says_what_to_do(season):
    made = services.draft_notice(actor=OFFICE, season=season, draft=draft(), at=AT)
    with pytest.raises(DomainError) as refused:
        services.publish_notice(actor=OFFICE, notice=made, at=TURN_OF_YEAR)
    assert (refused.value.code, refused.value.data) == ("notice_year_unknown", {"years": "2023"})
    made.refresh_from_db()
    assert (made.state, made.opens_at) == ("draft", None)


def test_calendar_days_need_no_holidays(season):
    made = services.draft_notice(
        actor=OFFICE,
        season=season,
        draft=draft(basis="", within=5, unit="days", first_day="counts"),
        at=AT,
    )
    held = services.publish_notice(actor=OFFICE, notice=made, at=TURN_OF_YEAR)
    # 28, 29, 30, 31 December and 1 January: the day of publication counts.
    assert held.closes_at == datetime(2023, 1, 1, 16, 0, tzinfo=UTC)


def test_term_of_the_rulebook_is_not_the_offices_to_change(season):
    with pytest.raises(DomainError, match="notice_term_rules"):
        services.draft_notice(actor=OFFICE, season=season, draft=draft(within=2), at=AT)
    with pytest.raises(DomainError, match="notice_term_missing"):
        services.draft_notice(actor=OFFICE, season=season, draft=draft(basis=""), at=AT)


def test_list_has_rank_and_mark_as_the_stage_shows_them_and_no_number(season):
    for person in Person.objects.filter(code="p-5101-1"):
        people.set_personal(person, phone="19900000777")
    made = opened(season)
    assert made.columns == ["名次", "姓名", "单位", "代表队", "赛项", "成绩"]
    assert made.rows[0] == ["1", "选手1", "成都市", "成都市", "个人赛", "95.00"]
    assert len(made.rows) == 11
    assert "19900000777" not in json.dumps(made.rows)


def test_marks_of_a_stage_that_is_not_public_are_no_notice(season):
    with pytest.raises(DomainError, match="notice_list_hidden"):
        opened(season, subject="stage-result:selection", basis="", within=3)
    made = opened(season, subject="entries:selection", basis="", within=3)
    assert made.columns == ["序号", "姓名", "单位", "代表队", "赛项"]
    assert made.rows[0] == ["1", "选手1", "成都市", "成都市", "个人赛"]


def test_advancement_names_who_goes_on(season):
    made = opened(season, subject="advancement:heat")
    # 成都 and 自贡 go as teams of two; 省本级 1 and 2 (third and fourth) as individuals of the top 3.
    assert [row[2] for row in made.rows] == ["成都市"] * 2 + ["自贡市"] * 2 + ["省本级"] * 2
    assert {row[4] for row in made.rows} == {"总决赛"}


def test_phases_follow_the_clock(season):
    made = services.draft_notice(actor=OFFICE, season=season, draft=draft(), at=AT)
    assert selectors.shown(made, at=AT).word == "拟稿"
    start = BEFORE_HOLIDAY
    held = services.publish_notice(actor=OFFICE, notice=made, opens_at=start, at=AT)
    words = {
        moment: selectors.shown(held, at=moment).word
        for moment in (AT, start, FIFTH_DAY_ENDS - timedelta(seconds=1), FIFTH_DAY_ENDS)
    }
    assert list(words.values()) == ["待公示", "公示中", "公示中", "公示期满"]


def test_open_objection_shows_to_the_office_and_not_to_the_public(season):
    made = opened(season)
    filed(made)
    _page, [row] = selectors.page_for_office(OFFICE, season, None, at=AT)
    assert row.word == "有异议"
    assert selectors.get_public_notice(season, made.number, at=AT).word == "公示中"


def test_publishing_and_taking_down_are_on_the_record_without_names(season):
    made = opened(season)
    services.take_down(actor=OFFICE, notice=made, reason="名单有误，另行公示", at=AT)
    entry = told("notice.opened")
    assert entry["subject"] == "notice:1"
    assert {key: entry["data"][key] for key in ("title", "subject", "rows", "closes")} == {
        "title": "晋级总决赛选手名单公示",
        "subject": "stage-result:heat",
        "rows": 11,
        "closes": "2022-07-26T00:00:00+08:00",
    }
    assert "选手1" not in json.dumps(entry, ensure_ascii=False)
    assert told("notice.taken_down")["data"]["reason"] == "名单有误，另行公示"
    made.refresh_from_db()
    assert (made.state, made.down_reason) == ("down", "名单有误，另行公示")
    with pytest.raises(DomainError, match="notice_not_open"):
        services.take_down(actor=OFFICE, notice=made, reason="再次", at=AT)


def test_what_was_published_is_not_changed(season):
    made = opened(season)
    with pytest.raises(DomainError, match="notice_not_draft"):
        services.revise_notice(actor=OFFICE, notice=made, draft=draft(title="另一个标题"))
    with pytest.raises(DomainError, match="notice_not_draft"):
        services.drop_notice(actor=OFFICE, notice=made)


def test_nobody_but_the_office_publishes(season):
    with pytest.raises(DomainError, match="forbidden"):
        services.draft_notice(actor=SUPERVISOR, season=season, draft=draft(), at=AT)
    made = services.draft_notice(actor=OFFICE, season=season, draft=draft(), at=AT)
    with pytest.raises(DomainError, match="forbidden"):
        services.publish_notice(actor=SUPERVISOR, notice=made, at=AT)


def test_city_publishes_its_own_people_alone(season):
    city = make.actor("local_office", season=CODE, unit="51/5101/", account="31")
    made = services.draft_notice(
        actor=city,
        season=season,
        draft=draft(subject="entries:selection", basis="", within=5),
        at=AT,
    )
    assert (made.path, {row[3] for row in made.rows}) == ("51/5101/", {"成都市"})
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_notice_for_office(city, season, opened(season).number)


def test_announcement_has_no_period_and_needs_no_list(season):
    made = opened(season, kind="plain", subject="", basis="", title="关于调整赛点的公告")
    assert (made.closes_at, made.rows) == (None, [])
    assert selectors.shown(made, at=AT + timedelta(days=400)).word == "已发布"


def test_list_without_anybody_is_not_published(season):
    # Awards hang on the last stage's result, which is not decided yet.
    with pytest.raises(DomainError, match="notice_list_empty"):
        opened(season, subject="awards:heat", basis="", within=3)
    assert "awards:heat" not in dict(selectors.subject_choices(season))


def test_open_notice_does_it_in_one_go(season):
    made = services.open_notice(
        actor=OFFICE,
        season=season,
        subject="advancement:heat",
        title="晋级名单公示",
        text="现予公示。",
        days=3,
        at=AT,
    )
    # 18 July counts, so that the third day is the 20th.
    assert (made.state, made.closes_at) == ("open", datetime(2022, 7, 20, 16, 0, tzinfo=UTC))


def test_printed_notice_is_a_pdf_that_shows_its_list(season):
    made = printing.pdf(opened(season))
    assert made.startswith(b"%PDF-")


def test_character_that_no_font_has_is_refused_by_name(season):
    made = opened(season)
    Notice.objects.filter(pk=made.pk).update(title="𠮷知秋公示")
    made.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        printing.pdf(made)
    assert refused.value.data == {"text": "𠮷知秋公示", "character": "𠮷"}


def test_list_of_the_callers_own_is_published_as_it_is_and_never_with_a_number(season):
    told = {
        "actor": OFFICE,
        "season": season,
        "subject": "works:2022",
        "title": "拟采用作品公示",
        "text": "现予公示。",
        "columns": ["作品", "作者"],
        "days": 5,
        "at": AT,
    }
    made = services.open_notice(rows=[["《山河》", "某某"]], **told)
    assert (made.subject, made.rows, made.version) == ("works:2022", [["《山河》", "某某"]], None)
    for number in ("19900000321", "00000020000101000X"):
        with pytest.raises(DomainError, match="notice_list_numbers"):
            services.open_notice(rows=[["《山河》", f"某某{number}"]], **told)


def test_office_hears_that_the_published_ranking_has_been_corrected(season):
    made = opened(season)
    assert selectors.office_notice(OFFICE, made, at=AT).newer == 0
    small.score(season, "heat", {"5104-1": (9600, 3400, 3100)})
    small.held(season, "heat", publish=True)
    assert selectors.office_notice(OFFICE, made, at=AT).newer == made.version + 1


def test_the_list_of_awards_stands_in_the_order_in_which_they_are_read_out(season):
    """自贡 94.00 + 85.00 before 成都 88.00 + 86.00; then the title of whoever was best alone.

    Last the best of each delegation in the heat, in the order of their codes; of 自贡 the second,
    since the first has that title. One row is written anew, as a later award may be.
    """
    small.score(season, "final", small.FINAL)
    result = small.held(season, "final")
    first = result.awards.get(position=1)
    number, first.pk = first.pk, None
    first.save()
    result.awards.filter(pk=number).delete()
    assert lists.list_of(season, "awards:final").rows == [
        ["一等奖", "自贡市", "", "自贡市"],
        ["二等奖", "成都市", "", "成都市"],
        ["人社知识通", "选手1", "自贡市", "自贡市"],
        ["岗位练兵明星", "选手1", "省本级", "省本级"],
        ["岗位练兵明星", "选手1", "成都市", "成都市"],
        ["岗位练兵明星", "选手2", "自贡市", "自贡市"],
        ["岗位练兵明星", "选手1", "攀枝花市", "攀枝花市"],
    ]


def test_a_column_that_only_repeats_the_next_is_kept_on_record_and_not_shown(season):
    """Everybody here is of their city itself, as the delegation is called."""
    made = opened(season, subject="advancement:heat", basis="", within=3)
    assert made.columns == ["姓名", "单位", "代表队", "赛项", "晋级"]
    columns, rows = made.table
    assert columns == ["姓名", "代表队", "赛项", "晋级"]
    assert rows[0] == [made.rows[0][0], *made.rows[0][2:]]
    made.rows[0][1] = "政务服务大厅"
    assert made.table == (made.columns, made.rows)
