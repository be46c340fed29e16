"""What supervisors look at: how far judges agree, who marked whom, what was marked anew."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.judging import selectors, services
from leitai.judging.selectors.diagnostics import alpha
from tests.rooms.judging import making
from tests.rooms.judging.making import OFFICE

pytestmark = pytest.mark.usefixtures("stage")


def test_alpha_is_exact():
    """Marks 1 2 and 3 4: within, 1 + 1; among all, (1+4+9+1+4+1) / 3; so 1 - 2·3/20."""
    turns = [[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)]]
    assert alpha(turns) == Fraction(7, 10)
    assert alpha([*turns, [Fraction(9)]]) == Fraction(7, 10)  # one judge alone agrees with nobody
    assert alpha([[Fraction(1), Fraction(1)], [Fraction(2), Fraction(2)]]) == 1
    assert alpha([[Fraction(5), Fraction(5)]]) is None
    assert alpha([]) is None


def test_who_has_not_marked_everybody_is_named():
    day = making.called()
    day.play(1)
    day.play(2)
    services.declare_recusal(
        actor=OFFICE,
        seat=day.seat(3),
        slot=day.slot(2),
        relation="kinship",
        words="表亲",
        at=day.at(),
    )
    for slot, seats in ((1, (1, 2, 3, 4, 5)), (2, (1, 2, 4, 5))):
        for seat in seats:
            day.mark(slot, seat, str(50 + slot))
    lines = {line.seat.judge: line for line in selectors.diagnostics_of(day.event)}
    assert {judge: (one.missed, one.recused) for judge, one in lines.items()} == {
        "1": (0, 0),
        "2": (0, 0),
        "3": (1, 1),
        "4": (0, 0),
        "5": (0, 0),
        "6": (0, 0),  # a reserve whom nobody called
    }
    assert selectors.agreement_of(day.event) == [("", "1.00")]


def test_both_versions_are_shown_once_all_are_in():
    day = making.called()
    day.play(1)
    day.play(2)
    for seat in (1, 2, 3):
        day.mark(2, seat, "50")
    chief = making.judge(day.seat(1).person)
    given = {"actor": chief, "slot": day.slot(2), "seat": day.seat(3)}
    services.reopen_sheet(reason="笔误", at=day.at(), **given)
    day.mark(2, 3, "53")
    services.withdraw_sheet(reason="应当回避", at=day.at(), **given | {"seat": day.seat(2)})
    assert selectors.corrections_of(day.event) == ()  # nobody sees a mark yet
    for seat in (2, 4, 5):
        day.mark(2, seat, "51")
    out, anew = selectors.corrections_of(day.event)
    assert (out.old.seat.judge, out.before, out.after) == ("2", "88", "89")
    assert (anew.before, anew.after, anew.lines) == ("88", "91", (("政策运用", "50", "53"),))
    assert anew.new is not None
    assert anew.new.reopening is not None
    assert (anew.old.version, anew.new.version, anew.new.reopening.reason) == (1, 2, "笔误")
