"""Which moves are offered: the whole list at moments of a match, worked out from the rules."""

from fractions import Fraction

from leitai.rulebook import live
from leitai.rulebook.model.live import (
    Arena,
    Clock,
    Conduct,
    Designation,
    Give,
    Joint,
    Must,
    Order,
    Playoff,
    Risk,
    Segment,
    Sets,
    Stake,
)
from tests.rulebook.live.tables import match_of, one, play, with_segments

STAKES = (Stake(Fraction(10)), Stake(Fraction(20)))
ENDS = ["pause", "end - early", "close - early"]


def moves(match, *kinds):
    """Write the moves as a log does; with kinds only these."""
    return [
        " ".join((move.kind, move.seat or "-", move.value)).removesuffix(" ").removesuffix(" -")
        for move in live.allowed(match)
        if not kinds or move.kind in kinds
    ]


def out(seat):
    return [f"out {seat} absent", f"out {seat} left", f"out {seat} void"]


def test_before_the_first_segment():
    match = match_of(one("joint", Joint(2)), "12")
    assert match.log == ()
    assert moves(match) == ["open - it", *out(1), *out(2), "pause", "close - early"]


def test_between_questions():
    match = play(match_of(one("joint", Joint(2)), "12"), "open - it")
    assert len(match.log) == 1
    assert moves(match) == ["question", "foul 1", *out(1), "foul 2", *out(2), *ENDS]


def test_while_everybody_answers():
    """Nothing can be ended, and «basically right» has no points here."""
    match = play(match_of(one("joint", Joint(2)), "12"), "open - it\nquestion")

    def seat(name):
        verdicts = [f"verdict {name} {value}" for value in ("right", "wrong", "timeout", "none")]
        return [f"begin {name}", f"foul {name}", *verdicts, *out(name)]

    asked = ["read", "go", "timeout", "replace", "drop", "audience"]
    assert moves(match) == [*asked, *seat(1), *seat(2), "pause"]
    # One seat has its verdict: the other is the only one who can be done, with its seat or without.
    match = play(match, "read\nverdict 2 right")
    later = ["go", "timeout", "replace", "drop", "audience", "done"]
    assert moves(match) == [*later, *seat(1), "foul 2", *out(2), "pause"]


def test_a_running_clock_bars_nothing():
    """Nobody knows yet when the next entry will come: the time may be over by then."""
    rules = one("must", Must(each=1), clock=Clock(begin=10, finish=30))
    match = play(match_of(rules, "12"), "open - it\nquestion\nread")
    kinds = ("timeout", "done", "begin")
    assert moves(match, *kinds) == ["timeout", "done", "begin 1"]


def test_when_all_was_asked():
    rules = with_segments(one("joint", Joint(1)), Segment("two", "二", joint=Joint(1)))
    match = play(match_of(rules, "12"), "open - it\nquestion\nverdict 1 right\nverdict 2 right")
    assert moves(match, "open", "question", "pause", "end", "close") == [
        "open - two",
        "pause",
        "end",
        "end - early",
        "close - early",
    ]
    match = play(match, "open - two\nquestion\nverdict 1 right\nverdict 2 right")
    assert moves(match, "open", "question", "end", "close") == [
        "end",
        "close",
        "end - early",
        "close - early",
    ]


def test_while_the_match_is_interrupted():
    match = play(match_of(one("joint", Joint(2)), "12"), "open - it\npause")
    assert moves(match) == [*out(1), *out(2), "resume"]


def test_conduct_goes_by_its_sign_even_after_the_end():
    conduct = {
        "late": Conduct("迟到", Fraction(-5)),
        "fair": Conduct("风格", Fraction(2)),
        "word": Conduct("警告"),
    }
    match = match_of(one("joint", Joint(2), conduct=conduct), "12")

    def seat(name):
        kept = ["penalty {} late", "bonus {} fair", "penalty {} word", "bonus {} word"]
        return [line.format(name) for line in kept]

    assert moves(match, "penalty", "bonus") == [*seat(1), *seat(2)]
    closed = play(match, "out 1 left\nclose - early")
    assert moves(closed) == [*seat(1), *out(2), *seat(2)]


# ---- orders and groups ---------------------------------------------------------------------------


def test_a_given_order_is_that_of_the_seats_that_play():
    rules = one("joint", Joint(1), order=Order("given"))
    assert moves(match_of(rules), "open") == ["open - it=1>2>3"]
    assert moves(play(match_of(rules), "out 2 left"), "open") == ["open - it=1>3"]


def test_a_given_order_holds_who_has_its_leader_with_it():
    rules = one("joint", Joint(1), order=Order("given"), present="领队")
    match = play(match_of(rules), "present 1 领队\npresent 2 教练\npresent 3 领队")
    assert moves(match, "open") == ["open - it=1>3"]
    assert moves(play(match, "out 1 left"), "open") == ["open - it=3"]


def test_level_seats_are_drawn():
    rules = one("joint", Joint(1), order=Order("score", level="draw"))
    assert moves(match_of(rules), "open") == ["open - it=1>2>3"]
    apart = play(match_of(rules), "adjust 1 5\nadjust 2 -5")
    assert moves(apart, "open") == ["open - it", "open - it=1>2>3"]


def test_a_playoff_is_of_level_seats_that_are_there():
    rules = with_segments(
        one("joint", Joint(1)), Segment("po", "加赛", playoff=Playoff(first_to=1))
    )
    match = play(match_of(rules, "12345"), "out 3 left")
    assert moves(match, "open") == ["open - it", "open - po", "open - po=1>2>4>5"]
    match = play(match, "adjust 4 5\nadjust 5 5")
    assert moves(match, "open") == ["open - it", "open - po=4>5", "open - po=1>2"]


# ---- choices -------------------------------------------------------------------------------------


def test_sets_that_are_left():
    match = play(match_of(one("must", Must(sets=Sets(2, "chosen"))), "12"), "open - it")
    assert moves(match, "question", "choose") == [
        "choose 1 1",
        "choose 1 2",
        "choose 2 1",
        "choose 2 2",
    ]
    match = play(match, "choose 1 2")
    assert moves(match, "question", "choose") == ["question", "choose 2 1"]


def test_stakes_and_declining():
    match = play(match_of(one("risk", Risk(STAKES)), "12"), "open - it")
    assert moves(match, "question", "choose") == [
        "choose 1 decline",
        "choose 1 10",
        "choose 1 20",
    ]
    forced = play(match_of(one("risk", Risk(STAKES, compulsory=True)), "12"), "open - it")
    assert moves(forced, "question", "choose") == ["choose 1 10", "choose 1 20"]
    assert moves(play(forced, "choose 1 20"), "question", "choose") == ["question"]


def test_a_question_may_be_handed_to_another_who_is_there():
    match = play(match_of(one("risk", Risk(STAKES, give=Give())), "1234"), "out 3 left\nopen - it")
    match = play(match, "choose 1 20\nquestion")
    assert moves(match, "give") == ["give 1 2", "give 1 4"]


def test_members_of_the_next_seat():
    rules = one("designation", Designation(STAKES[:1]), members=2)
    match = play(match_of(rules), "open - it")
    assert moves(match, "choose") == ["choose 1 10", "choose 1 10@1", "choose 1 10@2"]


def test_members_of_any_seat():
    rules = one("designation", Designation(STAKES[:1], target="chosen"), members=2)
    match = play(match_of(rules), "open - it")
    assert moves(match, "choose") == [
        "choose 1 10>2",
        "choose 1 10>3",
        "choose 1 10@1>2",
        "choose 1 10@1>3",
        "choose 1 10@2>2",
        "choose 1 10@2>3",
    ]


def test_opponents_of_the_champion():
    match = play(match_of(one("arena", Arena(passes=1))), "open - it")
    assert moves(match, "question", "choose", "pass") == ["choose 1 2", "choose 1 3"]
    match = play(match, "choose 1 3\nquestion")
    assert moves(match, "question", "choose", "pass") == ["pass 3"]
