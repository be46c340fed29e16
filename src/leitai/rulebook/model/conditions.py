"""Conditions over facts: what is known of a person or entry, and nothing else."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from leitai.rulebook.model.base import Year


@dataclass(frozen=True, slots=True)
class FactTest:
    """Which facts are meant. ``year``: that hold in it; ``since``: from that year on."""

    kind: str
    key: str
    year: Year | None = None
    since: Year | None = None


@dataclass(frozen=True, slots=True)
class AmountTest:
    """A figure among the facts; the greatest that matches counts, none counts as nought."""

    kind: str
    key: str
    value: Fraction
    year: Year | None = None
    since: Year | None = None


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A fact of a kind (and key, where it has one) whose value passes one test.

    ``in``: is one of these words; ``least``/``most``/``above``/``under``: as a figure; ``from`` and
    ``to``: as a day, both included. True when one matching fact passes.
    """

    ONE_OF: ClassVar = (("in", "least", "most", "above", "under", "from", "to"),)

    kind: str
    key: str | None = None
    in_: tuple[str, ...] | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    above: Fraction | None = None
    under: Fraction | None = None
    from_: date | None = None
    to: date | None = None
    year: Year | None = None
    since: Year | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """True or false of somebody's facts."""

    ONE_OF: ClassVar = (("any", "all", "not", "has", "lacks", "below", "is"),)

    any: "tuple[Condition, ...] | None" = None
    all: "tuple[Condition, ...] | None" = None
    not_: "Condition | None" = None
    has: FactTest | None = None
    lacks: FactTest | None = None
    below: AmountTest | None = None
    is_: ValueTest | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Keeps an entry out of a stage when ``refuse`` is true, or unless ``require`` is.

    In a track of teams the facts of ``of: members`` are those of every member: one who is refused
    refuses the team. ``tracks`` limits the bar to some tracks.
    """

    ONE_OF: ClassVar = (("refuse", "require"),)

    id: str
    title: str
    refuse: Condition | None = None
    require: Condition | None = None
    tracks: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a kind of fact is called; ``values`` are all the words that it may have."""

    title: str
    values: tuple[str, ...] = ()
    unit: str = ""
    source: str = ""
