"""The first seed's buzzer matches: one played to its protocol, one ready for whoever comes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from leitai.lane.keys import LaneRing
from leitai.lane.live import timing
from leitai.lane.live.playing import Playing, Wish
from leitai.lane.live.store import MatchStore
from leitai.lane.live.timing import Link
from leitai.lane.settings import Settings
from leitai.live import services as live
from leitai.live.enums import MatchState
from leitai.live.models import Match
from leitai.live.selectors.cards import cards_of
from leitai.live.services import SeatPlan
from leitai.rulebook import live as referee
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season
from leitai.web.demonstration import northern, semifinal
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.judged import STAGE, Crew

EVENT, BANK = "buzzer", "bank-rsfw"
QUESTIONS, SPARES = 15, 3
TITLES = {
    northern.GUIDANCE: "职业指导人员竞赛抢答赛",
    northern.GRASSROOTS: "基层公共就业服务人员竞赛抢答赛",
}
AGO = timedelta(minutes=40)
SECOND = 1_000_000  # of the match's clock, in µs
RIGHT = 850  # of 1,000 answers
TRIPS = (900, 700)  # µs: the least round trip of a seat on a cable, and what is above it


def stage_quizzes(crew: Crew, at: datetime) -> None:
    """Both matches; one that was interrupted before it was played is played now."""
    season = Season.objects.get(code=semifinal.SEASON)
    if not Match.objects.filter(season=season.code).exists():
        _prepare(season, crew, at)
    match = Match.objects.filter(season=season.code, rehearsal=False).order_by("pk")[0]
    if match.state == MatchState.READY:
        _hold(match, crew, at)


@transaction.atomic
def _prepare(season: Season, crew: Crew, at: datetime) -> None:
    """Seats in a drawn order, sealed questions, frozen rules, a card for each seat."""
    for hours, (track, title) in zip((0, 2), TITLES.items(), strict=True):
        match = live.plan_match(
            actor=crew.office,
            season=season,
            stage=STAGE,
            track=track,
            event=EVENT,
            title=title,
            starts_at=at - AGO + timedelta(hours=hours),
            at=at,
        )
        chance = Chance("buzzer").child(track)
        live.seat_match(actor=crew.office, match=match, seats=_seats(season, track, chance), at=at)
        live.choose_questions(
            actor=crew.office,
            match=match,
            bank_codes=[BANK],
            counts={EVENT: QUESTIONS},
            spares=SPARES,
            seed=f"demonstration/{track}",
            at=at,
        )
        live.make_ready(actor=crew.office, match=match, at=at)


def _seats(season: Season, track: str, chance: Chance) -> list[SeatPlan]:
    standing = Entry.objects.filter(
        stage__season=season, stage__code=STAGE, track=track, state=EntryState.CONFIRMED
    )
    codes = list(standing.order_by("code").values_list("code", flat=True))
    drawn = chance.sample(codes, len(codes))
    return [SeatPlan(str(seat), code) for seat, code in enumerate(drawn, start=1)]


def _hold(match: Match, crew: Crew, at: datetime) -> None:
    """Seats come in, the network is tested, the match is played, and its log becomes scores."""
    chance = Chance("match").child(match.track)
    devices = {}
    for card in cards_of(match):
        device = live.enter_seat(code=card.code, at=at - AGO)
        devices[device.seat] = f"seat:{device.pk}"
    asyncio.run(_measure(match.pk, chance.child("network")))
    live.choose_mode(actor=crew.office, match=match, at=at - AGO)
    asyncio.run(_play(match.pk, devices, f"host:{crew.host.account}", chance.child("play"), at))
    live.score_match(match=match.pk, at=at)


async def _measure(match: int, chance: Chance) -> None:
    """Write what the stage would have measured of every seat."""
    store = _store(match)
    try:
        held = await store.open()
        for seat, epoch in held.epochs.items():
            trips = [TRIPS[0] + chance.child(seat, n).below(TRIPS[1]) for n in range(60)]
            found = timing.measured(trips, TRIPS[1])
            figures = {
                "count": found.count,
                "least_us": found.least,
                "median_us": found.median,
                "p95_us": found.p95,
                "p99_us": found.p99,
                "doubt_us": found.doubt,
            }
            await store.measured(seat, epoch, figures)
    finally:
        store.close()


async def _play(
    match: int, devices: Mapping[str, str], host: str, chance: Chance, at: datetime
) -> None:
    """The stage's own writer and referee; only the people are invented."""
    store = _store(match)
    try:
        held = await store.open()
        begins = round((at - AGO).timestamp() * SECOND)
        game = Game(Playing(held.facts, held.lines, now=begins), devices, host, chance, begins)
        game.play([one.name for one in held.facts.questions if not one.spare])
        await store.append(game.playing.lines, opens=True, closes=True, closed=True)
    finally:
        store.close()


def _store(match: int) -> MatchStore:
    settings = Settings.from_environment()
    return MatchStore(settings, LaneRing(settings.keys), match)


class Game:
    """A match from its first question to its end, on a clock that goes by what is done."""

    def __init__(
        self, playing: Playing, devices: Mapping[str, str], host: str, chance: Chance, begins: int
    ) -> None:
        self.playing = playing
        self._devices = devices
        self._host = host
        self._chance = chance
        self._now = begins

    def play(self, questions: list[str]) -> None:
        self._move("open", value=EVENT)
        for name in questions:
            self._ask(name)
        self._move("close")

    def _ask(self, name: str) -> None:
        """Whoever is quick presses; a wrong answer ends the question unless others may."""
        chance = self._chance.child(name)
        self._move("question", value=name)
        self._wait(9)
        self._move("go")
        able = referee.may_press(self.playing.match)
        went = self._now
        for place, seat in enumerate(chance.sample(able, min(3, len(able)))):
            self._press(seat, went + 620_000 + place * (9_000 + chance.below(180_000)))
        self._wait(1)
        self.playing.tick(self._now)
        question = self.playing.match.question
        while question is not None and question.phase == "answering":
            self._wait(6)
            verdict = "right" if chance.permille(RIGHT) else "wrong"
            self._move("verdict", question.turn[0], verdict)
            question = self.playing.match.question
        self._wait(5)

    def _press(self, seat: str, arrival: int) -> None:
        self._now = max(self._now, arrival)
        self.playing.press(
            seat,
            self._devices[seat],
            q=self.playing.q,
            n=1,
            local_ms=arrival / 1000,
            arrival=arrival,
            link=Link(),
        )

    def _move(self, kind: str, seat: str = "", value: str = "") -> None:
        log = self.playing.match.log
        after = log[-1].seq if log else 0
        wish = Wish(f"{kind}-{after}", after, kind, seat, value)
        self.playing.move(wish, self._host, self._now)
        self._wait(1)

    def _wait(self, seconds: int) -> None:
        self._now += seconds * SECOND
