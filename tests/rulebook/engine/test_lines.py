"""Lines: shares, per group, caps, bars, reserves, fill-up; ties that matter and ties that do not."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import BlockedRow, EntryIn, Reason
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
    won,
)


def law(advance="", awards="", ranking="{keys: [total], unbroken: draw}", more=""):
    body = f"stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {ranking}\n{more}"
    body += f"    advance: [{advance}]\n" if advance else ""
    return rules(body + (f"awards: [{awards}]\n" if awards else ""))


FIVE = {"a1": "90", "b1": "80", "c1": "80", "d1": "70", "e1": "60"}


@pytest.mark.parametrize(
    ("unbroken", "expected", "blocked"),
    [
        ("share", ["a1", "b1", "c1"], 0),  # all of the tied go on: the quota overflows
        ("out", ["a1"], 0),
        ("draw", [], 1),
    ],
)
def test_a_tie_at_the_line_is_answered_as_declared(unbroken, expected, blocked):
    outcome = run(law(f"{{to: up, top: 2, unbroken: {unbroken}}}"), FIVE)
    assert gone(outcome) == expected
    assert len(outcome.blocked) == blocked


def test_a_resolution_without_a_board_answers_the_tie():
    outcome = run(law("{to: up, top: 2}"), FIVE, resolutions=[answer("", "advance:up", "c1 b1")])
    assert gone(outcome) == ["a1", "c1"]
    assert ranks(outcome) == {"a1": 1, "c1": 2, "b1": 3, "d1": 4, "e1": 5}


def test_further_keys_break_only_the_tie_at_the_line():
    """d1 and e1 tie above the line and keep their rank; b1 and c1 tie at it."""
    ranking = "{keys: [total], at_lines: [-fact:seconds], unbroken: share}"
    table = {"d1": "95", "e1": "95", "b1": "80", "c1": "80", "f1": "70", "g1": "70"}
    known = facts(**{name: {"seconds": str(n)} for n, name in enumerate(["d1", "e1", "c1", "b1"])})
    outcome = run(law("{to: up, top: 3}", ranking=ranking), table, facts=known)
    assert gone(outcome) == ["d1", "e1", "c1"]
    assert ranks(outcome) == {"d1": 1, "e1": 1, "c1": 3, "b1": 4, "f1": 5, "g1": 5}


def test_ranks_that_must_be_told_apart_block_without_any_line():
    ranking = "{keys: [total], unbroken: share, distinct: [{ranks: [1, 3], unbroken: playoff}]}"
    outcome = run(law(ranking=ranking), FIVE)
    assert open_lines(outcome) == [("main", "ranks:1-3", ("b1", "c1"), "playoff")]
    played = [answer("main", "ranks:1-3", "c1 b1", "playoff")]
    assert ranks(run(law(ranking=ranking), FIVE, resolutions=played))["c1"] == 2


def test_the_best_of_each_group_and_then_the_best_of_the_rest():
    """Groups A: a1 90, a2 50; B: b1 80, b2 79, b3 78. One of each, then filled up to four."""
    table = {"a1": "90", "a2": "50", "b1": "80", "b2": "79", "b3": "78"}
    known = facts(**{name: {"group": name[0].upper()} for name in table})
    rule = "{to: up, top: 1, per: group}, {to: up, up_to: 4}"
    outcome = run(law(rule), table, facts=known)
    assert sorted(gone(outcome)) == ["a1", "b1", "b2", "b3"]
    assert ranks(outcome, "group:B") == {"b1": 1, "b2": 2, "b3": 3}


def test_a_cap_passes_over_the_third_of_a_unit():
    table = {"a1": "90", "a2": "80", "a3": "70", "b1": "60", "b2": "50"}
    known = facts(**{name: {"unit": name[0]} for name in table})
    rule = "{to: up, top: 3, cap: [{per: unit, count: 2}]}"
    assert gone(run(law(rule), table, facts=known)) == ["a1", "a2", "b1"]


def test_a_tie_at_a_cap_needs_an_answer():
    table = {"a1": "90", "a2": "80", "a3": "80", "b1": "60"}
    known = facts(**{name: {"unit": name[0]} for name in table})
    rule = "{to: up, top: 3, cap: [{per: unit, count: 2}]}"
    outcome = run(law(rule), table, facts=known)
    assert open_lines(outcome) == [("main", "advance:up", ("a2", "a3"), "draw")]


def test_who_withdrew_is_replaced_and_the_reserves_follow():
    known = facts(a1={"withdrawn": "up"})
    table = {"a1": "90", "b1": "80", "c1": "70", "d1": "60", "e1": "50"}
    outcome = run(law("{to: up, top: 2, reserves: 2}"), table, facts=known)
    assert gone(outcome) == ["b1", "c1"]
    assert [(row.order, row.entry) for row in outcome.reserves] == [(1, "d1"), (2, "e1")]
    empty = run(law("{to: up, top: 2, fill: none}"), table, facts=known)
    assert gone(empty) == ["b1"]


def test_places_that_are_kept_for_a_class():
    rule = "{to: up, top: 1}, {to: up, top: 1, except: already, where: {is: {kind: level, in: [村级]}}}"
    table = {"a1": "90", "b1": "80", "c1": "70"}
    known = facts(a1={"level": "市级"}, b1={"level": "市级"}, c1={"level": "村级"})
    assert gone(run(law(rule), table, facts=known)) == ["a1", "c1"]


def test_a_line_takes_everyone_who_reaches_it():
    assert gone(run(law('{to: up, least: "80"}'), FIVE)) == ["a1", "b1", "c1"]


@pytest.mark.parametrize(("mode", "count"), [("down", 1), ("up", 2), ("half-up", 2)])
def test_a_share_of_the_entrants(mode, count):
    """30 % of five is 1.5."""
    table = {"a1": "90", "b1": "80", "c1": "75", "d1": "70", "e1": "60"}
    rule = f"{{to: up, share: {{share: 30%, round: {mode}}}}}"
    assert len(gone(run(law(rule), table))) == count


def test_the_format_depends_on_how_many_there_are():
    """With at most four entries the best one goes on, with more the best two."""
    rule = "{to: up, top: 1, when: {most: 4}}, {to: up, top: 2, when: {least: 5}}"
    table = {"a1": "90", "b1": "80", "c1": "75", "d1": "70"}
    assert gone(run(law(rule), table)) == ["a1"]
    assert gone(run(law(rule), table | {"e1": "60"})) == ["a1", "b1"]


def test_a_stage_that_is_not_held_lets_everybody_through():
    small = law("{to: up, top: 1}", more="    held: {least: 6}\n")
    outcome = run(small, FIVE)
    assert gone(outcome) == ["a1", "b1", "c1", "d1", "e1"]
    assert ranks(outcome) == {}


def test_a_confirmation_is_taken_as_given_unless_strict():
    small = law("{to: up, top: 1, confirm: 组委会}")
    assert gone(run(small, FIVE)) == ["a1"]
    strict = run(small, FIVE, strict=True)
    assert gone(strict) == []
    assert open_lines(strict) == [("main", "advance:up", ("a1",), "confirmation")]
    confirmed = [answer("main", "advance:up", "a1", "confirmation")]
    assert gone(run(small, FIVE, strict=True, resolutions=confirmed)) == ["a1"]


NESTED = """{id: best, title: 最佳, to: person, stage: one, ranks: [1, 2], within: {share: 60%, round: down}},
  {id: good, title: 优秀, to: person, stage: one, share: {share: 40%, round: down, of: rest}, within: {share: 60%, round: down}, unless: [best]},
  {id: rest, title: 参与, to: person, stage: one, rest: true, within: {share: 60%, round: down}, unless: [best, good]}"""


def test_percent_of_percent():
    """Of ten, 60 % are six; two are best; of the four that are left 40 % is one (1.6)."""
    table = {f"{letter}1": str(90 - n) for n, letter in enumerate("abcdefghij")}
    outcome = run(law(awards=NESTED), table)
    assert won(outcome, "best") == ["a1", "b1"]
    assert won(outcome, "good") == ["c1"]
    assert won(outcome, "rest") == ["d1", "e1", "f1"]


def test_succession_or_an_empty_place():
    first = "{id: first, title: 一等奖, to: person, stage: one, ranks: [1, 1]}"
    top = "{id: top, title: 前三, to: person, stage: one, top: 3, unless: [first], succession: HOW}"
    table = {"a1": "90", "b1": "80", "c1": "75", "d1": "70"}
    following = run(law(awards=f"{first}, {top.replace('HOW', 'next')}"), table)
    assert won(following, "top") == ["b1", "c1", "d1"]
    lost = run(law(awards=f"{first}, {top.replace('HOW', 'none')}"), table)
    assert won(lost, "top") == ["b1", "c1"]


def test_shared_first_prizes_leave_fewer_second_ones():
    two = """{id: first, title: 一等奖, to: person, stage: one, ranks: [1, 1], unbroken: share},
             {id: second, title: 二等奖, to: person, stage: one, ranks: [2, 3], unbroken: share}"""
    outcome = run(law(awards=two), {"a1": "90", "b1": "90", "c1": "80", "d1": "70"})
    assert (won(outcome, "first"), won(outcome, "second")) == (["a1", "b1"], ["c1"])


def test_an_award_that_a_body_decides():
    one = "{id: org, title: 优秀组织奖, to: team, stage: one, decided: 组委会}"
    open_ = run(law(awards=one), FIVE)
    assert (won(open_, "org"), ("org", "award_undecided") in codes(open_)) == ([], True)
    named = run(law(awards=one), FIVE, resolutions=[answer("", "award:org", "b a", "jury")])
    assert won(named, "org") == ["b", "a"]
    assert run(law(awards=one), FIVE, strict=True).blocked


def test_a_stage_whose_marks_wait_is_not_ranked_and_nothing_follows():
    wait = BlockedRow("one", "solo", "paper", "marks:paper", ("a1",), "marks", Reason("torn"))
    outcome = run(law("{to: up, top: 1}"), {"b1": "80"}, waiting=[wait])
    assert (gone(outcome), ranks(outcome), outcome.blocked) == ([], {}, (wait,))


BARRED = """    bars:
      - {id: proof, title: 证明, refuse: {is: {kind: proof, in: [未提供]}}}
"""


def test_a_score_of_somebody_who_is_barred_does_not_count():
    """The bar can become true after the contest was held: the result is void, nothing is refused."""
    known = facts(b1={"proof": "未提供"})
    outcome = run(law("{to: up, top: 1}", more=BARRED), {"a1": "80", "b1": "90"}, facts=known)
    assert (gone(outcome), ranks(outcome)) == (["a1"], {"a1": 1})
    assert ("b1", "barred") in codes(outcome)


def test_scores_of_nobody_are_refused_even_where_everybody_is_barred():
    known = facts(a1={"proof": "未提供"})
    with pytest.raises(Problems):
        run(
            law("{to: up, top: 1}", more=BARRED), {"a1": "80"}, facts=known,
            more=scores({"z9": "1"}),
        )  # fmt: skip


def test_who_has_withdrawn_needs_no_score():
    known = facts(b1={"withdrawn": "season"})
    small = law("{to: up, top: 1}")
    outcome = decide(small, entries=entries(["a1", "b1"]), scores=scores({"a1": "80"}), facts=known)
    assert ranks(outcome) == {"a1": 1}


def test_a_confirmation_orders_nobody():
    """It names exactly the tied ones, and a still is not before b."""
    small = law("{to: up, top: 2, confirm: 组委会, unbroken: share}",
                awards="{id: first, title: 一等奖, to: person, stage: one, ranks: [1, 1]}")  # fmt: skip
    told = [answer("main", "advance:up", "a1 b1", "confirmation")]
    outcome = run(small, {"a1": "90", "b1": "90"}, resolutions=told, strict=True)
    assert ranks(outcome) == {"a1": 1, "b1": 1}
    assert open_lines(outcome) == [("main", "award:first", ("a1", "b1"), "draw")]


def test_a_line_for_an_award_looks_at_totals_whatever_ranks_first():
    ranking = "{keys: ['fact:age', total], unbroken: share}"
    one = "{id: good, title: 优秀, to: person, stage: one, least: '80'}"
    known = facts(a1={"age": "20"}, b1={"age": "50"}, c1={"age": "40"})
    outcome = run(
        law(ranking=ranking, awards=one), {"a1": "90", "b1": "10", "c1": "80"}, facts=known
    )
    assert won(outcome, "good") == ["c1", "a1"]


def test_a_tie_shared_at_the_top_gets_one_prize():
    three = """{id: first, title: 一, to: person, stage: one, ranks: [1, 1], unbroken: share},
               {id: second, title: 二, to: person, stage: one, ranks: [2, 3], unbroken: out},
               {id: third, title: 三, to: person, stage: one, ranks: [4, 6], unbroken: share}"""
    table = dict.fromkeys(("a1", "b1", "c1", "d1"), "90") | {"e1": "80", "f1": "70", "g1": "60"}
    outcome = run(law(awards=three), table)
    assert won(outcome, "first") == ["a1", "b1", "c1", "d1"]
    assert won(outcome, "second") == []
    assert won(outcome, "third") == ["e1", "f1"]


def test_a_cap_of_its_own_for_one_unit():
    table = {"a1": "90", "a2": "80", "b1": "70", "b2": "60"}
    known = facts(**{name: {"unit": name[0]} for name in table})
    rule = "{to: up, top: 3, cap: [{per: unit, count: 1, counts: {a: 2}}]}"
    assert gone(run(law(rule), table, facts=known)) == ["a1", "a2", "b1"]


def test_a_share_of_the_rest_takes_nobody_twice():
    """Of five the best goes; of the four that are left half are two."""
    rule = "{to: up, top: 1}, {to: up, share: {share: 50%, round: down, of: rest}, except: already}"
    table = {"a1": "90", "b1": "80", "c1": "75", "d1": "70", "e1": "60"}
    assert gone(run(law(rule), table)) == ["a1", "b1", "c1"]


def test_who_has_nothing_to_compare_stands_behind():
    """Level totals; less time is better, and who was absent in the skill has none."""
    body = """stages:
  one:
    title: 初赛
    events: [paper, skill]
    absent: zero
    total: {sum: [paper]}
    ranking: {keys: [total, skill.seconds], unbroken: share}
"""
    more = scores({"a1": "absent", "b1": "50"}, event="skill", seconds={"b1": 99})
    assert ranks(run(rules(body), {"a1": "80", "b1": "80"}, more=more)) == {"b1": 1, "a1": 2}


def test_facts_of_members_and_of_the_team_meet_in_a_bar():
    text = HEAD.replace("{solo: {title: 个人赛}}", "{solo: {title: 团体赛, kind: team}}") + PAPER
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    bars: [{id: level, title: 乡级, require: {is: {kind: level, in: [乡级]}}}]
"""
    given = [
        EntryIn("t1", "one", "solo", "一队", "t", "t1", kind="team", members=("p", "q")),
        EntryIn("t2", "one", "solo", "二队", "t", "t2", kind="team", members=("r",)),
    ]
    known = facts(p={"level": "乡级"}, q={"level": "乡级"}, r={"level": "县级"})
    outcome = decide(
        load(text + body, name="t.yaml"), entries=given,
        scores=scores({"t1": "80", "t2": "90"}), facts=known,
    )  # fmt: skip
    assert ranks(outcome) == {"t1": 1}
