"""A quiz of two teams, for what the people of a team see: seven people, 芙蓉队 and 盐都队."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from leitai import rulebook
from leitai.base.actor import Actor
from leitai.people import services as roster
from leitai.people.services import NewPerson
from leitai.registration import services as registration
from leitai.registration.services import TeamLines
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import NewScore
from leitai.units import services as units
from tests.factories import people
from tests.factories.units import HOUSE, load_packaged

AT: Final = datetime(2026, 5, 1, 2, 0, tzinfo=UTC)
CODE: Final = "own-teams-2026"
OFFICE: Final[Actor] = people.actor("office", season=CODE, unit="51/", account="7")
TEXT: Final = f"""\
rulebook: 1
extends: team-quiz
id: {CODE}
add:
  host: {{unit: "51", name: 竞赛组委会}}
  delegations.also:
    - {{unit: "5101", name: 成都市}}
    - {{unit: "5103", name: 自贡市}}
"""
PEOPLE: Final[Mapping[str, tuple[str, str]]] = {
    "a": ("钟鼓楼", "5101"),
    "b": ("易水寒", "5101"),
    "c": ("闻一鸣", "5101"),
    "d": ("申时雨", "5103"),
    "e": ("井研生", "5103"),
    "f": ("汲泉", "5103"),
    "g": ("方山", "5103"),  # of no team
}


def open_season(
    text: str = TEXT, of: Mapping[str, tuple[str, str]] = PEOPLE, office: Actor = OFFICE
) -> Season:
    """Open, everybody on the roster; nobody has entered a team."""
    load_packaged()
    law = rulebook.load(text)
    made = seasons.create_season(actor=HOUSE, rulebook=text, at=AT)
    units.make_delegations(actor=office, season_code=made.code, rulebook=law, at=AT)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=office, season=made, key=key, at=AT)
    for name in law.calendar:
        until = AT.replace(year=2027)
        seasons.set_window(
            actor=office, season=made, name=name, opens_at=AT, closes_at=until, at=AT
        )
    made = seasons.open_season(actor=office, season=made, at=AT)
    new = [NewPerson(code, name, unit) for code, (name, unit) in of.items()]
    roster.create_people(actor=HOUSE, people=new, at=AT)
    return made


def who(code: str) -> Actor:
    """Somebody who is signed in and has no office."""
    return Actor(f"account-{code}", PEOPLE[code][0], code)


def enter(season: Season, name: str, unit: str, codes: str) -> Entry:
    team = TeamLines("match", "teams", unit, name, tuple(codes))
    return registration.save_team(actor=OFFICE, season=season, team=team, entry=None, at=AT)


def entered(season: Season) -> tuple[Entry, Entry]:
    """Both teams, the list not yet confirmed."""
    return enter(season, "芙蓉队", "5101", "abc"), enter(season, "盐都队", "5103", "def")


def confirm(season: Season) -> None:
    seasons.confirm_entries(actor=OFFICE, season=season, stage="match", at=AT)


def played(season: Season, *teams: tuple[Entry, int]) -> StageResult:
    """Their points, the computation, its confirmation and publication."""
    scores = [NewScore(one.code, points, 0, f"test:{one.code}") for one, points in teams]
    seasons.record_scores(
        actor=OFFICE, season=season, stage="match", event="quiz", scores=scores, at=AT
    )
    made = results.compute_stage(actor=OFFICE, season=season, stage="match", at=AT)
    made = results.confirm_result(actor=OFFICE, result=made, at=AT)
    return results.publish_result(actor=OFFICE, result=made, at=AT)
