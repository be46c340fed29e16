"""Whoever competes in a team is a contestant and may ask for a recheck; a stranger may not."""

from __future__ import annotations

import pytest

from leitai.notices import remedies
from leitai.seasons import selectors as seasons
from tests.factories import teams
from tests.factories.teams import who

pytestmark = pytest.mark.django_db


@pytest.fixture
def recheck():
    """成都市's team of a, b and c has played; g is in no team."""
    season = teams.open_season()
    first, second = teams.entered(season)
    teams.confirm(season)
    teams.played(season, (first, 130), (second, 150))
    return season, remedies.get_appeal(seasons.rulebook_of(season), "~recheck")


def test_every_member_of_a_team_may_ask(recheck):
    season, appeal = recheck
    assert "contestant" in appeal.by
    assert [remedies.may_use(who(code), season, appeal) for code in "abcf"] == [True] * 4


def test_who_competes_in_no_team_may_not(recheck):
    season, appeal = recheck
    assert not remedies.may_use(who("g"), season, appeal)
