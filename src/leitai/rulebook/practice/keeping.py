"""What is known of one person, as bytes and back: all that a later act can still ask for.

Of periods that are over only titles need be known, and those stand elsewhere: tries, caps, rests
and meters of a past day can no longer change anything, unless an act may be taken back.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.rulebook.data import Reason
from leitai.rulebook.model.practice import Practice
from leitai.rulebook.practice.accounts import Account, Days
from leitai.rulebook.practice.book import Person, Slot
from leitai.rulebook.practice.gate import Habit
from leitai.rulebook.practice.meters import Meter
from leitai.rulebook.practice.periods import Stretch, stretch
from leitai.rulebook.practice.streaks import Run
from leitai.rulebook.practice.titles import Chest, Grant

FORMAT: Final = 1
_Place = tuple[datetime, str, str]
_dump: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def pack(last: _Place, one: Person, chest: Chest, current: Mapping[str, Stretch] | None) -> bytes:
    """Write down somebody after the act at ``last``; ``current``: only what these periods need."""
    names = None if current is None else {period.name for period in current.values()}

    def matters(period: str) -> bool:
        return names is None or period in names

    said = [
        FORMAT,
        [last[0].isoformat(), last[1], last[2]],
        [[*key, _put(one.account.balances[key]), _day(span)] for key, span in one.spans.items()],
        [[*key, _put(used)] for key, used in one.account.used.items() if matters(key[2])],
        [[*key, n] for key, n in one.habit.counted.items() if matters(key[2])],
        [key for key in one.habit.subjects if matters(key[2])],
        [[*key, _put(rest)] for key, rest in one.rests.items() if matters(key[3])],
        [
            [*key, _put(slot.earned), _put(slot.brought)]
            for key, slot in one.slots.items()
            if matters(key[3])
        ],
        [[name, run.length, _number(run.last)] for name, run in one.runs.items()],
        [[*key, *_meter(meter)] for key, meter in chest.meters.items() if matters(key[1])],
        [_grant(grant) for grant in chest.held.values() if matters(grant.period.name)],
    ]
    return _dump(said).encode()


def unpack(state: bytes, practice: Practice, days: Days) -> tuple[_Place, Person, Chest]:
    """Undo ``pack`` under the same rules; raises DomainError("practice_state")."""
    said = json.loads(state)
    if said[0] != FORMAT:
        raise DomainError("practice_state", format=str(said[0]))
    _, (at, act, value), spans, used, counted, subjects, rests, slots, runs, meters, held = said
    last = (datetime.fromisoformat(at), act, value)
    one = Person(
        account=Account(
            defaultdict(Fraction, {(name, period): _get(n) for name, period, n, _ in spans}),
            defaultdict(Fraction, {(tuple(row[0]), *row[1:3]): _get(row[3]) for row in used}),
        ),
        habit=Habit(
            Counter({(row[0], row[1], row[2]): row[3] for row in counted}),
            {tuple(row) for row in subjects},
        ),
        rests={tuple(row[:4]): _get(row[4]) for row in rests},
        slots={tuple(row[:4]): Slot(_get(row[4]), _get(row[5])) for row in slots},
        runs=defaultdict(Run, {name: Run(n, _date(day)) for name, n, day in runs}),
        spans={
            (name, period): _span(practice, name, period, day) for name, period, _, day in spans
        },
    )
    chest = Chest(
        defaultdict(Meter, {(row[0], row[1]): _read_meter(row[2:]) for row in meters}),
        {(row[0], row[4]): _read_grant(row, practice, days) for row in held},
    )
    return last, one, chest


def _meter(meter: Meter) -> list[Any]:
    return [
        _put(meter.total),
        [[_put(amount), n] for amount, n in meter.amounts.items()],
        [[day.toordinal(), n] for day, n in meter.days.items()],
        meter.number,
        meter.run,
        meter.longest,
        _number(meter.last),
    ]


def _read_meter(row: list[Any]) -> Meter:
    total, amounts, days, number, run, longest, last = row
    return Meter(
        _get(total),
        Counter({_get(amount): n for amount, n in amounts}),
        Counter({date.fromordinal(day): n for day, n in days}),
        number,
        run,
        longest,
        _date(last),
    )


def _grant(grant: Grant) -> list[Any]:
    said = [grant.title, grant.person, grant.at.isoformat(), grant.reason.plain()]
    return [*said, grant.period.name, _number(grant.period.first)]


def _read_grant(row: list[Any], practice: Practice, days: Days) -> Grant:
    title, person, at, reason, _, first = row
    when = datetime.fromisoformat(at)
    periods = days.of(when.date())
    per = practice.titles[title].per
    period = periods[per] if first is None else stretch(per, date.fromordinal(first), practice.week)
    return Grant(title, person, when, period, Reason.from_plain(reason), periods)


def _span(practice: Practice, ledger: str, period: str, day: int | None) -> Stretch:
    if day is None:
        return Stretch(period, None, None)
    return stretch(practice.ledgers[ledger].period, date.fromordinal(day), practice.week)


def _day(span: Stretch) -> int | None:
    return None if span.first is None else span.first.toordinal()


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _date(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def _put(value: Fraction) -> int | str:
    """Whole numbers, which nearly all are, are read back without any parsing."""
    return value.numerator if value.denominator == 1 else str(value)


def _get(value: int | str) -> Fraction:
    return Fraction(value)
