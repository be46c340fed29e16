"""What stands between texts: Chinese marks in Chinese, English ones in English."""

import pytest
from django.utils.translation import override

from leitai.base import words
from leitai.base.errors import text_of
from leitai.kernel.errors import Problem
from leitai.ledger.acts import detail_of
from leitai.seasons.enums import ResolutionHow


@pytest.mark.parametrize(
    ("made", "chinese", "english"),
    [
        (lambda: words.listed(["a", 2]), "a、2", "a, 2"),
        (lambda: words.clauses(["a", "b"]), "a；b", "a; b"),
        (lambda: words.summed(["a", "b"]), "a＋b", "a + b"),
        (lambda: words.sentence("a"), "a。", "a."),
        (lambda: words.sentences(["a", "b"]), "a。b。", "a. b."),
        (lambda: words.sentences(["a。", "b."]), "a。b.", "a。 b."),
        (lambda: words.sentences([]), "", ""),
        (lambda: words.remarked("a", "b"), "a（b）", "a (b)"),
        (lambda: words.placed("a", "b"), "a：b", "a: b"),
    ],
)
def test_marks_between_texts_follow_the_language(made, chinese, english):
    with override("zh-hans"):
        assert made() == chinese
    with override("en"):
        assert made() == english


def test_a_problem_names_its_place_first():
    with override("en"):
        assert text_of(Problem("row 3", "not_found")).startswith("row 3: ")
    with override("zh-hans"):
        assert text_of(Problem("第3行", "not_found")).startswith("第3行：")


@pytest.mark.parametrize(("count", "said"), [(1, "Final, 1 person"), (2, "Final, 2 people")])
def test_a_ledger_detail_counts_by_its_data(count, said):
    with override("en"):
        assert detail_of("scores.recorded", {"stage": "Final", "count": count}) == said
    with override("zh-hans"):
        line = detail_of("scores.recorded", {"stage": "总决赛", "count": count})
        assert line == f"总决赛 {count}人"


def test_a_detail_that_lacks_its_count_says_nothing():
    assert detail_of("scores.recorded", {"stage": "总决赛"}) == ""


def test_confirmation_as_a_way_of_deciding_is_no_button():
    with override("en"):
        assert str(ResolutionHow.CONFIRMATION.label) == "Confirmation"
    with override("zh-hans"):
        assert str(ResolutionHow.CONFIRMATION.label) == "确认"
