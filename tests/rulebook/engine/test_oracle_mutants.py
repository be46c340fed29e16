"""What only a mutant of the engine noticed: worked out by hand."""

from fractions import Fraction

import pytest

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, ScoreIn
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    answer,
    codes,
    entries,
    facts,
    gone,
    open_lines,
    ranks,
    rules,
    run,
    scores,
    totals,
    won,
)
from tests.rulebook.engine.test_oracle_findings import law, person, two_tracks

WIDE = """events:
  paper: {title: 笔试, max: "900000000000000000", decimals: 0}
  skill: {title: 实操, max: "900000000000000000", decimals: 0}
"""


def wide(table):
    """Rank by two events: {entry: (paper, skill)}."""
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper, skill]\n"
    body += "    ranking: {keys: [paper, skill], unbroken: share}\n"
    rows = [
        ScoreIn("one", "solo", event, name, figures[at], 0)
        for name, figures in table.items()
        for at, event in enumerate(["paper", "skill"])
    ]
    return ranks(decide(rules(body, WIDE), entries=entries(table), scores=rows))


@pytest.mark.parametrize("far", [10**12, 9 * 10**17])
def test_keys_too_wide_for_one_integer_are_compared_one_by_one(far):
    """b1 before a1 and d1, which are equal; then e1, c1, f1 by the first key alone."""
    table = {
        "a1": (far, 1),
        "b1": (far, far // 2),
        "c1": (1, far),
        "d1": (far, 1),
        "e1": (far - 1, 0),
        "f1": (0, far),
    }
    assert wide(table) == {"b1": 1, "a1": 2, "d1": 2, "e1": 4, "c1": 5, "f1": 6}


def test_the_first_two_of_three_may_stay_level_after_the_further_key():
    """Ages 40, 40, 30 at a line after two: the first two are in and share their rank."""
    ranking = "{keys: [total], at_lines: [fact:age], unbroken: draw}"
    known = facts(a1={"age": "40"}, b1={"age": "30"}, c1={"age": "40"})
    table = dict.fromkeys(["a1", "b1", "c1"], "80")
    outcome = run(law("{to: up, top: 2}", ranking=ranking), table, facts=known)
    assert (gone(outcome), outcome.blocked) == (["a1", "c1"], ())
    assert ranks(outcome) == {"a1": 1, "c1": 1, "b1": 3}


def test_boards_stand_in_the_order_of_their_names():
    table = {f"{letter}1": str(50 + n) for n, letter in enumerate("hcfagbed")}
    boards = dict.fromkeys(row.board for row in run(law(), table).standings)
    assert list(boards) == ["main", *(f"team:{letter}" for letter in "abcdefgh")]


def test_what_decided_is_said_of_those_of_equal_totals_and_of_nobody_else():
    """b1 and c1 have 80; b1 is older. d1 and e1 are level in everything."""
    ranking = "{keys: [total, fact:age], unbroken: share}"
    known = facts(b1={"age": "40"}, c1={"age": "30"})
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70", "e1": "70"}
    outcome = run(law(ranking=ranking), table, facts=known)
    said = [row.decided_by for row in outcome.standings if row.board == "main"]
    assert [one and one.code for one in said] == [None, "key_above", "key_below", None, None]
    assert (said[1].data["mine"], said[1].data["other"]) == ("40", "30")
    assert (said[2].data["mine"], said[2].data["other"]) == ("30", "40")
    assert said[1].data["total"] == "80.00"


def test_the_key_that_decided_is_the_first_that_differs():
    """Equal by age, so born decides; the keys before it are named as equal."""
    ranking = "{keys: [total, fact:age, -fact:born], unbroken: share}"
    known = facts(a1={"age": "40", "born": "1990-01-02"}, b1={"age": "40", "born": "1990-01-01"})
    outcome = run(law(ranking=ranking), {"a1": "80", "b1": "80"}, facts=known)
    first = outcome.standings[0]
    assert (first.entry, first.decided_by.data["title"]) == ("b1", "born")
    assert first.decided_by.data["same"] == ("age",)


def test_a_place_among_those_who_count_is_told():
    """g1 is passed over: b1 and c1, both second on the board, share the first place for it."""
    known = facts(
        a1={"ground": "否"}, b1={"ground": "是"}, c1={"ground": "是"}, d1={"ground": "是"}
    )
    rule = "{to: up, top: 3, where: {is: {kind: ground, in: [是]}}}"
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70"}
    rows = run(law(rule), table, facts=known).advancement
    told = [(row.entry, row.reason.data["rank"], row.reason.data["place"]) for row in rows]
    assert told == [("b1", 2, 1), ("c1", 2, 1), ("d1", 4, 3)]
    assert {row.reason.data["top"] for row in rows} == {3}


# ---- rules of advancement ------------------------------------------------------------------------


def test_a_line_between_two_units_is_not_reached_by_the_lower():
    """79.99 is below 79.995, and 80 is not; the places of the events are two."""
    outcome = run(law("{to: up, least: '79.995'}"), {"a1": "80", "b1": "79.99"})
    assert gone(outcome) == ["a1"]
    assert outcome.advancement[0].reason.data["line"] == "79.995"


def test_an_award_from_a_line_has_those_who_reach_it_and_only_those():
    table = {"a1": "80", "b1": "79.99", "c1": "79.99"}
    assert won(run(law(awards=person("good", "least: '79.99'")), table), "good") == [
        "a1",
        "b1",
        "c1",
    ]
    assert won(run(law(awards=person("good", "least: '79.995'")), table), "good") == ["a1"]


def test_a_share_that_comes_to_nothing_takes_nobody():
    rule = "{to: up, share: {share: 20%, round: down}}"
    assert gone(run(law(rule), {"a1": "90", "b1": "90"})) == []


def test_a_share_of_the_rest_is_of_those_who_are_left():
    """a1 is in; of b1, c1, d1, e1 half is two."""
    rule = "{to: up, top: 1}, {to: up, share: {share: 50%, round: down, of: rest}, except: already}"
    table = {"a1": "90", "b1": "80", "c1": "70", "d1": "60", "e1": "50"}
    assert gone(run(law(rule), table)) == ["a1", "b1", "c1"]


def test_a_share_of_the_rest_waits_for_the_rule_before_it():
    rule = "{to: up, top: 1}, {to: up, share: {share: 50%, round: down, of: rest}, except: already}"
    outcome = run(law(rule), {"a1": "90", "b1": "90", "c1": "70"})
    assert gone(outcome) == []
    assert open_lines(outcome) == [("main", "advance:up", ("a1", "b1"), "draw")]


def test_one_open_group_keeps_the_whole_rule_open():
    known = facts(a1={"group": "A"}, a2={"group": "A"}, b1={"group": "B"})
    table = {"a1": "70", "a2": "70", "b1": "90"}
    outcome = run(law("{to: up, top: 1, per: group}"), table, facts=known)
    assert gone(outcome) == []


def test_groups_go_on_in_the_order_of_their_names():
    known = facts(**{f"{one}1": {"group": one.upper()} for one in "hcfagbed"})
    table = {f"{one}1": "70" for one in "hcfagbed"}
    rule = "{to: up, top: 1, per: group}"
    outcome = run(law(rule, awards=person("best", "top: 1, per: group")), table, facts=known)
    assert gone(outcome) == [f"{one}1" for one in "abcdefgh"]
    assert won(outcome, "best") == [f"{one}1" for one in "abcdefgh"]


def test_only_as_many_reserves_as_the_rule_keeps():
    outcome = run(
        law("{to: up, top: 1, reserves: 2}"), {f"{x}1": str(90 - ord(x) % 32) for x in "abcde"}
    )
    assert [(row.order, row.entry) for row in outcome.reserves] == [(1, "b1"), (2, "c1")]
    assert outcome.reserves[0].reason.data["rank"] == 2
    assert run(law("{to: up, top: 1}"), {"a1": "9", "b1": "8"}).reserves == ()


def test_reserves_of_one_rank_share_their_place_and_fill_the_queue():
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70"}
    outcome = run(law("{to: up, top: 1, reserves: 2}"), table)
    assert [(row.order, row.entry) for row in outcome.reserves] == [(1, "b1"), (1, "c1")]


def test_a_confirmation_that_was_given_is_used_and_one_that_was_not_is_noted():
    small = law("{to: up, top: 1, confirm: 组委会}")
    table = {"a1": "90", "b1": "80"}
    assert ("up", "confirmation_taken") in codes(run(small, table))
    said = [answer("main", "advance:up", "a1", "confirmation")]
    confirmed = codes(run(small, table, resolutions=said))
    assert confirmed == []


def test_a_stage_that_is_not_held_says_so_once_and_takes_what_each_rule_says():
    outcome = run(
        law("{to: up, as: recommended, top: 1}, {to: up, as: team, top: 1, except: already}",
            more="    held: {least: 6}\n"),
        {"a1": "90", "b1": "80"},
    )  # fmt: skip
    assert [(row.entry, row.as_) for row in outcome.advancement] == [
        ("a1", "recommended"), ("b1", "recommended"),
    ]  # fmt: skip
    note = next(row for row in outcome.notes if row.reason.code == "stage_not_held")
    assert note.reason.data["count"] == 2


# ---- awards --------------------------------------------------------------------------------------


def test_an_award_for_one_track_is_given_there_only():
    both = two_tracks(awards=person("first", "ranks: [1, 1], tracks: [duo]"))
    given = entries(["a1"]) + entries(["b1"], track="duo")
    marks = scores({"a1": "90"}) + scores({"b1": "80"}, track="duo")
    assert won(decide(both, entries=given, scores=marks), "first") == ["b1"]


def test_who_was_passed_over_is_told_to_those_who_follow_and_not_to_those_before():
    """a1 and c1 hold the first award (two places); b1 was never passed by them, d1 by both."""
    two = ", ".join([
        person("first", "least: '0', where: {is: {kind: ground, in: [是]}}, stacks: true"),
        person("top", "top: 2, unless: [first]"),
    ])  # fmt: skip
    known = facts(
        a1={"ground": "否"}, b1={"ground": "是"}, c1={"ground": "是"}, d1={"ground": "否"}
    )
    table = {"a1": "90", "b1": "80", "c1": "70", "d1": "60"}
    rows = [row for row in run(law(awards=two), table, facts=known).awards if row.award == "top"]
    assert [row.holder for row in rows] == ["a1", "d1"]
    assert "passed" not in rows[0].reason.data
    assert rows[1].reason.data["passed"] == (2, 3)
    assert rows[1].reason.data["titles"] == ("first",)


@pytest.mark.parametrize(("count", "shown"), [(10, "passed"), (11, "passed_count")])
def test_many_who_were_passed_over_are_counted_and_not_named(count, shown):
    two = ", ".join([
        person("first", f"top: {count}"),
        person("next", "top: 1, unless: [first]"),
    ])  # fmt: skip
    table = {f"{letter}1": str(90 - n) for n, letter in enumerate("abcdefghijklm")}
    row = next(one for one in run(law(awards=two), table).awards if one.award == "next")
    assert shown in row.reason.data
    assert {"passed": 10, "passed_count": 11}[shown] == count


def test_units_that_are_guests_are_none_of_the_units_of_a_share():
    """Three delegations, one of them a guest: half of two is one."""
    text = HEAD + PAPER + (
        "delegations: {also: [{unit: a, name: 甲}, {unit: b, name: 乙},"
        " {unit: g, name: 省本级, guest: true}]}\n"
        "stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {unbroken: share}\n"
        "    team: {title: 团体, unbroken: share}\n"
        "awards: [{id: half, title: 优秀组织奖, to: team, stage: one,"
        " share: {share: 50%, round: up}}]\n"
    )  # fmt: skip
    outcome = decide(
        load(text, name="guests.yaml"),
        entries=entries(["a1", "b1", "g1"]),
        scores=scores({"a1": "70", "b1": "80", "g1": "90"}),
    )
    assert won(outcome, "half") == ["b"]


def test_a_board_of_its_own_answers_its_awards():
    boards = "    boards: {all: {title: 总榜, keys: [paper], unbroken: share}}\n"
    one = person("first", "ranks: [1, 1], board: all")
    outcome = run(law(awards=one, more=boards), {"a1": "80", "b1": "80"})
    assert (won(outcome, "first"), outcome.blocked) == (["a1", "b1"], ())


def test_totals_of_two_events_with_other_places_add_up():
    events = PAPER + '  small: {title: 附加题, max: "10", decimals: 1}\n'
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper, small]\n"
    rows = [
        ScoreIn("one", "solo", "paper", "a1", 8125, 2),
        ScoreIn("one", "solo", "small", "a1", 5, 0),
    ]
    outcome = decide(rules(body, events), entries=entries(["a1"]), scores=rows)
    assert totals(outcome) == {"a1": Fraction("86.25")}


def test_a_cap_for_one_track_binds_there_only():
    both = two_tracks("{to: up, top: 2, cap: [{per: delegation, count: 1, tracks: [duo]}]}")
    given = entries(["a1", "a2"]) + entries(["a3", "a4"], track="duo")
    marks = scores({"a1": "90", "a2": "80"}) + scores({"a3": "90", "a4": "80"}, track="duo")
    assert sorted(gone(decide(both, entries=given, scores=marks))) == ["a1", "a2", "a3"]


def test_an_award_held_beside_another_looks_at_all_of_its_own_places():
    """a1 and b1 share the first award and are both among the best two as well."""
    two = ", ".join([
        person("first", "ranks: [1, 1], unbroken: share"),
        person("best", "ranks: [1, 2], unbroken: share, stacks: true"),
    ])  # fmt: skip
    outcome = run(law(awards=two), {"a1": "90", "b1": "90", "c1": "80"})
    assert (won(outcome, "first"), won(outcome, "best")) == (["a1", "b1"], ["a1", "b1"])


def test_a_team_is_kept_out_by_one_of_its_members():
    """Team a1 has p and q; q is barred from the final: the next team moves up."""
    head = HEAD.replace("{title: 个人赛}", "{title: 团体赛, kind: team}")
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: draw}
    advance: [{to: two, top: 1}]
  two:
    title: 决赛
    events: [paper]
    bars: [{id: one, title: 已获奖, refuse: {is: {kind: won, in: [是]}}}]
"""
    given = [
        EntryIn("a1", "one", "solo", "a1", "a", "a1", kind="team", members=("p", "q")),
        EntryIn("b1", "one", "solo", "b1", "b", "b1", kind="team", members=("r",)),
    ]
    outcome = decide(
        load(head + PAPER + body, name="teams.yaml"),
        entries=given,
        scores=scores({"a1": "90", "b1": "80"}),
        facts=facts(q={"won": "是"}, p={"won": "否"}, r={"won": "否"}),
    )
    assert gone(outcome, "two") == ["b1"]


def test_the_answer_to_one_of_two_ties_is_taken_while_the_other_is_open():
    """Places 2 and 3 of a1 = b1, c1 = d1: both ends of the award are torn, one is answered."""
    one = person("second", "ranks: [2, 3]")
    table = {"a1": "90", "b1": "90", "c1": "80", "d1": "80"}
    said = [answer("main", "award:second", "d1 c1")]
    outcome = run(law(awards=one), table, resolutions=said)
    assert open_lines(outcome) == [("main", "award:second", ("a1", "b1"), "draw")]
    assert ranks(outcome) == {"a1": 1, "b1": 1, "d1": 3, "c1": 4}
    assert "resolution_unused" not in [code for _, code in codes(outcome)]
    both = run(law(awards=one), table)
    assert [row.entries for row in both.blocked] == [("a1", "b1"), ("c1", "d1")]
    assert [row.detail.data["border"] for row in both.blocked] == [1, 3]
    assert (both.blocked[1].detail.data["first"], both.blocked[1].detail.data["last"]) == (3, 4)
