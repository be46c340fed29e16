"""Every key and every word of the language has its name in a form, in both languages."""

import dataclasses
import re
import typing
from typing import Annotated, Literal

from leitai.rulebook import labels
from leitai.rulebook.model import Rulebook
from leitai.rulebook.plain.keys import has_title
from leitai.rulebook.schema import key_of

HAN = re.compile("[\u4e00-\u9fff]")


def classes():
    """Every class of the language with its keys, and the words of each key."""
    keys, words = {}, {}

    def walk(kind, at):
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            if kind.__name__ in keys:
                return
            hints = typing.get_type_hints(kind, include_extras=True)
            given = getattr(kind, "GIVEN", ())
            names = [f.name for f in dataclasses.fields(kind) if f.name not in given]
            keys[kind.__name__] = [key_of(name) for name in names]
            for name in names:
                walk(hints[name], (kind.__name__, key_of(name)))
        elif typing.get_origin(kind) is Literal:
            words.setdefault(at, []).extend(map(str, typing.get_args(kind)))
        elif typing.get_origin(kind) is Annotated:
            walk(typing.get_args(kind)[0], at)
        else:
            for part in typing.get_args(kind):
                if part is not ...:
                    walk(part, at)

    walk(Rulebook, ("", ""))
    return keys, words


KEYS, WORDS = classes()


def test_every_key_has_a_name_in_both_languages():
    assert len(KEYS) > 100
    wrong = [
        f"{cls}.{key}"
        for cls, names in KEYS.items()
        for key in names
        if not (has_title(cls, key) or f"{cls}.{key}" in labels._BOXES)
        or not HAN.search(labels.label(cls, key))
        or HAN.search(labels.label(cls, key, "en"))
    ]
    assert wrong == []


def test_every_word_has_a_name_in_both_languages():
    wrong = [
        f"{cls}.{key}.{value}"
        for (cls, key), values in WORDS.items()
        for value in values
        if not labels.has_word(cls, key, value)
        or not re.search("[\u4e00-\u9fff0-9]", labels.word(cls, key, value))
        or HAN.search(labels.word(cls, key, value, "en"))
    ]
    assert wrong == []


def test_words_of_one_key_differ():
    twice = [
        (at, lang)
        for at, values in WORDS.items()
        for lang in ("zh", "en")
        if len({labels.word(*at, one, lang) for one in set(values)}) < len(set(values))
    ]
    assert twice == []


def test_no_name_is_of_something_that_is_gone():
    stale = [
        name for name in labels._BOXES if name.split(".")[1] not in KEYS.get(name.split(".")[0], ())
    ]
    stale += [
        name
        for name in labels._CHOICES
        if name.count(".") == 2
        and name.split(".")[2] not in WORDS.get(tuple(name.split(".")[:2]), ())
    ]
    assert stale == []
