"""Both seasons practise: a published lecture with a check question, and a draft of the office."""

from __future__ import annotations

from typing import Any

from leitai.bank.models import Bank, Item, ItemVersion
from leitai.kernel import canonical
from leitai.lectures.models import Lecture, Question
from leitai.practice.models import Shelf
from leitai.seasons.models import RulebookVersion
from tests.factories.results import TEXT
from tests.world import World

PRACTICE = """
practice:
  ledgers: {points: {title: 学习积分}}
  acts:
    video: {title: 收看视频, credits: [{ledger: points, points: "1"}]}
"""
_FORM = {"title": "申领", "kind": "案例视频讲座", "done_by": "watched", "share": "90"}
FORMS = {
    "lectures:new": _FORM,
    "lectures:edit": _FORM,
    "lectures:withdraw": {"reason": "更正"},
    "lectures:move": {"up": "1"},
    "lectures:progress": {"position": "0", "ranges": ""},
    "lectures:answer": {"type": "truefalse", "answer": "T"},
}
NO_PAGE = {"/practice/<slug:season>/lectures/<int:lecture>/captions.vtt"}


def things(world: World, place: str) -> dict[str, Any]:
    """Routes name what they work on: `written` is a draft, `lecture` is published."""
    held = world.home if place == "own" else world.away
    text = TEXT + PRACTICE
    version, _ = RulebookVersion.objects.get_or_create(
        hash=f"lectures-{len(text)}",
        defaults={"text": text, "canonical": canonical.encode(text), "added_at": world.now},
    )
    type(held.season).objects.filter(pk=held.season.pk).update(rulebook=version)
    bank = Bank.objects.create(code=f"lectures-{place}", title="练习题库", live=False)
    item = Item.objects.create(bank=bank, number=1)
    ItemVersion.objects.create(
        item=item, type="truefalse", stem="可以网上申领。", key="T", digest=b"\1" * 32
    )
    Shelf.objects.create(season=held.season.code, bank=bank)
    published, draft = (_lecture(world, held.season, nth, state) for nth, state in _STATES)
    question = Question.objects.create(lecture=published, item=item, position=1)
    return {"lecture": published.pk, "written": draft.pk, "question": question.pk}


_STATES = ((1, "published"), (2, "draft"))


def _lecture(world: World, season: Any, position: int, state: str) -> Lecture:
    """As it stands after an upload; the film itself is asked for by the files' own routes."""
    return Lecture.objects.create(
        season=season,
        title="申领",
        kind="案例视频讲座",
        position=position,
        state=state,
        video=1,
        seconds=300,
        transcript=[[0, 1000, "开场"]],
        done_by="check" if state == "published" else "watched",
        made_at=world.now,
        made_name="蒲清越",
        published_at=world.now,
    )
