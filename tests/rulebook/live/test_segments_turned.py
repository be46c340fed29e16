"""Segments in which a turn is chosen or kept: designation, duel, arena, a timed run, a playoff."""

from fractions import Fraction

import pytest

from leitai.rulebook import live
from leitai.rulebook.model.live import (
    Arena,
    Buzzer,
    Clock,
    Designation,
    Duel,
    Must,
    Order,
    Playoff,
    Segment,
    Timed,
)
from tests.rulebook.live.tables import SECOND, TEN, match_of, one, play, scores, with_segments
from tests.rulebook.live.test_segments import STAKES, opened, refused

# ---- designation


def test_the_ring_passes_over_who_is_out_and_pays_the_setter():
    rules = one("designation", Designation(STAKES, setter_gains=Fraction(1, 2)))
    match = play(opened(rules), "out 2 left\nchoose 1 20\nquestion")
    assert match.answering == ("3",)
    assert scores(play(match, "verdict 3 wrong")) == {"1": 10, "2": 0, "3": 0}


def test_nobody_is_designated_twice_a_round():
    rules = one("designation", Designation(STAKES, target="chosen"))
    match = play(opened(rules), "choose 1 10>3\nquestion\nverdict 3 right")
    assert refused(match, "choose 2 10>3") == "live_designated_already"
    assert refused(match, "choose 2 10>2") == "live_not_playing"
    assert refused(match, "choose 2 10@9>1") == "live_no_member"


# ---- duel


def test_duels_pair_by_score_and_pay_the_winner():
    rules = one("duel", Duel(2, win=Fraction(5), level=Fraction(2)), carried=True)
    match = live.start(rules, {"1": "a=1", "2": "b=9", "3": "c=8", "4": "d=2"})
    match = play(match, "open - it")
    assert match.play.run.pairs == (("2", "3"), ("4", "1"))
    match = play(match, "question 2\nverdict 2 right\nquestion 3\nverdict 3 wrong")
    assert scores(match) == {"1": 1, "2": 24, "3": -2, "4": 2}
    match = play(match, "question 4\nverdict 4 right\nquestion 1\nverdict 1 right\nclose")
    assert scores(match) == {"1": 13, "2": 24, "3": -2, "4": 14}


def test_a_duel_by_buzzer_ends_with_the_first_to_two_and_restarts_the_clock():
    rules = one("duel", Duel(5, form="buzzer", first_to=2, lifelines=1), clock=Clock(finish=10))
    match = play(opened(rules), "question\ngo\npress 1\nverdict 1 right\nquestion\ngo\npress 1")
    assert refused(match, "press 3") == "live_not_playing"
    match = play(match, "+8 lifeline 1")
    assert live.due(match)[0].at - match.at == 10 * SECOND
    assert refused(match, "lifeline 1") == "live_used_up"
    match = play(match, "verdict 1 right")
    assert live.complete(match)


# ---- arena


def test_the_winner_stays_and_the_order_of_leaving_is_the_place():
    rules = one("arena", Arena(passes=1, places=(Fraction(3), Fraction(1))), order=Order("given"))
    match = opened(rules, order="=2>1>3")
    assert refused(match, "question") == "live_choice_needed"
    assert refused(match, "choose 1 3") == "live_not_turn"
    match = play(match, "choose 2 3\nquestion 3\npass 3")
    assert refused(match, "pass 2") == "live_too_late"
    match = play(match, "verdict 2 wrong\nchoose 3 1\nquestion 1\nverdict 1 right\nquestion 3")
    assert refused(match, "pass 3") == "live_used_up"
    match = play(match, "verdict 3 timeout\nclose")
    assert dict(match.play.places) == {"1": 1, "2": 3, "3": 2}
    assert scores(match) == {"1": 3, "2": 0, "3": 1}


def test_who_is_out_leaves_the_arena():
    rules = one("arena", Arena(places=(Fraction(3), Fraction(1))))
    match = play(
        opened(rules), "choose 1 2\nquestion\nout 2 left\nchoose 1 3\nquestion\nout 1 void"
    )
    assert live.complete(match)
    assert dict(match.play.places) == {"1": 2, "2": 3, "3": 1}


# ---- timed


def test_a_timed_run_counts_every_verdict():
    rules = one("timed", Timed(60, questions=4, passes=1, out_after=2))
    match = play(opened(rules), "question\nverdict 1 right\npass 1")
    assert refused(match, "pass 1") == "live_used_up"
    assert live.due(match)[0].clock == "run"
    assert refused(match, "timeout") == "live_too_early"
    match = play(match, "verdict 1 right\nverdict 1 wrong")
    assert match.question.phase == "over"
    match = play(
        match,
        "question\nverdict 2 wrong\nverdict 2 wrong\nquestion\nverdict 3 right\n+60 timeout\nclose",
    )
    assert scores(match) == {"1": 10, "2": -20, "3": 10}


# ---- playoff


def test_a_playoff_finds_an_order_and_no_points():
    extra = Segment("extra", "加赛", playoff=Playoff())
    rules = with_segments(one("buzzer", Buzzer(1)), extra)
    match = play(match_of(rules), "open - it\nquestion\ngo\npress 1\nverdict 1 right\nopen - extra")
    assert match.play.run.order == ("2", "3")
    match = play(match, "question\ngo\npress 2\nverdict 2 wrong\npress 3\nverdict 3 right\nclose")
    assert scores(match) == {"1": 10, "2": 0, "3": 0}
    assert dict(match.play.playoff) == {"2": 2, "3": 1}


@pytest.mark.parametrize(
    ("rule", "groups"),
    [
        (Playoff(), 1),
        (Playoff("places", places=(1,)), 0),
        (Playoff("places", places=(2,)), 1),
        (Playoff("places", places=(3,)), 0),
        (Playoff("top", top=1), 0),
        (Playoff("top", top=2), 1),
    ],
)
def test_a_playoff_only_where_it_matters(rule, groups):
    extra = Segment("extra", "加赛", playoff=rule)
    rules = with_segments(one("buzzer", Buzzer(1)), extra)
    match = play(match_of(rules), "open - it\nquestion\ngo\npress 1\nverdict 1 right\nend")
    if groups:
        assert play(match, "open - extra").play.run.order == ("2", "3")
    else:
        assert refused(match, "open - extra") == "live_no_tie"


def test_two_ties_have_a_playoff_each_and_an_unfinished_one_leaves_them_level():
    extra = Segment("extra", "加赛", playoff=Playoff(form="joint", most=1))
    rules = with_segments(one("must", Must(), points=TEN), extra)
    text = "open - it\n" + "\n".join(
        f"question\nverdict {seat} {verdict}"
        for seat, verdict in zip("1234", ["right", "right", "wrong", "wrong"], strict=True)
    )
    match = play(match_of(rules, "1234"), text)
    assert refused(match, "open - extra") == "live_which_tie"
    match = play(match, "open - extra=2>1\nquestion\nverdict 1 wrong\nverdict 2 right")
    match = play(match, "open - extra\nquestion\nverdict 3 right\nverdict 4 right\nclose")
    assert dict(match.play.playoff) == {"1": 2, "2": 1, "3": 1, "4": 1}
