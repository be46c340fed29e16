from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.kernel.texts import TEXTS


def test_domain_error_carries_code_and_data():
    error = DomainError("score_range", value="101", max="100")
    assert error.code == "score_range"
    assert error.data == {"value": "101", "max": "100"}
    assert str(error) == "score_range (value='101', max='100')"
    assert str(DomainError("bare")) == "bare"


def test_problems_holds_all_of_them_in_order():
    first, second = Problem("a:1:2", "x", {"n": 1}), Problem("b", "y")
    error = Problems([first, second])
    assert error.code == "problems"
    assert error.problems == (first, second)
    assert error.data == {"problems": ("a:1:2: x {'n': 1}", "b: y {}")}


def test_texts_stand_in_two_languages():
    assert all(zh and en and zh != en for zh, en in TEXTS.values())
