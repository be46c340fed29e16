"""Honours: who qualifies by award, rank or title, under whose condition, and by lot."""

import pytest

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, Reason, ResolutionIn, TitleRow
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    answer,
    codes,
    entries,
    facts,
    open_lines,
    rules,
    run,
    scores,
)

TABLE = {"a1": "90", "b1": "80", "c1": "80", "d1": "70"}


def law(honours, *, awards="", team="", head=HEAD):
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {unbroken: share}\n"
    body += f"    team: {team}\n" if team else ""
    body += f"awards: [{awards}]\n" if awards else ""
    return load(head + PAPER + body + f"honours: [{honours}]\n", name="honours.yaml")


def given(outcome):
    return [(row.honour, row.holder) for row in outcome.honours]


def honour(rest, ident="medal"):
    return f"{{id: {ident}, title: 奖章, kind: honour, {rest}}}"


FIRST = "{id: first, title: 一等奖, to: person, stage: one, ranks: [1, 1]}"
GOLD = "{id: gold, title: 金奖, to: team, stage: one, ranks: [1, 1]}"
TEAM = "{title: 团体, unbroken: share}"


def test_ranks_count_as_they_are_shared():
    """b1 and c1 are second together: both have ranks 2 to 3, d1 is fourth."""
    small = law(honour("stage: one, ranks: [2, 3]"))
    outcome = run(small, TABLE)
    assert given(outcome) == [("medal", "b1"), ("medal", "c1")]
    row = outcome.honours[0]
    assert (row.delegation, row.holder_kind, row.basis) == ("b", "person", "one/solo/main/2")
    assert row.reason.data["rank"] == 2


def test_honours_of_teams():
    small = law(honour("stage: one, ranks: [1, 1], to: team"), team=TEAM)
    row = run(small, TABLE).honours[0]
    assert (row.holder, row.holder_kind, row.basis) == ("a", "team", "one/solo/teams/1")


def test_an_honour_for_an_award_of_persons_and_of_teams():
    small = law(honour("awards: [first, gold]"), awards=f"{FIRST}, {GOLD}", team=TEAM)
    rows = run(small, TABLE).honours
    assert [(row.holder, row.holder_kind) for row in rows] == [("a1", "person"), ("a", "team")]
    assert [row.reason.data["title"] for row in rows] == ["一等奖", "金奖"]


def test_an_award_of_this_season_is_a_fact_of_its_holder():
    """The first three ranks, but only with the first award; and the other way about."""
    where = "where: {WORD: {kind: award, key: 一等奖}}"
    rest = f"stage: one, ranks: [1, 2], {where}"
    for word, expected in (("has", ["a1"]), ("lacks", ["b1", "c1"])):
        small = law(honour(rest.replace("WORD", word)), awards=FIRST)
        for known in (None, []):
            outcome = run(small, TABLE, facts=known)
            assert [one for _, one in given(outcome)] == expected


def test_the_facts_of_the_person_count_and_not_those_of_an_entry_of_that_name():
    small = law(honour("awards: [first], where: {is: {kind: ground, in: [是]}}"), awards=FIRST)
    people = [EntryIn(name, "one", "solo", name, name[0], f"p-{name}") for name in TABLE]
    known = facts(**{"p-a1": {"ground": "是"}})
    yes = decide(small, entries=people, scores=scores(TABLE), facts=known)
    assert given(yes) == [("medal", "a1")]
    no = decide(small, entries=people, scores=scores(TABLE), facts=facts(a1={"ground": "是"}))
    assert given(no) == []
    won = law(
        honour("stage: one, ranks: [1, 1], where: {has: {kind: award, key: 一等奖}}"), awards=FIRST
    )
    assert given(decide(won, entries=people, scores=scores(TABLE))) == [("medal", "a1")]


def test_a_condition_about_which_nothing_is_given_keeps_nobody_out():
    small = law(honour("stage: one, ranks: [1, 1], where: {is: {kind: ground, in: [是]}}"))
    assert given(run(small, TABLE, facts=[])) == [("medal", "a1")]


def test_honours_of_some_tracks():
    head = HEAD.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}")
    people = entries(["a1"]) + entries(["b1"], track="duo")
    marks = scores({"a1": "90"}) + scores({"b1": "80"}, track="duo")
    every = law(honour("stage: one, ranks: [1, 1]"), head=head)
    assert given(decide(every, entries=people, scores=marks)) == [("medal", "b1"), ("medal", "a1")]
    some = law(honour("stage: one, ranks: [1, 1], tracks: [duo]"), head=head)
    assert given(decide(some, entries=people, scores=marks)) == [("medal", "b1")]
    won = law(honour("awards: [first], tracks: [solo]"), awards=FIRST, head=head)
    assert given(decide(won, entries=people, scores=marks)) == [("medal", "a1")]


def test_money_says_how_much():
    money = "{id: money, title: 奖金, kind: money, amount: '500', awards: [first]}"
    row = run(law(money, awards=FIRST), TABLE).honours[0]
    assert (row.amount, row.reason.data["amount"]) == (500, "500")


def test_titles_of_practice_qualify():
    rows = [
        TitleRow("star", "日日学之星", "p1", "2022", Reason("x")),
        TitleRow("other", "别的", "p2", "2022", Reason("x")),
    ]
    small = law(honour("titles: [star]"))
    outcome = run(small, TABLE, titles=rows)
    assert [(row.holder, row.basis) for row in outcome.honours] == [("p1", "2022")]
    assert outcome.honours[0].reason.data == {"title": "日日学之星", "period": "2022"}


LOTTERY = honour("stage: one, ranks: [1, 3], lottery: 2")


def test_lots_are_drawn_among_those_who_qualify():
    small = law(LOTTERY)
    outcome = run(small, TABLE)
    assert given(outcome) == []
    assert open_lines(outcome) == [("main", "honour:medal", ("a1", "b1", "c1"), "draw")]
    data = outcome.blocked[0].detail.data
    assert (data["count"], data["places"], data["title"]) == (3, 2, "奖章")
    drawn = run(small, TABLE, resolutions=[answer("main", "honour:medal", "c1 a1 b1")])
    assert (given(drawn), drawn.blocked) == ([("medal", "a1"), ("medal", "c1")], ())
    assert "resolution_unused" not in [code for _, code in codes(drawn)]


def test_no_lot_is_drawn_where_there_is_a_prize_for_everyone():
    outcome = run(law(LOTTERY), {"a1": "90", "b1": "80", "d1": "70"} | {"d1": "absent"})
    assert (given(outcome), outcome.blocked) == ([("medal", "a1"), ("medal", "b1")], ())


def test_a_draw_of_somebody_who_does_not_qualify_is_none():
    said = [ResolutionIn("one", "solo", "main", "honour:medal", ("d1", "a1"), "draw")]
    outcome = run(law(LOTTERY), TABLE, resolutions=said)
    assert (given(outcome), len(outcome.blocked)) == ([], 1)


@pytest.mark.parametrize("honours", [1, 0])
def test_without_honours_nobody_has_any(honours):
    small = rules("stages:\n  one: {title: 初赛, events: [paper], ranking: {unbroken: share}}\n")
    outcome = run(law(honour("stage: one, ranks: [1, 1]")) if honours else small, TABLE)
    assert len(outcome.honours) == honours
