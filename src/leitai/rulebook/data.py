"""What goes into the engine and what comes out: frozen values, no behaviour.

Scores and tie keys are integers scaled by ``10 ** decimals``; every derived value is a Fraction.
Ids of entries, persons and delegations are opaque text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Literal, Self

ReasonValue = str | int | tuple[str | int, ...]
EntryAs = Literal["individual", "team", "recommended"]
EntryKind = Literal["person", "team"]
ScoreStatus = Literal["ok", "absent", "void"]
ResolutionHow = Literal["draw", "vote", "playoff", "jury", "confirmation"]
HolderKind = Literal["person", "team"]

MAIN: Final = "main"
TEAMS: Final = "teams"


def team_board(delegation: str) -> str:
    """Name the board on which a delegation's own people are ranked."""
    return f"team:{delegation}"


def advance_line(to_stage: str) -> str:
    """Name the line that divides who goes on to ``to_stage`` from who does not."""
    return f"advance:{to_stage}"


def award_line(award: str) -> str:
    """Name the line at which an award's places end (or begin)."""
    return f"award:{award}"


def honour_line(honour: str) -> str:
    """Name the line at which an honour's holders are drawn."""
    return f"honour:{honour}"


def ranks_line(first: int, last: int) -> str:
    """Name the ranks that must be told apart."""
    return f"ranks:{first}-{last}"


# ---- in -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryIn:
    """A person (or a team or a work) in a stage of a track, for a delegation.

    ``id`` is the same in every stage; ``person`` tells one human being from another. ``members``
    are the persons of a team, or the authors of a work. Whatever else is known of an entry (its
    group, its unit, that it withdrew) is a fact of ``person``.
    """

    id: str
    stage: str
    track: str
    name: str
    delegation: str
    person: str
    as_: EntryAs = "individual"
    kind: EntryKind = "person"
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactIn:
    """What is known of a person: kind, key and exact value, valid from ``since`` to ``until``."""

    person: str
    kind: str
    key: str
    value: str
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ScoreIn:
    """One entry's result in one event: ``value / (over * 10 ** decimals)``, and its tie keys.

    ``over`` is 1 but for figures that no decimal can write, such as an unrounded mean of three.
    A key's integer is scaled by the decimals that the rulebook declares for that key.
    """

    stage: str
    track: str
    event: str
    entry: str
    value: int
    decimals: int
    status: ScoreStatus = "ok"
    keys: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    over: int = 1


@dataclass(frozen=True, slots=True)
class MarkIn:
    """One judge's mark for one line of a judged event; ``mark`` is a decimal or a grade.

    ``judge`` may name its kind before a slash (``expert/3``).
    """

    stage: str
    track: str
    event: str
    entry: str
    judge: str
    line: str
    mark: str


@dataclass(frozen=True, slots=True)
class LogIn:
    """One entry of a live match's log; ``at`` is in microseconds on the referee's clock."""

    stage: str
    track: str
    event: str
    match: str
    seq: int
    at: int
    kind: str
    seat: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class BallotIn:
    """One voter's vote for an entry on a board (the name of a ballot event)."""

    stage: str
    track: str
    board: str
    voter: str
    entry: str
    value: str


@dataclass(frozen=True, slots=True)
class ActIn:
    """One act of practice; ``at`` is local wall-clock time with its offset."""

    person: str
    act: str
    at: datetime
    value: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionIn:
    """An answer to one tie at one line: exactly the tied ids of that board, best first."""

    stage: str
    track: str
    board: str
    line: str
    order: tuple[str, ...]
    how: ResolutionHow
    note: str = ""


# ---- out ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, as a code and data; ``reasons.render`` makes it text when it is read.

    Amounts in ``data`` are texts (``"86.50"``, or ``"p/q"`` where a decimal does not end).
    """

    code: str
    data: Mapping[str, ReasonValue] = field(default_factory=lambda: MappingProxyType({}))

    def plain(self) -> dict[str, object]:
        """Give it as JSON data."""
        return {
            "code": self.code,
            "data": {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in self.data.items()
            },
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Self:
        """Undo ``plain``; raises KeyError or TypeError for data of another shape."""
        data = plain["data"]
        if not isinstance(data, Mapping):
            raise TypeError(plain)
        values = {
            str(key): tuple(value) if isinstance(value, list | tuple) else value
            for key, value in data.items()
        }
        return cls(code=str(plain["code"]), data=MappingProxyType(values))


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One entry's place on a board (``main``, or ``team:<delegation>`` for the ranking inside it).

    ``tied_with`` counts the others that share the rank. ``decided_by`` is there when another entry
    has the same total: it says how this one was put above the next (or, for the last of them,
    below the one before). ``values`` are the figures of the ranking's keys in the
    rulebook's order. Rows of a board stand best first; inside a shared rank by id.
    """

    stage: str
    track: str
    board: str
    rank: int
    entry: str
    delegation: str
    total: Fraction
    tied_with: int
    decided_by: Reason | None
    values: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A delegation's place as a team; ``counted`` are its counted entries, best first."""

    stage: str
    track: str
    rank: int
    delegation: str
    guest: bool
    total: Fraction
    counted: tuple[str, ...]
    advanced: bool
    tied_with: int
    decided_by: Reason | None


@dataclass(frozen=True, slots=True)
class AdvanceRow:
    """One entry that goes on."""

    stage: str
    to_stage: str
    track: str
    entry: str
    delegation: str
    as_: EntryAs
    reason: Reason


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award to one holder: an entry's id for a person, a delegation's code for a team.

    ``basis`` is ``<stage>/<track>/<board>/<rank>`` of the place that it was given for.
    """

    award: str
    title: str
    holder_kind: HolderKind
    holder: str
    delegation: str
    basis: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ReserveRow:
    """Who would move up next (递补), in order, where a rule of advancement keeps reserves."""

    stage: str
    to_stage: str
    track: str
    order: int
    entry: str
    delegation: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class HonourRow:
    """Money, an outside honour or another benefit that follows; ``amount`` in yuan for money."""

    honour: str
    title: str
    kind: str
    holder_kind: HolderKind
    holder: str
    delegation: str
    amount: Fraction | None
    basis: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title of practice that a person holds for a period."""

    title: str
    name: str
    person: str
    period: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CreditRow:
    """One line of a person's account in a ledger: what an act earned (or cost), and why not more.

    ``points`` is what was credited after all caps; ``earned`` what the act was worth before them.
    """

    ledger: str
    person: str
    at: datetime
    act: str
    earned: Fraction
    points: Fraction
    balance: Fraction
    reason: Reason


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One place on a board of practice: a person, or a unit (the value of a kind of fact)."""

    board: str
    title: str
    rank: int
    of: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """A tie across a line that nothing has broken: who ties, and what is needed (``draw`` …).

    A resolution with the same stage, track, board and line that orders exactly ``entries``
    (delegation codes on the board ``teams``) breaks it.
    """

    stage: str
    track: str
    board: str
    line: str
    entries: tuple[str, ...]
    needs: str
    detail: Reason


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Something a reader of the outcome should know that changes no row of it."""

    stage: str
    track: str
    subject: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Folded:
    """What an activity's records come to: scores for the engine, and what should be known of them.

    ``blocked`` names what keeps a score from being made (a match without its end, marks that lie
    too far apart).
    """

    scores: tuple[ScoreIn, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    blocked: tuple[BlockedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Practised:
    """What practice comes to: accounts, titles, and both as facts for eligibility."""

    ledger: tuple[CreditRow, ...] = ()
    titles: tuple[TitleRow, ...] = ()
    facts: tuple[FactIn, ...] = ()
    notes: tuple[NoteRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that was decided, in an order that depends on the content alone."""

    standings: Sequence[StandingRow] = ()
    teams: Sequence[TeamRow] = ()
    advancement: tuple[AdvanceRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    blocked: tuple[BlockedRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    reserves: tuple[ReserveRow, ...] = ()
    honours: tuple[HonourRow, ...] = ()
    titles: tuple[TitleRow, ...] = ()
    ledger: tuple[CreditRow, ...] = ()
    boards: tuple[BoardRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of «why is A above B»: what was compared, both values, and what came of it.

    ``sign`` compares the figures, upper with lower; "" where they are no figures.
    """

    title: str
    upper: str
    lower: str
    verdict: Literal["same", "decides", "unused"]
    sign: Literal["=", ">", "<", ""] = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One bar that keeps a person out: the sentence of the notice, and the fact if one is there."""

    bar: str
    title: str
    source: str
    fact: FactIn | None
