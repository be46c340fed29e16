"""What every page of practice stands on: season, rules in force, learner, memory, stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from typing import Final

from django.db.models import Max

from leitai.bank.models import ItemVersion
from leitai.bank.selectors import latest_versions
from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.kernel.errors import DomainError
from leitai.practice import cards
from leitai.practice.choosing import Candidate
from leitai.practice.models import Learner, Memory, Shelf
from leitai.practice.selectors.learners import get_learner_for
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Act, Practice
from leitai.rulebook.practice.periods import Moments
from leitai.rulebook.practice.rules import Rules
from leitai.seasons import selectors as seasons
from leitai.seasons.models import CalendarWindow, Season

STOCKS_KEPT: Final = 8
GRACE: Final = timedelta(days=3)  # assumed: a day offline still counts when it comes in by then


@dataclass
class Ground:
    """One request's view of a season's practice; each part is read once, when it is needed."""

    season: Season
    law: Rulebook
    practice: Practice
    learner: Learner | None
    at: datetime
    actor: Actor = field(repr=False)

    @cached_property
    def day(self) -> date:
        return cards.local_day(self.at)

    @property
    def zone(self) -> tzinfo:
        return SHANGHAI

    @cached_property
    def today(self) -> int:
        return cards.day_number(self.day)

    @cached_property
    def windows(self) -> dict[str, CalendarWindow]:
        return seasons.current_windows(self.season)

    @cached_property
    def acts(self) -> dict[str, Act]:
        """The acts of the rules that hold now, in the order of the rulebook."""
        opened = {name: window.opens_at for name, window in self.windows.items()}
        rules = Rules(self.practice, Moments(self.law, opened))
        names = [*self.practice.acts]
        names += [name for change in self.practice.changes for name in change.acts]
        return {
            name: rules.act(name, self.at)
            for name in dict.fromkeys(names)
            if rules.in_force(name, self.at)
        }

    @cached_property
    def exercises(self) -> dict[str, Act]:
        """Acts that are done here: so many questions, against nobody, and no exam to be passed."""
        return {
            name: act
            for name, act in self.acts.items()
            if (rule := act.exercise)
            and rule.questions
            and rule.against == "nobody"
            and rule.pass_ is None
        }

    @cached_property
    def stock(self) -> tuple[Candidate, ...]:
        return stock_of(self.season.code)

    @cached_property
    def by_item(self) -> dict[int, Candidate]:
        return {one.item: one for one in self.stock}

    @cached_property
    def cards(self) -> Mapping[int, cards.Card]:
        if self.learner is None:
            return {}
        held = Memory.objects.filter(learner=self.learner).values_list("cards", flat=True).first()
        return cards.unpack(held or b"")

    @cached_property
    def exam(self) -> int | None:
        """The day of the next contest of the season, for which everything should be known."""
        coming = seasons.next_up(self.law, self.windows, at=self.at)
        if coming is None or coming.running:
            return None
        return cards.day_number(cards.local_day(coming.opens_at))


def get_ground(actor: Actor, season: str, *, at: datetime) -> Ground:
    """Of an opened season whose rules have practice; raises DomainError("practice_off")."""
    held = seasons.get_season_for(actor, season)
    law = seasons.rulebook_of(held)
    if law.practice is None:
        raise DomainError("practice_off", season=law.short_title or law.title)
    return Ground(held, law, law.practice, get_learner_for(actor, season), at, actor)


def get_own_ground(actor: Actor, season: str, *, at: datetime) -> tuple[Ground, Learner]:
    """The ground of somebody who practises; raises DomainError("practice_not_joined") otherwise."""
    ground = get_ground(actor, season, at=at)
    if ground.learner is None:
        raise DomainError("practice_not_joined")
    return ground, ground.learner


def stock_of(season: str) -> tuple[Candidate, ...]:
    """Every question of the season's practice banks as it is now; never one of a live bank."""
    shelf = Shelf.objects.filter(season=season, bank__live=False)
    banks = tuple(sorted(shelf.values_list("bank_id", flat=True)))
    newest = ItemVersion.objects.filter(item__bank__in=banks).aggregate(newest=Max("pk"))["newest"]
    return _stock(banks, newest or 0)


@lru_cache(maxsize=STOCKS_KEPT)
def _stock(banks: tuple[int, ...], _newest: int) -> tuple[Candidate, ...]:
    """Read once a process: a bank changes by new versions alone."""
    rows = latest_versions().filter(item__bank__in=banks).order_by("item_id")
    values = rows.values_list("item_id", "pk", "type", "module", "topic")
    return tuple(Candidate(*row) for row in values)


def versions_of(ids: Sequence[int]) -> list[ItemVersion]:
    """The versions in that order; of a live bank none."""
    found = ItemVersion.objects.filter(item__bank__live=False).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
