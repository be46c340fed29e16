"""Who won, and what the rules are told of it."""

from __future__ import annotations

import pytest

from leitai.duels.outcome import result_of, value_of

TWO = [["A", 4000, True], ["B", 61250, False], ["A", 999, True]]
ONE = [["A", 100, True], ["B", 100, False], ["C", 100, False]]


@pytest.mark.parametrize(
    ("own", "other", "word"), [(TWO, ONE, "won"), (ONE, TWO, "lost"), (TWO, TWO[::-1], "drawn")]
)
def test_more_right_answers_win_and_time_decides_nothing(own, other, word):
    assert result_of(own, other) == word


def test_the_act_tells_the_word_each_answer_and_its_seconds():
    assert value_of("won", TWO) == "won;answers=101;seconds=4.000,61.250,0.999"
