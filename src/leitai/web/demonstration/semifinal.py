"""The first seed's contest before its final: one gave up a place, the next may move up."""

from __future__ import annotations

from datetime import datetime

from leitai.base.actor import Actor
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.results import services as results
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import NewScore
from leitai.web.demonstration import northern
from leitai.web.demonstration.chance import Chance

SEASON = "inner-mongolia-2022"
EVENTS = ("theory", "showcase")
LEAST, SPREAD = 7000, 2800  # hundredths
# By name, in days from today.
WINDOWS = {
    "contacts": (-40, -33),
    "league": (-30, 1),
    "works": (-40, -10),
    "region": (-3, 8),
    "national": (30, 33),
}
ILL = "因病住院，不能参加决赛，盟市来函说明。"


def stage_semifinal(officers: dict[Role, Actor], at: datetime) -> None:
    if Season.objects.filter(code=SEASON).exists():
        return
    office, chance = officers[Role.OFFICE], Chance("semifinal")
    season = northern.open_season(SEASON, office, WINDOWS, at)
    _enter(season, office, chance, at)
    _decide(season, "league", officers, at)
    _record(season, office, chance, at)
    _decide(season, "semifinal", officers, at)
    finalist = Entry.objects.filter(stage__season=season, stage__code="final").order_by("code")[2]
    seasons.withdraw_entry(
        actor=office, season=season, stage="final", entry=finalist, reason=ILL, at=at
    )


def _enter(season: Season, office: Actor, chance: Chance, at: datetime) -> None:
    cast = list(northern.contestants("S", 6000, chance.child("cast"), at))
    people.create_people(actor=office, people=[one for _league, _track, one in cast], at=at)
    for league, track, person in cast:
        seasons.nominate(
            actor=office,
            season=season,
            stage="league",
            delegation=league,
            people=[person.code],
            track=track,
            at=at,
        )
    seasons.confirm_entries(actor=office, season=season, stage="league", at=at)


def _record(season: Season, office: Actor, chance: Chance, at: datetime) -> None:
    """Both events' marks, as signed lists bring them."""
    for event in EVENTS:
        for track in (northern.GUIDANCE, northern.GRASSROOTS):
            entries = Entry.objects.filter(
                stage__season=season, stage__code="semifinal", track=track
            )
            scores = [
                NewScore(
                    one.code,
                    LEAST + chance.child(event, one.code).below(SPREAD),
                    2,
                    "score-list:semifinal",
                )
                for one in entries
            ]
            seasons.record_reported(
                actor=office,
                season=season,
                stage="semifinal",
                event=event,
                track=track,
                scores=scores,
                at=at,
            )


def _decide(season: Season, stage: str, officers: dict[Role, Actor], at: datetime) -> None:
    """Compute, let the committee confirm the lists where the rules ask for it, confirm, publish."""
    office, leader = officers[Role.OFFICE], officers[Role.LEADER]
    result = results.compute_stage(actor=office, season=season, stage=stage, at=at)
    while result.blocked:
        result = results.resolve_by_decision(
            actor=leader, result=result, index=0, note="演示：组委会会议确认。", at=at
        )
    result = results.confirm_result(actor=office, result=result, at=at)
    results.publish_result(actor=office, result=result, at=at)
