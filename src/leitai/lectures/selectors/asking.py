"""Which items may be asked after a lecture, and those that are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from leitai.bank.models import ItemVersion
from leitai.bank.selectors import latest_versions
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lectures.models import Lecture, Question
from leitai.lectures.selectors.desk import get_lecture_of_desk
from leitai.practice.models import Shelf

PAGE_SIZE: Final = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A check question as it stands now; `right` and `tries` are one learner's."""

    question: Question
    version: ItemVersion
    right: bool = False
    tries: int = 0

    @property
    def blanks(self) -> range:
        """So many fields to fill in."""
        return range(len(self.version.key or ())) if self.version.type == "blank" else range(0)


@dataclass(frozen=True, slots=True)
class AskingPage:
    lecture: Lecture
    asked: tuple[Asked, ...]
    page: Page[ItemVersion]
    modules: tuple[str, ...]
    words: str
    module: str
    stocked: bool


def items_of_season(season: str) -> QuerySet[ItemVersion]:
    """The newest versions in the banks from which the season practises; never a live one's."""
    banks = Shelf.objects.filter(season=season, bank__live=False).values("bank")
    return latest_versions().filter(item__bank__in=banks)


def asked_of(lecture: Lecture, answers: Mapping[str, Any] | None = None) -> tuple[Asked, ...]:
    """In order, two queries."""
    questions = list(lecture.questions.order_by("position", "pk"))
    rows = latest_versions().filter(item__in=[one.item_id for one in questions])
    versions = {row.item_id: row for row in rows}
    given = answers or {}
    return tuple(
        Asked(
            one,
            versions[one.item_id],
            bool(given.get(str(one.item_id), {}).get("right")),
            int(given.get(str(one.item_id), {}).get("tries", 0)),
        )
        for one in questions
    )


def get_question(lecture: Lecture, question: int) -> Question:
    found = lecture.questions.filter(pk=question).first()
    if found is None:
        raise DomainError("not_found")
    return found


def asking_page(actor: Actor, code: str, lecture: int, query: Mapping[str, str]) -> AskingPage:
    """The questions chosen, and items to choose from; by words of the stem and by module."""
    held = get_lecture_of_desk(actor, code, lecture)
    every = items_of_season(code)
    found = every.order_by("module").values_list("module", flat=True).distinct()
    modules = tuple(one for one in found if one)
    words, module = query.get("words", "").strip(), query.get("module", "")
    rows = every.filter(stem__icontains=words) if words else every
    if module in modules:
        rows = rows.filter(module=module)
    asked = asked_of(held)
    rows = rows.exclude(item__in=[one.question.item_id for one in asked])
    rows = rows.select_related("item__bank").order_by("item__bank__code", "item__number")
    page = Paginator(rows, PAGE_SIZE).get_page(query.get("page"))
    return AskingPage(held, asked, page, modules, words, module, bool(modules or page.object_list))
