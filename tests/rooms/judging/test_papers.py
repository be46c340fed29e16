"""Paper sheets keyed by two who do not see one another; a third where they differ."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from leitai.base.actor import Actor
from leitai.judging import services
from leitai.judging.models import PaperEntry, Sheet
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, SECOND, THIRD
from tests.rooms.judging.test_services import refused

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def day(stage):
    held = making.called()
    held.play(1)
    held.play(2)
    return held


SUMS = {"50": "88", "50.0": "88", "51": "89", "56": "94"}  # with 18 and both steps, 20


def key(day, who, given, seat=3, total=""):
    """`total` is the paper's own; else that of the sheet as `making.marks` gives it."""
    return services.key_paper(
        actor=who,
        slot=day.slot(2),
        seat=day.seat(seat),
        marks=given,
        total=total or SUMS[given["policy"]],
        at=day.at(),
    )


def test_two_who_key_the_same_settle_it(day):
    assert key(day, CLERK, making.marks("50")).sheet is None
    refused("judging_keyed_already", lambda: key(day, CLERK, making.marks("50")))
    sheet = key(day, SECOND, making.marks("50.0")).sheet
    assert (sheet.source, sheet.marks.get(line="policy").value) == ("paper", "50.0")
    refused("judging_submitted", lambda: key(day, THIRD, making.marks("50")))


def test_a_third_settles_what_differs_and_nothing_else(day):
    key(day, CLERK, making.marks("50", "18"))
    held = key(day, SECOND, making.marks("56", "18"))
    assert (held.sheet, held.differing) == (None, ("policy",))
    sheet = key(day, THIRD, {"policy": "50", "manner": "1"}).sheet
    assert dict(sheet.marks.values_list("line", "value")) == making.marks("50", "18")
    assert list(PaperEntry.objects.values_list("third", flat=True)) == [False, False, True]


def test_a_keying_adds_up_to_what_the_paper_says(day):
    """58 keyed for 55 is found by the total that the judge wrote, not by a second keying alone."""
    refused("judging_control_none", lambda: key(day, CLERK, making.marks("58"), total=" "))
    refused("judging_control", lambda: key(day, CLERK, making.marks("58"), total="93"))
    assert not PaperEntry.objects.exists()
    assert key(day, CLERK, making.marks("55"), total="９３.0").sheet is None  # of an input method
    assert PaperEntry.objects.get().marks["policy"] == "55"


def test_a_judge_keys_no_own_sheet(day):
    person = day.seat(3).person
    self = Actor("acc-x", person.name, person.code, CLERK.appointments)
    refused("judging_keyer_judge", lambda: key(day, self, making.marks("50")))
    row = {"version": 1, "keyer_name": "某", "marks": {}, "at": making.AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.create(slot=day.slot(2), seat=day.seat(3), judge="5", keyer="5", **row)
    assert not Sheet.objects.exists()


def test_after_a_reopening_the_paper_is_keyed_anew(day):
    for who in (CLERK, SECOND):
        key(day, who, making.marks("50"))
    services.reopen_sheet(
        actor=making.judge(day.seat(1).person),
        slot=day.slot(2),
        seat=day.seat(3),
        reason="笔误",
        at=day.at(),
    )
    for who in (CLERK, SECOND):
        done = key(day, who, making.marks("51"))
    assert (done.sheet.version, done.sheet.reopening.reason) == (2, "笔误")
