"""Both seasons have duels and questions for them; the table is the contestant's, two duels are open."""

from __future__ import annotations

from typing import Any

from leitai.bank.models import Bank, Item, ItemVersion
from leitai.duels import services
from leitai.kernel import canonical
from leitai.people import selectors as people_reads
from leitai.practice.models import Shelf
from leitai.seasons.models import RulebookVersion
from tests.factories.results import TEXT
from tests.world import World

PRACTICE = """
practice:
  ledgers: {monthly: {title: 月月比}}
  acts:
    monthly:
      title: 月月比
      exercise: {questions: 2, against: either}
      figures: {result: {title: 结果, words: {won: 胜, drawn: 平, lost: 负}, required: true}}
      credits: [{ledger: monthly, words: {won: "3", drawn: "2", lost: "1"}}]
"""
FORMS = {"duels:answer": {"n": "1", "type": "truefalse", "answer": "T"}}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    text = TEXT + PRACTICE
    version, _ = RulebookVersion.objects.get_or_create(
        hash=f"duels-{len(text)}",
        defaults={"text": text, "canonical": canonical.encode(text), "added_at": world.now},
    )
    type(held.season).objects.filter(pk=held.season.pk).update(rulebook=version)
    bank = Bank.objects.create(code=f"duels-{place}", title="练习题库", live=False)
    for number in (1, 2):
        ItemVersion.objects.create(
            item=Item.objects.create(bank=bank, number=number),
            type="truefalse",
            stem=f"第{number}题",
            key="T",
            digest=bytes([number]) * 32,
        )
    Shelf.objects.create(season=held.season.code, bank=bank)
    told = {"season": held.season.code, "seed": "1", "at": world.now}
    player = people_reads.actor_of(world.accounts["contestant"], at=world.now)
    other = people_reads.actor_of(world.accounts["publicity"], at=world.now)
    side = services.meet(actor=player, **told)
    services.ask_next(actor=player, side=side.pk, at=world.now)
    services.invite(actor=other, code=f"with-{place}", **told)
    return {"side": side.pk, "code": f"with-{place}"}
