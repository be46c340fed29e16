"""How a round is given: the types of its questions, a monthly contest as an exam or as a duel."""

from leitai.rulebook import plain
from tests.rulebook.practice.builders import act, codes, fold, points, problems, rules

EXAM = """
    ledgers: {monthly: {title: 月月比}}
    acts:
      monthly:
        title: 月月比
        exercise: {questions: 50, types: {single: 38, multiple: 12}, minutes: 10, full: "100", pass: "60"}
        figures: {mark: {title: 成绩, unit: 分, most: "100", required: true}}
        attempts: {limit: {month: 3}, counts: best, per: month}
        credits: [{ledger: monthly, steps: [{least: "60", points: "3"}, {least: "0", points: "1"}]}]
    """
DUEL = """
    ledgers: {monthly: {title: 月月比}}
    acts:
      monthly:
        title: 月月比
        exercise: {questions: 10, against: either}
        figures: {result: {title: 结果, words: {won: 胜, lost: 负}, required: true}}
        credits: [{ledger: monthly, words: {won: "3", lost: "1"}}]
    """


def said(rulebook, lang="zh"):
    return " ".join(clause.text for part in plain.write(rulebook, lang) for clause in part.clauses)


def test_a_monthly_contest_can_be_an_exam_of_ten_minutes():
    rulebook = rules(EXAM)
    rule = rulebook.practice.acts["monthly"].exercise
    assert (rule.minutes, str(rule.full), str(rule.pass_), rule.against) == (
        10,
        "100",
        "60",
        "nobody",
    )
    assert "单项选择题38题、多项选择题12题" in said(rulebook)
    assert "满分100分，60分及格" in said(rulebook)
    assert "38 single-choice, 12 multiple-choice" in said(rulebook, "en")
    assert "out of 100, 60 to pass" in said(rulebook, "en")


def test_of_an_exam_the_best_try_of_the_month_counts():
    tries = [
        act("monthly", f"2022-04-{day:02} 12:00", f"mark={mark}")
        for day, mark in ((1, "59"), (2, "60"), (3, "100"), (4, "100"))
    ]
    practised = fold(rules(EXAM), *tries)
    # 59 is one point, 60 two more; 100 is no better; a fourth try does not count.
    assert [str(one) for one in points(practised)] == ["1", "2", "0", "0"]
    assert codes(practised)[-1] == "practice_tries"


def test_or_a_duel():
    rulebook = rules(DUEL)
    assert rulebook.practice.acts["monthly"].exercise.against == "either"
    assert "与人或机器对战" in said(rulebook)
    won = fold(rulebook, act("monthly", value="won"))
    assert [str(one) for one in points(won)] == ["3"]


def test_types_must_add_up_and_be_types():
    assert problems(EXAM) == set()
    assert problems(EXAM.replace("multiple: 12", "multiple: 11")) == {"exercise_sum"}
    assert problems(EXAM.replace("multiple: 12", "essay: 12")) == {"exercise_type"}


def test_a_pass_mark_lies_within_the_full_mark():
    assert problems(EXAM.replace('pass: "60"', 'pass: "101"')) == {"exercise_pass"}
    assert problems(EXAM.replace('pass: "60"', 'pass: "0"')) == {"exercise_pass"}
    assert problems(EXAM.replace('full: "100", ', "")) == {"exercise_pass_of_nothing"}
