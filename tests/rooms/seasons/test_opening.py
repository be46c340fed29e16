from datetime import UTC, datetime, timedelta

import pytest

from leitai.base import events
from leitai.base.errors import text_of
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.rulebook import load, packaged
from leitai.seasons import selectors, services
from leitai.seasons.events import SeasonOpened, WindowSet
from leitai.seasons.models import CalendarWindow, RulebookVersion, Season
from leitai.units import services as units
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db


def acts():
    return list(LedgerEntry.objects.filter(chain=make.CODE).values_list("act", flat=True))


def refused(expected, /, call, **arguments):
    with pytest.raises(DomainError) as caught:
        call(at=make.AT, **arguments)
    assert caught.value.code == expected
    return text_of(caught.value)


@pytest.fixture
def heard():
    told = []
    for kind in (SeasonOpened, WindowSet):
        events.in_transaction(kind, told.append)
    yield told
    for kind in (SeasonOpened, WindowSet):
        events._inside[kind].remove(told.append)


def test_create_season_binds_the_rulebook_and_makes_its_stages():
    season = services.create_season(actor=HOUSE, rulebook=make.CODE, at=make.AT)
    assert (season.code, season.state) == ("sichuan-2022", "draft")
    assert list(season.stages.values_list("code", "title", "position")) == [
        ("selection", "市（州）选拔赛", 1),
        ("advancement", "全省晋级赛", 2),
        ("final", "全省总决赛", 3),
    ]
    version = season.rulebook
    assert version.text == packaged(make.CODE)
    assert canonical.encode(canonical.decode(bytes(version.canonical))) == bytes(version.canonical)
    assert acts() == ["season.created"]


def test_create_season_stores_the_same_rulebook_once():
    services.create_season(actor=HOUSE, rulebook=make.CODE, at=make.AT)
    services.create_season(actor=HOUSE, rulebook=packaged(make.CODE), code="again", at=make.AT)
    assert (Season.objects.count(), RulebookVersion.objects.count()) == (2, 1)


def test_create_season_refuses():
    create = services.create_season
    refused("forbidden", create, actor=make.OFFICE, rulebook=make.CODE)
    refused("season_code_form", create, actor=HOUSE, rulebook=make.CODE, code="a b")
    services.create_season(actor=HOUSE, rulebook=make.CODE, at=make.AT)
    assert refused("season_exists", create, actor=HOUSE, rulebook=make.CODE) == (
        "赛季代码sichuan-2022已被使用。请换一个代码。"
    )


def test_create_season_says_what_is_wrong_with_a_rulebook():
    text = packaged(make.CODE).replace("theme:", "motto:")
    with pytest.raises(Problems) as caught:
        services.create_season(actor=HOUSE, rulebook=text, at=make.AT)
    assert text_of(caught.value).startswith("rulebook.yaml:8:1: motto：没有“motto”这个键。")
    assert Season.objects.count() == 0


def test_rulebook_of_parses_a_text_once():
    season = make.draft()
    again = selectors.get_season(make.CODE)
    assert selectors.rulebook_of(season) is selectors.rulebook_of(again)
    assert selectors.rulebook_of(season).hash == season.rulebook.hash


def test_confirm_assumption_is_recorded_once():
    season = make.draft()
    before = [state.key for state in selectors.open_assumptions(season)]
    for _ in range(2):
        services.confirm_assumption(
            actor=make.OFFICE, season=season, key="team-ties", at=make.AT, note="第三次会议"
        )
    assert [state.key for state in selectors.open_assumptions(season)] == [
        key for key in before if key != "team-ties"
    ]
    state = {state.key: state for state in selectors.list_assumptions(season)}["team-ties"]
    assert (state.confirmed_by, state.confirmed_at, state.note) == ("9", make.AT, "第三次会议")
    assert acts().count("assumption.confirmed") == 1


def test_confirm_assumption_is_for_the_office_of_the_host():
    season = make.draft()
    confirm = services.confirm_assumption
    for actor in (
        HOUSE,
        people.actor("supervisor", season=make.CODE),
        people.actor("office", season="other"),
        people.actor("office", season=make.CODE, unit="51/5101/"),
    ):
        refused("forbidden", confirm, actor=actor, season=season, key="team-ties")
    refused("assumption_unknown", confirm, actor=make.OFFICE, season=season, key="weather")


def test_set_window_within_the_notice_needs_no_reason(heard):
    season = make.draft()
    opens_at, closes_at = make.WINDOWS["advancement"]
    window = services.set_window(
        actor=make.OFFICE,
        season=season,
        name="advancement",
        opens_at=opens_at,
        closes_at=closes_at,
        at=make.AT,
    )
    assert window.deviation == ""
    assert heard == [WindowSet(make.CODE, "advancement", opens_at, closes_at)]
    assert acts()[-1] == "calendar.set"


@pytest.mark.parametrize(
    ("closes_at", "deviates"),
    [
        (datetime(2022, 7, 20, 15, 59, tzinfo=UTC), False),  # 23:59 of the latest day in Chengdu
        (datetime(2022, 7, 20, 16, 0, tzinfo=UTC), False),  # midnight still ends that day
        (datetime(2022, 7, 20, 16, 1, tzinfo=UTC), True),
    ],
)
def test_set_window_counts_days_where_the_committee_lives(closes_at, deviates):
    season = make.draft()
    window = services.set_window(
        actor=make.OFFICE,
        season=season,
        name="advancement",
        opens_at=closes_at - timedelta(hours=1),
        closes_at=closes_at,
        reason="场地检修",
        at=make.AT,
    )
    assert (window.deviation == "场地检修") is deviates


def test_set_window_outside_the_notice_needs_a_reason():
    season = make.draft()
    late = {
        "actor": make.OFFICE,
        "season": season,
        "name": "advancement",
        "opens_at": datetime(2022, 7, 21, 1, 0, tzinfo=UTC),
        "closes_at": datetime(2022, 7, 21, 3, 0, tzinfo=UTC),
    }
    assert refused("window_deviates", services.set_window, reason="  ", **late) == (
        "全省晋级赛与竞赛规则的日期不符（7月20日前）。如确需调整，请填写原因。"
    )
    assert CalendarWindow.objects.count() == 0
    window = services.set_window(reason="高温限电", at=make.AT, **late)
    assert window.deviation == "高温限电"
    assert acts()[-1] == "calendar.deviated"


def test_set_window_holds_the_earliest_day():
    season = make.draft()
    refused(
        "window_deviates",
        services.set_window,
        actor=make.OFFICE,
        season=season,
        name="practice",
        opens_at=datetime(2022, 3, 31, 15, 59, tzinfo=UTC),
        closes_at=datetime(2022, 12, 31, tzinfo=UTC),
    )


def test_set_window_again_counts_and_the_older_stays():
    season = make.draft()
    make.set_windows(season)
    opens_at, closes_at = make.WINDOWS["final"]
    services.set_window(
        actor=make.OFFICE,
        season=season,
        name="final",
        opens_at=opens_at + timedelta(days=1),
        closes_at=closes_at + timedelta(days=1),
        at=make.AT,
    )
    assert selectors.window_of(season, "final").opens_at == opens_at + timedelta(days=1)
    assert season.windows.filter(name="final").count() == 2


def test_set_window_refuses():
    season = make.draft()
    opens_at, closes_at = make.WINDOWS["final"]
    times = {"season": season, "opens_at": opens_at, "closes_at": closes_at}
    refused("window_unknown", services.set_window, actor=make.OFFICE, name="picnic", **times)
    refused("forbidden", services.set_window, actor=HOUSE, name="final", **times)
    times["closes_at"] = opens_at
    refused("window_backwards", services.set_window, actor=make.OFFICE, name="final", **times)


def test_open_season_waits_for_assumptions_then_windows_then_delegations():
    load_packaged()
    season = services.create_season(actor=HOUSE, rulebook=make.CODE, at=make.AT)
    start = {"call": services.open_season, "actor": make.OFFICE, "season": season}
    assert refused("season_assumptions_open", **start).startswith(
        f"还有{len(load(packaged(make.CODE)).assumptions)}个待定事项没有确认："
    )
    make.confirm_all(season)
    assert refused("season_windows_missing", **start) == (
        "还没有填写日程：全省晋级赛、全省总决赛。请填好后再启动。"
    )
    make.set_windows(season)
    refused("season_delegations_missing", **start)
    assert season.state == "draft"


def test_open_season_refuses_more_teams_to_advance_than_compete():
    load_packaged()
    season = services.create_season(
        actor=HOUSE, rulebook=packaged(make.CODE).replace("teams: 10", "teams: 22"), at=make.AT
    )
    law = selectors.rulebook_of(season)
    units.make_delegations(actor=HOUSE, season_code=season.code, rulebook=law, at=make.AT)
    make.confirm_all(season)
    make.set_windows(season)
    said = refused("season_teams_short", services.open_season, actor=make.OFFICE, season=season)
    assert said == (
        "全省晋级赛应有22支代表队晋级，可晋级的代表队只有21支。请核对竞赛规则和代表队。"
    )


def test_open_season_opens_once(heard):
    season = make.opened()
    assert (season.state, season.opened_at) == ("open", make.AT)
    heard.clear()
    later = make.AT + timedelta(days=1)
    again = services.open_season(actor=make.OFFICE, season=season, at=later)
    assert (again.opened_at, heard) == (make.AT, [])
    assert acts().count("season.opened") == 1


def test_open_season_is_for_the_office():
    refused("forbidden", services.open_season, actor=HOUSE, season=make.draft())
