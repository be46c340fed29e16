"""Where judges see numbers alone, the hall's screen tells no name before the rules open it."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from leitai.judging import services
from leitai.seasons.models import RulebookVersion
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, SECOND, STAGE

pytestmark = pytest.mark.usefixtures("stage")

DRAWN = """
draws:
  station: {{title: 赛位号, of: number, stage: final, layers: [{{title: 赛位号, unlock: {unlock}}}]}}
"""


def marked(unlock: str = "", *, anonymous: bool = True) -> making.Day:
    """Two have shown, the second's score is told, the third is on stage."""
    day = making.called(anonymous=anonymous)
    if unlock:
        law = making.TEXT + DRAWN.format(unlock=unlock)
        name = hashlib.sha256(law.encode()).hexdigest()
        day.event.law = RulebookVersion.objects.create(
            hash=name, text=law, canonical=b"", added_at=making.AT
        )
        day.event.save()
    day.play(1)
    day.play(2)
    for seat in range(1, 6):
        day.mark(1, seat, "50")
        day.mark(2, seat, "50")
    services.announce_slot(actor=STAGE, slot=day.slot(2), at=day.at())
    day.move(3, "on-stage")
    return day


def finished(day: making.Day) -> None:
    day.move(3, "released")
    services.enter_seconds(actor=making.TIMER, slot=day.slot(3), seconds="400", at=day.at())
    for seat in range(1, 6):
        day.mark(3, seat, "50")
    for number in range(4, 7):
        day.move(number, "absent")
    services.sign_tally(actor=CLERK, event=day.event, at=day.at())


def hall(day: making.Day) -> str:
    page = Client().get(reverse("judging:hall", args=[making.CODE, day.event.pk]))
    return page.content.decode()


def named(day: making.Day) -> list[bool]:
    """Whether the hall names the one whose score was told, and the one on stage."""
    page = hall(day)
    assert "88.00" in page
    return [day.slot(number).name in page for number in (2, 3)]


def test_no_name_before_all_marks_are_checked():
    day = marked()
    assert named(day) == [False, False]
    assert day.slot(2).team not in hall(day)
    finished(day)
    assert named(day) == [False, False]
    services.check_tally(actor=SECOND, event=day.event, at=day.at())
    assert named(day) == [True, False]  # the third's score is not told yet
    services.announce_event(actor=STAGE, event=day.event, at=day.at())
    assert named(day) == [True, True]
    assert day.slot(2).team in hall(day)


@pytest.mark.parametrize(
    ("unlock", "told", "entered", "checked"),
    [
        ("score-announced", True, True, True),
        ("marks-entered", False, True, True),
        ("marks-checked", False, False, True),
        ("results-confirmed", False, False, False),
        ("appeals-over", False, False, False),
    ],
)
def test_the_rulebook_says_when_a_number_gets_its_name(unlock, told, entered, checked):
    day = marked(unlock)
    assert named(day) == [told, False]
    finished(day)
    assert named(day) == [entered, False]
    services.check_tally(actor=SECOND, event=day.event, at=day.at())
    services.announce_event(actor=STAGE, event=day.event, at=day.at())
    assert named(day) == [checked, checked]


def test_where_names_are_known_the_hall_says_them_at_once():
    assert named(marked(anonymous=False)) == [True, True]
