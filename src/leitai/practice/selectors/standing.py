"""How a learner stands: points, what today still allows, titles held, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from leitai.practice.models import Account, Learner, Title
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import Law, law_of
from leitai.rulebook.data import ActIn
from leitai.rulebook.practice import Follower, Progress, Room, Tries, in_words, stretch


@dataclass(frozen=True, slots=True)
class LedgerStanding:
    """One ledger in its present period; `rooms` are the caps of today that bear on it."""

    ledger: str
    title: str
    unit: str
    period: str
    balance: str
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class TitleHeld:
    title: str
    name: str
    period: str
    reached_on: date
    until: date | None
    reason: dict[str, object]


@dataclass(frozen=True, slots=True)
class TitleAhead:
    """A title and the way to it: as data, and as a sentence in the reader's language."""

    progress: Progress
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`titles` are those in force on the day, `ahead` every title of the rules in their order."""

    ledgers: tuple[LedgerStanding, ...]
    titles: tuple[TitleHeld, ...]
    ahead: tuple[TitleAhead, ...]
    tries: tuple[Tries, ...]


def standing_of(learner: Learner, *, at: datetime, law: Law | None = None) -> Standing:
    """Raises practice_off. What waits in the journal is not in it yet."""
    law = law or law_of(learner.season)
    follower, person = followed(law, learner), str(learner.pk)
    rooms = follower.rooms(person, at)
    spoken = get_language() or "zh"
    return Standing(
        ledgers=tuple(_ledgers(law, learner, rooms, at)),
        titles=tuple(_held(law, learner, at)),
        ahead=tuple(
            TitleAhead(one, in_words(one, spoken)) for one in follower.progress(person, at)
        ),
        tries=follower.tries(person, at),
    )


def followed(law: Law, learner: Learner) -> Follower:
    """The learner's acts taken in: from where the last fold ended, or all of them."""
    follower = law.follower()
    account = Account.objects.filter(learner=learner).first()
    if account is not None and account.law == law.mark and account.state:
        follower.resume(str(learner.pk), bytes(account.state))
        return follower
    for act in acts_of(law, [learner.pk]):
        if not act.void:
            follower.take(ActIn(str(act.learner), act.act, act.at, act.value))
    return follower


def _ledgers(
    law: Law, learner: Learner, rooms: Sequence[Room], at: datetime
) -> list[LedgerStanding]:
    day = law.day_of(at)
    found = []
    for name, ledger in law.practice.ledgers.items():
        period = stretch(ledger.period, day, law.practice.week).name
        balance = learner.totals.get(name, {}).get(period, "0")
        here = tuple(room for room in rooms if room.ledger == name)
        found.append(LedgerStanding(name, ledger.title, ledger.unit, period, balance, here))
    return found


def _held(law: Law, learner: Learner, at: datetime) -> list[TitleHeld]:
    day = law.day_of(at)
    rows_ = Title.objects.filter(learner=learner, lost_on=None).order_by("reached_on", "pk")
    return [
        TitleHeld(
            row.title,
            law.practice.titles[row.title].title,
            row.period,
            row.reached_on,
            row.until,
            row.reason,
        )
        for row in rows_
        if row.title in law.practice.titles and (row.until is None or row.until >= day)
    ]
