"""How many points a match can give one seat and take from it: added up by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from leitai.rulebook.live.bounds import bounds
from leitai.rulebook.model.live import (
    Arena,
    Buzzer,
    Conduct,
    Designation,
    Duel,
    Fouls,
    Give,
    Joint,
    Must,
    Points,
    Risk,
    Rung,
    Stake,
    Stop,
    Timed,
)
from tests.rulebook.live.tables import TEN, one

HUNDRED = Fraction(100)


def ladder(*rungs):
    return Fouls(tuple(Rung(Fraction(points), loses) for points, loses in rungs))


@pytest.mark.parametrize(
    ("conduct", "expected"),
    [
        ({}, (110, 90)),
        ({"word": Conduct("警告")}, (110, 90)),  # nought, however often
        ({"fair": Conduct("风格", Fraction(1), most=2)}, (112, 90)),
        ({"fair": Conduct("风格", Fraction(3), most=2)}, (116, 90)),
        ({"fair": Conduct("风格", Fraction(3))}, (None, 90)),
        ({"late": Conduct("迟到", Fraction(-3), most=2)}, (110, 84)),
        ({"late": Conduct("迟到", Fraction(-3), out_after=3)}, (110, 81)),
        ({"late": Conduct("迟到", Fraction(-3), most=2, out_after=3)}, (110, 84)),
        ({"late": Conduct("迟到", Fraction(-3))}, (110, None)),
    ],
)
def test_conduct(conduct, expected):
    assert bounds(one("joint", Joint(1), base=HUNDRED, conduct=conduct)) == expected


def test_questions_of_a_team_and_of_its_members():
    assert bounds(one("must", Must(each=3), members=4)) == (30, -30)
    assert bounds(one("must", Must(each=3, by="member"), members=4)) == (120, -120)
    assert bounds(one("must", Must(each=3, by="member"), members=4, only=(1, 4))) == (60, -60)
    assert bounds(one("timed", Timed(60))) == (None, None)


@pytest.mark.parametrize(
    ("rebound", "expected"),
    [
        (Points(Fraction(20), Fraction(-30)), (60, -90)),
        (Points(Fraction(5), Fraction(-5)), (30, -30)),
    ],
)
def test_a_rebound_takes_the_place_of_the_first_answer(rebound, expected):
    rules = Buzzer(3, after_wrong="rebound", rebound=rebound)
    assert bounds(one("buzzer", rules)) == expected


@pytest.mark.parametrize(
    ("fouls", "low"),
    [
        (ladder((-5, "question")), -30),  # ten for a wrong answer is worse
        (ladder((-5, "question"), (-20, "segment")), -60),
        (ladder((-5, "nothing")), -45),  # the foul and then a wrong answer
        (ladder((0, "nothing"), (-20, "question")), -90),
        (ladder((0, "nothing")), -30),
    ],
)
def test_a_foul_instead_of_an_answer_or_before_it(fouls, low):
    assert bounds(one("buzzer", Buzzer(3, fouls=fouls))) == (30, low)


def test_a_duel_is_won_or_level():
    def of(win, level):
        return bounds(one("duel", Duel(2, win=Fraction(win), level=Fraction(level))))

    assert of(30, 10) == (50, -20)
    assert of(5, 10) == (30, -20)
    assert of(30, -5) == (50, -25)
    assert of(0, -5) == (20, -25)


FULL = (100, -100)
HALF = replace(TEN, partly=Fraction(5))


@pytest.mark.parametrize(
    ("points", "stop", "expected"),
    [
        (TEN, None, FULL),
        (TEN, Stop(2), (100, -20)),
        (TEN, Stop(20), FULL),
        (HALF, Stop(2), (100, -20)),
        (replace(TEN, partly=Fraction(0)), Stop(2), (100, -20)),
        # What costs and does not count towards the end may cost ten times.
        (replace(TEN, partly=Fraction(-5)), Stop(2), FULL),
        (TEN, Stop(2, ("timeout",)), FULL),
        (TEN, Stop(2, ("wrong",)), FULL),
        (replace(TEN, timeout=Fraction(0)), Stop(2, ("wrong",)), (100, -20)),
        (replace(TEN, timeout=Fraction(-1)), Stop(2, ("wrong",)), FULL),
        (replace(TEN, timeout=Fraction(-1)), Stop(2), (100, -20)),
    ],
)
def test_who_is_stopped_loses_no_more(points, stop, expected):
    assert bounds(one("joint", Joint(10), points=points, stop=stop)) == expected


def test_who_is_stopped_with_few_questions_with_fouls_or_with_no_end():
    assert bounds(one("joint", Joint(1), stop=Stop(2))) == (10, -10)
    assert bounds(one("timed", Timed(60), stop=Stop(2))) == (None, -20)
    worse = Buzzer(10, fouls=ladder((-20, "question")))
    assert bounds(one("buzzer", worse, stop=Stop(2))) == (100, -200)
    milder = Buzzer(10, fouls=ladder((-5, "question")))
    assert bounds(one("buzzer", milder, stop=Stop(2))) == (100, -20)


def test_stakes_of_ones_own_and_of_others():
    stakes = (Stake(Fraction(10)), Stake(Fraction(20)))

    def of(seats, **more):
        rules = Risk(stakes, 2, loss=Fraction(1, 2), **more)
        return bounds(replace(one("risk", rules), seats=seats))

    assert of((2, 3)) == of(None) == (40, -20)
    # Its own question and those of both others, twice.
    assert of((2, 3), steal=True) == of((2, 3), give=Give()) == (120, -60)
    assert of(None, steal=True) == of(None, give=Give()) == (None, None)


def test_places_of_an_arena():
    assert bounds(one("arena", Arena(places=(Fraction(30), Fraction(-10))))) == (30, -10)
    assert bounds(one("arena", Arena(places=(Fraction(30), Fraction(20))))) == (30, 0)
    assert bounds(one("arena", Arena(places=(Fraction(-5), Fraction(-10))))) == (0, -10)


def designated(**more):
    rules = Designation((Stake(Fraction(10)), Stake(Fraction(4))), 2, loss=Fraction(1, 2), **more)
    return bounds(replace(one("designation", rules), seats=(2, 3)))


def test_who_is_designated_once_a_round_or_by_all_others():
    assert designated(target="next") == (20, -10)
    assert designated(target="next", each="often") == (20, -10)
    assert designated(target="chosen") == (20, -10)
    high, low = designated(target="chosen", each="often")  # both others, twice: a bound, not more
    assert high >= 40
    assert low <= -20
    assert designated(target="next", setter_gains=Fraction(1, 2)) == (30, -10)
