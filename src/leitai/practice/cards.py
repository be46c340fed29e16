"""A learner's memory of the questions, one small card each, kept as packed records.

The forgetting curve is FSRS, reckoned in whole days of the house's clock, since a learner comes
back on another day and not after ten minutes. Nothing here is random, and `review` rounds to what a
record keeps, so that folding the same answers again gives the same bytes. Cards decide only what is
shown next and how well it is known, never points.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler, State

from leitai.kernel.errors import DomainError

_LAYOUT: Final = 1
_RECORD: Final = struct.Struct("<IBBffHHHH?")  # the fields of a card in their order, 23 bytes
_ITEM: Final = struct.Struct("<I")  # with which a record begins
_FLOAT: Final = struct.Struct("<f")
_MOST: Final = 65_535
_EPOCH: Final = date(1970, 1, 1)
_CLOCK: Final = timezone(timedelta(hours=8))
_SLOW: Final = 60_000  # a right answer that took longer was not quite known
# No steps of minutes: the first review is on another day, as the days of practice are.
_SCHEDULER: Final = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)
_DECAY: Final = -_SCHEDULER.parameters[20]
_FACTOR: Final = 0.9 ** (1 / _DECAY) - 1


class Card(NamedTuple):
    """What one learner remembers of one question; `due` and `last` are day numbers.

    `in_book`: it stands in the book of wrong answers, from a wrong answer until a right one on a
    later day. A learner may take it out earlier (`Mark`).
    """

    item: int
    state: int
    step: int
    stability: float
    difficulty: float
    due: int
    last: int
    seen: int
    wrong: int
    in_book: bool


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def date_of(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def local_day(at: datetime) -> date:
    """The day on the house's clock."""
    return at.astimezone(_CLOCK).date()


def unpack(packed: bytes | memoryview) -> dict[int, Card]:
    """The cards by item; nothing packed is no cards."""
    body = bytes(packed)
    _demand_layout(body)
    if not body:
        return {}
    return {row[0]: Card._make(row) for row in _RECORD.iter_unpack(memoryview(body)[1:])}


def pack(cards: Mapping[int, Card] | Iterable[Card]) -> bytes:
    """The cards as records by item, so that equal cards are equal bytes."""
    rows = cards.values() if isinstance(cards, Mapping) else cards
    return bytes([_LAYOUT]) + b"".join(_RECORD.pack(*card) for card in sorted(rows))


def find(packed: bytes | memoryview, items: Iterable[int]) -> dict[int, Card]:
    """The cards of a few items, without unpacking all others."""
    body = bytes(packed)
    _demand_layout(body)
    found: dict[int, Card] = {}
    for item in items:
        at = _place(body, item)
        if _item_at(body, at) == item:
            found[item] = Card._make(_RECORD.unpack_from(body, at))
    return found


def put(packed: bytes | memoryview, cards: Iterable[Card]) -> bytes:
    """The records with these cards in their places: the same bytes as if all were packed anew."""
    body = bytearray(packed) or bytearray([_LAYOUT])
    _demand_layout(body)
    for card in cards:
        at = _place(body, card.item)
        stands = _item_at(body, at) == card.item
        body[at : at + _RECORD.size * stands] = _RECORD.pack(*card)
    return bytes(body)


def _demand_layout(body: bytes | bytearray) -> None:
    if body and (body[0] != _LAYOUT or (len(body) - 1) % _RECORD.size):
        raise DomainError("cards_layout", layout=body[0])


def _place(body: bytes | bytearray, item: int) -> int:
    """Where the item's record stands, or would stand: records are in the order of their items."""
    low, high = 0, (len(body) - 1) // _RECORD.size if body else 0
    while low < high:
        middle = (low + high) // 2
        if _ITEM.unpack_from(body, 1 + middle * _RECORD.size)[0] < item:
            low = middle + 1
        else:
            high = middle
    return 1 + low * _RECORD.size


def _item_at(body: bytes | bytearray, at: int) -> int | None:
    """The item of the record that begins there; None beyond the last."""
    found: int | None = _ITEM.unpack_from(body, at)[0] if at < len(body) else None
    return found


def review(card: Card | None, *, item: int, right: bool, ms: int, at: datetime) -> Card:
    """The card after an answer at `at`; without one the question is new."""
    day = day_number(local_day(at))
    before = FsrsCard(card_id=item) if card is None else _as_fsrs(card)
    rating = Rating.Again if not right else Rating.Hard if ms > _SLOW else Rating.Good
    last, seen, wrong = (card.last, card.seen, card.wrong) if card else (day, 0, 0)
    after, _log = _SCHEDULER.review_card(before, rating, _moment(max(day, last)))
    stays = card is not None and card.in_book and day <= last
    return Card(
        item=item,
        state=int(after.state),
        step=after.step or 0,
        stability=_rounded(after.stability),
        difficulty=_rounded(after.difficulty),
        due=(after.due - _moment(0)).days,
        last=max(day, last),
        seen=min(seen + 1, _MOST),
        wrong=min(wrong + (not right), _MOST),
        in_book=not right or stays,
    )


def retrievability(card: Card, day: int) -> float:
    """How likely it is known on that day, from 0 to 1."""
    return float((1 + _FACTOR * max(0, day - card.last) / card.stability) ** _DECAY)


def _as_fsrs(card: Card) -> FsrsCard:
    return FsrsCard(
        card_id=card.item,
        state=State(card.state),
        step=None if card.state == State.Review else card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_moment(card.due),
        last_review=_moment(card.last),
    )


def _moment(day: int) -> datetime:
    """The scheduler reckons in moments: the beginning of the day stands for it."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)


def _rounded(value: float | None) -> float:
    return float(_FLOAT.unpack(_FLOAT.pack(value or 0.0))[0])
