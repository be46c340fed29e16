"""Changes in a text: the tree changes as asked, and nothing but that place of the text does."""

from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import editing, load, loading, packaged, writing
from leitai.rulebook.source import show_path

A, B = packaged("inner-mongolia-2022"), packaged("sichuan-2022")
TEXT = """# head
rulebook: 1  # version
title: 甲
list:
  # first
  - a
  - {id: b, title: 乙}   # second
  - id: c
    title: |
      多行
      文字

    empty: {}
# end
flow: {x: 1, y: [1, 2], z: "1.5"}
"""
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-9, 10**6),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        ["1.5", "40%", "1/3", "yes", "null", "~", "a: b", "# no", "- x", "[", "甲，乙"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.from_regex(r"[a-z][a-z0-9_-]{0,5}", fullmatch=True), inner, max_size=3),
    ),
    max_leaves=6,
)


def paths(tree, at=()):
    """Every place of a tree but its root."""
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in parts:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*at, key))


def done(tree, path, act):
    tree = deepcopy(tree)
    parent = tree
    for part in path[:-1]:
        parent = parent[part]
    act(parent, path[-1])
    return tree


@pytest.mark.parametrize("text", [A, B, TEXT], ids=["A", "B", "small"])
def test_every_place_is_replaced_alone(text):
    tree = editing.read(text)
    for path in list(paths(tree))[:: 1 if text is TEXT else 149]:
        new = editing.set_value(text, show_path(path), "换")
        assert editing.read(new) == done(tree, path, lambda p, k: p.__setitem__(k, "换"))


@pytest.mark.parametrize("text", [A, B, TEXT], ids=["A", "B", "small"])
def test_every_place_is_removed_alone_and_leaves_no_empty_one(text):
    tree = editing.read(text)
    for path in list(paths(tree))[:: 1 if text is TEXT else 149]:
        gone = path
        while len(gone) > 1 and len(editing.at(tree, show_path(gone[:-1]))) == 1:
            gone = gone[:-1]
        new = editing.remove(text, show_path(path))
        assert editing.read(new) == done(tree, gone, lambda p, k: p.__delitem__(k))
        assert ("# head" in new, "# end" in new) == ("# head" in text, "# end" in text)


@given(st.data())
def test_any_value_goes_anywhere(data):
    tree = editing.read(TEXT)
    path = data.draw(st.sampled_from(list(paths(tree))))
    value = data.draw(VALUES)
    new = editing.set_value(TEXT, show_path(path), value)
    assert editing.read(new) == done(tree, path, lambda p, k: p.__setitem__(k, value))
    assert "# head" in new


@given(st.data())
def test_any_item_is_put_at_any_place_of_a_list(data):
    tree = editing.read(TEXT)
    name = data.draw(st.sampled_from(["list", "flow.y"]))
    items = editing.at(tree, name)
    at = data.draw(st.integers(0, len(items)))
    value = data.draw(VALUES)
    new = editing.read(editing.insert(TEXT, f"{name}[{at}]", value))
    assert editing.at(new, name) == [*items[:at], value, *items[at:]]


@given(st.data())
def test_items_move_and_nothing_is_lost(data):
    tree = editing.read(TEXT)
    name = data.draw(st.sampled_from(["list", "flow.y"]))
    items = list(editing.at(tree, name))
    start, to = (data.draw(st.integers(0, len(items) - 1)) for _ in "ab")
    new = editing.read(editing.move(TEXT, f"{name}[{start}]", to))
    items.insert(to, items.pop(start))
    assert editing.at(new, name) == items


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), VALUES, min_size=1))
def test_what_is_written_is_read_again(plain):
    assert editing.read(writing.text_of(plain)) == plain


@pytest.mark.parametrize("name", loading.library())
def test_a_library_rulebook_is_the_same_when_written_anew(name):
    text = packaged(name)
    tree = editing.read(text)
    assert editing.read(writing.text_of(tree)) == tree
    if "extends" not in tree:
        assert load(writing.text_of(tree)).hash == load(text).hash


def lines_changed(old, new):
    before, after = old.splitlines(), new.splitlines()
    return [line for line in after if line not in before], [
        line for line in before if line not in after
    ]


def test_the_five_changes_of_next_year():
    new = editing.insert(A, "forms.entry.fields[18]", {"id": "years", "title": "从事本岗位年限"})
    new = editing.insert(new, "forms.entry.fields[19]", {"id": "size", "title": "服装尺码"})
    assert lines_changed(A, new) == (
        ["      - {id: years, title: 从事本岗位年限}", "      - {id: size, title: 服装尺码}"],
        [],
    )
    assert [f.title for f in load(new).forms["entry"].fields][-2:] == ["从事本岗位年限", "服装尺码"]
    new = editing.set_value(B, "stages.selection.quota.count", 30)
    new = editing.set_value(new, "stages.advancement.team.top", 15)
    new = editing.set_value(new, "awards.star.title", "练兵之星")
    new = editing.set_value(new, "calendar.final.later", plain=True, order=("words", "later"))
    law = load(editing.remove(new, "calendar.final.latest"))
    assert law.stages["selection"].quota.count == 30
    assert law.stages["advancement"].team.top == 15
    assert law.award("star").title == "练兵之星"
    assert (law.calendar["final"].later, law.calendar["final"].latest) == (True, None)


def test_a_key_comes_to_stand_in_its_place():
    new = editing.set_value(
        A, "calendar.league.latest", date(2022, 3, 31), ("title", "words", "latest", "soft")
    )
    assert "words: 原则上于2022年3月举办\n    latest: 2022-03-31\n    soft: true" in new


def test_mappings_that_lead_to_a_place_are_made():
    new = editing.set_value(B, "holidays.years", [2022])
    assert editing.read(new)["holidays"] == {"years": [2022]}
    new = editing.insert(B, "stages.final.caps[0]", {"per": "delegation", "count": 3})
    assert editing.read(new)["stages"]["final"]["caps"] == [{"per": "delegation", "count": 3}]


@pytest.mark.parametrize(
    "path", ["", "nothing[0].x", "awards.nobody.title", "awards[99]", "title.x"]
)
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(DomainError, match="edit_nowhere"):
        editing.set_value(B, path, 1)


@pytest.mark.parametrize("text", ["a: [", "- x", "", "a: 1\na: 2", "a: &x 1\nb: *x"])
def test_a_text_that_cannot_be_read_is_refused(text):
    with pytest.raises(Problems):
        editing.set_value(text, "a", 1)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(DomainError, match="edit_too_long"):
        editing.read("#" * (editing.MOST + 1))


def test_line_ends_are_made_plain():
    assert editing.tidy("\ufeffa: 1\r\nb: 2") == "a: 1\nb: 2\n"
