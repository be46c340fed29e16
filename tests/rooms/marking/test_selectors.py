"""Who sees a sitting's marks, and what of them."""

import pytest

from leitai.base.actor import NOBODY, Actor, AppointmentRef
from leitai.kernel.errors import DomainError
from leitai.marking import selectors, services
from leitai.marking.selectors import MarkedItem
from leitai.sittings.models import Sitting
from tests.rooms.marking.halls import AT, KEYS, Hall, answers

pytestmark = pytest.mark.django_db


def actor(role: str = "", *, person: str = "", season: str = "sc") -> Actor:
    held = (AppointmentRef(role, "51/", season),) if role else ()
    return Actor("5", "某人", person=person, appointments=held)


@pytest.fixture
def sitting() -> Sitting:
    made = Hall().sit(answers(KEYS | {2: "A", 6: "AB"}))
    services.mark_sittings([made.pk], at=AT)
    return made


def test_own_marks_show_each_item_once_the_result_is_published(sitting: Sitting) -> None:
    marks = selectors.get_marking_for(actor(person="p001"), sitting, published=True)
    assert (marks.total, marks.right) == ("6.50", 4)
    assert marks.items[:2] == (
        MarkedItem(1, "single", "1.5", "1.5", right=True),
        MarkedItem(2, "single", "0", "1.5", right=False),
    )
    assert marks.items[5] == MarkedItem(6, "multiple", "0", "2", right=False)
    assert marks.digest == bytes(sitting.final_digest).hex()


@pytest.mark.parametrize(
    ("viewer", "published"),
    [
        (actor(person="p001"), False),
        (actor(person="p002"), True),
        (NOBODY, True),
        (actor("exam_officer"), True),
        (actor("item_writer"), True),
        (actor("office", season="other"), True),
    ],
)
def test_others_do_not_learn_that_there_are_marks(
    sitting: Sitting, viewer: Actor, published: bool
) -> None:
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_marking_for(viewer, sitting, published=published)


@pytest.mark.parametrize("role", ["office", "supervisor"])
def test_committee_and_supervisors_see_marks_before_publication(
    sitting: Sitting, role: str
) -> None:
    assert selectors.get_marking_for(actor(role), sitting).total == "6.50"
