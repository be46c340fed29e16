from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from leitai.ledger.models import LedgerEntry
from leitai.rulebook import load, packaged
from leitai.seasons import selectors, services
from leitai.seasons.models import CalendarWindow
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
PUBLIC = f"/s/{make.CODE}/"
RULES = f"/s/{make.CODE}/rules/"
OFFICE = f"/office/{make.CODE}/"
CALENDAR = f"/office/{make.CODE}/calendar/"
PAGES = (PUBLIC, RULES, OFFICE, CALENDAR)
QUESTIONS = len(load(packaged(make.CODE)).assumptions)
ROLES = ("office", "supervisor", "unit_manager", "exam_officer")


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def as_role(client):
    """Sign the client in with a role in the season ("" signs nobody in)."""

    def sign(role, season=make.CODE):
        if role:
            client.force_login(people.account(f"a-{role}", role, season=season))
        return client

    return sign


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("", [200, 200, 302, 302]),
        ("unit_manager", [200, 200, 403, 403]),
        ("exam_officer", [200, 200, 403, 403]),
        ("supervisor", [200, 200, 200, 200]),
        ("office", [200, 200, 200, 200]),
    ],
)
def test_pages_of_an_open_season_open_for(as_role, role, answers):
    make.opened()
    client = as_role(role)
    assert [client.get(page).status_code for page in PAGES] == answers


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("", [404, 404, 302, 302]),
        ("unit_manager", [404, 404, 403, 403]),
        ("office", [200, 200, 200, 200]),
    ],
)
def test_pages_of_a_season_in_preparation_open_for(as_role, role, answers):
    make.draft()
    client = as_role(role)
    assert [client.get(page).status_code for page in PAGES] == answers


def test_pages_of_an_unknown_season_are_missing(as_role):
    client = as_role("")
    assert client.get("/s/nothing/").status_code == 404


def test_foreign_office_stays_outside(as_role):
    make.opened()
    client = as_role("office", season="other")
    assert client.get(OFFICE).status_code == 403


def test_public_page_says_what_when_and_who(client):
    make.opened()
    page = text_of(client.get(PUBLIC))
    for words in (
        "四川人社窗口单位业务技能练兵比武",
        "2022年度赛季",
        "省、市、县、乡、村五级人社窗口单位全员参加",
        '<p aria-hidden="true">练兵比武强技能</p><p aria-hidden="true">人社服务树新风</p>',
        "22队 × 40人",
        "团体前10名（不占名额的队除外）",
        "10队 × 20人",
        "个人前100名的其余选手",
        "设奖10队、15人",
        "特等奖 <b>1</b>",
        "人社知识通 <b>15</b>",
        "岗位练兵明星 <b>66</b>",
    ):
        assert words in page


def test_public_page_counts_who_takes_part_once_lists_are_shown(client):
    season = make.opened()
    assert "还没有报送名单" in text_of(client.get(PUBLIC))
    make.nominated(season, "5101", 3)
    page = text_of(client.get(PUBLIC))
    assert '<tr><td>成都市</td><td class="r">3</td></tr>' in page
    assert '<tr><td>自贡市</td><td class="r">—</td></tr>' in page


def test_public_page_names_nobody(client):
    season = make.opened()
    make.nominated(season, "5101", 1)
    assert "选手1" not in text_of(client.get(PUBLIC))


@pytest.mark.parametrize(
    ("days", "words"), [(30, "天后开考"), (0, "今天开考"), (-1, "各阶段比赛均已结束")]
)
def test_public_page_counts_down_to_the_next_contest(client, days, words):
    season = make.opened()
    day = timezone.localtime().replace(hour=23, minute=58, second=0) + timedelta(days=days)
    for name in ("advancement", "final"):
        services.set_window(
            actor=make.OFFICE,
            season=season,
            name=name,
            opens_at=day,
            closes_at=day + timedelta(minutes=1),
            reason="演练",
            at=timezone.now(),
        )
    assert words in text_of(client.get(PUBLIC))


def test_office_page_waits_for_assumptions_and_calendar(as_role):
    make.draft()
    page = text_of(as_role("office").get(OFFICE))
    assert f"{QUESTIONS}项待确认" in page
    assert "全省晋级赛、全省总决赛" in page
    assert page.count('name="note"') == QUESTIONS
    assert "可以启动赛季了" not in page


def test_office_confirms_an_assumption_and_comes_back(as_role):
    season = make.draft()
    client = as_role("office")
    answer = client.post(f"{OFFICE}assumptions/team-ties/confirm/", {"note": "会议纪要3号"})
    assert (answer.status_code, answer.url) == (302, OFFICE)
    page = text_of(client.get(OFFICE))
    assert (f"{QUESTIONS - 1}项待确认" in page, "会议纪要3号" in page) == (True, True)
    assert [state.key for state in selectors.list_assumptions(season) if state.confirmed] == [
        "team-ties"
    ]


def test_office_opens_the_season_when_everything_is_ready(as_role):
    season = make.draft()
    make.confirm_all(season)
    make.set_windows(season)
    client = as_role("office")
    assert "可以启动赛季了" in text_of(client.get(OFFICE))
    page = text_of(client.post(f"{OFFICE}open/", follow=True))
    assert "赛季已启动" in page
    assert selectors.get_season(make.CODE).state == "open"


def test_office_cannot_open_what_is_not_ready(as_role):
    make.draft()
    answer = as_role("office").post(f"{OFFICE}open/")
    assert answer.status_code == 422
    assert f"还有{QUESTIONS}个待定事项没有确认" in text_of(answer)


@pytest.mark.parametrize("role", ["supervisor", "unit_manager", "exam_officer"])
def test_only_the_office_acts(as_role, role):
    season = make.draft()
    client = as_role(role)
    for address in (f"{OFFICE}assumptions/team-ties/confirm/", f"{OFFICE}open/"):
        assert client.post(address).status_code == 403
    opens_at, closes_at = make.WINDOWS["final"]
    window = {"name": "final", "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    assert client.post(CALENDAR, window).status_code == 403
    assert CalendarWindow.objects.filter(season=season).count() == 0


def test_supervisor_sees_the_office_page_without_its_acts(as_role):
    make.draft()
    page = text_of(as_role("supervisor").get(OFFICE))
    assert "待组委会确认" in page
    assert 'name="note"' not in page


def test_office_page_shows_each_delegations_progress(as_role):
    season = make.opened()
    make.nominated(season, "5101", 2)
    page = text_of(as_role("office").get(OFFICE))
    assert "成都市" in page
    assert "1 / 22" in page
    assert "链条完整" in page


def test_office_page_sees_a_changed_record(as_role):
    make.opened()
    LedgerEntry.objects.filter(chain=make.CODE, seq=2).update(actor="0")
    assert "链条不相连" in text_of(as_role("office").get(OFFICE))


def test_calendar_sets_a_window_in_the_committees_time(as_role):
    season = make.draft()
    client = as_role("office")
    window = {
        "name": "advancement",
        "opens_at": "2022-07-15T09:30",
        "closes_at": "2022-07-15T11:00",
    }
    page = text_of(client.post(CALENDAR, window, follow=True))
    assert "日程已保存" in page
    assert "符合方案" in page
    kept = selectors.current_windows(season)["advancement"]
    assert kept.opens_at == datetime(2022, 7, 15, 1, 30, tzinfo=UTC)
    assert 'value="2022-07-15T09:30"' in text_of(client.get(f"{CALENDAR}?name=advancement"))


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "words"),
    [
        ("2022-07-21T09:30", "2022-07-21T11:00", "全省晋级赛与竞赛规则的日期不符（7月20日前）"),
        ("2022-07-15T11:00", "2022-07-15T09:30", "全省晋级赛的结束时间应在开始时间之后"),
        ("yesterday", "2022-07-15T09:30", "的形式填写日期和时间"),
    ],
)
def test_calendar_says_what_is_wrong_and_keeps_what_was_typed(as_role, opens_at, closes_at, words):
    make.draft()
    window = {"name": "advancement", "opens_at": opens_at, "closes_at": closes_at}
    answer = as_role("office").post(CALENDAR, window)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert opens_at in text_of(answer)


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"), [(PUBLIC, 8), (RULES, 7), (OFFICE, 23), (CALENDAR, 13)]
)
def test_pages_take_as_many_queries_however_many_rows(
    as_role, django_assert_max_num_queries, page, queries, entries
):
    season = make.opened()
    for unit in ("5101", "5103", "5104")[:entries]:
        make.nominated(season, unit, entries)
    client = as_role("" if page in (PUBLIC, RULES) else "office")
    client.get(page)
    with django_assert_max_num_queries(queries):
        client.get(page)


def test_english_reader_gets_english_dates(client):
    make.opened()
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in text_of(client.get(PUBLIC))


def test_season_in_another_house_needs_its_host(as_role):
    services.create_season(actor=HOUSE, rulebook=make.CODE, at=make.AT)
    assert selectors.host_path(selectors.get_season(make.CODE)) == "51/"
