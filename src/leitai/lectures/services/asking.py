"""Check questions of a lecture, chosen from the season's practice banks."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from leitai.bank.models import Item
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures.models import Lecture, Question
from leitai.lectures.selectors.asking import items_of_season
from leitai.lectures.services.common import demand_unpublished, locked

MOST = 10


@transaction.atomic
def add_question(*, actor: Actor, lecture: Lecture, item: int) -> Question:
    held = locked(actor, lecture)
    demand_unpublished(held)
    if not items_of_season(held.season.code).filter(item=item).exists():
        raise DomainError("lecture_item_foreign")
    if held.questions.filter(item=item).exists():
        raise DomainError("lecture_item_twice")
    if held.questions.count() >= MOST:
        raise DomainError("lecture_items_many", limit=MOST)
    last = held.questions.aggregate(last=Max("position"))["last"] or 0
    return Question.objects.create(lecture=held, item=Item.objects.get(pk=item), position=last + 1)


@transaction.atomic
def remove_question(*, actor: Actor, lecture: Lecture, question: int) -> None:
    held = locked(actor, lecture)
    demand_unpublished(held)
    held.questions.filter(pk=question).delete()
