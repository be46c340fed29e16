"""Stages: what is added up, how it is ranked, what a team scores and who goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Literal

from leitai.rulebook.model.base import (
    Better,
    Count,
    Decimals,
    Guests,
    Number,
    Portion,
    Round,
    Share,
    Unbroken,
)
from leitai.rulebook.model.conditions import Bar, Condition
from leitai.rulebook.model.places import Quota, Roster


@dataclass(frozen=True, slots=True)
class Carry:
    """A share of an earlier stage's figure that is brought along: its total, unless ``of`` says."""

    from_: str
    share: Share = Fraction(1)
    of: str = "total"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The score by which a stage ranks first: events by weight, what is carried in, a base.

    Without ``weights`` each event counts whole. ``sum`` may be left out where ``weights`` names the
    events. ``max`` is what the notice says can be had at most: it is checked, and decides nothing.
    """

    sum: tuple[str, ...] = ()
    weights: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    carry: tuple[Carry, ...] = ()
    base: Fraction = Fraction(0)
    max: Fraction | None = None
    round: Round | None = None
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A further sum of a stage that has a name, such as the final's own score without carry."""

    title: str
    sum: tuple[str, ...] = ()
    weights: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    better: Better = "higher"
    unit: str = ""
    decimals: Decimals = 0
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Distinct:
    """Ranks that must be told apart even where no line runs between them."""

    ranks: tuple[Count, Count]
    unbroken: Unbroken


@dataclass(frozen=True, slots=True)
class Ranking:
    """The chain of keys; then, only where a line runs through a tie, ``at_lines`` and ``unbroken``.

    A key is ``total``, an event, ``event.key``, a figure of the stage, ``stage:NAME`` or
    ``stage:NAME.key`` for an earlier stage's figure, or ``fact:KIND`` for a figure or day among
    the facts (``-fact:KIND``: the smaller or earlier one is better).
    """

    keys: tuple[str, ...] = ("total",)
    at_lines: tuple[str, ...] = ()
    unbroken: Unbroken = "share"
    distinct: tuple[Distinct, ...] = ()
    style: Literal["competition", "dense"] = "competition"
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking beside the main one: of some entries only, or by other keys."""

    title: str
    where: Condition | None = None
    per: str | None = None
    keys: tuple[str, ...] = ()
    unbroken: Unbroken | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Qualify:
    """A pass mark before ranking: who has less in an event (or ``total``) has no place."""

    of: str
    least: Fraction
    source: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A delegation's score from its entries.

    ``top``: of the best so many (left out: of all). ``score``: their sum or their mean. ``of:
    advanced`` counts only delegations that came into the stage as a team, with everyone of theirs
    whichever way they came. ``who`` limits it to entries of one capacity. ``fewer``: with fewer
    entries than ``top``, add up what there is (``count``) or do not rank the team (``exclude``).
    ``plus`` adds events that the delegation itself has scores in, by weight. Keys: ``total``,
    ``members`` (from the best down), ``sum:KEY`` and ``best:KEY`` of a key of the ranking over the
    counted entries, ``slot:N`` (the total of the entry whose fact ``slot`` is N), an event of
    ``plus``.
    """

    title: str
    top: Count | None = None
    score: Literal["sum", "mean"] = "sum"
    fewer: Literal["count", "exclude"] = "count"
    keys: tuple[str, ...] = ("total",)
    at_lines: tuple[str, ...] = ()
    unbroken: Unbroken = "share"
    of: Literal["all", "advanced"] = "all"
    who: Literal["all", "team", "individual"] = "all"
    plus: Mapping[str, Share] = field(default_factory=lambda: MappingProxyType({}))
    round: Round | None = None
    tracks: Literal["apart", "together"] = "apart"
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """So many entries (of a track) that a stage or a rule applies: both bounds included."""

    least: Number = 0
    most: Count | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on to a later stage (or beyond the season), and as what.

    ``take: everyone`` of the stage; the best ``teams`` with their best ``members`` (left out: with
    everyone of theirs); the best ``top`` or the best ``share``; everyone with at least ``least``.
    ``per`` counts inside each delegation (``delegation``) or each value of a kind of fact
    (``group``). ``where`` keeps places for those of whom it is true. ``except: already`` leaves out
    those whom an earlier rule of this stage took (their places are not filled up); ``up_to`` fills
    the next stage up to so many with the best of the rest. ``cap`` passes over whoever would be
    more than so many of a delegation or of a fact's value. ``fill: next`` moves up the next one
    for whoever is passed over, barred from the next stage or withdrawn; ``reserves`` names so many
    who would move up.
    """

    ONE_OF: ClassVar = (("take", "teams", "top", "share", "least", "up_to"),)

    to: str
    as_: Literal["individual", "team", "recommended"] = "individual"
    take: Literal["everyone"] | None = None
    teams: Count | None = None
    members: Count | None = None
    top: Count | None = None
    share: Portion | None = None
    least: Fraction | None = None
    up_to: Count | None = None
    per: str | None = None
    board: str | None = None
    where: Condition | None = None
    except_: Literal["already"] | None = None
    cap: tuple[Quota, ...] = ()
    guests: Guests | None = None
    fill: Literal["next", "none"] = "next"
    reserves: Number = 0
    unbroken: Unbroken | None = None
    when: Held | None = None
    confirm: str | None = None
    tracks: tuple[str, ...] = ()
    assumption: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the season: names are nominated, or a contest is held.

    ``held``: only with so many entries; otherwise everybody goes on by the rules of advancement as
    if taken. ``trial``: nothing follows from it. ``absent``: who missed an event is ``out`` of the
    ranking, or has ``zero`` in it.
    """

    title: str
    method: Literal["nomination", "contest"] = "contest"
    window: str | None = None
    place: str = ""
    hosts: Literal["delegations"] | None = None
    rules: Literal["here", "hosts"] = "here"
    tracks: tuple[str, ...] = ()
    trial: bool = False
    held: Held | None = None
    quota: Quota | None = None
    caps: tuple[Quota, ...] = ()
    bars: tuple[Bar, ...] = ()
    roster: Roster | None = None
    events: tuple[str, ...] = ()
    absent: Literal["out", "zero"] = "out"
    qualify: tuple[Qualify, ...] = ()
    total: Total | None = None
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    ranking: Ranking | None = None
    boards: Mapping[str, Board] = field(default_factory=lambda: MappingProxyType({}))
    team: Team | None = None
    advance: tuple[Advance, ...] = ()
    source: str = ""
    assumption: str | None = None
