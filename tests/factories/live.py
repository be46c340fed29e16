"""The small contest with a buzzer round in its heat: eleven seats, a bank of thirty questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from leitai import rulebook
from leitai.bank.models import Bank, Item, ItemVersion
from leitai.base.actor import Actor
from leitai.live import services
from leitai.live.models import Line, Match
from leitai.live.services import SeatPlan
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.units import services as units
from tests.factories import people as make
from tests.factories import results as contest
from tests.factories.results import AT, CODE, OFFICE
from tests.factories.units import HOUSE, load_packaged

QUIZ = """
  quiz:
    title: 现场抢答
    kind: live
    min: "-20"
    max: "20"
    decimals: 0
    live:
      seats: [2, 12]
      members: 2
      segments:
        - id: buzzer
          title: 抢答题
          points: {right: "10", wrong: "-10"}
          buzzer: {questions: 2, fouls: {rungs: [{points: "-10"}]}}
stages:
"""
TEXT = (
    contest.TEXT.replace("\nstages:\n", QUIZ, 1)
    .replace(
        "    events: [exam]\n    total: {sum: [exam]}",
        "    events: [exam, quiz]\n    total: {sum: [exam, quiz]}",
        1,
    )
    .replace(
        "keys: [total, exam.multiple, exam.seconds]",
        "keys: [total, quiz.right, exam.multiple, exam.seconds]",
        1,
    )
)
BANK = "live-bank"
HOST: Actor = make.actor("host", season=CODE, unit="51/", account="21")
TIMER: Actor = make.actor("timekeeper", season=CODE, unit="51/", account="22")
START = datetime(2022, 8, 18, 1, 30, tzinfo=UTC)


def open_season() -> Season:
    """Everybody stands in the heat, whose exam is marked."""
    load_packaged()
    season = seasons.create_season(actor=HOUSE, rulebook=TEXT, at=make.SINCE)
    law = rulebook.load(TEXT)
    units.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=make.SINCE)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=make.SINCE)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE, season=season, name=name, opens_at=make.SINCE,
            closes_at=AT.replace(year=2023), at=make.SINCE,
        )  # fmt: skip
    season = seasons.open_season(actor=OFFICE, season=season, at=make.SINCE)
    for unit, count in contest.HOMES.items():
        codes = [person.code for person in make.people(unit, count)]
        seasons.nominate(
            actor=OFFICE, season=season, stage="selection", delegation=unit, people=codes,
            at=make.SINCE,
        )  # fmt: skip
    seasons.confirm_entries(actor=OFFICE, season=season, stage="selection", at=make.SINCE)
    contest.held(season, "selection", publish=True)
    return season


def bank(count: int = 30) -> Bank:
    """A practice bank: each question's right answer stands in its key."""
    made = Bank.objects.create(code=BANK, title="抢答题库", live=False)
    for number in range(1, count + 1):
        ItemVersion.objects.create(
            item=Item.objects.create(bank=made, number=number),
            type="single",
            stem=f"第{number}道抢答题的题干",
            options=[["A", "甲"], ["B", "乙"], ["C", "丙"], ["D", "丁"]],
            key="B",
            digest=number.to_bytes(32, "big"),
        )
    return made


def entries(season: Season) -> list[str]:
    found = Entry.objects.filter(stage__season=season, stage__code="heat")
    return list(found.order_by("code").values_list("code", flat=True))


def planned(season: Season, title: str = "第一场") -> Match:
    return services.plan_match(
        actor=OFFICE, season=season, stage="heat", track="individual", event="quiz", title=title,
        starts_at=START, at=AT,
    )  # fmt: skip


def seats(codes: Sequence[str]) -> list[SeatPlan]:
    return [SeatPlan(str(at), code) for at, code in enumerate(codes, start=1)]


def seated(season: Season, codes: Sequence[str] = ()) -> Match:
    match = planned(season)
    return services.seat_match(
        actor=OFFICE, match=match, seats=seats(codes or entries(season)), at=AT
    )


def ready(season: Season, codes: Sequence[str] = ()) -> Match:
    match = seated(season, codes)
    if not Bank.objects.filter(code=BANK).exists():
        bank()
    services.choose_questions(
        actor=OFFICE, match=match, bank_codes=[BANK], counts={"buzzer": 2}, spares=1, seed="1",
        at=AT,
    )  # fmt: skip
    return services.make_ready(actor=OFFICE, match=match, at=AT)


def play(match: Match, moves: Iterable[tuple[Any, ...]], *, begin: int = 1_000_000) -> None:
    """As the stage process writes: (kind, seat, value), a second apart; it runs from the first."""
    last = Line.objects.filter(match_id=match.pk).order_by("-seq").first()
    seq = last.seq if last else 0
    Line.objects.bulk_create(
        Line(
            match_id=match.pk, seq=seq + step, at=begin + step * 1_000_000, kind=move[0],
            seat=move[1], value=move[2], by="host:21", written_at=AT,
            evidence=move[3] if len(move) > 3 else {},
        )
        for step, move in enumerate(moves, start=1)
    )  # fmt: skip
    if match.state == "ready":
        match.state, match.opened_at = "running", START
        match.save(update_fields=["state", "opened_at"])


# Two questions: seat 2 presses before the word (a foul: −10 and out of the question), seat 1 answers
# right (+10); then seat 3 answers wrong (−10) and the question ends. 1: 10, 2: −10, 3: −10, others: 0.
GAME = (
    ("open", "", "buzzer"),
    ("question", "", "buzzer-1"),
    ("press", "2", ""),
    ("go", "", ""),
    ("press", "1", ""),
    ("verdict", "1", "right"),
    ("question", "", "buzzer-2"),
    ("go", "", ""),
    ("press", "3", ""),
    ("press", "4", ""),
    ("verdict", "3", "wrong"),
    ("close", "", ""),
)
