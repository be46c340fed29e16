"""Awards for places of a ranking, and honours (money, outside honours) that follow from them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from leitai.rulebook.model.base import Count, Guests, Number, Portion, Unbroken
from leitai.rulebook.model.conditions import Condition
from leitai.rulebook.model.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Award:
    """An award for places of a stage's ranking.

    ``ranks: [first, last]``; the best ``top`` or ``share``; everyone with at least ``least``;
    everyone else (``rest: true``); or ``decided`` by a body, which names the holders. On the main
    board, the board ``board``, or, with ``per``, inside each delegation or each value of a kind of
    fact. ``within`` looks at the best part of the board only. Who holds one of the awards
    ``unless`` is passed over: the next one follows (``succession: next``, 依次顺延) or the place
    stays empty (``none``); ``stacks`` says openly that it may be held beside others. Guests are
    passed over where ``guests: skip``; the default is to skip guest teams and to include guests'
    people. ``rubric`` gives a body that decides among teams the points to compare them by.
    """

    ONE_OF: ClassVar = (("ranks", "top", "share", "least", "rest", "decided"),)

    id: str
    title: str
    to: Literal["person", "team"]
    stage: str
    ranks: tuple[Count, Count] | None = None
    top: Count | None = None
    share: Portion | None = None
    least: Fraction | None = None
    rest: bool | None = None
    decided: str | None = None
    count: Number = 0
    board: str | None = None
    per: str | None = None
    within: Portion | None = None
    where: Condition | None = None
    tracks: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    stacks: bool = False
    succession: Literal["next", "none"] = "next"
    exhausted: Literal["vacant"] | None = None
    guests: Guests | None = None
    unbroken: Unbroken | None = None
    rubric: Rubric | None = None
    assumption: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Honour:
    """Money, an outside honour or another benefit for holders of awards or places of a ranking.

    ``where`` is the body's own condition over facts (an award of this season is a fact of kind
    ``award``). ``lottery: n`` draws so many of those who qualify.
    """

    ONE_OF: ClassVar = (("awards", "ranks", "titles"),)

    id: str
    title: str
    kind: Literal["money", "honour", "benefit", "prize"]
    amount: Fraction | None = None
    awards: tuple[str, ...] | None = None
    titles: tuple[str, ...] | None = None
    stage: str | None = None
    ranks: tuple[Count, Count] | None = None
    to: Literal["person", "team"] = "person"
    tracks: tuple[str, ...] = ()
    where: Condition | None = None
    lottery: Number = 0
    given_by: str = ""
    assumption: str | None = None
    source: str = ""
