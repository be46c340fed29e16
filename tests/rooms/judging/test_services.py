"""A judged event from its plan to the season's scores; figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.judging import selectors, services
from leitai.judging.models import JudgedEvent, Sheet
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.results.models import StageResult
from leitai.seasons.models import Score
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, OFFICE, SECOND, STAGE

pytestmark = pytest.mark.usefixtures("stage")


def refused(code, act, **given):
    with pytest.raises(DomainError) as caught:
        act(**given)
    assert caught.value.code == code, caught.value
    return caught.value


def whole(day):
    """Everybody plays and is marked: judges 1 to 5 give contestant n policy 40 + n + a bit each."""
    for number in range(1, 7):
        day.play(number)
    for number in range(1, 7):
        for seat, more in enumerate(("0.5", "1", "2.1", "3", "4"), start=1):
            policy = Fraction(40 + number) + Fraction(more)
            day.mark(number, seat, str(float(policy)))


def test_an_event_has_the_stages_contestants_in_the_order_of_their_codes():
    event = making.plan(making.ground()[0])
    assert list(event.slots.values_list("order", "number", "code", "team")) == [
        (1, "01", "2022-5101-1", "成都市"),
        (2, "02", "2022-5101-2", "成都市"),
        (3, "03", "2022-5103-1", "自贡市"),
        (4, "04", "2022-5103-2", "自贡市"),
        (5, "05", "2022-5104-1", "攀枝花市"),
        (6, "06", "2022-5104-2", "攀枝花市"),
    ]


def test_from_call_to_the_seasons_scores():
    day = making.called()
    whole(day)
    tally = services.sign_tally(actor=CLERK, event=day.event, at=day.at())
    refused("judging_check_other", services.check_tally, actor=CLERK, event=day.event, at=day.at())
    services.check_tally(actor=SECOND, event=day.event, at=day.at())
    services.announce_event(actor=STAGE, event=day.event, at=day.at())
    assert services.close_event(actor=OFFICE, event=day.event, at=day.at()) == 6
    scores = {
        one.entry.code: one for one in Score.objects.filter(event="scene").select_related("entry")
    }
    # Contestant 1: sheets 79.5 80 81.1 82 83; without the highest and the lowest (80 + 81.1 + 82) / 3.
    first = scores["2022-5101-1"]
    assert first.exact == Fraction(2431, 30)
    assert (first.value, first.decimals, first.over) == (2431, 0, 30)
    assert first.keys == {"policy": 4303, "manner": 1800, "steps": 2000, "time": 470}
    assert first.source == f"judging:{day.event.pk}"
    assert scores["2022-5104-2"].exact == Fraction(2431, 30) + 5
    assert len(tally.scores) == 6
    result = day.publish()
    ranks = dict(result.standings.filter(board="main").values_list("entry__code", "rank"))
    assert ranks["2022-5104-2"] == 1
    assert ranks["2022-5101-1"] == 6


def test_the_lines_of_a_sheet_are_read_by_the_rules():
    day = making.called()
    day.move(1, "on-stage")
    day.move(1, "released")
    day.move(2, "on-stage")
    day.move(2, "released")
    with pytest.raises(Problems) as caught:
        day.mark(1, 1, "60.5", manner="18.3")
    found = {(one.place, one.code) for one in caught.value.problems}
    assert found == {("policy", "mark_range"), ("manner", "mark_grain")}
    given = services.Given({"policy": "50", "steps.check": "1"})
    with pytest.raises(Problems) as caught:
        services.submit_sheet(
            actor=making.judge(day.seat(1).person), slot=day.slot(1), given=given, at=day.at()
        )
    assert {(one.place, one.code) for one in caught.value.problems} == {
        ("manner", "mark_missing"),
        ("steps.file", "mark_missing"),
    }
    sheet = day.mark(1, 1, "５０．５")
    assert dict(sheet.marks.values_list("line", "value"))["policy"] == "50.5"


def test_the_first_is_marked_when_the_second_has_finished():
    day = making.called()
    day.move(1, "on-stage")
    day.move(1, "released")
    refused("judging_anchor", lambda: day.mark(1, 1, "50"))
    day.move(2, "on-stage")
    refused("judging_anchor", lambda: day.mark(1, 1, "50"))
    day.mark(2, 1, "50")
    day.move(2, "released")
    assert day.mark(1, 1, "50").version == 1


def test_a_sheet_is_submitted_once_and_the_same_form_is_answered():
    day = making.called()
    day.play(1)
    day.play(2)
    first = day.mark(2, 1, "50", token="t-1")
    assert day.mark(2, 1, "50", token="t-1").pk == first.pk
    refused("judging_submitted", lambda: day.mark(2, 1, "51", token="t-2"))
    assert Sheet.objects.count() == 1


def test_nobody_marks_before_the_stage_or_who_is_out():
    day = making.called()
    refused("judging_state", lambda: day.mark(1, 1, "50"))
    day.move(1, "absent")
    day.move(2, "on-stage")
    refused("judging_out", lambda: day.mark(1, 1, "50"))
    refused("judging_not_now", lambda: day.mark(3, 1, "50"))
    refused("judging_before", lambda: (day.move(2, "released"), day.move(4, "on-stage")))


def test_a_mark_far_from_the_others_is_meant_when_its_sum_is_typed():
    day = making.called()
    day.play(1)
    day.play(2)
    for seat, policy in ((1, "50"), (2, "51"), (3, "52")):
        day.mark(2, seat, policy)
    # The median is 51, 15 % of 60 are 9, three times the MAD of 1 is 3: 42 is just near enough.
    error = refused("judging_far", lambda: day.mark(2, 4, "41.9"))
    assert error.data == {"lines": "政策运用"}
    refused("judging_far", lambda: day.mark(2, 4, "41.9", total="80"))
    assert day.mark(2, 4, "41.9", total="79.9").standing
    assert day.mark(2, 5, "42").standing


def test_absent_late_and_penalties_follow_the_rulebook():
    day = making.called()
    day.move(1, "absent")
    day.move(2, "late", late="9.5")
    day.play(2, seconds="541")
    services.set_count(
        actor=CLERK,
        slot=day.slot(2),
        line="penalty:name",
        value="1",
        reason="报了单位",
        at=day.at(),
    )
    day.move(3, "late", late="10")
    day.play(4)
    for seat in range(1, 6):
        day.mark(2, seat, "50")
        day.mark(4, seat, "50")
    tally = selectors.tally_of(day.event)
    found = {one.entry: one for one in tally.scores}
    assert found["2022-5101-1"].status == "absent"
    # 88 less 3 for 61 seconds over (two begun half minutes and a second), less 2 for the name.
    assert (found["2022-5101-2"].value, found["2022-5101-2"].decimals) == (8300, 2)
    assert found["2022-5103-1"].status == "absent"
    assert (found["2022-5103-2"].value, found["2022-5103-2"].decimals) == (8800, 2)


def test_a_correction_after_the_closing_recomputes_the_result():
    day = making.called()
    whole(day)
    for act, who in ((services.sign_tally, CLERK), (services.check_tally, SECOND)):
        act(actor=who, event=day.event, at=day.at())
    services.announce_event(actor=STAGE, event=day.event, at=day.at())
    services.close_event(actor=OFFICE, event=day.event, at=day.at())
    chief = making.judge(day.seat(1).person)
    refused("judging_submitted", lambda: day.mark(1, 3, "59"))
    services.reopen_sheet(
        actor=chief, slot=day.slot(1), seat=day.seat(3), reason="看错行", at=day.at()
    )
    sheet = day.mark(1, 3, "59", total="97")
    assert (sheet.version, sheet.reopening.reason) == (2, "看错行")
    day.publish()
    given = {"actor": OFFICE, "event": day.event, "reason": "评委更正", "at": day.at()}
    refused("judging_unsigned", services.correct_closed, **given)
    services.sign_tally(actor=CLERK, event=day.event, at=day.at())
    services.check_tally(actor=SECOND, event=day.event, at=day.at())
    assert services.correct_closed(**given) == 1
    rows = Score.objects.filter(entry__code="2022-5101-1", event="scene").order_by("pk")
    # 79.5 80 97 82 83 without 97 and 79.5: 245 / 3.
    assert [(one.exact, one.state) for one in rows] == [
        (Fraction(2431, 30), "superseded"),
        (Fraction(245, 3), "confirmed"),  # as the published result's other scores
    ]
    newest = StageResult.objects.filter(stage__code="final").latest("version")
    totals = dict(newest.standings.filter(board="main").values_list("entry__code", "total"))
    assert Fraction(totals["2022-5101-1"]) == Fraction(245, 3)
    refused("judging_same", services.correct_closed, **given)
    acts = LedgerEntry.objects.filter(chain=making.CODE).values_list("act", flat=True)
    assert {"judging.reopened", "judging.corrected", "score.corrected"} <= set(acts)


def test_a_rehearsal_leaves_no_trace():
    before = LedgerEntry.objects.count()
    day = making.called(rehearsal=True, count=4)
    mine = LedgerEntry.objects.filter(act__startswith="judging.")
    assert not mine.exists()
    assert [slot.name for slot in day.event.slots.all()][:2] == ["彩排选手1", "彩排选手2"]
    for number in (1, 2):
        day.play(number)
    for seat in range(1, 6):
        day.mark(2, seat, "50")
    day.move(3, "absent")
    day.move(4, "absent")
    for seat in range(1, 6):
        day.mark(1, seat, "50")
    services.sign_tally(actor=CLERK, event=day.event, at=day.at())
    services.check_tally(actor=CLERK, event=day.event, at=day.at())
    refused("judging_rehearsal", services.close_event, actor=OFFICE, event=day.event, at=day.at())
    services.drop_event(actor=OFFICE, event=day.event, at=day.at())
    assert not JudgedEvent.objects.exists()
    assert not Sheet.objects.exists()
    assert not Score.objects.exists()
    assert not mine.exists()
    assert LedgerEntry.objects.count() == before
