"""The calendar, holidays, terms, draws, publicity and appeals."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from leitai.rulebook.model.base import Count, Year
from leitai.rulebook.schema import Between

Within = Annotated[int, Between(1, 10_000)]
Unlock = Literal[  # in the order of the day
    "score-announced", "marks-entered", "marks-checked", "results-confirmed", "appeals-over"
]
DrawnPool = Literal["entries", "delegations", "members", "recommended", "judges", "given"]

# What somebody who objects must bring along.
Need = Literal["writing", "real-name", "id-number", "phone", "signature", "seal", "evidence"]


@dataclass(frozen=True, slots=True)
class Window:
    """A date of the notice: its words, and the days that bind where it names any.

    ``opens`` and ``closes`` are clock times (``16:00``; ``24:00`` ends a day) on the days
    ``earliest`` and ``latest``; without them the days count whole. ``soft``: the words (上旬, 底前)
    have a range that is shown and binds nobody. ``tentative`` (暂定) days do not bind yet either;
    ``later`` (另行通知) has no day. ``fixed_by`` names the supplementary notice that fixed the day.
    """

    title: str
    words: str
    earliest: date | None = None
    latest: date | None = None
    opens: str = ""
    closes: str = ""
    place: str = ""
    soft: bool = False
    tentative: bool = False
    later: bool = False
    fixed_by: str = ""
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Days off in a row, both included; without ``to`` one day."""

    title: str
    from_: date
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Holidays:
    """Statutory days off, and the Saturdays and Sundays that are worked for them (调休).

    ``years`` are those whose arrangement is given whole; a term that runs outside of them says so.
    """

    years: tuple[Year, ...]
    days_off: tuple[Break, ...] = ()
    days_on: tuple[date, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """So long from a moment.

    Minutes and hours run exactly. Of days and working days the day of the moment is left out
    unless ``first_day: counts``; the last day ends at 24:00 or at ``closes``. ``rolls``: a last day
    that is a day off gives way to the next working day. ``from`` is a moment (``publication``) or
    the end of something that the rulebook names (``calendar.selection``).
    """

    within: Within
    unit: Literal["minutes", "hours", "days", "working-days"]
    from_: str
    first_day: Literal["skipped", "counts"] = "skipped"
    rolls: bool = False
    closes: str = ""
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of anonymous numbers: who holds the key, and what must be done before it opens."""

    title: str
    unlock: Unlock
    by: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """Something that is drawn by lot.

    ``of`` is what is drawn and ``pool`` among whom or what; ``take`` of ``pool_size`` are drawn
    where not everything is. ``groups`` are the sizes, or ``group_count`` groups of as equal sizes
    as possible. ``again``: an earlier draw does not hold any more. ``absent``: who misses the draw
    is out, gets the last place, or the organiser draws for them.
    """

    title: str
    of: Literal[
        "order", "group", "seat", "batch", "paper", "topic", "members", "opponent", "number"
    ]
    stage: str | None = None
    events: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    pool: DrawnPool = "entries"
    per: Literal["stage", "track", "delegation", "group"] = "track"
    pool_size: Count | None = None
    take: Count | None = None
    groups: tuple[Count, ...] = ()
    group_count: Count | None = None
    window: str | None = None
    when: str = ""
    by: str = ""
    overseen_by: str = ""
    method: Literal["hand", "seed"] = "hand"
    again: bool = False
    absent: Literal["organiser", "forfeit", "last"] = "organiser"
    layers: tuple[Layer, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What an objection needs from a person and from a unit, and what becomes of one without."""

    person: tuple[Need, ...] = ()
    unit: tuple[Need, ...] = ()
    otherwise: Literal["refused", "noted"] = "refused"
    confidential: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Publicity:
    """What is made public, where, for how long, and how one objects (公示).

    Without ``term`` the notice does not say how long, and nothing can be reckoned from its end.
    """

    title: str
    subject: str = ""
    stage: str | None = None
    awards: tuple[str, ...] = ()
    by: str = ""
    channel: str = ""
    contact: str = ""
    term: Term | None = None
    objection: Objection | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of appeal: who decides, how soon one must turn to it, when its answer is due."""

    body: str
    term: Term | None = None
    answer: Term | None = None
    last: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """A remedy: an objection, a recheck, an appeal, or a dispute settled on the spot.

    It is open within ``term``, or as long as the publicity ``during`` runs, or ``at_once`` only;
    without any of the three the notice sets no limit. Each side (``per``) may use it ``most``
    times. ``answer`` is when the first answer is due, ``answer_before`` a moment before which it
    must be there. ``leaving``: who stops playing because of it is out, or only loses nothing by it.
    """

    title: str
    kind: Literal["objection", "recheck", "appeal", "dispute"]
    by: tuple[Literal["contestant", "leader", "coach", "unit", "delegation", "anyone"], ...] = (
        "contestant",
    )
    about: str = ""
    stage: str | None = None
    events: tuple[str, ...] = ()
    term: Term | None = None
    during: str | None = None
    at_once: bool = False
    form: str | None = None
    needs: tuple[Need, ...] = ()
    otherwise: Literal["refused", "noted"] = "refused"
    most: Count | None = None
    per: Literal["contestant", "delegation", "event"] = "delegation"
    answer: Term | None = None
    answer_before: str | None = None
    levels: tuple[Level, ...] = ()
    merge: bool = False
    play: Literal["goes-on", "waits"] = "goes-on"
    leaving: Literal["allowed", "forfeit"] = "allowed"
    effect: Literal["recompute", "replay", "note"] = "recompute"
    source: str = ""
    assumption: str | None = None
