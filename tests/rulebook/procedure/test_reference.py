"""The reference page names every key and shows only what is tested."""

import dataclasses
import re
from pathlib import Path

import pytest

from leitai.rulebook.model import forms, procedure
from leitai.rulebook.procedure.moments import MOMENTS
from leitai.rulebook.schema import key_of
from leitai.rulebook.texts.procedure import TEXTS

REPO = Path(__file__).parents[3]
PAGE = (REPO / "docs" / "rulebook" / "reference" / "procedure.md").read_text(encoding="utf-8")
CLASSES = [
    *(
        getattr(procedure, name)
        for name in ("Window", "Break", "Holidays", "Term", "Layer", "Draw")
    ),
    *(getattr(procedure, name) for name in ("Objection", "Publicity", "Level", "Appeal")),
    *(forms.Asked, forms.FormField, forms.Form),
]
INCLUDED = re.findall(r"<!-- include (\S+)#(\S+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_key_is_explained(cls):
    for field in dataclasses.fields(cls):
        assert f"`{key_of(field.name)}`" in PAGE, field.name


def test_every_moment_is_explained():
    assert [name for name in MOMENTS if f"`{name}`" not in PAGE] == []


def test_examples_are_what_is_tested():
    assert len(INCLUDED) == PAGE.count("```yaml") >= 7
    for path, part, text in INCLUDED:
        case = (REPO / path).read_text(encoding="utf-8")
        found = re.search(
            rf"^ *# \[{part}\]\n(.*?)^ *# \[/{part}\]\n", case, re.DOTALL | re.MULTILINE
        )
        assert found is not None
        assert text == found[1]


def test_texts_can_be_written():
    for code, texts in TEXTS.items():
        names = [set(re.findall(r"%\((\w+)\)s", text)) for text in texts]
        assert names[0] == names[1], code
