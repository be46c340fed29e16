"""The language of rules as a tree of frozen values: one class per mapping of the YAML text.

The classes are the schema: ``schema.read`` builds them from their annotations, so a new key of the
language is a new field here. A trailing underscore stands where a key is a Python word (``as_``).
Everything with a default may be left out of the text. ``source`` quotes the sentence of the notice
behind a rule; ``assumption`` names the open question that a rule answers.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, Literal

from leitai.rulebook.numbers import MAX_DECIMALS
from leitai.rulebook.schema import Between

LANGUAGE_VERSION: Final = 1

Count = Annotated[int, Between(1, 1_000_000)]
Decimals = Annotated[int, Between(0, MAX_DECIMALS)]
Year = Annotated[int, Between(1900, 9999)]
Better = Literal["higher", "lower"]
Unbroken = Literal["draw", "vote", "playoff", "jury"]
Guests = Literal["skip", "include"]


@dataclass(frozen=True, slots=True)
class Host:
    """The organiser's unit."""

    unit: str
    name: str


@dataclass(frozen=True, slots=True)
class Under:
    """Every unit of one level below a unit sends a delegation."""

    under: str
    level: str


@dataclass(frozen=True, slots=True)
class Also:
    """A further delegation; a guest is ranked but takes no place where guests are skipped."""

    unit: str
    name: str
    guest: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Delegations:
    """Who sends contestants."""

    title: str
    each: Under | None = None
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A competition of its own, of persons or of teams."""

    title: str
    kind: Literal["person", "team"]


@dataclass(frozen=True, slots=True)
class Window:
    """A date of the notice: its words, and the days that bind where it names any."""

    title: str
    words: str
    earliest: date | None = None
    latest: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """So many items of a type at so many points each; ``share`` gives part marks."""

    type: Literal["single", "multiple", "truefalse", "blank"]
    count: Count
    points: Fraction
    partial: Literal["none", "share"] = "none"


@dataclass(frozen=True, slots=True)
class TieKey:
    """A further figure of an event by which ties can be broken."""

    title: str
    better: Better
    unit: str = ""
    decimals: Decimals = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that gives an entry a score."""

    title: str
    kind: Literal["exam"]
    max: Fraction
    decimals: Decimals
    minutes: Count | None = None
    paper: tuple[PaperPart, ...] = ()
    keys: Mapping[str, TieKey] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may enter the stage that follows the nomination."""

    per: Literal["delegation", "stage"]
    count: Count
    source: str = ""


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
class Condition:
    """True or false of a person's facts."""

    ONE_OF: ClassVar = (("any", "all", "has", "lacks", "below"),)

    any: "tuple[Condition, ...] | None" = None
    all: "tuple[Condition, ...] | None" = None
    has: FactTest | None = None
    lacks: FactTest | None = None
    below: AmountTest | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Keeps a person out of a stage when ``refuse`` is true of the person's facts."""

    id: str
    title: str
    refuse: Condition
    source: str
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The score by which a stage ranks first: the sum of these events."""

    sum: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The chain of keys: ``total``, an event or ``event.key``; then what breaks a tie at a line."""

    keys: tuple[str, ...]
    unbroken: Unbroken
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A delegation's score: the sum of its best ``top`` entries.

    ``of: advanced`` counts only delegations that came into the stage as a team, with everyone of
    theirs whichever way they came. ``fewer``: with fewer entries than ``top``, add up what there
    is (``count``) or do not rank the team (``exclude``).
    """

    title: str
    top: Count
    fewer: Literal["count", "exclude"]
    keys: tuple[Literal["total", "members"], ...]
    unbroken: Unbroken
    of: Literal["all", "advanced"] = "all"
    assumption: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on to a later stage, and as what.

    ``take: everyone`` of the stage; or the best ``teams`` with their best ``members``; or the best
    ``top`` entries, ``except: already`` those whom an earlier rule of this stage took (their places
    are not filled up).
    """

    ONE_OF: ClassVar = (("take", "teams", "top"),)

    to: str
    as_: Literal["individual", "team"]
    take: Literal["everyone"] | None = None
    teams: Count | None = None
    members: Count | None = None
    top: Count | None = None
    except_: Literal["already"] | None = None
    guests: Guests | None = None
    assumption: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the season: names are nominated, or a contest is held."""

    title: str
    method: Literal["nomination", "contest"]
    window: str | None = None
    hosts: Literal["delegations"] | None = None
    quota: Quota | None = None
    bars: tuple[Bar, ...] = ()
    events: tuple[str, ...] = ()
    total: Total | None = None
    ranking: Ranking | None = None
    team: Team | None = None
    advance: tuple[Advance, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """An award for places of a stage's ranking.

    ``ranks: [first, last]`` on the board of all; ``top`` on the board of all or, ``per:
    delegation``, inside each. Who holds one of the awards ``unless`` is passed over and the next
    one follows. Guests are passed over where ``guests: skip``; the default is to skip guest teams
    and to include guests' people.
    """

    ONE_OF: ClassVar = (("ranks", "top"),)

    id: str
    title: str
    to: Literal["person", "team"]
    stage: str
    ranks: tuple[Count, Count] | None = None
    top: Count | None = None
    per: Literal["delegation"] | None = None
    unless: tuple[str, ...] = ()
    exhausted: Literal["vacant"] | None = None
    guests: Guests | None = None
    assumption: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who sees what of a stage's results."""

    public: Literal["none", "list", "all"]
    contestant: Literal["none", "own", "list", "all"]
    unit: Literal["none", "own", "list", "all"]
    committee: Literal["all"]
    supervisor: Literal["all"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the notice leaves open, what was chosen, and who must confirm it."""

    question: str
    chosen: str
    confirm: str
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A season's rules. ``text`` is the YAML (empty when read from its canonical form)."""

    GIVEN: ClassVar = frozenset({"text", "canonical", "stage_order"})

    rulebook: Count
    id: str
    title: str
    year: Year
    tracks: Mapping[str, Track]
    stages: Mapping[str, Stage]
    delegations: Delegations
    short_title: str = ""
    theme: str = ""
    scope: str = ""
    host: Host | None = None
    modules: tuple[str, ...] = ()
    calendar: Mapping[str, Window] = field(default_factory=lambda: MappingProxyType({}))
    events: Mapping[str, Event] = field(default_factory=lambda: MappingProxyType({}))
    awards: tuple[Award, ...] = ()
    visibility: Mapping[str, Visibility] = field(default_factory=lambda: MappingProxyType({}))
    assumptions: Mapping[str, Assumption] = field(default_factory=lambda: MappingProxyType({}))
    text: str = ""
    canonical: bytes = b""
    stage_order: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """Name the rules by the SHA-256 of their canonical form, in hex."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def guests(self) -> frozenset[str]:
        """Give the units whose delegations are guests."""
        return frozenset(also.unit for also in self.delegations.also if also.guest)

    def award(self, award_id: str) -> Award:
        """Give the award of that id; raises KeyError."""
        for award in self.awards:
            if award.id == award_id:
                return award
        raise KeyError(award_id)
