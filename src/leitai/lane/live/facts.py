"""What the stage knows of a match before anything is played, and what it writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from leitai.lane.live.timing import Timing
from leitai.rulebook.data import LogIn
from leitai.rulebook.model import Event
from leitai.rulebook.model.live import Live

CLOCK: Final = "clock"  # who writes what nobody did: time ran out, a photo finish by the rules


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the match without its text."""

    name: str
    number: int
    segment: str = ""
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A match as the office made it ready."""

    id: int
    season: str
    stage: str
    track: str
    event_id: str
    code: str
    title: str
    event: Event
    live: Live
    timing: Timing
    state: str = "ready"
    rehearsal: bool = False
    chosen: bool = True  # somebody has decided how presses count, by a test or for paddles
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, who caused it, and the evidence of a press."""

    entry: LogIn
    by: str
    evidence: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the referee did not take."""

    at: int
    kind: str
    seat: str
    value: str
    by: str
    code: str
    evidence: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
