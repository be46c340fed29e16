"""A team's members see it as their captain does, once it is confirmed; nobody else sees it."""

from __future__ import annotations

import pytest

from leitai.base.actor import NOBODY
from leitai.registration import selectors
from leitai.seasons import services as seasons
from leitai.seasons.selectors import entries_with
from tests.factories import teams
from tests.factories.teams import AT, OFFICE, who
from tests.planting import copied, once

pytestmark = pytest.mark.django_db


planted = once(teams.open_season)
season = copied


def teams_of(code):
    found = selectors.list_own_teams(who(code))
    return [
        (one.entry.name, one.track, one.entry.delegation.name, one.entry.state) for one in found
    ]


def test_a_team_is_its_captains_at_once_and_its_members_when_it_is_confirmed(season):
    teams.entered(season)
    assert teams_of("a") == [("芙蓉队", "团体赛", "成都市", "nominated")]
    assert teams_of("b") == teams_of("c") == teams_of("g") == []
    teams.confirm(season)
    mine = [("芙蓉队", "团体赛", "成都市", "confirmed")]
    assert teams_of("a") == teams_of("b") == teams_of("c") == mine
    assert teams_of("d") == teams_of("f") == [("盐都队", "团体赛", "自贡市", "confirmed")]
    assert teams_of("g") == []  # on the roster of the same unit, in no team
    assert selectors.list_own_teams(NOBODY) == selectors.list_own_teams(OFFICE) == []
    [shown] = selectors.list_own_teams(who("b"))
    named = [one.person.name for one in shown.entry.members.all()]
    assert named == ["钟鼓楼", "易水寒", "闻一鸣"]


def test_a_team_that_withdrew_is_its_captains_alone(season):
    entry, _other = teams.entered(season)
    teams.confirm(season)
    seasons.withdraw_entry(
        actor=OFFICE, season=season, stage="match", entry=entry, reason="有事", at=AT
    )
    assert teams_of("a") == [("芙蓉队", "团体赛", "成都市", "withdrawn")]
    assert teams_of("b") == []


def test_each_of_the_team_sees_the_lot_that_it_drew(season):
    first, second = teams.entered(season)
    pool = [first.code, second.code]
    drawn = seasons.record_draw(
        actor=OFFICE, season=season, purpose="台号", pool=pool, key="两队2026", at=AT
    )
    seasons.record_draw(
        actor=OFFICE, season=season, purpose="其他", pool=["x", "y"], key="1", at=AT
    )
    teams.confirm(season)
    place = 1 if drawn.outcome[0] == first.code else 2
    [mine], [theirs] = (selectors.list_own_teams(who(code)) for code in "be")
    assert mine.lots == ((drawn.number, "台号", place),)
    assert theirs.lots == ((drawn.number, "台号", 3 - place),)


def test_what_somebody_takes_part_in_is_found_once_and_in_one_query(
    season, django_assert_num_queries
):
    entry, _other = teams.entered(season)
    teams.confirm(season)
    assert list(entries_with("a")) == list(entries_with("c")) == [entry]  # the captain is member 1
    assert not entries_with("").exists()
    assert not entries_with("nobody").exists()
    with django_assert_num_queries(1):
        assert entries_with("b").filter(stage=entry.stage_id).exists()
