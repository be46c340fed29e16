"""A published result is the captain's and the members' alike: total, rank, award. Nobody else's."""

from __future__ import annotations

import pytest

from leitai.kernel.errors import DomainError
from leitai.results import selectors
from tests.factories import teams
from tests.factories.teams import CODE, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def result():
    """成都市 has 130 points, 自贡市 has 150."""
    season = teams.open_season()
    first, second = teams.entered(season)
    teams.confirm(season)
    return teams.played(season, (first, 130), (second, 150))


def test_every_member_sees_the_place_of_the_team(result):
    for code in "abc":
        own = selectors.get_own_result_for(who(code), CODE, "match")
        assert (own.entry.name, own.total, own.rank, own.of) == ("芙蓉队", "130", 2, 2)
        assert [title for title, _reason in own.awards] == ["二等奖"]
        assert "团队总分130" in own.awards[0][1]
        assert own.why is not None
        assert own.why.upper.name == "盐都队"
    [other] = selectors.list_own_results_for(who("f"), CODE)
    assert (other.entry.name, other.total, other.rank) == ("盐都队", "150", 1)
    assert [title for title, _reason in other.awards] == ["一等奖"]


def test_who_is_in_no_team_has_no_result(result):
    assert selectors.list_own_results_for(who("g"), CODE) == []
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_own_result_for(who("g"), CODE, "match")
    assert selectors.sight_of(who("b"), result).own
    assert not selectors.sight_of(who("g"), result).own
