"""The reference page names every key, and its examples are the worked cases."""

import dataclasses
import re

import pytest

from leitai.rulebook.model import judging
from leitai.rulebook.schema import key_of
from tests.rulebook.judging.builders import CASES

PAGE = (CASES.parents[2] / "docs" / "rulebook" / "reference" / "judging.md").read_text(
    encoding="utf-8"
)
CLASSES = [
    one
    for one in vars(judging).values()
    if dataclasses.is_dataclass(one) and one.__module__ == judging.__name__
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_key_is_explained(cls):
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    assert {key_of(field.name) for field in dataclasses.fields(cls)} - words == set()


def test_the_examples_are_the_worked_cases():
    found = re.findall(r"<!-- include (\S+?)(?:#(\w+))? -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert len(found) == 5
    for path, part, text in found:
        whole = (CASES.parents[2] / path).read_text(encoding="utf-8")
        if part:
            whole = whole.split(f"# [{part}]\n")[1].split(f"# [/{part}]")[0]
        assert text == whole
