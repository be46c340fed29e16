"""Playoffs of real notices, in the notice's words, said in a rulebook and played by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import live
from leitai.rulebook.live.bounds import bounds
from leitai.rulebook.plain import live as words_of_live
from leitai.rulebook.plain.words import Words
from tests.rulebook.live.fragments import match_of, rulebook_of
from tests.rulebook.live.tables import play, scores

MUST = """
segments:
  - id: must
    title: 必答题
    must: {{each: 1}}
    points: {{right: 10}}
  - id: extra
    title: 加赛题
    playoff: {playoff}{more}
"""


def after_must(verdicts, playoff, more=""):
    match = match_of(MUST.format(playoff=playoff, more=more), "12345"[: len(verdicts)])
    answers = "".join(f"\nquestion\nverdict - {one}" for one in verdicts)
    return play(match, f"open - must{answers}")


def played_off(match):
    return {name: place for name, place in match.play.playoff.items() if place}


def faults(playoff, more=""):
    try:
        rulebook_of(MUST.format(playoff=playoff, more=more))
    except Problems as error:
        return {problem.code for problem in error.problems}
    return set()


@pytest.mark.parametrize(
    ("playoff", "called"),
    [
        ("{}", True),  # 同分即加赛
        ("{trigger: places, places: [1]}", True),  # 影响第一名的同分加赛
        (
            "{trigger: places, places: [3]}",
            False,
        ),  # 三台并列第一，第三名以后无人：不影响名次的不加赛
        ("{trigger: top, top: 1}", True),
    ],
)
def test_which_ties_are_played_off(playoff, called):
    match = after_must(["right", "right", "right", "wrong"], playoff)
    assert ("open" in {move.kind for move in live.allowed(match)}) is called
    if called:
        assert play(match, "open - extra").play.run.order == ("1", "2", "3")


def test_a_tie_below_the_prizes_is_left():
    match = after_must(["right", "wrong", "wrong"], "{trigger: top, top: 1}")
    with pytest.raises(DomainError):
        play(match, "open - extra")
    assert play(match, "close").closed


@pytest.mark.parametrize(
    ("playoff", "text", "places"),
    [
        # 抢答一题定胜负
        ("{}", "question\ngo\npress 2\nverdict 2 right", {"2": 1, "1": 2, "3": 2}),
        # 先答对2题者胜
        (
            "{first_to: 2}",
            "\n".join(f"question\ngo\npress {seat}\nverdict {seat} right" for seat in "211"),
            {"1": 1, "2": 2, "3": 2},
        ),
        # 答错者即告负（突然死亡）
        (
            "{wrong: loses}",
            "question\ngo\npress 3\nverdict 3 wrong",
            {"1": 1, "2": 1, "3": 3},
        ),
        # 同题作答，答对者在前
        (
            "{form: joint}",
            "question\nverdict 1 wrong\nverdict 2 right\nverdict 3 wrong",
            {"2": 1, "1": 2, "3": 2},
        ),
    ],
)
def test_how_level_teams_play_on(playoff, text, places):
    match = play(after_must(["right", "right", "right"], playoff), f"open - extra\n{text}")
    assert played_off(match) == places
    assert scores(match) == {"1": 10, "2": 10, "3": 10}  # 加赛得分不计入总分


THREE = "{most: 3}"
TEN = "\n    points: {right: 10, wrong: -10}"


def test_three_buzzer_questions_of_ten_points_each_way_decide_by_what_they_brought():
    """加赛3题，抢答，答对加10分，答错扣10分，加赛得分高者名次在前，不计入总分."""
    text = "open - extra\nquestion\ngo\npress 1\nverdict 1 right\nquestion\ngo\npress 2\n"
    match = play(after_must(["right"] * 3, THREE, TEN), f"{text}verdict 2 wrong\nquestion\ngo")
    assert played_off(match) == {"1": 1, "2": 1, "3": 1}  # nobody is ahead before the last one
    assert not live.complete(match)
    match = play(match, "press 1\nverdict 1 wrong\npress 3\nverdict 3 right")
    # The first has 10 − 10, the second −10, the third 10.
    assert played_off(match) == {"3": 1, "1": 2, "2": 3}
    assert live.complete(match)
    assert scores(match) == {"1": 10, "2": 10, "3": 10}


def test_who_is_level_after_the_last_question_stays_level_and_may_play_again():
    match = after_must(["right"] * 3, "{most: 1}", TEN)
    match = play(match, "open - extra\nquestion\ngo\npress 1\nverdict 1 right")
    assert played_off(match) == {"1": 1, "2": 2, "3": 2}
    # What the first playoff brought is not carried into the second.
    match = play(match, "open - extra\nquestion\ngo\npress 3\nverdict 3 wrong\npress 2")
    match = play(match, "verdict 2 wrong\nopen - extra\nquestion\ngo\npress 3\nverdict 3 right")
    assert played_off(match) == {"1": 1, "3": 2, "2": 3}


def test_all_answer_and_the_points_of_all_questions_count():
    match = after_must(["right"] * 3, "{form: joint, most: 2}", TEN)
    text = "open - extra\nquestion\nverdict 1 right\nverdict 2 right\nverdict 3 wrong"
    match = play(match, f"{text}\nquestion\nverdict 1 wrong\nverdict 2 right\nverdict 3 right")
    assert played_off(match) == {"2": 1, "1": 2, "3": 2}


def test_a_void_question_of_a_playoff_brings_nothing():
    match = after_must(["right"] * 2, "{most: 2}", TEN)
    match = play(match, "open - extra\nquestion\ngo\npress 2\nverdict 2 right\nquestion\ngo\ndrop")
    assert played_off(match) == {"2": 1, "1": 2}


def test_an_early_press_costs_its_points_in_the_playoff_alone():
    playoff = "{most: 1, fouls: {rungs: [{points: -5}]}}"
    match = after_must(["right"] * 2, playoff, TEN)
    match = play(match, "open - extra\nquestion\npress 1\ngo\npress 2\nverdict 2 wrong")
    assert played_off(match) == {"1": 1, "2": 2}  # −5 against −10
    assert scores(match) == {"1": 10, "2": 10}


def test_points_of_a_playoff_bound_no_score():
    rules = rulebook_of(MUST.format(playoff=THREE, more=TEN)).events["quiz"].live
    assert bounds(rules) == (10, 0)


@pytest.mark.parametrize(
    ("playoff", "code"),
    [
        ("{}", {"live_playoff_most"}),
        ("{most: 3, first_to: 2}", {"live_playoff_points"}),
        ("{most: 3, wrong: loses}", {"live_playoff_points"}),
        ("{most: 3}", set()),
    ],
)
def test_points_go_with_a_number_of_questions_and_with_nothing_that_ends_earlier(playoff, code):
    assert faults(playoff, TEN) == code


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "共3题，答完后加赛得分高者在前，只定先后，不计入得分，答对加10分，答错扣10分"),
        (
            "en",
            "3 questions; then who has won more points is ahead, it gives an order and no points",
        ),
    ],
)
def test_the_page_says_how_points_decide(lang, said):
    rules = rulebook_of(MUST.format(playoff=THREE, more=TEN))
    words = Words(rules, lang=lang)
    text = "\n".join(c.text for section in words_of_live.sections(words) for c in section.clauses)
    assert said in text, text


@given(st.lists(st.sampled_from(["right", "wrong", "timeout"]), min_size=8, max_size=8))
def test_a_joint_playoff_is_a_plain_sum(verdicts):
    """Two questions, four level seats: the order is that of the sums, level sums share a place."""
    match = play(after_must(["right"] * 4, "{form: joint, most: 2}", TEN), "open - extra")
    text = ""
    for at in (0, 4):
        rows = (f"\nverdict {seat} {verdicts[at + seat - 1]}" for seat in range(1, 5))
        text += "\nquestion" + "".join(rows)
    match = play(match, text)
    worth = {"right": 10, "wrong": -10, "timeout": -10}
    won = {str(s): worth[verdicts[s - 1]] + worth[verdicts[s + 3]] for s in range(1, 5)}
    assert played_off(match) == {
        seat: 1 + sum(other > mine for other in won.values()) for seat, mine in won.items()
    }
    assert set(scores(match).values()) == {10}
