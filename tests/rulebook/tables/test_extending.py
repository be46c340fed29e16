"""A rulebook that extends another: named places change, problems stay where they were written."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook import from_canonical, load, packaged
from leitai.rulebook.source import show_path
from leitai.rulebook.texts import TEXTS, text_of

BASE = """\
rulebook: 1
id: base
title: 去年的比武
year: 2022
delegations:
  also:
    - {unit: a, name: 甲市}
    - {unit: b, name: 乙市}
events:
  exam: {title: 笔试, max: 100}
stages:
  heat:
    title: 初赛
    events: [exam]
    quota: {per: delegation, count: 40}
    advance:
      - {to: final, top: 20}
    ranking: {unbroken: draw}
  final:
    title: 决赛
    events: [exam]
    ranking: {unbroken: draw}
tracks:
  solo: {title: 个人赛}
awards:
  - {id: gold, title: 金奖, to: person, stage: final, ranks: [1, 1]}
  - {id: star, title: 明星, to: person, stage: heat, top: 3}
"""
HEAD = "rulebook: 1\nextends: base.yaml\n"
FILES = {"base.yaml": BASE}


def from_files(files):
    def resolve(reference, _asking):
        if reference not in files:
            raise DomainError("no_such_rulebook", id=reference)
        return reference, files[reference]

    return resolve


def extended(text, **files):
    return load(HEAD + text, name="next.yaml", resolve=from_files(FILES | files))


def problems_of(text, files=FILES, head=HEAD):
    with pytest.raises(Problems) as caught:
        load(head + text, name="next.yaml", resolve=from_files(files))
    for problem in caught.value.problems:
        assert problem.code in TEXTS
        assert text_of(problem)
        assert text_of(problem, "en")
    return [(problem.place, problem.code) for problem in caught.value.problems]


def test_only_what_is_named_changes():
    old = load(BASE, name="base.yaml")
    new = extended(
        "id: new\ntitle: 今年的比武\nyear: 2023\n"
        "change:\n  stages.heat.quota.count: 30\n  stages.heat.advance[0].top: 15\n"
        "  awards.star.title: 岗位明星\n"
        "add:\n  stages.final.place: 成都\n  awards:\n"
        "    - {id: silver, title: 银奖, to: person, stage: final, ranks: [2, 2]}\n"
        "remove: [delegations.also.b]\n"
    )
    assert (new.id, new.title, new.year) == ("new", "今年的比武", 2023)
    assert new.stages["heat"].quota.count == 30
    assert new.stages["heat"].advance[0].top == 15
    assert new.stages["final"].place == "成都"
    assert [award.title for award in new.awards] == ["金奖", "岗位明星", "银奖"]
    assert [also.unit for also in new.delegations.also] == ["a"]
    assert new.events == old.events


def test_the_whole_tree_is_canonical_and_stands_alone():
    new = extended("id: new\n")
    again = from_canonical(new.canonical)
    assert (again.canonical, again.hash) == (new.canonical, new.hash)
    assert "extends" not in canonical.decode(new.canonical)
    old = canonical.decode(load(BASE).canonical)
    assert canonical.decode(new.canonical) == old | {"id": "new"}


def test_the_id_is_never_that_of_the_extended_one():
    assert extended("").id == "next"


def test_items_are_put_in_before_others_and_taken_out_by_their_old_places():
    new = extended(
        "add:\n  awards[1]: {id: silver, title: 银奖, to: person, stage: final, ranks: [2, 2]}\n"
        "remove: ['awards[0]']\n"
    )
    assert [award.id for award in new.awards] == ["silver", "star"]


def test_a_chain_of_files():
    middle = "rulebook: 1\nextends: base.yaml\nid: middle\nchange: {stages.heat.quota.count: 30}\n"
    new = load(
        "rulebook: 1\nextends: middle.yaml\nchange: {stages.heat.advance.0.top: 9}\n",
        name="last.yaml",
        resolve=from_files(FILES | {"middle.yaml": middle}),
    )
    assert (new.id, new.stages["heat"].quota.count) == ("last", 30)
    assert new.stages["heat"].advance[0].top == 9


def test_the_library_can_be_extended_without_a_resolver():
    text = "rulebook: 1\nextends: sichuan-2022\nid: next\nchange:\n  stages.selection.quota.count: 30\n"
    assert load(text).stages["selection"].quota.count == 30
    assert load(packaged("sichuan-2022")).stages["selection"].quota.count == 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change: {stages.nope.title: x}\n", [("next.yaml:3:10: change.stages.nope.title", "extends_nowhere")]),
        ("change: {stages.heat.place: x}\n", [("next.yaml:3:10: change.stages.heat.place", "extends_nowhere")]),
        ("change: {'awards[2].title': x}\n", [("next.yaml:3:10: change.awards[2].title", "extends_nowhere")]),
        ("change: {awards.x.title: x}\n", [("next.yaml:3:10: change.awards.x.title", "extends_nowhere")]),
        ("change: {'': x}\n", [("next.yaml:3:10: change.", "extends_nowhere")]),
        ("add: {title: x}\n", [("next.yaml:3:7: add.title", "extends_there")]),
        ("add: {awards: x}\n", [("next.yaml:3:15: add.awards", "not_list")]),
        ("add: {stages.x.title: x}\n", [("next.yaml:3:7: add.stages.x.title", "extends_no_place")]),
        ("add: {'awards[3]': x}\n", [("next.yaml:3:7: add.awards[3]", "extends_index")]),
        ("remove: [stages.x]\n", [("next.yaml:3:10: remove[0]", "extends_gone")]),
        ("remove: [1]\n", [("next.yaml:3:10: remove[0]", "not_text")]),
        ("remove: stages.heat\n", [("next.yaml:3:9: remove", "not_list")]),
        ("change: [1]\n", [("next.yaml:3:9: change", "not_mapping")]),
        ("teams: 3\n", [("next.yaml:3:1: teams", "unknown_key")]),
        ("title: x\nchange: {title: y}\n", [("next.yaml:4:10: change.title", "extends_overlap")]),
        ("remove: [awards.star]\nchange: {awards.star.title: y}\n",
         [("next.yaml:4:10: change.awards.star.title", "extends_overlap")]),
        ("remove: [stages.heat.quota]\nadd: {stages.heat.quota.least: 2}\n",
         [("next.yaml:4:7: add.stages.heat.quota.least", "extends_overlap")]),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_pointed_at(text, expected):
    assert problems_of(text) == expected


def test_a_bad_value_is_pointed_at_where_it_was_written():
    found = problems_of("change:\n  stages.heat.quota.count: viele\n")
    assert found == [("next.yaml:4:28: stages.heat.quota.count", "not_integer")]
    bad = BASE.replace("count: 40", "count: x")
    found = problems_of("change: {awards.gold.title: 头奖}\n", {"base.yaml": bad})
    assert found == [("base.yaml:15:37: stages.heat.quota.count", "not_integer")]


def test_a_lint_points_into_the_file_that_is_at_fault():
    found = problems_of("change: {awards.gold.stage: semi}\n")
    assert found == [("next.yaml:3:29: awards[0].stage", "no_such_stage")]


@pytest.mark.parametrize(
    ("files", "place", "code"),
    [
        ({}, "next.yaml:2:10: extends", "extends_unknown"),
        ({"base.yaml": HEAD}, "base.yaml:2:10: extends", "extends_cycle"),
        ({"base.yaml": HEAD.replace("base", "next")}, "base.yaml:2:10: extends", "extends_unknown"),
        ({"base.yaml": "[1]"}, "base.yaml:1:1", "not_mapping"),
        ({"base.yaml": ""}, "base.yaml", "yaml_empty"),
        ({"base.yaml": "a: [1,\nb: 2\n"}, "base.yaml:1:4", "yaml_bracket_open"),
        ({"base.yaml": "extends: 1.5\n"}, "base.yaml:1:10: extends", "yaml_float"),
    ],
)
def test_what_cannot_be_extended(files, place, code):
    assert (place, code) in problems_of("", files)


def test_two_rulebooks_have_two_names():
    same = "rulebook: 1\nextends: base.yaml\nid: base\n"
    base = BASE if "\nid: base\n" in BASE else f"{BASE}id: base\n"
    assert problems_of("", {"base.yaml": base}, head=same) == [
        ("next.yaml:3:5: id", "extends_same_id")
    ]
    assert problems_of("", {"base.yaml": base.replace("id: base", "id: next")}) == [
        ("next.yaml:2:10: extends", "extends_same_id")
    ]


def test_an_index_in_a_list_needs_quotes_and_the_message_says_so():
    assert problems_of("remove: [awards[0]]\n") == [("next.yaml:3:10", "yaml_index")]
    assert [award.id for award in extended('remove: ["awards[0]"]\n').awards] == ["star"]


def test_slips_of_the_extended_file_are_named_in_it():
    bad = BASE.replace("title: ", "title：", 1)
    line = bad[: bad.index("：")].count("\n") + 1
    assert problems_of("", {"base.yaml": bad}) == [(f"base.yaml:{line}:6", "yaml_wide_colon")]


def test_a_chain_has_an_end():
    def resolve(reference, _asking):
        return f"{reference}.yaml", f"rulebook: 1\nextends: {reference}x\n"

    with pytest.raises(Problems) as caught:
        load("rulebook: 1\nextends: x\n", name="a.yaml", resolve=resolve)
    assert [problem.code for problem in caught.value.problems] == ["extends_depth"]


def test_an_extending_file_must_say_its_language():
    assert problems_of("", head="extends: base.yaml\n") == [
        ("next.yaml:1:1: rulebook", "missing_key")
    ]


def paths_in(plain, path=()):
    yield path
    if isinstance(plain, dict | list):
        for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from paths_in(value, (*path, key))


PATHS = [show_path(path) for path in paths_in(canonical.decode(load(BASE).canonical)) if path]
PATH = st.sampled_from(
    [*PATHS, "awards.gold", "awards[9]", "stages.x", "", ".", "[0]", "a[", "stages.heat.place"]
)
JUNK = st.sampled_from([0, -1, 10**17, "x", "final", [], {}, [[]], {"a": 1}, ["x"], True, "1/3"])
ACTS = st.fixed_dictionaries(
    {},
    optional={
        "change": st.dictionaries(PATH, JUNK, max_size=3) | JUNK,
        "add": st.dictionaries(PATH, JUNK, max_size=3) | JUNK,
        "remove": st.lists(PATH, max_size=3) | JUNK,
        "title": JUNK,
        "id": JUNK,
        "extends": JUNK,
    },
)


@given(ACTS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_asked_is_done_or_said(acts):
    text = json.dumps({"rulebook": 1, "extends": "base.yaml"} | acts)
    try:
        load(text, name="next.yaml", resolve=from_files(FILES))
    except Problems as error:
        for problem in error.problems:
            assert text_of(problem)
            assert text_of(problem, "en")
            assert problem.place.startswith(("next.yaml", "base.yaml"))


@pytest.mark.parametrize("deep", [50, 200, 400])
def test_deep_values_are_refused_and_nothing_falls_over(deep):
    text = f"change: {{stages.final.place: {'[' * deep}{']' * deep}}}\n"
    assert problems_of(text)
