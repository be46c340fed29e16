"""tools/mutate.py: what it changes, which tests it lets at a mutant, and what it says."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tools.mutants import mutants

REPO = Path(__file__).resolve().parents[2]
SCRIPT = REPO / "tools" / "mutate.py"
DAYS = "src/leitai/rulebook/days.py"  # one function: not _DAY.fullmatch(text) is all that changes


def changes(tmp_path, text):
    file = tmp_path / "some.py"
    file.write_text(text, encoding="utf-8")
    return mutants(file)


def run(tmp_path, tests, *more, file=DAYS):
    """Hunt in a real file of the house with tests of our own."""
    test = tmp_path / "test_own.py"
    test.write_text(tests, encoding="utf-8")
    command = [sys.executable, SCRIPT, file, "--tests", test, *more]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_every_place_of_a_function_is_changed_in_one_way(tmp_path):
    found = changes(
        tmp_path,
        "TABLE = 1 < 2\n\ndef one(a, b=True):\n    'Doc.'\n    c = [x for x in a if x > 0]\n"
        "    a.sort()\n    return b and not max(c)\n",
    )
    assert [(mutant.place.line, mutant.place.change) for mutant in found] == [
        (3, "True  ->  False"),
        (5, "without: if x > 0"),
        (5, "x > 0  ->  x >= 0"),
        (5, "0  ->  1"),
        (6, "without: a.sort()"),
        (7, "b and (not max(c))  ->  b or not max(c)"),
        (7, "not max(c)  ->  max(c)"),
        (7, "max(c)  ->  min(c)"),
    ]


def test_a_mutant_is_one_change_and_keeps_its_lines(tmp_path):
    text = "def one(a):\n    # A note.\n    return a + 1\n\n\nclass Two:\n    def three(self):\n        return 4\n"
    found = changes(tmp_path, text)
    assert [ast.unparse(mutant.changed()).splitlines()[1].strip() for mutant in found] == [
        "return a - 1",
        "return a + 2",
        "return a + 1",
    ]
    assert [mutant.place.function for mutant in found] == ["one", "one", "Two.three"]
    (function, kind) = found[2].changed().body
    assert (function.lineno, kind.body[0].body[0].lineno) == (1, 8)


def test_who_looks_at_both_answers_kills(tmp_path):
    tests = (
        "from leitai.rulebook.days import day\n"
        "def test_one():\n    assert day('2026-01-02').day == 2 and day('2.1.2026') is None\n"
    )
    code, out = run(tmp_path, tests)
    assert code == 0
    assert "1 mutants, 1 killed (0 by time), 0 survived (0 where no test comes)" in out


def test_what_lives_is_named_with_the_tests_that_met_it_and_can_be_tried_again(tmp_path):
    """The first test comes to the line and asserts nothing; the second never comes there."""
    tests = (
        "from leitai.rulebook import days\n"
        "def test_idle():\n    days.day('2026')\n"
        "def test_elsewhere():\n    pass\n"
    )
    code, out = run(tmp_path, tests)
    line = f"{DAYS}:12: not _DAY.fullmatch(text)  ->  _DAY.fullmatch(text)  # 1 of 1 tests"
    assert (code, line in out) == (1, True)
    assert "1 mutants, 0 killed (0 by time), 1 survived (0 where no test comes)" in out
    before = tmp_path / "out"
    before.write_text(out, encoding="utf-8")
    assert "\n1 mutants" in run(tmp_path, tests, "--again", before)[1]
    before.write_text(out.replace("not _DAY", "_DAY"), encoding="utf-8")
    assert "\n0 mutants" in run(tmp_path, tests, "--again", before)[1]


def test_where_no_test_comes_is_said(tmp_path):
    code, out = run(tmp_path, "def test_elsewhere():\n    pass\n")
    assert code == 1
    assert "1 survived (1 where no test comes)" in out


def test_a_mutant_without_an_end_is_killed_by_time(tmp_path):
    """``_places`` halves a number while it is even: of nought, never to be odd, it has no end."""
    tests = (
        "from fractions import Fraction\nfrom leitai.rulebook.numbers import show\n"
        "def test_half():\n    assert show(Fraction(3, 2)) == '1.5'\n"
    )
    code, out = run(tmp_path, tests, "--lines", "79-86", file="src/leitai/rulebook/numbers.py")
    assert code == 1
    assert " by time)" in out
    assert "(0 by time)" not in out


@pytest.mark.parametrize("broken", ["assert False", "__import__('os')._exit(3)"])
def test_tests_that_fail_without_a_change_are_no_tests(tmp_path, broken):
    code, out = run(tmp_path, f"def test_broken():\n    {broken}\n")
    assert code == 2
    assert "without any change" in out
