"""Judged events and ballots: how the marks of judges, or votes, become a score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, Literal, TypeVar

from leitai.rulebook.model.base import Count, Decimals, Number, Round, Share
from leitai.rulebook.schema import Between

_Value = TypeVar("_Value")

WHOLE: Final = "score"  # the one line of an event that is marked as a whole


def _none() -> Mapping[str, _Value]:
    return MappingProxyType({})


# ---- what a judge marks -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grade:
    """A word that a judge may give instead of points, and the points that it stands for."""

    grade: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class OperationStep:
    """One step of a checklist: the mark 1 earns its points, 0 earns none."""

    title: str
    points: Fraction
    source: str = ""


@dataclass(frozen=True, slots=True)
class MarkLevel:
    """What marks ``from`` one figure ``to`` another, both among them, stand for."""

    title: str
    from_: Fraction
    to: Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rubric: points from ``min`` to ``max``, a grade, or a checklist of steps.

    Marks in points have at most ``decimals`` places and are whole multiples of ``grain`` where
    there is one. ``levels`` describe them for judges: each mark lies in exactly one. ``weight``
    counts the line's figure in the sheet (1: as it is).
    """

    ONE_OF: ClassVar = (("max", "grades", "steps"),)

    title: str
    max: Fraction | None = None
    min: Fraction = Fraction(0)
    decimals: Decimals = 2
    grain: Fraction | None = None
    levels: tuple[MarkLevel, ...] = ()
    grades: tuple[Grade, ...] = ()
    steps: Mapping[str, OperationStep] = field(default_factory=_none)
    weight: Share = Fraction(1)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One mark for the whole, between two bounds (70 to 100); its line is called ``score``."""

    min: Fraction
    max: Fraction
    decimals: Decimals = 2
    grain: Fraction | None = None
    levels: tuple[MarkLevel, ...] = ()


# ---- from marks to a figure ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Combine:
    """How the figures of several judges become one.

    ``trimmed`` drops the ``high`` greatest and the ``low`` least and takes the mean of the rest,
    when there are at least ``from`` of them (left out: one more than are dropped). ``fewer``: with
    fewer, take the mean of all, or refuse the marks.
    """

    by: Literal["mean", "trimmed", "median", "sum"] = "mean"
    high: Number = 0
    low: Number = 0
    from_: Count | None = None
    fewer: Literal["mean", "refuse"] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where figures are rounded, in this order; what is left out stays exact.

    ``sheet``: what one judge gave; ``line``: what all gave for one line; ``kind``: what a kind of
    judges gave; ``result``: the score, before anything is taken off.
    """

    sheet: Round | None = None
    line: Round | None = None
    kind: Round | None = None
    result: Round | None = None


@dataclass(frozen=True, slots=True)
class JudgeKind:
    """Judges who count together: experts, the hall, the net.

    ``lines`` are those that they mark (left out: all). ``normalise``: ``full`` counts their figure
    as a share of what they could give, ``best`` as a share of what they gave the best entry; the
    event's maximum is the whole.
    """

    title: str
    weight: Share = Fraction(1)
    judges: Count | None = None
    least: Count | None = None
    combine: Combine | None = None
    lines: tuple[str, ...] = ()
    normalise: Literal["none", "full", "best"] = "none"
    source: str = ""


# ---- what is taken off or added -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeStep:
    """What a deviation of up to ``within`` seconds costs (left out: any).

    ``every``: the points are for every so many seconds, begun or full ones, ``most`` in all.
    """

    ONE_OF: ClassVar = (("deduct", "then"),)

    within: Count | None = None
    deduct: Fraction | None = None
    then: Literal["absent", "void"] | None = None
    every: Count | None = None
    count: Literal["begun", "full"] = "begun"
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Early:
    """Points for every so many full seconds that are left of ``max``."""

    every: Count
    add: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class TimePart:
    """A part of the time with a name: the talk, the questions."""

    title: str
    seconds: Count


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How long it may take, in seconds, and what less or more costs.

    ``stop``: then the entry is stopped, and a longer time counts as that. ``signals`` and ``parts``
    are for the timekeeper.
    """

    min: Number | None = None
    max: Count | None = None
    stop: Count | None = None
    decimals: Decimals = 0
    over: tuple[TimeStep, ...] = ()
    under: tuple[TimeStep, ...] = ()
    early: Early | None = None
    signals: tuple[Number, ...] = ()
    parts: tuple[TimePart, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """Who comes to the stage so many minutes late, or later, forfeits it or loses points."""

    minutes: Count
    then: Literal["absent", "void", "deduct"] = "absent"
    deduct: Fraction | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """Points off for each case of something, ``most`` in all; ``void_at`` so many: no result."""

    title: str
    each: Fraction = Fraction(0)
    most: Fraction | None = None
    void_at: Count | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points more for each case of something, ``most`` in all."""

    title: str
    each: Fraction
    most: Fraction
    source: str = ""


# ---- who may judge ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Sheets of one kind that lie more than ``above`` apart wait for a new marking.

    ``by`` names a judge whose sheet, when the others lie too far apart, counts ``alone`` or with
    the ``nearest`` of them. ``kinds`` limits it to some kinds of judges.
    """

    above: Fraction
    by: str = ""
    take: Literal["alone", "nearest"] = "alone"
    kinds: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """``least`` of the judges (or of the kinds of judges) named in ``by`` can reject an entry."""

    title: str
    by: tuple[str, ...]
    least: Count = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Recuse:
    """When a judge withdraws; a mark by a judge who should have is refused.

    ``same``: kinds of fact whose value judge and entry share (``unit``, ``delegation``).
    ``relations``: keys of the judge's facts of the kind ``recuse``, whose value is the entry.
    """

    same: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    words: str = ""
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """How judges' marks become a score.

    Judges mark ``lines``, one whole score in a ``band``, or one of ``grades``. ``per``: each
    judge's sheet is added up and the sheets are combined, or each line is combined and the lines
    are added up. With ``kinds`` a judge's id begins with the kind (``expert/3``).
    """

    ONE_OF: ClassVar = (("lines", "band", "grades"),)

    lines: Mapping[str, Line] = field(default_factory=_none)
    band: Band | None = None
    grades: tuple[Grade, ...] = ()
    judges: Count | None = None
    least: Count | None = None
    combine: Combine = field(default_factory=Combine)
    per: Literal["sheet", "line"] = "sheet"
    kinds: Mapping[str, JudgeKind] = field(default_factory=_none)
    round: Rounding = field(default_factory=Rounding)
    time: TimeRule | None = None
    late: Late | None = None
    penalties: Mapping[str, Penalty] = field(default_factory=_none)
    bonuses: Mapping[str, Bonus] = field(default_factory=_none)
    gap: Gap | None = None
    veto: Veto | None = None
    recuse: Recuse | None = None
    anchor: Count | None = None
    signed_by: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


# ---- ballots ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoterKind:
    """Voters who count together. ``tally``: their votes come counted, a number for each entry.

    ``voters`` is how many have a vote.
    """

    title: str
    weight: Share = Fraction(1)
    voters: Count | None = None
    tally: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """The points that a voter may give an entry."""

    least: Fraction
    most: Fraction
    decimals: Decimals = 0
    combine: Literal["sum", "mean"] = "sum"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share of approving votes that an entry needs: at least so much, or more than so much.

    ``of`` the votes for and against it, of the voters ``present`` (who handed in a paper), or of
    all ``members`` who have a vote. ``kind`` counts one kind of voters only. ``below``: the entry
    has no result, has nought, or keeps its score and a note says so.
    """

    ONE_OF: ClassVar = (("least", "above"),)

    least: Share | None = None
    above: Share | None = None
    of: Literal["votes", "present", "members"] = "present"
    kind: str | None = None
    below: Literal["void", "zero", "note"] = "void"
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """How votes become a score.

    ``by: approve`` counts approvals, ``points`` adds up points, ``places`` gives ``points_for`` the
    first, second … place on each paper. ``normalise``: ``best`` counts what a kind of voters gave
    as a share of what it gave the best entry, ``cast`` as a share of its papers (of all its votes
    where they come as a ``tally``); ``scale`` is the whole. A paper with more than ``votes`` or
    fewer than ``least_votes`` entries is void or refused. ``seats``: with fewer that pass, the
    rest stays vacant or is voted on again. ``rounds``: further ballots among those who tie.
    """

    by: Literal["approve", "points", "places"] = "approve"
    kinds: Mapping[str, VoterKind] = field(default_factory=_none)
    voters: Count | None = None
    quorum: Share | None = None
    votes: Count | None = None
    least_votes: Number = 0
    wrong_count: Literal["void", "refuse"] = "void"
    points: Points | None = None
    points_for: tuple[Fraction, ...] = ()
    normalise: Literal["none", "best", "cast"] = "none"
    scale: Fraction = Fraction(100)
    round_kind: Round | None = None
    round: Round | None = None
    threshold: Threshold | None = None
    seats: Count | None = None
    vacancy: Literal["allowed", "again"] = "allowed"
    rounds: Annotated[int, Between(1, 9)] = 1
    source: str = ""
    assumption: str | None = None
