"""Practice: acts, credits, caps, ledgers, titles, boards and lotteries.

A period is a calendar one on the practice's own clock: a day, a week, a month, a year, or ``all``
of the practice. A moment is a local day or time (``2022-04-01``, ``2022-09-30 24:00``) or the name
of a window of the calendar. Points are exact; a cap never lets more through than it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Literal, TypeVar

from leitai.rulebook.model.base import Count, Number

_Value = TypeVar("_Value")

Period = Literal["day", "week", "month", "year", "all"]


def _none() -> Mapping[str, _Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of day up to another (``6:00`` to ``8:30``); its end is no longer inside."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of day that have a name, in which a credit may count for more."""

    title: str
    spans: tuple[Span, ...]
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Caps:
    """The most points that may come of one act, and in each day, week, month, year and in all."""

    act: Fraction | None = None
    day: Fraction | None = None
    week: Fraction | None = None
    month: Fraction | None = None
    year: Fraction | None = None
    all: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How often an act may count in each day, week, month, year and in all."""

    day: Count | None = None
    week: Count | None = None
    month: Count | None = None
    year: Count | None = None
    all: Count | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """An account that everybody has: points, chances of a lottery, energy, activity.

    ``period``: with each new one the balance begins at nought again; it is also the time for which
    the balance is known as a fact. ``caps`` limit all that acts bring in, ``least`` is what a loss
    cannot take the balance below. ``stated`` is what the notice says that the daily caps of the
    credits add up to: it is checked and has no other effect.
    """

    title: str
    unit: str = "分"
    period: Period = "year"
    caps: Caps | None = None
    least: Fraction | None = None
    stated: Fraction | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class ActFigure:
    """Something that is known of an act: right answers, a mark, minutes, or one of some words."""

    title: str
    unit: str = ""
    least: Fraction = Fraction(0)
    most: Fraction | None = None
    words: Mapping[str, str] = field(default_factory=_none)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From this figure on, these points."""

    least: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Credit:
    """What one counted act brings into one ledger.

    ``points``: always as many. ``each``: as many for each full ``per`` of the figure ``of``;
    ``rest: day`` keeps what is left over for the next such act of the day. ``steps``: the points of
    the highest step that the figure reaches. ``words``: the points of the word. ``factor``: the
    figure times this, exactly. ``needs`` are the least figures without which nothing is credited,
    ``hours`` multiplies acts that begin within these times of day. Caps come last.
    """

    ONE_OF: ClassVar = (("points", "each", "steps", "words", "factor"),)

    ledger: str | None = None
    points: Fraction | None = None
    each: Fraction | None = None
    steps: tuple[Step, ...] | None = None
    words: Mapping[str, Fraction] | None = None
    factor: Fraction | None = None
    of: str | None = None
    per: Fraction = Fraction(1)
    rest: Literal["drop", "day"] = "drop"
    needs: Mapping[str, Fraction] = field(default_factory=_none)
    hours: Mapping[str, Fraction] = field(default_factory=_none)
    caps: Caps | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Spend:
    """What an act costs: so many points of a ledger; without them the act does not count."""

    points: Fraction
    ledger: str | None = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often an act counts, and which of several.

    ``counts``: ``all`` add up; of those in the same ``per`` only the ``best`` or the ``last`` does,
    so that a later one is credited the difference. ``beyond`` the limit a further try may be paid
    for.
    """

    limit: Limit | None = None
    counts: Literal["all", "best", "last"] = "all"
    per: Period = "day"
    beyond: Spend | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least seconds for one answer: an act with more than ``allowed`` faster ones is void.

    ``missing``: what becomes of an act whose times are not known.
    """

    least: Fraction
    allowed: Number = 0
    missing: Literal["counts", "void"] = "counts"
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """The same subject counts once in each ``per``."""

    per: Period = "all"


@dataclass(frozen=True, slots=True)
class TakesBack:
    """Points are taken back: the latest act of that kind is undone, of the same subject if named.

    ``frees``: what it had used of the caps may be earned again.
    """

    act: str
    frees: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """How a round of exercise is given: questions, minutes, when the right answers are shown.

    ``types`` says how many questions of each type. A round that is marked out of ``full`` is passed
    with ``pass``. ``against`` makes it a contest with a rival.
    """

    questions: Count | None = None
    types: Mapping[str, Count] = field(default_factory=_none)
    minutes: Count | None = None
    seconds_per_item: Count | None = None
    answers: Literal["at-once", "after", "never"] = "after"
    against: Literal["nobody", "person", "machine", "either"] = "nobody"
    full: Fraction | None = None
    pass_: Fraction | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that people do in practice, and what is credited for it.

    ``value`` names the figure that a bare value of an act stands for; it may be left out where
    there is only one. ``counts: false`` is an attempt for exercise: noted, never credited.
    """

    title: str
    figures: Mapping[str, ActFigure] = field(default_factory=_none)
    value: str | None = None
    credits: tuple[Credit, ...] = ()
    counts: bool = True
    attempts: Attempts | None = None
    once: Once | None = None
    spends: Spend | None = None
    takes_back: TakesBack | None = None
    pace: Pace | None = None
    exercise: Exercise | None = None
    from_: str | None = None
    to: str | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Streak:
    """Points for so many ``days`` in a row with an act, or so many ``right`` answers in a row.

    A run of right answers ends with the act, the day, or (``all``) only with a wrong answer.
    ``again``: after the run is full a new one begins; otherwise it pays once until it breaks.
    """

    ONE_OF: ClassVar = (("days", "right"),)

    title: str
    acts: tuple[str, ...]
    points: Fraction
    days: Count | None = None
    right: Count | None = None
    within: Literal["act", "day", "all"] = "act"
    again: bool = True
    ledger: str | None = None
    caps: Caps | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody must have reached in a title's period.

    ``ledger``: at least so many points (``count: earned`` without what was spent; ``balance``:
    with it). ``act``: counted acts (``times``), days with one (``days``), the longest row of days
    (``row``), or of a figure ``of`` the ``sum``, the ``best`` or the ``mean``; ``with`` takes only
    acts whose figures reach these. ``title``: another title, held so often. ``any`` and ``all``
    join goals.
    """

    ONE_OF: ClassVar = (("any", "all", "ledger", "act", "title"),)

    any: "tuple[Goal, ...] | None" = None
    all: "tuple[Goal, ...] | None" = None
    ledger: str | None = None
    act: str | None = None
    title: str | None = None
    least: Fraction = Fraction(1)
    count: Literal["earned", "balance", "times", "days", "row", "sum", "best", "mean"] | None = None
    of: str | None = None
    with_: Mapping[str, Fraction] = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Title:
    """A title of practice: who reaches ``when`` within a ``per`` holds it.

    ``holds``: from the day on which it is reached to the end of that period, of that year, or for
    good (``ever``). ``kept: false``: it is lost again when points are taken back. ``top``: only the
    best so many of those, by the points of the ledger ``by`` in the period (in each value of the
    kind of fact ``each``); of equals at the last place all (``share``), the first to reach it
    (``earlier``) or none (``out``). ``above``: lower rungs of a ladder; who holds this title no
    longer holds those of the same period.
    """

    title: str
    per: Period
    when: Goal
    holds: Literal["period", "year", "ever"] = "period"
    kept: bool = True
    top: Count | None = None
    by: str | None = None
    each: str | None = None
    ties: Literal["share", "earlier", "out"] = "share"
    above: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class PracticeBoard:
    """A list of persons, or of the values of a kind of fact (``unit``), by one figure.

    Persons have ``points`` (of a ledger), ``times`` (counted acts) or ``titles``. Units have these
    as sums, and ``registered``, ``active``, ``ratio`` (active of those registered, or of the number
    that the fact ``over`` of the unit gives), ``holders`` (persons with the title) and ``mean``
    (points for each active person). ``from`` and ``to`` take the difference of two running totals.
    """

    title: str
    of: str = "person"
    figure: Literal[
        "points", "times", "titles", "registered", "active", "ratio", "holders", "mean"
    ] = "points"
    ledger: str | None = None
    act: str | None = None
    award: str | None = None
    over: str | None = None
    from_: str | None = None
    to: str | None = None
    top: Count | None = None
    style: Literal["competition", "dense"] = "competition"
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Prize:
    """So many prizes of a kind."""

    title: str
    count: Count


@dataclass(frozen=True, slots=True)
class Lottery:
    """A lottery as data: who takes part, what it costs, what there is, when it is drawn."""

    title: str
    words: str = ""
    act: str | None = None
    award: str | None = None
    prizes: tuple[Prize, ...] = ()
    window: str | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Other rules from a moment on: these acts and ledgers replace those of the same name.

    What was earned before stays and counts against the new caps of the same day, week or year.
    """

    from_: str
    title: str = ""
    acts: Mapping[str, Act] = field(default_factory=_none)
    ledgers: Mapping[str, Ledger] = field(default_factory=_none)
    ends: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """What is credited for practice and which titles follow."""

    ledgers: Mapping[str, Ledger]
    acts: Mapping[str, Act]
    title: str = "岗位练兵"
    offset: str = "+08:00"
    week: Literal["monday", "sunday"] = "monday"
    from_: str | None = None
    to: str | None = None
    hours: Mapping[str, Hours] = field(default_factory=_none)
    streaks: Mapping[str, Streak] = field(default_factory=_none)
    titles: Mapping[str, Title] = field(default_factory=_none)
    boards: Mapping[str, PracticeBoard] = field(default_factory=_none)
    lotteries: Mapping[str, Lottery] = field(default_factory=_none)
    changes: tuple[Change, ...] = ()
    source: str = ""
    assumption: str | None = None
