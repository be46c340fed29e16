"""One duel as one of the two sees it; the right answer only of questions already answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from leitai.bank.models import ItemVersion
from leitai.base.actor import Actor
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.kernel.errors import DomainError
from leitai.practice.models import Credit, Learner
from leitai.practice.selectors.grounds import Ground, get_ground, versions_of
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class Answered:
    """A question after its answer; `other` is what the opponent answered, once the duel is over."""

    number: int
    version: ItemVersion
    given: str
    key: str
    right: bool
    seconds: int
    other: bool | None


@dataclass(frozen=True, slots=True)
class Earned:
    """What the duel brought into one ledger."""

    ledger: str
    points: str
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """`asked` is the question that is shown, `ends_at` when its seconds are over (no limit: None).

    `waiting`: nobody sits opposite and nothing was answered yet. `opponent` is "" until somebody
    does; `theirs` is how many questions they have answered (of a recording: as many as the own).
    """

    season: Season
    title: str
    side: Side
    duel: Duel
    total: int
    asked: ItemVersion | None
    ends_at: datetime | None
    last: Answered | None
    opponent: str
    recorded: bool
    theirs: int
    their_right: int
    rows: tuple[Answered, ...]
    earned: tuple[Earned, ...]

    @property
    def number(self) -> int:
        return len(self.side.answers) + 1

    @property
    def answered(self) -> int:
        return len(self.side.answers)

    @property
    def waiting(self) -> bool:
        begun = self.side.answers or self.side.asked_at
        return self.duel.state == DuelState.OPEN and not self.duel.code and not begun

    @property
    def over(self) -> bool:
        return self.duel.state == DuelState.OVER

    @property
    def done(self) -> bool:
        return self.side.done_at is not None

    @property
    def blanks(self) -> range:
        """So many fields to fill in."""
        asked = self.asked
        return range(len(asked.key or ())) if asked and asked.type == "blank" else range(0)


def get_side_for(actor: Actor, side: int) -> Side:
    """The actor's own side of a duel; anything else does not exist."""
    found = Side.objects.select_related("duel", "learner").filter(pk=side, recorded=None).first()
    if found is None or not actor.known or found.learner.account != actor.account:
        raise DomainError("not_found")
    return found


def seconds_of(actor: Actor, duel: Duel, *, at: datetime) -> int | None:
    """The seconds for each question, by the rules in force; None where there are none."""
    act = get_ground(actor, duel.season, at=at).acts.get(duel.act)
    return act.exercise.seconds_per_item if act and act.exercise else None


def table_for(actor: Actor, season: str, side: int, *, at: datetime) -> Table:
    """The duel of the actor's side; raises not_found."""
    held = get_side_for(actor, side)
    ground = get_ground(actor, season, at=at)
    if held.duel.season != season:
        raise DomainError("not_found")
    duel, act = held.duel, ground.acts.get(held.duel.act)
    other = duel.sides.exclude(pk=held.pk).select_related("learner__person__unit").first()
    versions = versions_of(duel.items)
    over = duel.state == DuelState.OVER
    rows = tuple(
        _answered(number, versions[number - 1], held, other if over else None)
        for number in range(1, len(held.answers) + 1)
    )
    seconds = act.exercise.seconds_per_item if act and act.exercise else None
    shown = held.asked_at is not None and held.done_at is None
    recorded = other is not None and other.recorded_id is not None
    theirs = len(other.answers) if other else 0
    if other is not None and recorded and not over:
        theirs = min(theirs, len(held.answers))
    return Table(
        season=ground.season,
        title=act.title if act else "",
        side=held,
        duel=duel,
        total=len(duel.items),
        asked=versions[len(held.answers)] if shown else None,
        ends_at=_ends_at(held, seconds),
        last=rows[-1] if rows else None,
        opponent=name_of(other.learner) if other else "",
        recorded=recorded,
        theirs=theirs,
        their_right=sum(1 for one in (other.answers[:theirs] if other else ()) if one[2]),
        rows=rows if over else (),  # not while the opponent still answers the same questions
        earned=_earned(held, ground) if over else (),
    )


def _earned(side: Side, ground: Ground) -> tuple[Earned, ...]:
    """With what was corrected since."""
    sums: dict[str, Decimal] = {}
    lines = Credit.objects.filter(
        learner=side.learner_id, day=side.duel.day, act=f"duel:{side.pk}"
    ).order_by("line")
    for ledger, points in lines.values_list("ledger", "points"):
        sums[ledger] = sums.get(ledger, Decimal()) + Decimal(points)
    held = ground.practice.ledgers
    return tuple(
        Earned(held[name].title, f"{points:f}", held[name].unit)
        for name, points in sums.items()
        if name in held
    )


def _ends_at(side: Side, seconds: int | None) -> datetime | None:
    if side.asked_at is None or side.done_at is not None or seconds is None:
        return None
    return side.asked_at + timedelta(seconds=seconds)


def name_of(learner: Learner) -> str:
    """Colleagues by name and unit; of the public, and of who leaves the boards, nothing."""
    if learner.person is None or learner.hidden:
        return _("一位学员")
    return _("%(name)s（%(unit)s）") % {
        "name": learner.person.name,
        "unit": learner.person.unit.name,
    }


def _answered(number: int, version: ItemVersion, side: Side, other: Side | None) -> Answered:
    given, milliseconds, right = side.answers[number - 1]
    theirs = other.answers[number - 1][2] if other and len(other.answers) >= number else None
    return Answered(
        number=number,
        version=version,
        given=_told(version, given),
        key=_told(version, version.key),
        right=bool(right),
        seconds=round(milliseconds / 1000),
        other=theirs,
    )


def _told(version: ItemVersion, answer: object) -> str:
    """An answer or a key in words."""
    if version.type == "truefalse":
        return {"T": _("正确"), "F": _("错误")}.get(str(answer), "")
    if isinstance(answer, list):
        return "；".join(
            " / ".join(map(str, part)) if isinstance(part, list) else str(part) for part in answer
        )
    return str(answer)
