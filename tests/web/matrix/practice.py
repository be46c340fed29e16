"""Rules with practice for both seasons, a bank on the shelf and one beside it, a learner each."""

from __future__ import annotations

import hashlib
from typing import Any

from leitai.bank.models import Bank, ItemVersion
from leitai.practice.models import Learner
from leitai.seasons.models import RulebookVersion, Season
from tests.factories import practice as make
from tests.factories.practice import Taken
from tests.world import AWAY, HOME, World

PRACTICE = """
practice:
  ledgers:
    daily: {title: 日日学}
  acts:
    daily:
      title: 日日学
      exercise: {questions: 5, answers: at-once}
      figures:
        right: {title: 答对, unit: 题, most: "5"}
      credits:
        - {ledger: daily, each: "1"}
  boards:
    points: {title: 积分榜, ledger: daily}
"""
FORMS = {
    "practice:item-mark": {"favourite": "1"},
    "practice:item-report": {"kind": "key"},
    "practice:settings": {"minutes": "10"},
    "practice:shelf": {"bank": "beside"},
}


def things(world: World, place: str) -> dict[str, Any]:
    code = HOME if place == "own" else AWAY
    give_practice(Season.objects.get(code=code))
    versions = make.questions(20, season=code, code="drill")
    Bank.objects.create(code="beside", title="另一个题库", live=False)
    learners = {
        role: make.learner(season=code, account=str(account.pk))
        for role, account in world.accounts.items()
    }
    own = learners["contestant"].pk
    make.take(versions, [Taken(own, "daily", world.now, "11011", name="matrix")])
    return {
        "act": "daily",
        "item": ItemVersion.objects.get(pk=versions[0]).item_id,
        "given": hashlib.blake2b(b"matrix", digest_size=16).hexdigest(),
        "bank": "drill",
        "learner": Learner.objects.get(pk=own).pk,
    }


def give_practice(season: Season, practice: str = PRACTICE) -> None:
    """A season's rules with practice in them; the rest of its text stays."""
    text = season.rulebook.text + practice
    kept = RulebookVersion.objects.get_or_create(
        hash=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"text": text, "canonical": b"", "added_at": season.created_at},
    )
    season.rulebook = kept[0]
    season.save(update_fields=["rulebook"])
