from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from leitai.rulebook import load, packaged
from leitai.seasons.models import CalendarWindow
from leitai.seasons.selectors import next_up
from leitai.seasons.selectors.flow import Box, Fork, flow, prizes
from leitai.seasons.selectors.progress import Phase, StageProgress, Tally
from leitai.seasons.selectors.timetable import timetable

LAW = load(packaged("sichuan-2022"))


def at(month, day, hour=1, year=2022):
    return datetime(year, month, day, hour, tzinfo=UTC)


def window(name, opens_at, closes_at):
    return CalendarWindow(name=name, opens_at=opens_at, closes_at=closes_at)


WINDOWS = {
    "selection": window("selection", at(4, 1), at(6, 10)),
    "advancement": window("advancement", at(7, 15), at(7, 15, 3)),
    "final": window("final", at(8, 18), at(8, 18, 3)),
}


def marks(plan):
    return [(mark.label, mark.kind, mark.state, mark.start, mark.end) for mark in plan.marks]


def test_timetable_draws_windows_and_the_notices_own_days():
    plan = timetable(LAW, WINDOWS, at=at(7, 4), upcoming="advancement")
    assert marks(plan) == [
        ("公布大纲题库", "stone", "past", date(2022, 3, 31), date(2022, 3, 31)),
        ("市（州）选拔赛", "bar", "past", date(2022, 4, 1), date(2022, 6, 10)),
        ("岗位练兵", "bar", "live", date(2022, 4, 1), date(2022, 9, 30)),
        ("全省晋级赛", "stone", "next", date(2022, 7, 15), date(2022, 7, 15)),
        ("全省总决赛", "stone", "todo", date(2022, 8, 18), date(2022, 8, 18)),
        ("全国统一在线比试", "stone", "todo", date(2022, 9, 30), date(2022, 9, 30)),
    ]
    assert [lane.label for lane in plan.lanes][:2] == ["竞赛比武", "其他安排"]
    assert plan.today is not None


def test_timetable_without_any_window_draws_the_notices_days():
    labels = [label for label, *_ in marks(timetable(LAW, {}, at=at(3, 1)))]
    assert labels == [
        "公布大纲题库",
        "岗位练兵",
        "市（州）选拔赛",
        "全省晋级赛",
        "全省总决赛",
        "全国统一在线比试",
    ]


def test_timetable_of_a_moved_season_leaves_the_old_days_out():
    moved = {
        name: window(name, one.opens_at.replace(year=2026), one.closes_at.replace(year=2026))
        for name, one in WINDOWS.items()
    }
    plan = timetable(LAW, moved, at=at(7, 4, year=2026))
    assert [label for label, *_ in marks(plan)] == ["市（州）选拔赛", "全省晋级赛", "全省总决赛"]


def test_timetable_keeps_words_apart_when_everything_is_on_one_day():
    close = {
        name: window(name, at(7, 15, hour), at(7, 15, hour + 1))
        for name, hour in (("selection", 0), ("advancement", 2), ("final", 4))
    }
    plan = timetable(LAW, close, at=at(7, 15))
    assert [len(lane.marks) for lane in plan.lanes][:3] == [1, 1, 1]


def test_words_of_ten_characters_do_not_run_into_the_next_stone():
    # 120 days on 900 pixels: ten characters of 14, the mark and a gap need 182, that is 25 days.
    planned = LAW.calendar["final"]
    law = replace(
        LAW,
        stages={},
        calendar={
            "a": replace(
                planned,
                title="报送全国比试选手名单",
                earliest=date(2022, 3, 1),
                latest=date(2022, 3, 1),
            ),
            "b": replace(
                planned, title="集训", earliest=date(2022, 3, 23), latest=date(2022, 3, 23)
            ),
            "c": replace(
                planned, title="比试", earliest=date(2022, 6, 29), latest=date(2022, 6, 29)
            ),
        },
    )
    plan = timetable(law, {}, at=at(3, 1))
    assert [[drawn.mark.label for drawn in lane.marks] for lane in plan.lanes] == [
        ["报送全国比试选手名单", "比试"],
        ["集训"],
    ]


def test_timetable_of_a_rulebook_without_a_calendar_is_empty():
    bare = replace(
        LAW,
        calendar={},
        stages={code: replace(stage, window=None) for code, stage in LAW.stages.items()},
    )
    assert timetable(bare, {}, at=at(7, 4)).marks == ()


@pytest.mark.parametrize(
    ("now", "code", "running", "days"),
    [
        (at(7, 4), "advancement", False, 11),
        (datetime(2022, 7, 14, 17, tzinfo=UTC), "advancement", False, 0),  # one in the morning
        (at(7, 15, 2), "advancement", True, 0),
        (at(7, 15, 4), "final", False, 34),
    ],
)
def test_next_up_is_the_contest_that_runs_or_comes(now, code, running, days):
    coming = next_up(LAW, WINDOWS, at=now)
    assert (coming.code, coming.running, coming.days) == (code, running, days)


def test_of_two_contests_in_one_window_the_earlier_stage_comes_next():
    """As the first seed's semifinal and final, whose codes stand the other way round."""
    shared = {code: replace(stage, window="final") for code, stage in LAW.stages.items()}
    law = replace(LAW, stages=shared, stage_order=("final", "advancement"))
    assert next_up(law, WINDOWS, at=at(7, 4)).code == "final"


def test_next_up_after_everything_is_nothing():
    assert next_up(LAW, WINDOWS, at=at(8, 19)) is None
    assert next_up(LAW, {}, at=at(7, 4)) is None


def test_flow_goes_from_selection_to_the_final():
    progress = [
        StageProgress(
            "selection", LAW.stages["selection"], None, Phase.DONE, Tally(880, 880), 22, 22
        ),
        StageProgress(
            "advancement", LAW.stages["advancement"], None, Phase.TODO, Tally(880), 22, 0
        ),
        StageProgress("final", LAW.stages["final"], None, Phase.TODO, Tally(), 0, 0),
    ]
    assert flow(LAW, progress, 22) == [
        Box("市（州）选拔赛", "22队 × 40人", "分别选拔产生40名参加全省晋级赛选手", "past"),
        Box("全省晋级赛", "880人参赛", "代表队成绩＝本队前20名得分之和", "next"),
        Fork(
            (
                Box("团体前10名（不占名额的队除外）", "10队 × 20人"),
                Box("个人前100名的其余选手", "以个人身份参赛"),
            )
        ),
        Box("全省总决赛", "设奖10队、15人", "代表队成绩＝晋级队全部参赛选手前20名得分之和"),
    ]


def test_prizes_count_every_place():
    found = prizes(LAW, 22)
    assert [(prize.title, prize.count) for prize in (*found.teams, *found.people)] == [
        ("特等奖", 1),
        ("一等奖", 2),
        ("二等奖", 3),
        ("三等奖", 4),
        ("人社知识通", 15),
        ("岗位练兵明星", 66),
    ]
