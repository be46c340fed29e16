"""Every worked case of tests/rulebook/cases, from its tables to its tables.

A case is a folder with ``rulebook.yaml`` (or a file ``library`` that names a rulebook of the
library), ``data/*.csv``, and ``expected/*.csv``: the columns that stand there are compared, the
order of rows is free, figures are compared as figures. ``expected/exit`` may name the exit code.
"""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from leitai.rulebook import loading, tables

CASES = sorted(
    path.parent for path in (Path(__file__).parent / "cases").glob("*/data") if path.is_dir()
)
FIGURES = {"total", "earned", "points", "balance", "amount", "rank", "order"}


def rulebook_of(case):
    library = case / "library"
    if library.is_file():
        name = library.read_text(encoding="utf-8").strip()
        return loading.load(loading.packaged(name), name=f"{name}.yaml")
    path = case / "rulebook.yaml"
    return loading.load(path.read_text(encoding="utf-8"), name=str(path), resolve=beside)


def beside(reference, asking):
    path = Path(asking).parent / reference
    if path.is_file():
        return str(path), path.read_text(encoding="utf-8")
    return loading.from_library(reference)


def figure(column, cell):
    return Fraction(cell) if column in FIGURES and cell else cell


def rows(text, columns):
    table = csv.DictReader(text.splitlines())
    return Counter(tuple(figure(column, row[column]) for column in columns) for row in table)


def data_of(case):
    return {path.name: path.read_text(encoding="utf-8") for path in (case / "data").glob("*.csv")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case_comes_out_as_worked_by_hand(case):
    result = tables.decide(rulebook_of(case), data_of(case))
    for path in sorted((case / "expected").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        columns = next(csv.reader(text.splitlines()))
        assert rows(result.files[path.name], columns) == rows(text, columns), path.name
    said = case / "expected" / "exit"
    if said.is_file():
        assert result.exit == int(said.read_text(encoding="utf-8"))
    else:
        assert result.exit == (3 if result.outcome.blocked else 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case_is_explained(case):
    assert (case / "README.md").is_file()
    assert list((case / "expected").glob("*.csv"))
