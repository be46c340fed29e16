"""What a learner writes beside a question, and taking it out of the book of wrong answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.bank.models import Item
from leitai.kernel.errors import DomainError
from leitai.practice.cards import unpack
from leitai.practice.enums import Cause
from leitai.practice.models import Learner, Mark, Memory


def set_favourite(*, learner: Learner, item: int, favourite: bool, at: datetime) -> Mark:
    return _write(learner, item, at, favourite=favourite)


def set_cause(*, learner: Learner, item: int, cause: str, at: datetime) -> Mark:
    return _write(learner, item, at, cause=Cause(cause).value)


def set_note(*, learner: Learner, item: int, note: str, at: datetime) -> Mark:
    return _write(learner, item, at, note=note.strip())


@transaction.atomic
def take_out(*, learner: Learner, item: int, at: datetime) -> Mark:
    """Out of the book of wrong answers, until it goes wrong once more."""
    memory = Memory.objects.filter(learner=learner).first()
    card = unpack(memory.cards).get(item) if memory else None
    return _write(learner, item, at, out=card.wrong if card else 0)


def _write(learner: Learner, item: int, at: datetime, **told: object) -> Mark:
    """Only questions of practice banks can be marked."""
    if not Item.objects.filter(pk=item, bank__live=False).exists():
        raise DomainError("not_found")
    mark, _ = Mark.objects.update_or_create(
        learner=learner, item_id=item, defaults={**told, "at": at}
    )
    return mark
