"""The referee's desk: seats, orders, conduct, corrections of points, pauses, and what is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook import live
from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import seat_key
from leitai.rulebook.live.order import by_score, in_order, ties
from leitai.rulebook.live.referee import MOST_ENTRIES
from leitai.rulebook.model.live import (
    Buzzer,
    Clock,
    Conduct,
    Joint,
    Live,
    Must,
    Order,
    Playoff,
    Points,
    Segment,
)
from tests.rulebook.live.tables import SECOND, TEN, match_of, one, play, scores, with_segments


def error(match, text):
    with pytest.raises(DomainError) as caught:
        play(match, text)
    return caught.value.code, dict(caught.value.data)


def remarks(match):
    return [(one.seq, one.code, dict(one.data)) for one in match.play.remarks]


# ---- seats ---------------------------------------------------------------------------------------


def test_seats_stand_by_number_and_then_by_name():
    names = ["乙", "10", "甲", "9", "01", "１", "a", "1"]
    assert sorted(names, key=seat_key) == ["01", "1", "9", "10", "a", "乙", "甲", "１"]
    match = live.start(one("joint", Joint(1)), {"b": "x", "10": "y", "9": "z", "a": "w"})
    assert list(match.play.seats) == ["9", "10", "a", "b"]
    assert list(match.given) == ["10", "9", "a", "b"]
    assert match.log == ()
    assert (match.number, match.answering, match.locked, match.presses) == (0, (), (), ())


def test_a_hundred_seats_are_the_most():
    rules = one("joint", Joint(1))
    match = live.start(rules, {str(at): f"t{at}" for at in range(1, 101)})
    assert error(match, "seat 101 x") == ("live_seats", {"count": 101, "least": 1, "most": 100})
    assert len(live.start(rules, {str(at): f"t{at}" for at in range(100)}).play.seats) == 100
    assert error(live.start(rules, {}), "close") == (
        "live_seats", {"count": 0, "least": 1, "most": 100},
    )  # fmt: skip


@pytest.mark.parametrize(("count", "fits"), [(1, False), (2, True), (3, True), (4, False)])
def test_as_many_seats_as_the_rules_say(count, fits):
    rules = replace(one("joint", Joint(1)), seats=(2, 3))
    match = match_of(rules, "1234"[:count])
    if fits:
        assert play(match, "open - it").play.started
    else:
        assert error(match, "open - it") == ("live_seats", {"count": count, "least": 2, "most": 3})


def test_who_is_there_is_noted_once_and_at_most_twenty():
    match = match_of(one("joint", Joint(1)))
    assert error(match, "present 1")[0] == "live_no_role"
    match = play(match, "present 1 领队\npresent 1 教练\npresent 1 领队\npresent 1 a\npresent 1 b")
    assert match.play.seats["1"].present == ("a", "b", "教练", "领队")
    more = "\n".join(f"present 2 r{at:02}" for at in range(20))
    match = play(match, more)
    assert match.play.seats["2"].present == tuple(f"r{at:02}" for at in range(20))
    assert error(match, "present 2 r99") == ("live_no_role", {"value": "r99"})


def test_as_many_substitutions_as_the_rules_allow():
    rules = replace(one("must", Must(), members=2), substitutions=2)
    match = play(match_of(rules), "substitute 1 1=x\nsubstitute 1 1=y")
    assert match.play.seats["1"].substituted == 2
    assert error(match, "substitute 1 2=z") == (
        "live_used_up", {"kind": "substitute", "seat": "1", "most": 2},
    )  # fmt: skip


# ---- orders --------------------------------------------------------------------------------------

BROUGHT = Live(segments=(Segment("it", "环节", TEN, must=Must()),), carried=True)


def brought(**figures):
    seats = {name: f"t{name}={figure}" for name, figure in figures.items()}
    return live.start(BROUGHT, seats)


def test_seats_in_the_order_of_a_rule():
    """Brought along: 1 has 5, 2 has 7, 3 has 5."""
    match = live.start(BROUGHT, {"1": "a=5", "2": "b=7", "3": "c=5"})
    rules, state, names = BROUGHT, match.play, ["3", "1", "2"]
    assert in_order(rules, state, Order(), names) == ("1", "2", "3")
    assert in_order(rules, state, Order(direction="descending"), names) == ("3", "2", "1")
    assert in_order(rules, state, Order(by="score"), names) == ("1", "3", "2")
    assert in_order(rules, state, Order(by="score", direction="descending"), names) == (
        "2",
        "1",
        "3",
    )
    assert by_score(rules, state, names) == ("2", "1", "3")
    assert ties(rules, state, names) == ((2, ("1", "3")),)
    for order in (Order(by="given"), Order(by="score", level="draw")):
        with pytest.raises(DomainError) as caught:
            in_order(rules, state, order, names)
        assert (caught.value.code, dict(caught.value.data)) == (
            "live_order_needed", {"seats": "1, 2, 3"},
        )  # fmt: skip
    apart = Order(by="score", level="draw")
    assert in_order(rules, state, apart, ["1", "2"]) == ("1", "2")


def test_level_seats_are_named_with_the_place_at_which_they_begin():
    """9; 7, 7; 5, 5, 5: level at the second and at the fourth place."""
    figures = {"1": 5, "2": 7, "3": 5, "10": 5, "4": 9, "5": 7}
    match = live.start(BROUGHT, {name: f"t{name}={value}" for name, value in figures.items()})
    assert ties(BROUGHT, match.play, list(figures)) == ((2, ("2", "5")), (4, ("1", "3", "10")))
    placed = replace(match.play, playoff={"2": 1, "5": 2})
    assert ties(BROUGHT, placed, list(figures)) == ((4, ("1", "3", "10")),)
    placed = replace(match.play, playoff={"2": 2, "5": 1})
    assert live.by_score(BROUGHT, placed, figures) == ("4", "5", "2", "1", "3", "10")


def test_an_order_that_the_scores_do_not_bear_out_is_noted():
    """Segment two goes by score, lowest first. 1 brought 5 and lost 10, 2 brought 5, 3 has 7."""
    first = Segment("a", "甲", Points(right=Fraction(1), wrong=Fraction(-10)), must=Must())
    second = Segment("b", "乙", TEN, must=Must(), order=Order(by="score"))
    match = live.start(Live((first, second), carried=True), {"1": "a=5", "2": "b=5", "3": "c=7"})
    match = play(match, "open - a\nquestion\nverdict 1 wrong\nend - early")
    early = len(match.play.remarks)
    assert match.play.remarks[0].data["asked"] == 1
    assert play(match, "open - b").play.run.order == ("1", "2", "3")
    assert len(play(match, "open - b=1>2>3").play.remarks) == early
    told = remarks(play(match, "open - b=2>1>3"))[early:]
    assert told == [
        (
            5,
            "live_order_differs",
            {"segment": "乙", "order": ("2", "1", "3"), "due": ("1", "2", "3")},
        )
    ]


def test_level_seats_may_stand_in_any_order():
    match = live.start(
        Live((Segment("it", "环节", TEN, must=Must(), order=Order(by="score")),), carried=True),
        {"1": "a=5", "2": "b=5", "3": "c=7"},
    )
    assert remarks(play(match, "open - it=2>1>3")) == []
    assert error(match, "open - it=1>2") == (
        "live_order_wrong", {"value": "1>2", "seats": "1, 2, 3"},
    )  # fmt: skip
    assert error(match, "open - it=1>2>2")[0] == "live_order_wrong"


def test_who_is_out_is_not_in_the_order_of_a_segment():
    match = play(match_of(one("must", Must())), "out 2 left\nopen - it")
    assert match.play.run.order == ("1", "3")
    again = play(match_of(one("must", Must())), "out 2 left")
    assert error(again, "open - it=1>2>3") == (
        "live_order_wrong", {"value": "1>2>3", "seats": "1, 3"},
    )  # fmt: skip
    assert error(again, "out 2 void") == ("live_out_already", {"seat": "2"})
    assert error(again, "out 1 home") == ("live_no_out", {"value": "home"})


def test_numbers_of_seats_are_no_texts():
    """Ten seats: the order of a segment is 1, 2 … 10, and may be given so."""
    names = [str(at) for at in range(1, 11)]
    match = live.start(one("must", Must()), {name: f"t{name}" for name in names})
    assert play(match, "open - it").play.run.order == tuple(names)
    assert play(match, f"open - it={'>'.join(names)}").play.run.order == tuple(names)


# ---- playoffs ------------------------------------------------------------------------------------


def level(rules, seats="12345", **figures):
    """A match whose seats brought figures, before the segment ``off`` of these rules."""
    match = Live((Segment("off", "加赛", playoff=rules),), carried=True)
    return live.start(match, {seat: f"t{seat}={figures['s' + seat]}" for seat in seats})


FIGURES = {"s1": 9, "s2": 7, "s3": 7, "s4": 5, "s5": 5}


@pytest.mark.parametrize(
    ("rules", "groups"),
    [
        (Playoff(), ("2>3", "4>5")),
        (Playoff(trigger="places", places=(2,)), ("2>3",)),  # between second and third
        (Playoff(trigger="places", places=(1, 3)), ()),
        (Playoff(trigger="places", places=(4,)), ("4>5",)),
        (Playoff(trigger="places", places=(2, 4)), ("2>3", "4>5")),
        (Playoff(trigger="places", places=(1, 4)), ("4>5",)),
        (Playoff(trigger="top", top=2), ("2>3",)),
        (Playoff(trigger="top", top=3), ("2>3",)),
        (Playoff(trigger="top", top=4), ("2>3", "4>5")),
        (Playoff(trigger="top", top=1), ()),
        (Playoff(trigger="top"), ()),
    ],
)
def test_which_ties_call_for_a_playoff(rules, groups):
    match = level(rules, **FIGURES)
    if not groups:
        assert error(match, "open - off") == ("live_no_tie", {})
    elif len(groups) == 1:
        assert play(match, "open - off").play.run.order == tuple(groups[0].split(">"))
    else:
        assert error(match, "open - off") == ("live_which_tie", {"groups": "; ".join(groups)})
        assert play(match, "open - off=5>4").play.run.order == ("4", "5")
        assert error(match, "open - off=1>2")[0] == "live_which_tie"


def test_who_is_out_calls_for_no_playoff():
    match = play(level(Playoff(), **FIGURES), "out 3 left")
    assert play(match, "open - off").play.run.order == ("4", "5")


def test_ten_level_seats_may_be_named_in_any_order():
    names = [str(at) for at in range(1, 11)]
    rules = Live((Segment("off", "加赛", playoff=Playoff()),), carried=True)
    match = live.start(rules, {name: f"t{name}=5" for name in names})
    assert play(match, f"open - off={'>'.join(reversed(names))}").play.run.order == tuple(names)


# ---- the end -------------------------------------------------------------------------------------


def test_every_segment_but_optional_ones_and_playoffs_is_played_before_the_end():
    main = one("must", Must())
    rules = with_segments(
        main,
        Segment("more", "选做", TEN, must=Must(), optional=True),
        Segment("off", "加赛", playoff=Playoff()),
    )
    assert error(match_of(rules), "close") == (
        "live_before", {"segment": "close", "before": "环节"},
    )  # fmt: skip
    done = play(
        match_of(rules), "open - it\n" + "".join(f"question\nverdict {at} right\n" for at in "123")
    )
    assert play(done, "close").closed
    assert error(done, "open - it") == ("live_played", {"segment": "环节"})


def test_a_match_that_is_closed_early_leaves_no_question_open():
    match = play(match_of(one("must", Must())), "open - it\nquestion")
    assert error(match, "close - early") == ("live_question_open", {"number": 1})
    ended = play(match, "verdict 1 right\nclose - early")
    assert remarks(ended) == [(4, "live_closed_early", {"played": ("it",)})]
    again = play(match, "verdict 1 right\nend - early\nclose - early")
    assert [code for _, code, _ in remarks(again)] == ["live_ended_early", "live_closed_early"]


# ---- conduct and corrections of points -----------------------------------------------------------

CONDUCT = {
    "rude": Conduct("不文明", Fraction(-5), most=2),
    "kind": Conduct("风格", Fraction(3), most=1),
    "warned": Conduct("警告", out_after=2),
}


def test_penalties_and_bonuses_are_lines_of_their_own():
    match = match_of(one("must", Must(), conduct=CONDUCT))
    match = play(match, "penalty 1 rude\nbonus 1 kind\npenalty 1 rude\npenalty 2 warned")
    lines = [
        (line.what, line.points, line.detail, line.question) for line in match.play.seats["1"].lines
    ]
    assert lines == [
        ("penalty", -5, "rude", 0),
        ("bonus", 3, "kind", 0),
        ("penalty", -5, "rude", 0),
    ]
    assert scores(match) == {"1": -7, "2": 0, "3": 0}
    assert error(match, "penalty 1 rude") == (
        "live_used_up", {"kind": "rude", "seat": "1", "most": 2},
    )  # fmt: skip
    assert error(match, "bonus 1 kind")[0] == "live_used_up"
    assert error(match, "bonus 2 rude") == ("live_conduct_sign", {"kind": "bonus", "value": "rude"})
    assert error(match, "penalty 2 kind")[0] == "live_conduct_sign"
    assert error(match, "penalty 2 other") == (
        "live_no_conduct", {"value": "other", "allowed": "rude, kind, warned"},
    )  # fmt: skip
    assert match.play.seats["2"].out == ""
    assert play(match, "penalty 2 warned").play.seats["2"].out == "void"
    assert play(match, "bonus 3 warned").play.seats["3"].lines[0].what == "bonus"


def test_what_was_adjusted_is_no_penalty():
    match = match_of(one("must", Must(), conduct=CONDUCT))
    match = play(match, "adjust 1 -5 rude\nadjust 1 -5 rude\npenalty 1 rude\npenalty 1 rude")
    assert scores(match)["1"] == -20
    assert remarks(match)[0] == (1, "live_adjusted", {"seat": "1", "points": "-5", "why": "rude"})
    assert remarks(play(match_of(one("must", Must())), "adjust 1 2.5")) == [
        (1, "live_adjusted", {"seat": "1", "points": "2.5", "why": ""})
    ]
    for value in ("", "five", "1e3", "1,5 x"):
        assert error(match, f"adjust 1 {value}") == ("live_adjust_unread", {"value": value})


# ---- questions that are struck -------------------------------------------------------------------


def test_a_question_of_before_may_be_dropped_and_the_one_that_runs_may_not():
    match = play(
        match_of(one("must", Must(each=2))), "open - it\nquestion\nverdict 1 right\nquestion"
    )
    assert error(match, "drop - 2") == ("live_no_such_question", {"value": "2"})
    assert error(match, "drop - 3") == ("live_no_such_question", {"value": "3"})
    assert scores(play(match, "drop - 1"))["1"] == 0
    over = play(match, "verdict 2 right")
    assert scores(play(over, "drop - 2")) == {"1": 10, "2": 0, "3": 0}
    assert remarks(play(over, "drop - 2"))[-1][1:] == (
        "live_dropped", {"segment": "环节", "question": 2},
    )  # fmt: skip


def test_a_question_of_a_segment_that_was_left_is_named_with_it():
    rules = with_segments(one("must", Must()), Segment("b", "乙", TEN, joint=Joint(2)))
    match = play(
        match_of(rules), "open - it\n" + "".join(f"question\nverdict {at} right\n" for at in "123")
    )
    match = play(match, "open - b\nquestion")
    assert error(match, "drop - b#1")[0] == "live_no_such_question"


# ---- the clock -----------------------------------------------------------------------------------


def test_a_pause_moves_the_clocks_by_its_length():
    rules = one("must", Must(), clock=Clock(begin=15, finish=60))
    match = play(match_of(rules), "open - it\nquestion\nread")
    before = [(one.clock, one.at) for one in live.due(match)]
    assert before == [("begin", match.at + 15 * SECOND), ("finish", match.at + 60 * SECOND)]
    moved = play(match, "+2 pause\n+5 resume")
    assert [(one.clock, one.at - 5 * SECOND) for one in live.due(moved)] == before
    paused = play(match, "pause")
    assert error(paused, "pause") == ("live_paused", {"kind": "pause"})
    assert error(match, "resume") == ("live_not_paused", {})
    assert play(match_of(rules), "pause\nresume").play.paused is None


def test_a_pause_before_any_press_leaves_what_has_not_begun_as_it_is():
    rules = one("buzzer", Buzzer(questions=2), clock=Clock(press=10))
    match = play(match_of(rules), "open - it\nquestion\npause\n+5 resume")
    question, plain = match.question, play(match_of(rules), "open - it\nquestion").question
    assert (question.go_at, question.open_at) == (plain.go_at, plain.open_at)


# ---- the log -------------------------------------------------------------------------------------


def row(seq, at, kind="note", value=""):
    return LogIn("final", "teams", "quiz", "m", seq, at, kind, "", value)


def refused(match, entry):
    with pytest.raises(DomainError) as caught:
        live.step(match, entry)
    return caught.value.code, dict(caught.value.data)


def test_what_an_entry_of_the_log_must_keep_to():
    match = match_of(one("must", Must()))
    assert refused(match, row(0, 1)) == ("live_seq", {"seq": 0, "last": 0})
    match = live.step(match, row(7, 1))
    assert match.at == 1
    assert refused(match, row(7, 2)) == ("live_seq", {"seq": 7, "last": 7})
    later = live.step(match, row(8, 5))
    assert refused(later, row(9, 4)) == ("live_at", {"at": 4, "last": 5})
    assert refused(later, row(9, 1)) == ("live_at", {"at": 1, "last": 5})
    assert refused(later, row(9, -1))[0] == "live_at"
    assert live.step(later, row(9, 5)).at == 5
    assert live.step(later, row(9, 0)).at == 5  # an entry without a time
    assert len(live.step(match, row(9, 9, value="x" * 500)).log) == 2
    assert refused(match, row(9, 9, value="x" * 501)) == ("live_value_long", {"most": 500})


def test_a_log_has_an_end():
    match = match_of(one("must", Must()))
    full = replace(match, log=tuple(row(seq, 0) for seq in range(1, MOST_ENTRIES)))
    full = live.step(full, row(MOST_ENTRIES, 0))
    assert refused(full, row(MOST_ENTRIES + 1, 0)) == ("live_too_many", {"most": MOST_ENTRIES})
