"""What a recorder of paddles sees: the question on the stage, and what was keyed of it."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.live.models import Match, Paddles
from leitai.live.selectors.frozen import lines_of
from leitai.live.selectors.stage import playing_of
from leitai.rulebook import live as referee

RECENT = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """One order that was keyed, and what came of it: decides, overruled, agreed, unused."""

    paddles: Paddles
    outcome: str


@dataclass(frozen=True, slots=True)
class PaddlesPage:
    """`free` are the seats that may press. Nobody sees the other's order before both are there.

    `differ` are the two orders where they are not the same; `mine` says what this viewer keyed.
    """

    after: int
    question: int
    free: tuple[str, ...]
    mine: Paddles | None
    keyed: int
    agreed: bool
    differ: tuple[Paddles, ...]
    recent: tuple[Kept, ...]

    @property
    def open(self) -> bool:
        return bool(self.free)

    @property
    def decides(self) -> bool:
        return bool(self.differ) and self.mine is None

    @property
    def asks(self) -> bool:
        """Whether this viewer has something to key now; else the page looks again by itself."""
        return self.open and not self.agreed and self.mine is None


def page_of(match: Match, viewer: Actor) -> PaddlesPage:
    playing = playing_of(match, lines_of(match)) if match.rules else None
    after = playing.q if playing else 0
    question = playing.match.question if playing else None
    keyed = list(match.paddles.filter(after=after).order_by("pk"))
    free = referee.may_press(playing.match) if playing else ()
    earlier = match.paddles.exclude(after=after) if free else match.paddles
    agreed = any(one.decides or one.sent for one in keyed) or (
        len(keyed) >= 2 and keyed[0].order == keyed[1].order
    )
    return PaddlesPage(
        after,
        question.number if question else 0,
        free,
        next((one for one in keyed if one.account == viewer.account), None),
        len(keyed),
        agreed,
        tuple(keyed[:2]) if len(keyed) >= 2 and not agreed else (),
        tuple(_kept(list(earlier.order_by("-after", "pk")[:RECENT]))),
    )


def _kept(rows: list[Paddles]) -> list[Kept]:
    decided = {one.after for one in rows if one.decides}
    return [Kept(one, _outcome(one, decided)) for one in rows]


def _outcome(one: Paddles, decided: set[int]) -> str:
    if one.decides:
        return "decides"
    if one.after in decided:
        return "overruled"
    return "agreed" if one.sent else "unused"
