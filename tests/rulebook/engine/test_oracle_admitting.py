"""Who stands in a stage, and what is noted of it: worked out by hand."""

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn, FactIn
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    UP,
    codes,
    entries,
    facts,
    gone,
    ranks,
    rules,
    run,
    scores,
)
from tests.rulebook.engine.test_oracle_findings import CARRY, law

TWO = HEAD.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}")
BARRED = "{id: one, title: 非基层, source: 仅限基层, WAY: {is: {kind: ground, in: [是]}}TRACKS}"


def barred(way, tracks="", head=HEAD):
    bar = BARRED.replace("WAY", way).replace("TRACKS", tracks)
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {unbroken: share}\n"
    return load(head + PAPER + body + f"    bars: [{bar}]\n", name="barred.yaml")


def data_of(outcome, code):
    return [
        (row.subject, dict(row.reason.data)) for row in outcome.notes if row.reason.code == code
    ]


def test_a_bar_refuses_whom_it_is_true_of_or_admits_only_them():
    known = facts(a1={"ground": "是"}, b1={"ground": "否"})
    table = {"a1": "90", "b1": "80"}
    refused = run(barred("refuse"), table, facts=known)
    assert ranks(refused) == {"b1": 1}
    said = {"name": "a1", "title": "非基层", "source": "仅限基层"}
    assert data_of(refused, "barred") == [("a1", said)]
    assert ranks(run(barred("require"), table, facts=known)) == {"a1": 1}


def test_a_bar_binds_in_its_tracks_only():
    known = facts(a1={"ground": "是"}, a2={"ground": "是"})
    given = entries(["a1"]) + entries(["a2"], track="duo")
    marks = scores({"a1": "90"}) + scores({"a2": "80"}, track="duo")
    rule = barred("refuse", ", tracks: [duo]", TWO)
    assert ranks(decide(rule, entries=given, scores=marks, facts=known)) == {"a1": 1}


def test_a_bar_about_which_nothing_is_given_is_named_where_it_binds():
    table = {"a1": "90"}
    for way in ("refuse", "require"):
        outcome = run(barred(way), table, facts=[])
        assert ranks(outcome) == {"a1": 1}
        assert data_of(outcome, "predicate_unknown") == [
            ("one", {"title": "非基层", "fact": "ground"})
        ]
    known = facts(b1={"ground": "否"})
    assert "predicate_unknown" not in dict(
        map(reversed, codes(run(barred("refuse"), table, facts=known)))
    )
    other = barred("refuse", ", tracks: [duo]", TWO)
    assert data_of(run(other, table, facts=[]), "predicate_unknown") == []
    here = barred("refuse", ", tracks: [solo]", TWO)
    assert len(data_of(run(here, table, facts=[]), "predicate_unknown")) == 1


def test_the_kind_and_the_key_that_nothing_is_known_of_are_named():
    body = """facts: {title: {title: 称号}}
stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {unbroken: share}
    bars: [{id: one, title: 无称号, refuse: {lacks: {kind: title, key: 日日学之星}}}]
"""
    outcome = run(rules(body), {"a1": "90"}, facts=[FactIn("a1", "title", "其他", "其他")])
    assert data_of(outcome, "predicate_unknown") == [
        ("one", {"title": "无称号", "fact": "称号:日日学之星"})
    ]


NOMINATED = """
stages:
  pick:
    title: 选拔
    method: nomination
    quota: {per: delegation, count: 1}
    bars: [{id: first, title: 已获称号, refuse: {is: {kind: ground, in: [是]}}}]
    advance: [{to: one, take: everyone}]
  one:
    title: 初赛
    events: [paper]
    ranking: {unbroken: share}
"""


def test_the_bars_and_quota_of_a_nomination_that_is_not_in_the_data_hold_where_it_leads():
    known = facts(a1={"ground": "是"}, a2={"ground": "否"}, a3={"ground": "否"})
    table = {"a1": "90", "a2": "80", "a3": "70"}
    outcome = run(rules(NOMINATED), table, facts=known)
    assert ranks(outcome) == {"a2": 1, "a3": 2}
    assert data_of(outcome, "over_quota") == [("a", {"of": "a", "count": 2, "limit": 1})]


def test_a_nomination_that_is_in_the_data_holds_for_itself():
    """a1 was nominated, barred there, and is not sent on; a2 is."""
    known = facts(a1={"ground": "是"}, a2={"ground": "否"})
    given = entries(["a1", "a2"], "pick")
    outcome = decide(rules(NOMINATED), entries=given, scores=scores({"a2": "80"}), facts=known)
    assert gone(outcome, "one") == ["a2"]
    assert ranks(outcome) == {"a2": 1}
    assert data_of(outcome, "over_quota") == []


def test_quotas_count_for_each_delegation_the_stage_or_a_unit():
    table = {"a1": "90", "a2": "80", "b1": "70"}
    known = facts(
        a1={"unit": "u", "ground": "是"}, a2={"unit": "u"}, b1={"unit": "v", "ground": "是"}
    )
    for quota, expected in (
        ("{per: delegation, count: 1}", [("a", 2, 1)]),
        ("{per: delegation, count: 1, counts: {a: 2}}", []),
        ("{per: stage, count: 2}", [("stage", 3, 2)]),
        ("{per: unit, count: 1}", [("u", 2, 1)]),
        ("{per: delegation, count: 2}", []),
    ):
        outcome = run(law(more=f"    quota: {quota}\n"), table, facts=known)
        found = [(one, d["count"], d["limit"]) for one, d in data_of(outcome, "over_quota")]
        assert found == expected
    under = run(law(more="    quota: {per: delegation, count: 3, least: 2}\n"), table, facts=known)
    assert data_of(under, "under_quota") == [("b", {"of": "b", "count": 1, "limit": 2})]


def test_several_caps_are_each_counted_and_in_their_tracks():
    caps = "    caps: [{per: stage, count: 1}, {per: delegation, count: 1, tracks: [duo]}]\n"
    body = "stages:\n  one:\n    title: 初赛\n    events: [paper]\n    ranking: {unbroken: share}\n"
    outcome = run(load(TWO + PAPER + body + caps, name="caps.yaml"), {"a1": "90", "a2": "80"})
    assert [one for one, _ in data_of(outcome, "over_quota")] == ["stage"]


def test_who_withdrew_is_not_ranked_and_a_note_says_so():
    known = facts(a1={"withdrawn": "one"}, b1={"withdrawn": "season"}, c1={"withdrawn": "up"})
    small = load(
        HEAD + UP + PAPER + "stages:\n  one:\n    title: 初赛\n    events: [paper]\n"
        "    ranking: {unbroken: share}\n    advance: [{to: up, top: 2}]\n", name="small.yaml",
    )  # fmt: skip
    outcome = run(small, {"a1": "90", "b1": "80", "c1": "70", "d1": "60"}, facts=known)
    assert ranks(outcome) == {"c1": 1, "d1": 2}
    assert data_of(outcome, "withdrawn") == [("a1", {"name": "a1"}), ("b1", {"name": "b1"})]
    assert gone(outcome) == ["d1"]


def test_a_list_of_the_final_that_differs_from_who_went_on_is_noted():
    """a1 to g1 go on; the list has z1 and lacks the other six: five of them are named."""
    names = [f"{letter}1" for letter in "abcdefg"]
    final = ["a1", "z1"]
    given = entries(names) + entries(final, "two")
    marks = scores(dict.fromkeys(names, "80")) + scores(
        dict.fromkeys(final, "70"), "two", "skill", seconds=dict.fromkeys(final, 1)
    )
    outcome = decide(rules(CARRY), entries=given, scores=marks)
    assert data_of(outcome, "not_advanced") == [("z1", {"name": "z1"})]
    left = [("two", {"count": 6, "first": "b1、c1、d1、e1、f1"})]
    assert data_of(outcome, "advanced_left_out") == left
    assert ranks(outcome, stage="two") == {"a1": 1, "z1": 2}


def test_a_nomination_that_leads_to_two_stages_holds_for_both():
    both = NOMINATED.replace(
        "[{to: one, take: everyone}]", "[{to: one, take: everyone}, {to: up, take: everyone}]"
    )
    outcome = run(rules(both), {"a1": "90"}, facts=facts(a1={"ground": "是"}))
    assert ranks(outcome) == {}


def test_quotas_are_noted_in_the_order_of_their_names():
    """The delegations' names run against those of their entries."""
    given = [
        EntryIn(one, "one", "solo", one, code, one) for one, code in zip("pq", "ba", strict=True)
    ]
    outcome = decide(
        law(more="    quota: {per: delegation, count: 3, least: 2}\n"),
        entries=given,
        scores=scores(dict.fromkeys("pq", "80")),
    )
    assert [one for one, _ in data_of(outcome, "under_quota")] == ["a", "b"]


def test_entries_of_several_stages_that_merge_keep_what_was_known_of_them():
    """One of two divisions sends p, the other q: each brings its own name and delegation."""
    body = """stages:
  east: {title: 东区, events: [paper], ranking: {unbroken: share}, advance: [{to: two, take: everyone}]}
  west: {title: 西区, events: [paper], ranking: {unbroken: share}, advance: [{to: two, take: everyone}]}
  two: {title: 决赛, events: [paper], ranking: {unbroken: share}}
"""
    given = [
        EntryIn("p", "east", "solo", "甲", "a", "p"),
        EntryIn("q", "west", "solo", "乙", "b", "q"),
    ]
    marks = scores({"p": "90"}, "east") + scores({"q": "80"}, "west")
    marks += scores({"p": "70", "q": "75"}, "two")
    outcome = decide(rules(body), entries=given, scores=marks)
    final = [
        (r.entry, r.delegation) for r in outcome.standings if r.stage == "two" and r.board == "main"
    ]
    assert final == [("q", "b"), ("p", "a")]
