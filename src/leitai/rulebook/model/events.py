"""Events: whatever gives an entry a score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from leitai.rulebook.model.base import Better, Count, Decimals, Number
from leitai.rulebook.model.judging import Ballot, Judging
from leitai.rulebook.model.live import Live


@dataclass(frozen=True, slots=True)
class PaperPart:
    """So many items of a type at so many points each; ``share`` gives part marks."""

    type: Literal["single", "multiple", "truefalse", "blank", "short", "essay", "case"]
    count: Count
    points: Fraction
    partial: Literal["none", "share"] = "none"
    module: str = ""


@dataclass(frozen=True, slots=True)
class TieKey:
    """A further figure of an event by which ties can be broken."""

    title: str
    better: Better
    unit: str = ""
    decimals: Decimals = 0


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody may sit an exam, and which result counts."""

    count: Count
    per: Literal["day", "all"] = "all"
    counts: Literal["best", "last", "sum", "mean"] = "best"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rung of the ladder of proctoring: after so many events of a kind, this follows."""

    of: Literal["switch", "fullscreen", "absence", "second-person", "copying", "identity", "device"]
    count: Count
    then: Literal["note", "warn", "acknowledge", "end", "void"]
    ban_years: Number = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """How an exam is sat, beside its minutes and its paper."""

    mode: Literal["online", "on-site", "paper"] = "online"
    open_book: bool = False
    forms: Count = 1
    tries: Tries | None = None
    late_minutes: Number | None = None
    late_shortens: bool = True
    least_minutes: Number | None = None
    seconds_per_item: Count | None = None
    breaches: tuple[Breach, ...] = ()
    mock_required: bool = False
    devices: Count = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that gives an entry a score.

    ``exam``: a paper; ``judged``: marks of judges; ``live``: the log of a quiz; ``ballot``: votes;
    ``reported``: a score that comes from outside. ``max`` may be left out where no bound is known
    (``live``, ``reported``); ``min`` is below nought where scores go down.
    """

    title: str
    kind: Literal["exam", "judged", "live", "ballot", "reported"] = "reported"
    max: Fraction | None = None
    min: Fraction = Fraction(0)
    decimals: Decimals = 2
    minutes: Count | None = None
    paper: tuple[PaperPart, ...] = ()
    sitting: Sitting | None = None
    judging: Judging | None = None
    live: Live | None = None
    ballot: Ballot | None = None
    keys: Mapping[str, TieKey] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    assumption: str | None = None
