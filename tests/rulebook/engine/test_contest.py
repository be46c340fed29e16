"""Boards, their rows, rolls, scores and lists: every value worked out by hand."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, FactIn, ScoreIn
from leitai.rulebook.model import Advance, Stage
from leitai.rulebook.order import stage_order
from leitai.rulebook.roll import roll
from leitai.rulebook.scores import ABSENT, MISSING, OK, VOID
from leitai.rulebook.scores import scores as columns
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    codes,
    entries,
    facts,
    ranks,
    rules,
    run,
    scores,
    totals,
)
from tests.rulebook.engine.test_oracle_findings import law, person

# ---- stages, rolls, scores -----------------------------------------------------------------------


def test_stages_that_feed_nobody_stand_in_the_order_of_their_names():
    alone = Stage("x")
    assert stage_order({"z": alone, "c": alone, "y": alone, "a": alone}) == ("a", "c", "y", "z")
    feeding = Stage("x", advance=(Advance("a"), Advance("a"), Advance("beyond")))
    assert stage_order({"a": alone, "b": alone, "z": feeding}) == ("b", "z", "a")
    circle = {"a": Stage("x", advance=(Advance("b"),)), "b": Stage("x", advance=(Advance("a"),))}
    assert stage_order({**circle, "c": alone}) == ("c",)


def test_a_roll_is_in_the_order_of_ids():
    given = [EntryIn(name, "one", "solo", name.upper(), name[0], f"p{name}") for name in ("b", "a")]
    found = roll(given)
    assert (found.ids, found.names, found.persons) == (["a", "b"], ["A", "B"], ["pa", "pb"])
    assert (found.people(1), "b" in found, "c" in found) == (("pb",), True, False)
    kept = found.without([0])
    assert (kept.ids, kept.persons, kept.index) == (["b"], ["pb"], {"b": 0})
    assert found.without([]).ids == ["a", "b"]


def test_scores_in_the_order_of_a_roll():
    """b has 7.5 (one place), c was void, a absent and z not there at all."""
    rows = [
        ScoreIn("one", "solo", "paper", "b", 75, 1, keys={"t": 4}),
        ScoreIn("one", "solo", "paper", "a", 9, 0, "absent"),
        ScoreIn("one", "solo", "paper", "c", 9, 0, "void"),
        ScoreIn("one", "solo", "paper", "d", 1, 0, over=3),
    ]
    found = columns(rows, {"t": 10}).aligned(["a", "b", "c", "d", "z"])
    assert found.status.tolist() == [ABSENT, OK, VOID, OK, MISSING]
    values = [found.figures.value(at) for at in range(5)]
    assert [(one.numerator, one.denominator) for one in values] == [
        (0, 1), (15, 2), (0, 1), (1, 3), (0, 1),
    ]  # fmt: skip
    assert [found.keys["t"].value(at) * 10 for at in range(5)] == [0, 4, 0, 0, 0]


def test_an_event_without_scores_lacks_them_all():
    found = columns([], {"t": 1}).aligned(["a", "b"])
    assert found.status.tolist() == [MISSING, MISSING]
    assert [found.figures.value(at) for at in range(2)] == [0, 0]
    assert [found.keys["t"].value(at) for at in range(2)] == [0, 0]


def test_one_score_for_two_is_one_too_few():
    with pytest.raises(Problems) as caught:
        decide(law(), entries=entries(["a1", "b1"]), scores=scores({"a1": "9"}))
    found = [(one.place, one.code) for one in caught.value.problems]
    assert found == [("entry one/solo/b1", "score_missing")]


# ---- who has a result ----------------------------------------------------------------------------


def test_absent_and_void_are_noted_once_each():
    outcome = run(law(), {"a1": "90", "b1": "absent", "c1": "void"})
    assert codes(outcome) == [("c1", "void"), ("b1", "absent")]
    assert ranks(outcome) == {"a1": 1}


def test_void_in_one_event_and_absent_from_the_other_is_void():
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper, skill]\n"
    events = PAPER + '  skill: {title: 实操, max: "100", decimals: 2}\n'
    more = scores({"a1": "10", "b1": "absent"}, event="skill")
    outcome = run(rules(body, events), {"a1": "90", "b1": "void"}, more=more)
    assert codes(outcome) == [("b1", "void")]


MARKS = """stages:
  one:
    title: 初赛
    events: [paper, skill]
    qualify: [{of: QUALIFY, least: "59.995"}]
    ranking: {keys: [total], unbroken: share}
"""


@pytest.mark.parametrize(
    ("of", "inside"), [("total", ["a1", "b1", "c1"]), ("paper", ["a1"]), ("skill", ["b1"])]
)
def test_a_pass_mark_looks_at_its_own_figure(of, inside):
    """Paper and practice: a1 60 and 0, b1 0 and 60, c1 59.99 and 1; d1 59.99 in all."""
    events = PAPER + '  skill: {title: 实操, max: "100", decimals: 2}\n'
    paper = {"a1": "60", "b1": "0", "c1": "59.99", "d1": "59.99", "e1": "absent", "f1": "void"}
    skill = {"a1": "0", "b1": "60", "c1": "1", "d1": "0", "e1": "1", "f1": "1"}
    outcome = run(rules(MARKS.replace("QUALIFY", of), events), paper,
                  more=scores(skill, event="skill"))  # fmt: skip
    assert sorted(ranks(outcome)) == inside
    out = [name for name in ("a1", "b1", "c1", "d1") if name not in inside]
    assert codes(outcome) == [
        ("f1", "void"), ("e1", "absent"), *((name, "below_mark") for name in out),
    ]  # fmt: skip
    assert outcome.notes[-1].reason.data == {"name": "d1", "line": "59.995"}


# ---- groups --------------------------------------------------------------------------------------


def test_groups_of_five_kinds_stand_in_the_order_of_the_kinds():
    awards = ", ".join(person(f"w{kind}", f"top: 1, per: {kind}, stacks: true") for kind in "edcba")
    known = facts(x1=dict.fromkeys("ecabd", "v"))
    outcome = run(law(awards=awards), {"x1": "9"}, facts=known)
    boards = [row.board for row in outcome.standings]
    assert boards == ["main", "team:x", "a:v", "b:v", "c:v", "d:v", "e:v"]


def test_who_is_in_no_group_is_counted():
    known = facts(a1={"group": "甲"})
    outcome = run(law("{to: up, top: 1, per: group}"), {"a1": "9", "b1": "8"}, facts=known)
    assert codes(outcome) == [("group", "group_unknown")]
    assert outcome.notes[0].reason.data == {"kind": "group", "count": 1}


# ---- rows ----------------------------------------------------------------------------------------

TEAM = "    team: {title: 团体, unbroken: share}\n"


def test_rows_are_found_from_both_ends_and_over_all_boards():
    outcome = run(law(more=TEAM), {"a1": "9", "a2": "8", "b1": "7"})
    rows = outcome.standings
    found = [(row.board, row.entry) for row in rows]
    assert found == [
        ("main", "a1"), ("main", "a2"), ("main", "b1"),
        ("team:a", "a1"), ("team:a", "a2"), ("team:b", "b1"),
    ]  # fmt: skip
    assert [(rows[at].board, rows[at].entry) for at in range(6)] == found
    assert [(rows[at].board, rows[at].entry) for at in range(-6, 0)] == found
    assert [row.entry for row in rows[1:3]] == ["a2", "b1"]
    for at in (6, 7):
        with pytest.raises(IndexError):
            rows[at]
    assert [row.delegation for row in outcome.teams] == ["a", "b"]
    assert (rows == tuple(rows), rows == (), rows == 5, len(rows)) == (True, False, False, 6)


def test_the_first_key_may_decide_between_equal_totals():
    """Paper first: a1 (6 + 4) is before b1 (4 + 6), both have 10."""
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper, skill]\n"
    body += "    ranking: {keys: [paper, total], unbroken: share}\n"
    events = PAPER + '  skill: {title: 实操, max: "100", decimals: 2}\n'
    more = scores({"a1": "4", "b1": "6"}, event="skill")
    outcome = run(rules(body, events), {"a1": "6", "b1": "4"}, more=more)
    told = [row.decided_by for row in outcome.standings if row.board == "main"]
    assert [(one.code, one.data["title"], one.data["same"]) for one in told] == [
        ("key_above", "笔试", ()), ("key_below", "笔试", ()),
    ]  # fmt: skip
    assert totals(outcome) == {"a1": 10, "b1": 10}


# ---- lists ---------------------------------------------------------------------------------------


def listed(roster, sent, known=()):
    """``sent``: how many each delegation has entered."""
    table = {f"{name}{at}": "9" for name, count in sent.items() for at in range(1, count + 1)}
    outcome = run(law(more=f"    roster: {roster}\n"), table, facts=list(known))
    return [(one.subject, one.reason.code, dict(one.reason.data)) for one in outcome.notes]


@pytest.mark.parametrize(
    ("roster", "most"),
    [
        ("{players: 2}", 2),
        ("{players: 2, substitutes: 1}", 3),
        ("{players: 2, coaches: 1}", 3),
        ("{players: 2, leader: extra}", 3),
        ("{players: 2, leader: player}", 2),
        ("{players: 1, least: 1, substitutes: 1, coaches: 2, leader: extra}", 5),
    ],
)
def test_so_many_may_be_on_a_list(roster, most):
    assert listed(roster, {"b": most, "a": most}) == []
    over = {"of": "a", "count": most + 1, "limit": most}
    assert listed(roster, {"b": most, "a": most + 1}) == [("a", "roster_over", over)]


def test_so_many_must_be_on_it():
    assert listed("{players: 3, least: 2}", {"c": 1, "b": 2, "a": 1}) == [
        ("a", "roster_short", {"of": "a", "count": 1, "limit": 2}),
        ("c", "roster_short", {"of": "c", "count": 1, "limit": 2}),
    ]
    assert listed("{players: 2}", {"a": 1}) == [
        ("a", "roster_short", {"of": "a", "count": 1, "limit": 2}),
    ]


def test_lists_are_named_in_the_order_of_the_delegations():
    given = [EntryIn(f"p{at}", "one", "solo", "x", unit, f"p{at}") for at, unit in enumerate("zyx")]
    outcome = decide(
        law(more="    roster: {players: 2}\n"),
        entries=given,
        scores=scores({"p0": "1", "p1": "2", "p2": "3"}),
    )
    assert [one.subject for one in outcome.notes] == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("cover", "named", "told"),
    [
        ("least: 1", 0, "roster_few"), ("least: 1", 1, ""), ("least: 1", 3, ""),
        ("most: 1", 0, ""), ("most: 1", 1, ""), ("most: 1", 2, "roster_many"),
        ("least: 1, most: 2", 0, "roster_few"), ("least: 1, most: 2", 2, ""),
        ("least: 1, most: 2", 3, "roster_many"),
    ],
)  # fmt: skip
def test_so_many_of_a_kind_must_and_may_be_on_it(cover, named, told):
    roster = f"{{players: 3, cover: [{{title: 女选手, where: {{is: {{kind: sex, in: [女]}}}}, {cover}}}]}}"
    known = [FactIn(f"a{at}", "sex", "", "女" if at <= named else "男") for at in range(1, 4)]
    found = listed(roster, {"a": 3}, known)
    assert [code for _, code, _ in found] == ([told] if told else [])
    if told:
        limit = {"roster_few": 1, "roster_many": 1 if cover == "most: 1" else 2}[told]
        assert found[0][2] == {"of": "a", "title": "女选手", "count": named, "limit": limit}


def test_a_seat_of_a_delegation_has_one_person():
    roster = "{players: 2, slots: [{title: 一号}, {title: 二号}]}"
    known = facts(a1={"slot": "1"}, a2={"slot": "1"}, b1={"slot": "1"}, b2={"slot": "2"})
    assert listed(roster, {"a": 2, "b": 2, "c": 2}, known) == [
        ("a", "roster_seat", {"of": "a", "title": "一号", "count": 2}),
        ("a", "roster_seat", {"of": "a", "title": "二号", "count": 0}),
    ]


def test_a_board_is_ranked_as_the_main_one():
    text = HEAD + PAPER + (
        "stages:\n  one:\n    title: 初赛\n    events: [paper]\n"
        "    ranking: {keys: [total], unbroken: share, style: dense}\n"
        "    boards: {ground: {title: 基层榜, where: {is: {kind: ground, in: [是]}}, unbroken: share}}\n"
    )  # fmt: skip
    known = facts(
        a1={"ground": "是"}, b1={"ground": "是"}, c1={"ground": "否"}, d1={"ground": "是"}
    )
    outcome = run(
        load(text, name="dense.yaml"), {"a1": "9", "b1": "9", "c1": "8", "d1": "7"}, facts=known
    )
    assert ranks(outcome, "ground") == {"a1": 1, "b1": 1, "d1": 2}
    assert ranks(outcome) == {"a1": 1, "b1": 1, "c1": 2, "d1": 3}
