"""Purity that the linter does not see, and the completeness of texts."""

import ast
from functools import cache
from pathlib import Path

import pytest

import leitai.kernel
import leitai.rulebook
from leitai.rulebook import reasons
from leitai.rulebook.texts import TEXTS

RULEBOOK = Path(leitai.rulebook.__file__).parent
KERNEL = Path(leitai.kernel.__file__).parent
FILES = sorted([*KERNEL.rglob("*.py"), *RULEBOOK.rglob("*.py")])
IMPURE = {"random", "secrets", "time", "uuid", "os", "socket", "subprocess", "pathlib", "decimal"}


@cache
def trees():
    return [(file.name, ast.parse(file.read_text(encoding="utf-8"))) for file in FILES]


def test_no_float_is_written_or_made():
    floats = [
        (name, node.lineno)
        for name, tree in trees()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
            and name != "loading.py")
    ]  # fmt: skip
    assert floats == []


def test_no_clock_no_chance_no_files():
    modules = {
        (name, alias.name.partition(".")[0])
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (name, (node.module or "").partition(".")[0])
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert {(name, module) for name, module in modules if module in IMPURE} == set()


def codes(*functions):
    """Find the constant codes that are handed to these functions, whatever their place."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in functions and "bundle" not in name:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


@pytest.mark.parametrize("lang", [0, 1])
def test_every_problem_has_a_text_in_both_languages(lang):
    found = {code for code in codes("report") if "_" in code or code == "duplicate"}
    assert found - set(TEXTS) == set()
    assert len(found) > 40
    for code, texts in TEXTS.items():
        assert texts[lang].strip(), code


def test_every_reason_that_is_made_can_be_rendered():
    made = {code for code in codes("Reason") if not code.startswith("{")}
    assert made - reasons.codes() == set()
    assert made >= {"advance_all", "advance_team", "advance_top", "resolved"}
