"""Live quizzes: a match as a sequence of segments, what each gives and who may answer.

Points are what an entry of the account adds: ``wrong: -10`` takes ten. Clocks are in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from leitai.rulebook.model.base import Share
from leitai.rulebook.schema import Between

Few = Annotated[int, Between(1, 100)]
Questions = Annotated[int, Between(1, 1_000)]
Some = Annotated[int, Between(0, 1_000)]
Seconds = Annotated[int, Between(1, 86_400)]
Milliseconds = Annotated[int, Between(0, 10_000)]


@dataclass(frozen=True, slots=True)
class Points:
    """What an answer adds; ``partly`` is for «basically right», a timeout is wrong unless said."""

    right: Fraction
    wrong: Fraction = Fraction(0)
    partly: Fraction | None = None
    timeout: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds to press, to begin an answer and to finish it; what is left out has no limit."""

    press: Seconds | None = None
    begin: Seconds | None = None
    finish: Seconds | None = None
    finish_from: Literal["question", "begin"] = "question"


@dataclass(frozen=True, slots=True)
class Order:
    """In which order seats have their turns; ``given`` (and ``level: draw``) come with the log."""

    by: Literal["seat", "score", "given"] = "seat"
    direction: Literal["ascending", "descending"] = "ascending"
    level: Literal["seat", "draw"] = "seat"


@dataclass(frozen=True, slots=True)
class Stop:
    """A seat takes no further part after so many failures, added up in the segment or match."""

    after: Few
    counts: tuple[Literal["wrong", "timeout", "partly", "foul"], ...] = ("wrong", "timeout")
    scope: Literal["segment", "match"] = "segment"


@dataclass(frozen=True, slots=True)
class Rung:
    """What one foul brings: points, what the seat loses, and what becomes of the question."""

    points: Fraction = Fraction(0)
    loses: Literal["nothing", "question", "segment"] = "question"
    question: Literal["goes-on", "void", "replaced"] = "goes-on"


@dataclass(frozen=True, slots=True)
class Fouls:
    """A ladder: the first foul of a seat, the second …; the last rung is for all further ones."""

    rungs: tuple[Rung, ...]
    memory: Literal["segment", "match"] = "segment"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sets:
    """So many sets of questions, of which each turn gets another one."""

    count: Questions
    by: Literal["chosen", "drawn"] = "drawn"


@dataclass(frozen=True, slots=True)
class Must:
    """Every seat answers in its turn: ``each`` questions a team, or a member.

    ``member-major``: first everybody's first turn, then the second ones; ``seat-major``: one seat
    has all its turns, then the next.
    """

    each: Few = 1
    by: Literal["team", "member"] = "team"
    sequence: Literal["member-major", "seat-major"] = "member-major"
    sets: Sets | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """All seats answer the same question, on boards or tablets."""

    questions: Questions


@dataclass(frozen=True, slots=True)
class Buzzer:
    """The first to press answers.

    ``opens``: presses count after the host's word (``go``) or already while the question is read
    (``reading``; reading stops). After a failed answer the question ``ends``, the ``others`` go on,
    or there is one ``rebound`` (补答); ``next`` says whether they press anew or follow in the order
    of their presses. ``attempts`` limits failed answers; ``unanswered`` says what becomes of a
    question that nobody answers. ``equal`` decides presses at the same instant.
    """

    questions: Questions
    opens: Literal["go", "reading"] = "go"
    after_wrong: Literal["ends", "others", "rebound"] = "ends"
    next: Literal["press", "queue"] = "press"
    attempts: Few | None = None
    unanswered: Literal["void", "audience"] = "void"
    rebound: Points | None = None
    equal: Literal["seat", "score-ascending", "score-descending"] = "seat"
    fouls: Fouls | None = None


@dataclass(frozen=True, slots=True)
class Stake:
    """A stake that may be chosen, and how many questions of it there are."""

    points: Fraction
    stock: Questions | None = None


@dataclass(frozen=True, slots=True)
class Give:
    """A question may be handed to another seat: who gains when it is right, who when it is wrong.

    ``loses`` pays the loss of a wrong answer; ``wrong`` gains the stake then.
    """

    right: Literal["taker", "giver", "none"] = "taker"
    wrong: Literal["giver", "none"] = "none"
    loses: Literal["taker", "giver", "none"] = "taker"


@dataclass(frozen=True, slots=True)
class Risk:
    """Each seat in its turn chooses a stake and wins or loses it (``loss``: what share of it).

    Choosing may be ``compulsory``; otherwise a seat may decline. With ``steal`` the others may
    press for the stake after a failed answer.
    """

    stakes: tuple[Stake, ...]
    rounds: Few = 1
    compulsory: bool = False
    loss: Share = Fraction(1)
    partly: Share | None = None
    give: Give | None = None
    steal: bool = False


@dataclass(frozen=True, slots=True)
class Designation:
    """Each seat in its turn sets the question of another: of the next, the one before, or any.

    ``each: once`` lets a seat be designated once a round where it is chosen. ``setter_gains`` gives
    the setter that share of the stake when the answer fails.
    """

    stakes: tuple[Stake, ...]
    rounds: Few = 1
    target: Literal["next", "previous", "chosen"] = "next"
    member: Literal["chosen", "any"] = "any"
    loss: Share = Fraction(0)
    partly: Share | None = None
    setter_gains: Share = Fraction(0)
    each: Literal["once", "often"] = "once"


@dataclass(frozen=True, slots=True)
class Duel:
    """Pairs of seats meet: by live score (1 against 2, 3 against 4 …), by seat, or as given.

    Who has more points of the duel wins; it also ends when one has ``first_to`` right answers.
    ``lifelines``: so often a seat may restart its clock.
    """

    questions: Questions
    pairs: Literal["score", "seat", "given"] = "score"
    form: Literal["turns", "buzzer"] = "turns"
    first_to: Few | None = None
    win: Fraction = Fraction(0)
    level: Fraction = Fraction(0)
    lifelines: Some = 0
    opens: Literal["go", "reading"] = "go"
    after_wrong: Literal["ends", "others"] = "ends"


@dataclass(frozen=True, slots=True)
class Arena:
    """The champion (first of the order) picks an opponent; who fails leaves, the winner stays.

    They answer in turn, the challenger first; who has failed ``out_after`` times leaves. A seat may
    pass a question to the opponent ``passes`` times. The first question of each duel is answered by
    member ``opener``. ``places`` gives points by place, from the first; the order of leaving is the
    key ``place``.
    """

    out_after: Few = 1
    passes: Some = 0
    first: Literal["challenger", "champion"] = "challenger"
    opener: Few | None = None
    places: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """Each seat in its turn answers as many questions as it can within ``seconds``."""

    seconds: Seconds
    questions: Questions | None = None
    passes: Some | None = None
    out_after: Few | None = None


@dataclass(frozen=True, slots=True)
class Playoff:
    """Level seats play on; its points never count, it gives an order (key ``playoff``).

    ``trigger``: any tie, only one that crosses one of ``places`` (3: between third and fourth), or
    only one among the first ``top``. ``buzzer``: who first has ``first_to`` right answers is ahead
    of the others, and ``wrong: loses`` puts a failing seat behind them; ``joint``: all answer, and
    who is right is ahead of who is not (sudden death). ``most`` questions, then they stay level.
    Where the segment has ``points``, all ``most`` questions are played and what they brought is
    compared.
    """

    trigger: Literal["any", "places", "top"] = "any"
    places: tuple[Few, ...] = ()
    top: Few | None = None
    form: Literal["buzzer", "joint"] = "buzzer"
    first_to: Few = 1
    wrong: Literal["nothing", "loses"] = "nothing"
    most: Questions | None = None
    opens: Literal["go", "reading"] = "go"
    fouls: Fouls | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a match. ``points`` may be left out where stakes, places or an order decide.

    ``members`` limits who may press and answer to these numbers; ``present`` lets only those seats
    play that have somebody of this role with them; ``manner`` is what the host demands of an answer
    (题目须先复述, 答毕须说“回答完毕”), for people to see.
    """

    ONE_OF: ClassVar = (
        ("must", "joint", "buzzer", "risk", "designation", "duel", "arena", "timed", "playoff"),
    )

    id: str
    title: str
    points: Points | None = None
    must: Must | None = None
    joint: Joint | None = None
    buzzer: Buzzer | None = None
    risk: Risk | None = None
    designation: Designation | None = None
    duel: Duel | None = None
    arena: Arena | None = None
    timed: Timed | None = None
    playoff: Playoff | None = None
    clock: Clock = field(default_factory=Clock)
    order: Order = field(default_factory=Order)
    stop: Stop | None = None
    members: tuple[Few, ...] = ()
    present: str | None = None
    optional: bool = False
    manner: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Conduct:
    """A penalty or bonus outside the questions; ``most`` times a seat; ``out_after`` so many."""

    title: str
    points: Fraction = Fraction(0)
    most: Few | None = None
    out_after: Few | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Individual:
    """What members win with their answers is a score of their own, in another event.

    ``stage`` and ``track`` are the match's own where they are left out.
    """

    event: str
    stage: str | None = None
    track: str | None = None
    segments: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """How a quiz runs and scores.

    ``base`` is what every seat begins with; with ``carried`` each brings a figure of its own (from
    an earlier stage), which decides orders and is shown, but which the stage's total adds.
    ``close`` says what becomes of two presses that are nearer to one another than can be measured:
    the question is ``replaced``, the ``chief`` judge says who was first, or they are ``equal``.
    """

    segments: tuple[Segment, ...]
    base: Fraction = Fraction(0)
    carried: bool = False
    seats: tuple[Few, Few] | None = None
    members: Few = 1
    substitutions: Some = 0
    correction: Milliseconds = 500
    close: Literal["replaced", "chief", "equal"] = "replaced"
    conduct: Mapping[str, Conduct] = field(default_factory=lambda: MappingProxyType({}))
    individual: Individual | None = None
    verdict_by: str = ""
    arbitration: str = ""
    source: str = ""
    assumption: str | None = None
