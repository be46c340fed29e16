"""A sitting's marks, for whoever may see them."""

from dataclasses import dataclass
from fractions import Fraction

from leitai.bank import selectors as bank
from leitai.bank.enums import ItemType
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.marking.folding import fold
from leitai.marking.models import Marking
from leitai.marking.rules import can_see_all_marks, can_see_own_marks
from leitai.rulebook import numbers
from leitai.sittings import selectors as sittings
from leitai.sittings.models import Sitting


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One item: what it gave (`points`) of what it can give (`full`), as decimals."""

    number: int
    type: ItemType
    points: str
    full: str
    right: bool


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """A marked sitting; `digest` is the journal's, in hex, as on the hand-in receipt."""

    sitting: int
    total: str
    items: tuple[MarkedItem, ...]
    right: int
    digest: str


def get_marking_for(viewer: Actor, sitting: Sitting, *, published: bool = False) -> OwnMarks:
    """The marks of a sitting, item by item; never its keys.

    `published` says that the stage's result is published and lets contestants see their own marks:
    only a room above knows that. Others learn nothing: DomainError("not_found").
    """
    season = sitting.exam.stage.season.code
    allowed = can_see_all_marks(viewer, season) or can_see_own_marks(
        viewer, sitting, published=published
    )
    marking = Marking.objects.filter(sitting=sitting).first() if allowed else None
    if marking is None:
        raise DomainError("not_found")
    items = tuple(
        MarkedItem(
            number=item.number,
            type=ItemType(item.type),
            points=numbers.show(bank.POINTS_UNIT * given),
            full=numbers.show(item.points),
            right=bank.POINTS_UNIT * given == item.points,
        )
        for item, given in zip(bank.key_of(sitting.exam.paper_id), marking.points, strict=True)
    )
    return OwnMarks(
        sitting=sitting.pk,
        total=numbers.show(Fraction(marking.total) * bank.POINTS_UNIT, 2),
        items=items,
        right=sum(item.right for item in items),
        digest=bytes(marking.journal_digest).hex(),
    )


def get_answers_for(
    viewer: Actor, sitting: Sitting, *, published: bool = False
) -> dict[int, str | list[str]]:
    """What was answered, by number of the question; to the same readers as the marks."""
    season = sitting.exam.stage.season.code
    if not can_see_all_marks(viewer, season) and not can_see_own_marks(
        viewer, sitting, published=published
    ):
        raise DomainError("not_found")
    for ended in sittings.ended_sittings([sitting.pk]):
        final = bytes(sitting.final_digest) if sitting.final_digest is not None else None
        answers, _digest = fold(
            sitting.pk, ended.rows, final_seq=sitting.final_seq or 0, final_digest=final
        )
        return answers
    return {}
