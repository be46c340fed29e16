"""A state machine for each kind of segment."""

from typing import Final

from leitai.rulebook.live.match import Match, segment_of
from leitai.rulebook.live.segments.arena import Arena
from leitai.rulebook.live.segments.buzzer import Buzzer
from leitai.rulebook.live.segments.designation import Designation
from leitai.rulebook.live.segments.duel import Duel
from leitai.rulebook.live.segments.joint import Joint
from leitai.rulebook.live.segments.machine import Machine
from leitai.rulebook.live.segments.must import Must
from leitai.rulebook.live.segments.playoff import Playoff
from leitai.rulebook.live.segments.risk import Risk
from leitai.rulebook.live.segments.timed import Timed
from leitai.rulebook.model.live import Live, Segment

MACHINES: Final[dict[str, type[Machine]]] = {
    "must": Must,
    "joint": Joint,
    "buzzer": Buzzer,
    "risk": Risk,
    "designation": Designation,
    "duel": Duel,
    "arena": Arena,
    "timed": Timed,
    "playoff": Playoff,
}


def kind_of(segment: Segment) -> str:
    """Name the kind of a segment."""
    return next(kind for kind in MACHINES if getattr(segment, kind) is not None)


def machine_of(live: Live, segment: Segment) -> Machine:
    """Give the machine that plays a segment."""
    return MACHINES[kind_of(segment)](live, segment)


def machine_in(match: Match) -> Machine | None:
    """Give the machine of the segment that is played; None between segments and at the end."""
    run = match.play.run
    if run is None or run.ended or match.closed:
        return None
    return machine_of(match.live, segment_of(match.live, run.segment))
