"""The syllabus with what a learner masters of it: modules, and topics below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from leitai.practice.cards import Card, retrievability
from leitai.practice.choosing import Candidate
from leitai.practice.selectors.grounds import Ground

# From this share of what is likely known on; the words stand beside every bar.
_WORDS: Final = ((85, _("掌握")), (70, _("较熟")), (40, _("一般")), (0, _("起步")))
_UNSEEN: Final = _("未学")


@dataclass(frozen=True, slots=True)
class Mastery:
    """`share` in percent: how much of all its questions is likely known today, unseen ones not."""

    title: str
    total: int
    seen: int
    wrong: int
    share: int

    @property
    def word(self) -> str:
        if not self.seen:
            return str(_UNSEEN)
        return str(next(word for least, word in _WORDS if self.share >= least))


@dataclass(frozen=True, slots=True)
class Module:
    mastery: Mastery
    topics: tuple[Mastery, ...]


def syllabus_of(ground: Ground) -> tuple[Mastery, tuple[Module, ...]]:
    """The whole and its modules, in the order of the banks."""
    by_module: dict[str, dict[str, list[Candidate]]] = {}
    for one in ground.stock:
        by_module.setdefault(one.module, {}).setdefault(one.topic, []).append(one)
    modules = tuple(
        Module(
            _mastery(module, (one for found in topics.values() for one in found), ground),
            tuple(_mastery(topic, found, ground) for topic, found in topics.items()),
        )
        for module, topics in by_module.items()
    )
    return _mastery("", ground.stock, ground), modules


def _mastery(title: str, found: Iterable[Candidate], ground: Ground) -> Mastery:
    every = list(found)
    cards: Mapping[int, Card] = ground.cards
    held = [cards[one.item] for one in every if one.item in cards]
    known = sum(retrievability(card, ground.today) for card in held)
    share = round(100 * known / len(every)) if every else 0
    return Mastery(title, len(every), len(held), sum(card.in_book for card in held), share)
