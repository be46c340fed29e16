"""A season in which colleagues play three questions against one another, twice a day."""

from __future__ import annotations

import io
from datetime import timedelta

from leitai.bank import services as bank
from leitai.bank.models import Bank, ItemVersion
from leitai.base.actor import Actor
from leitai.duels import services
from leitai.duels.models import Side
from leitai.practice.models import Shelf
from leitai.seasons.models import Season
from tests.factories.units import HOUSE
from tests.rooms.lectures.hall import AT, CODE, open_season

PRACTICE = """
practice:
  title: 月月比
  ledgers:
    monthly: {title: 月月比}
  acts:
    monthly:
      title: 月月比
      exercise: {questions: 3, against: AGAINST, seconds_per_item: 20}
      figures:
        result: {title: 结果, words: {won: 胜, drawn: 平, lost: 负}, required: true}
      attempts: {limit: {day: 2}}
      credits:
        - {ledger: monthly, words: {won: "3", drawn: "2", lost: "1"}}

visibility:"""
COUNT = 9


def season_with(against: str = "either") -> Season:
    season = open_season(PRACTICE.replace("AGAINST", against))
    rows = [f"单选,第{n}题选哪项？,甲,乙,丙,丁,A,社会保险,选甲。" for n in range(1, COUNT + 1)]
    text = "\n".join(["题型,题干,选项A,选项B,选项C,选项D,答案,模块,解析", *rows, ""])
    file = io.BytesIO(text.encode())
    bank.import_items(
        actor=HOUSE,
        bank_code="lx",
        title="练习题库",
        source=file,
        name="lx.csv",
        live=False,
        at=AT,
    )
    Shelf.objects.create(season=CODE, bank=Bank.objects.get(code="lx"))
    return season


def meet(actor: Actor, after: int = 0, seed: str = "1") -> Side:
    return services.meet(actor=actor, season=CODE, seed=seed, at=AT + timedelta(seconds=after))


def play(actor: Actor, side: Side, answers: str, after: int = 0, each: int = 5) -> Side:
    """Answer with these letters, so many seconds each, from so many seconds after nine."""
    at = AT + timedelta(seconds=after)
    done = len(Side.objects.get(pk=side.pk).answers)
    for number, letter in enumerate(answers, start=done + 1):
        services.ask_next(actor=actor, side=side.pk, at=at)
        at += timedelta(seconds=each)
        services.answer_question(actor=actor, side=side.pk, n=number, answer=letter, at=at)
    return Side.objects.select_related("duel").get(pk=side.pk)


def stems(side: Side) -> set[str]:
    versions = ItemVersion.objects.filter(pk__in=side.duel.items)
    return {version.stem for version in versions}
