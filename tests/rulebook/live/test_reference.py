"""The reference page names every key of the rules and every kind of entry, and quotes what is tested."""

import dataclasses
import re
from pathlib import Path

import pytest

from leitai.rulebook.live import corrections, desk
from leitai.rulebook.model import live as model

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "rulebook" / "reference" / "live.md").read_text(encoding="utf-8")
CLASSES = [
    one
    for one in vars(model).values()
    if dataclasses.is_dataclass(one) and one.__module__ == model.__name__
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_key_is_explained(cls):
    missing = [one.name for one in dataclasses.fields(cls) if f"`{one.name}`" not in PAGE]
    assert missing == []


def test_every_kind_of_entry_is_explained():
    kinds = {*desk.ACTS, *desk.KINDS, *corrections.KINDS}
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in PAGE] == []


def test_examples_are_inclusions_of_cases():
    fences = re.findall(r"<!-- include (\S+?)(?:#(\w+))? -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert len(fences) == len(re.findall(r"^```(?:yaml|csv)$", PAGE, re.MULTILINE))
    for name, part, body in fences:
        text = (ROOT / name).read_text(encoding="utf-8")
        if part:
            text = text[text.index(f"# [{part}]\n") : text.index(f"# [/{part}]")].partition("\n")[2]
        assert body == text
