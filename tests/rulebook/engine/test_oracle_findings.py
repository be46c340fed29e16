"""What the oracle found wrong once, and what only a mutant noticed, worked out by hand."""

from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, ResolutionIn, ScoreIn
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    UP,
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

FOUR = {"a1": "90", "a2": "80", "a3": "80", "b1": "60"}


def law(advance="", awards="", ranking="{keys: [total], unbroken: draw}", more="", events=PAPER):
    return rules(body(advance, awards, ranking, more), events)


def two_tracks(advance="", awards="", more=""):
    head = HEAD.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}")
    text = body(advance, awards, "{keys: [total], unbroken: draw}", more)
    return load(head + (UP if advance else "") + PAPER + text, name="two.yaml")


def body(advance, awards, ranking, more):
    text = f"stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {ranking}\n{more}"
    text += f"    advance: [{advance}]\n" if advance else ""
    return text + (f"awards: [{awards}]\n" if awards else "")


def person(ident, rest):
    return f"{{id: {ident}, title: {ident}, to: person, stage: one, {rest}}}"


# ---- caps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unbroken", "expected"),
    [("share", ["a1", "a2", "a3"]), ("out", ["a1", "b1"])],
)
def test_a_tie_at_a_cap_is_answered_as_one_at_a_line(unbroken, expected):
    """Two of a delegation: a2 and a3 are level for the second place of a."""
    rule = f"{{to: up, top: 3, unbroken: {unbroken}, cap: [{{per: delegation, count: 2}}]}}"
    assert gone(run(law(rule), FOUR)) == expected


def test_who_is_level_at_a_cap_but_of_another_delegation_goes_on():
    """a2, a3 and b1 have 80; a has one place left: b1 goes on whatever becomes of the two."""
    rule = "{to: up, top: 4, unbroken: out, cap: [{per: delegation, count: 2}]}"
    table = {"a1": "90", "a2": "80", "a3": "80", "b1": "80", "c1": "70"}
    assert gone(run(law(rule), table)) == ["a1", "b1", "c1"]


def test_a_cap_that_is_full_passes_over_all_of_a_tie_and_asks_nothing():
    rule = "{to: up, top: 3, cap: [{per: delegation, count: 1}]}"
    outcome = run(law(rule), {**FOUR, "c1": "50"})
    assert (gone(outcome), outcome.blocked) == (["a1", "b1", "c1"], ())


def test_two_caps_count_side_by_side():
    """One of a unit, two of a delegation: a2 is passed over by the unit, a4 by the delegation."""
    rule = "{to: up, top: 4, cap: [{per: delegation, count: 2}, {per: unit, count: 1}]}"
    table = {"a1": "90", "a2": "85", "a3": "80", "a4": "75", "b1": "70", "b2": "60"}
    units = {"a1": "u", "a2": "u", "a3": "v", "a4": "w", "b1": "x", "b2": "y"}
    known = facts(**{name: {"unit": unit} for name, unit in units.items()})
    assert gone(run(law(rule), table, facts=known)) == ["a1", "a3", "b1", "b2"]


@pytest.mark.parametrize("rule", ["least: '60'", "take: everyone"])
def test_a_cap_holds_for_a_line_and_for_everyone(rule):
    one = f"{{to: up, {rule}, cap: [{{per: delegation, count: 2}}]}}"
    table = {"a1": "90", "a2": "85", "a3": "80", "b1": "60"}
    assert gone(run(law(one), table)) == ["a1", "a2", "b1"]
    level = run(law(one), FOUR)
    assert open_lines(level) == [("main", "advance:up", ("a2", "a3"), "draw")]
    drawn = run(law(one), FOUR, resolutions=[answer("main", "advance:up", "a3 a2")])
    assert gone(drawn) == ["a1", "a3", "b1"]


# ---- ties that do not matter ---------------------------------------------------------------------


def test_nobody_is_asked_about_a_tie_of_those_who_lose_their_place_anyway():
    """Both winners hold the first award; with ``none`` the one place stays empty, whoever has it."""
    two = ", ".join([
        person("first", "least: '80'"),
        person("top", "top: 1, unless: [first], succession: none"),
    ])  # fmt: skip
    outcome = run(law(awards=two), {"a1": "80", "b1": "80", "c1": "70"})
    assert (won(outcome, "top"), outcome.blocked) == ([], ())
    assert ("top:main", "award_vacant") in codes(outcome)


def test_nobody_is_asked_about_a_tie_whose_other_member_may_not_have_the_place():
    """b1 is in already; c1, level with it, is no 是 and passed over."""
    rule = "{to: up, top: 1, where: W}, {to: up, top: 2, except: already, where: W}".replace(
        "W", "{is: {kind: ground, in: [是]}}"
    )
    known = facts(a1={"ground": "是"}, b1={"ground": "否"}, c1={"ground": "是"})
    outcome = run(law(rule), {"a1": "90", "b1": "80", "c1": "80"}, facts=known)
    assert (gone(outcome), outcome.blocked) == (["a1", "c1"], ())


def test_shared_first_places_take_the_second_award_without_a_draw():
    """Three are first together and share it: the second award, by draw, has nobody to draw for."""
    two = ", ".join([
        person("first", "top: 1, unbroken: share"),
        person("second", "ranks: [2, 2], unbroken: draw"),
    ])  # fmt: skip
    outcome = run(law(awards=two), {"a1": "90", "b1": "90", "c1": "90", "d1": "80"})
    assert won(outcome, "first") == ["a1", "b1", "c1"]
    assert (won(outcome, "second"), outcome.blocked) == ([], ())


def test_who_is_left_out_of_the_first_award_is_first_for_the_second():
    two = ", ".join([
        person("first", "ranks: [1, 1], unbroken: out"),
        person("second", "ranks: [2, 3], unbroken: share"),
    ])  # fmt: skip
    outcome = run(law(awards=two), {"a1": "90", "b1": "90", "c1": "80", "d1": "70"})
    assert (won(outcome, "first"), won(outcome, "second")) == ([], ["a1", "b1", "c1"])


def test_an_award_of_another_track_says_nothing_about_this_one():
    """In 甲 the first is shared, in 乙 it is not given: the second of 甲 begins after the two."""
    both = two_tracks(awards=", ".join([
        person("first", "ranks: [1, 1], unbroken: share, tracks: [solo]"),
        person("other", "ranks: [1, 1], unbroken: out, tracks: [duo]"),
        person("second", "ranks: [2, 3], unbroken: share, tracks: [solo]"),
    ]))  # fmt: skip
    outcome = run(both, {"a1": "90", "b1": "90", "c1": "80"})
    assert (won(outcome, "first"), won(outcome, "second")) == (["a1", "b1"], ["c1"])


# ---- keys that count only at a line --------------------------------------------------------------


def test_the_second_further_key_is_looked_at_where_the_first_is_equal():
    """a1, b1, c1, d1 are level: age 40, 40, 40, 30; then born: b1 first, a1 and c1 equal."""
    ranking = "{keys: [total], at_lines: [fact:age, -fact:born], unbroken: draw}"
    known = facts(
        a1={"age": "40", "born": "1990-02-01"},
        b1={"age": "40", "born": "1990-01-01"},
        c1={"age": "40", "born": "1990-02-01"},
        d1={"age": "30", "born": "1980-01-01"},
    )
    table = dict.fromkeys(known_names := ["a1", "b1", "c1", "d1"], "80")
    outcome = run(law("{to: up, top: 1}", ranking=ranking), table, facts=known)
    assert gone(outcome) == ["b1"]
    assert ranks(outcome) == dict(zip(["b1", "a1", "c1", "d1"], [1, 2, 2, 4], strict=True))
    assert sorted(known_names) == sorted(ranks(outcome))


def test_a_further_key_that_is_equal_leaves_the_tie_to_be_shared():
    ranking = "{keys: [total], at_lines: [fact:age], unbroken: share}"
    known = facts(a1={"age": "40"}, b1={"age": "40"})
    outcome = run(law("{to: up, top: 1}", ranking=ranking), {"a1": "80", "b1": "80"}, facts=known)
    assert (gone(outcome), outcome.blocked) == (["a1", "b1"], ())


# ---- rules after one another ---------------------------------------------------------------------


def test_nothing_is_filled_up_while_an_earlier_rule_is_open():
    """Who of group A goes on is drawn; until then nobody knows how many are left to fill."""
    known = facts(a1={"group": "A"}, a2={"group": "A"}, b1={"group": "B"}, b2={"group": "B"})
    table = {"a1": "70", "a2": "70", "b1": "90", "b2": "80"}
    rule = "{to: up, top: 1, per: group}, {to: up, up_to: 3}"
    outcome = run(law(rule), table, facts=known)
    assert gone(outcome) == []
    assert open_lines(outcome) == [("group:A", "advance:up", ("a1", "a2"), "draw")]
    drawn = run(
        law(rule), table, facts=known, resolutions=[answer("group:A", "advance:up", "a2 a1")]
    )
    assert sorted(gone(drawn)) == ["a2", "b1", "b2"]


def test_the_places_of_a_board_are_answered_as_the_board_says():
    boards = "    boards: {all: {title: 总榜, keys: [paper], unbroken: share}}\n"
    outcome = run(law("{to: up, top: 1, board: all}", more=boards), {"a1": "80", "b1": "80"})
    assert (gone(outcome), outcome.blocked) == (["a1", "b1"], ())


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("share", [(1, "d1")]),  # b1 and c1 both go on
        ("out", [(1, "b1"), (1, "c1")]),  # neither does: they are the first who would
    ],
)
def test_reserves_begin_with_the_first_who_is_not_in(how, expected):
    table = {"a1": "90", "b1": "80", "c1": "80", "d1": "70", "e1": "60"}
    outcome = run(law(f"{{to: up, top: 2, reserves: 1, unbroken: {how}}}"), table)
    assert [(row.order, row.entry) for row in outcome.reserves] == expected


def test_reserves_of_a_second_rule_count_from_its_own_line():
    """a1 is in already and its place is not filled: b1 goes on, c1 would be next."""
    rule = "{to: up, top: 1}, {to: up, top: 2, except: already, reserves: 1}"
    outcome = run(law(rule), {"a1": "90", "b1": "80", "c1": "70", "d1": "60"})
    assert [(row.order, row.entry) for row in outcome.reserves] == [(1, "c1")]


def test_an_empty_list_needs_no_confirmation():
    rule = "{to: up, least: '95', confirm: 组委会}"
    assert run(law(rule), FOUR, strict=True).blocked == ()


def test_a_stage_that_is_not_held_passes_on_by_the_rules_of_the_track():
    """Six are needed; 乙 has no rule, and who has withdrawn does not go on."""
    both = two_tracks("{to: up, top: 1, tracks: [duo]}", more="    held: {least: 6}\n")
    given = entries(["a1"]) + entries(["b1", "b2"], track="duo")
    marks = scores({"a1": "90"}) + scores({"b1": "80", "b2": "70"}, track="duo")
    outcome = decide(both, entries=given, scores=marks, facts=facts(b2={"withdrawn": "up"}))
    assert gone(outcome) == ["b1"]


# ---- shares of those who are there ---------------------------------------------------------------


def test_the_entrants_of_a_group_are_those_who_missed_it_as_well():
    """Half of A's four is two, though two of them have no result; half of those ranked is one."""
    table = {"a1": "90", "a2": "80", "a3": "absent", "a4": "absent", "b1": "85"}
    per = "per: delegation, share: {share: 50%, round: down, of: OF}"
    for of, expected in (("entrants", ["a1", "a2"]), ("ranked", ["a1"])):
        rule = f"{{to: up, {per.replace('OF', of)}}}"
        award = person("half", per.replace("OF", of))
        outcome = run(law(rule, awards=award), table)
        assert gone(outcome) == expected
        assert won(outcome, "half") == expected


def test_the_entrants_of_a_declared_board_are_those_whom_it_is_for():
    boards = "    boards: {base: {title: 基层榜, where: {is: {kind: ground, in: [是]}}}}\n"
    rule = "{to: up, board: base, share: {share: 50%, round: down}}"
    known = facts(
        a1={"ground": "是"}, b1={"ground": "是"}, c1={"ground": "否"}, d1={"ground": "否"}
    )
    outcome = run(law(rule, more=boards), {"a1": "9", "b1": "8", "c1": "7", "d1": "6"}, facts=known)
    assert gone(outcome) == ["a1"]


# ---- teams ---------------------------------------------------------------------------------------


def test_the_first_seat_breaks_a_tie_though_it_does_not_count():
    """Best two of three: a 90 + 80, b 85 + 85; seat 1 has 10 (a3) and 20 (b3)."""
    team = "    team: {title: 团体, top: 2, keys: [total, 'slot:1'], unbroken: draw}\n"
    table = {"a1": "90", "a2": "80", "a3": "10", "b1": "85", "b2": "85", "b3": "20"}
    outcome = run(law(more=team), table, facts=facts(a3={"slot": "1"}, b3={"slot": "1"}))
    assert [(row.rank, row.delegation) for row in outcome.teams] == [(1, "b"), (2, "a")]


def test_a_tie_of_teams_over_all_tracks_can_be_answered():
    team = "    team: {title: 团体, tracks: together, unbroken: draw}\n"
    award = "{id: first, title: 团体一等奖, to: team, stage: one, ranks: [1, 1]}"
    both = two_tracks(more=team, awards=award)
    given = entries(["a1"]) + entries(["b1"], track="duo")
    marks = scores({"a1": "90"}) + scores({"b1": "90"}, track="duo")
    outcome = decide(both, entries=given, scores=marks)
    assert [(r.track, r.board, r.entries) for r in outcome.blocked] == [
        ("all", "teams", ("a", "b"))
    ]
    said = [ResolutionIn("one", "all", "teams", "award:first", ("b", "a"), "draw")]
    assert won(decide(both, entries=given, scores=marks, resolutions=said), "first") == ["b"]


def test_no_other_row_may_name_all_tracks():
    said = [ResolutionIn("one", "all", "teams", "award:x", ("b", "a"), "draw")]
    with pytest.raises(Problems) as caught:
        run(law(), FOUR, resolutions=said)
    assert [one.code for one in caught.value.problems] == ["track_unknown"]


def test_scores_of_delegations_alone_are_no_contest():
    team = "    team: {title: 团体, unbroken: share, plus: {daily: 50%}}\n"
    events = PAPER + '  daily: {title: 日常学习, max: "100", decimals: 2}\n'
    given = scores({"a": "20"}, event="daily")
    outcome = decide(law(more=team, events=events), entries=[], scores=given, delegations=["a"])
    assert (list(outcome.standings), list(outcome.teams)) == ([], [])


# ---- stages that add up --------------------------------------------------------------------------

SUM = """
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, take: everyone}]
  two:
    title: 复赛
    events: [skill]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: sum, take: everyone}]
  sum:
    title: 总成绩
    total: {carry: [{from: one, share: 40%}, {from: two, share: 60%}]}
    ranking: {keys: [total, stage:two], unbroken: share}
awards: [{id: first, title: 一等奖, to: person, stage: sum, ranks: [1, 1]}]
"""


def test_a_stage_may_only_add_up_what_others_gave():
    """a1: 0.4 × 90 + 0.6 × 60 = 72; b1: 0.4 × 60 + 0.6 × 80 = 72, and has the better 复赛."""
    more = scores({"a1": "60", "b1": "80"}, "two", "skill", seconds={"a1": 1, "b1": 1})
    outcome = run(rules(SUM), {"a1": "90", "b1": "60"}, more=more)
    assert totals(outcome, "sum") == {"a1": 72, "b1": 72}
    assert ranks(outcome, stage="sum") == {"b1": 1, "a1": 2}
    assert won(outcome, "first") == ["b1"]


def test_it_waits_until_they_have_all_been_held():
    outcome = run(rules(SUM), {"a1": "90", "b1": "60"})
    assert (totals(outcome, "sum"), won(outcome, "first")) == ({}, [])


CARRY = """
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: two, take: everyone}]
  two:
    title: 决赛
    events: [skill]
    total: {sum: [skill], carry: [{from: one, share: 50%}]}
    ranking: {keys: [total], unbroken: share}
"""


def test_who_had_no_result_brings_nought_and_a_note_says_who_was_not_there():
    """a1 brings 45, b1 was void in 初赛, z1 was not in it at all."""
    given = entries(["a1", "b1"]) + entries(["a1", "b1", "z1"], "two")
    seconds = dict.fromkeys(["a1", "b1", "z1"], 1)
    marks = scores({"a1": "90", "b1": "void"}) + scores(
        {"a1": "10", "b1": "50", "z1": "60"}, "two", "skill", seconds=seconds
    )
    outcome = decide(rules(CARRY), entries=given, scores=marks)
    assert totals(outcome, "two") == {"a1": 55, "b1": 50, "z1": 60}
    assert [one for one in codes(outcome) if one[1] == "carry_nought"] == [("z1", "carry_nought")]


# ---- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "below", "above"),
    [("half-up", -3, 3), ("half-even", -2, 2), ("down", -2, 2), ("up", -3, 3)],
)
def test_figures_below_nought_are_rounded_by_their_amount(mode, below, above):
    """2.5 and −2.5: base −50, scores 52.5 and 47.5."""
    total = f'    total: {{sum: [paper], base: "-50", round: {{decimals: 0, mode: {mode}}}}}\n'
    outcome = run(law(more=total), {"a1": "52.5", "b1": "47.5", "c1": "50"})
    assert totals(outcome) == {"a1": above, "b1": below, "c1": 0}


@pytest.mark.parametrize(
    ("mode", "expected"), [("half-even", 4), ("half-up", 4), ("up", 4), ("down", 3)]
)
def test_half_of_an_odd_number(mode, expected):
    total = f"    total: {{sum: [paper], round: {{decimals: 0, mode: {mode}}}}}\n"
    assert totals(run(law(more=total), {"a1": "3.5"})) == {"a1": expected}


def test_more_than_half_is_more_than_half():
    total = "    total: {sum: [paper], round: {decimals: 0, mode: half-even}}\n"
    outcome = run(law(more=total), {"a1": "2.51", "b1": "2.49"})
    assert totals(outcome) == {"a1": 3, "b1": 2}


def test_great_figures_are_rounded_exactly():
    """10^17 + 0.5 up, times 9 decimals: far beyond 64 bits while it is worked out."""
    events = 'events:\n  paper: {title: 笔试, max: "900000000000000000", decimals: 9}\n'
    total = "    total: {sum: [paper], round: {decimals: 0}}\n"
    rows = [ScoreIn("one", "solo", "paper", "a1", 10**26 + 5 * 10**8, 9)]
    outcome = decide(law(more=total, events=events), entries=entries(["a1"]), scores=rows)
    assert totals(outcome) == {"a1": 10**17 + 1}


def test_who_is_not_known_stands_behind_the_least_that_is_known():
    """Ages below nought and above: the unknown one is last either way."""
    known = facts(a1={"age": "-5"}, b1={"age": "3"})
    table = dict.fromkeys(["a1", "b1", "c1"], "80")
    more = run(law(ranking="{keys: [total, fact:age]}"), table, facts=known)
    less = run(law(ranking="{keys: [total, -fact:age]}"), table, facts=known)
    assert ranks(more) == {"b1": 1, "a1": 2, "c1": 3}
    assert ranks(less) == {"a1": 1, "b1": 2, "c1": 3}


def test_dense_ranks_after_two_ties():
    ranking = "{keys: [total], unbroken: share, style: dense}"
    table = {"a1": "9", "b1": "9", "c1": "8", "d1": "8", "e1": "7"}
    assert ranks(run(law(ranking=ranking), table)) == {"a1": 1, "b1": 1, "c1": 2, "d1": 2, "e1": 3}


def test_a_delegation_between_two_others_has_a_board_of_its_own():
    """The main order is b, a, b, c, a: inside a delegation places are counted anew."""
    table = {"b1": "90", "a1": "80", "b2": "80", "c1": "70", "a2": "60"}
    outcome = run(law(), table)
    assert ranks(outcome, "team:a") == {"a1": 1, "a2": 2}
    assert ranks(outcome, "team:b") == {"b1": 1, "b2": 2}
    assert ranks(outcome, "team:c") == {"c1": 1}


def test_a_total_of_thirds_and_a_fact_as_a_fraction_stay_exact():
    total = "    total: {weights: {paper: 1/3}}\n"
    outcome = run(law(more=total), {"a1": "1", "b1": "2"})
    assert totals(outcome) == {"a1": Fraction(1, 3), "b1": Fraction(2, 3)}


def test_somebody_of_no_group_is_on_no_board_of_groups():
    outcome = run(law("{to: up, top: 1, per: group}"), FOUR, facts=facts(a1={"group": "A"}))
    assert gone(outcome) == ["a1"]
    note = next(row for row in outcome.notes if row.reason.code == "group_unknown")
    assert note.reason.data["count"] == 3


def test_capacities_follow_from_the_rule_that_sent_them():
    """a1 came as a team, though the list of the final says individual."""
    two = CARRY.replace("take: everyone", "take: everyone, as: team").replace(
        "    total: {sum: [skill], carry: [{from: one, share: 50%}]}\n",
        "    team: {title: 团体, who: team, unbroken: share}\n",
    )
    given = [*entries(["a1"]), EntryIn("a1", "two", "solo", "a1", "a", "a1", "individual")]
    marks = scores({"a1": "90"}) + scores({"a1": "10"}, "two", "skill", seconds={"a1": 1})
    outcome = decide(rules(two), entries=given, scores=marks)
    assert [(row.delegation, row.total) for row in outcome.teams] == [("a", 10)]
