"""A season's rules as one frozen value."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal, TypeVar

from leitai.rulebook.model.awards import Award, Honour
from leitai.rulebook.model.base import Count, Year
from leitai.rulebook.model.conditions import FactKind
from leitai.rulebook.model.events import Event
from leitai.rulebook.model.forms import Form
from leitai.rulebook.model.places import Beyond, Body, Delegations, Host, Track
from leitai.rulebook.model.practice import Practice
from leitai.rulebook.model.procedure import Appeal, Draw, Holidays, Publicity, Window
from leitai.rulebook.model.stages import Stage

_Value = TypeVar("_Value")


def _none() -> Mapping[str, _Value]:
    return MappingProxyType({})


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
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A season's rules. ``text`` is the YAML (empty when read from its canonical form)."""

    GIVEN: ClassVar = frozenset({"text", "canonical", "stage_order"})

    rulebook: Count
    id: str
    title: str
    tracks: Mapping[str, Track]
    stages: Mapping[str, Stage]
    year: Year | None = None
    delegations: Delegations = field(default_factory=Delegations)
    short_title: str = ""
    theme: str = ""
    scope: str = ""
    host: Host | None = None
    effective: str = ""
    bodies: Mapping[str, Body] = field(default_factory=_none)
    beyond: Mapping[str, Beyond] = field(default_factory=_none)
    facts: Mapping[str, FactKind] = field(default_factory=_none)
    modules: tuple[str, ...] = ()
    calendar: Mapping[str, Window] = field(default_factory=_none)
    holidays: Holidays | None = None
    forms: Mapping[str, Form] = field(default_factory=_none)
    draws: Mapping[str, Draw] = field(default_factory=_none)
    events: Mapping[str, Event] = field(default_factory=_none)
    practice: Practice | None = None
    awards: tuple[Award, ...] = ()
    honours: tuple[Honour, ...] = ()
    publicity: Mapping[str, Publicity] = field(default_factory=_none)
    appeals: Mapping[str, Appeal] = field(default_factory=_none)
    visibility: Mapping[str, Visibility] = field(default_factory=_none)
    assumptions: Mapping[str, Assumption] = field(default_factory=_none)
    text: str = ""
    canonical: bytes = b""
    stage_order: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """Name the rules by the SHA-256 of their canonical form, in hex."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def guests(self) -> frozenset[str]:
        """Give what the delegations that are guests may be called: their units and their names."""
        guests = [also for also in self.delegations.also if also.guest]
        return frozenset(name for also in guests for name in (also.unit, also.name))

    def award(self, award_id: str) -> Award:
        """Give the award of that id; raises KeyError."""
        for award in self.awards:
            if award.id == award_id:
                return award
        raise KeyError(award_id)
