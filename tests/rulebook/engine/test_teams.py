"""Team scores: the best so many, mean, capacity, what a delegation has of its own, ties."""

from fractions import Fraction

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn
from tests.rulebook.engine.seasons import (
    PAPER,
    SKILL,
    codes,
    entries,
    facts,
    open_lines,
    rules,
    run,
    scores,
    won,
)

TABLE = {"a1": "90", "a2": "80", "a3": "10", "b1": "85", "b2": "85", "c1": "99"}


def law(team, more="", events=PAPER, awards=""):
    ranking = "    ranking: {keys: [total], unbroken: share}\n"
    body = (
        f"stages:\n  one:\n    title: 初赛\n    events: [paper]\n{ranking}    team: {team}\n{more}"
    )
    return rules(body + (f"awards: [{awards}]\n" if awards else ""), events)


def teams(outcome, track="solo"):
    return [(r.rank, r.delegation, r.total) for r in outcome.teams if r.track == track]


def test_the_sum_of_the_best_two_and_who_is_short():
    """a 90 + 80, b 85 + 85 (level), c has one only: 99."""
    outcome = run(law("{title: 团体, top: 2}"), TABLE)
    assert teams(outcome) == [(1, "a", 170), (1, "b", 170), (3, "c", 99)]
    assert ("c", "team_short") in codes(outcome)
    strict = run(law("{title: 团体, top: 2, fewer: exclude}"), TABLE)
    assert [code for _, code, _ in teams(strict)] == ["a", "b"]


def test_the_mean_of_all():
    """a (90 + 80 + 10) / 3 = 60, b 85, c 99."""
    outcome = run(law("{title: 团体, score: mean}"), TABLE)
    assert teams(outcome) == [(1, "c", 99), (2, "b", 85), (3, "a", 60)]
    third = run(
        law("{title: 团体, score: mean, round: {decimals: 1}}"), {"a1": "1", "a2": "0", "a3": "0"}
    )
    assert teams(third) == [(1, "a", Fraction("0.3"))]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("[total, members]", ["a", "b"]),  # 90 before 85
        ("[total, 'slot:1']", ["b", "a"]),  # slot 1: a2 with 80, b1 with 85
        ("[total, 'best:fact:age']", ["b", "a"]),
    ],
)
def test_ties_of_teams(keys, expected):
    known = facts(a2={"slot": "1"}, b1={"slot": "1", "age": "50"}, a1={"age": "40"})
    team = rules(
        "stages:\n  one:\n    title: 初赛\n    events: [paper]\n"
        "    ranking: {keys: [total, 'fact:age'], unbroken: share}\n"
        f"    team: {{title: 团体, top: 2, keys: {keys}}}\n"
    )
    outcome = run(team, {name: TABLE[name] for name in ("a1", "a2", "b1", "b2")}, facts=known)
    assert [code for _, code, _ in teams(outcome)] == expected


def test_a_tie_falls_to_the_summed_time():
    """Level at 170; a took 30 + 31 s, b 20 + 40 s: 61 against 60."""
    body = """stages:
  one:
    title: 初赛
    events: [skill]
    ranking: {keys: [total, skill.seconds], unbroken: share}
    team: {title: 团体, keys: [total, 'sum:skill.seconds'], unbroken: draw}
"""
    events = "events:\n" + SKILL
    table = {"a1": "90", "a2": "80", "b1": "85", "b2": "85"}
    seconds = {"a1": 30, "a2": 31, "b1": 20, "b2": 40}
    outcome = decide(
        rules(body, events),
        entries=entries(table),
        scores=scores(table, event="skill", seconds=seconds),
    )
    assert [code for _, code, _ in teams(outcome)] == ["b", "a"]
    assert outcome.teams[0].decided_by.data["mine"] == "60"


def test_what_a_delegation_has_of_its_own_is_added():
    """a 170 + 0.5 × 20 = 180; b 170 + 0.5 × 30 = 185; c 99 + 0 = 99."""
    events = PAPER + '  daily: {title: 日常学习, max: "100", decimals: 2}\n'
    more = scores({"a": "20", "b": "30", "c": "0"}, event="daily")
    outcome = run(law("{title: 团体, top: 2, plus: {daily: 50%}}", events=events), TABLE, more=more)
    assert teams(outcome) == [(1, "b", 185), (2, "a", 180), (3, "c", 99)]


def test_only_those_who_came_as_a_team():
    """a3 came as an individual."""
    given = [
        EntryIn(n, "one", "solo", n, n[0], n, as_="individual" if n == "a3" else "team")
        for n in TABLE
    ]
    outcome = decide(law("{title: 团体, who: team}"), entries=given, scores=scores(TABLE))
    assert teams(outcome) == [(1, "a", 170), (1, "b", 170), (3, "c", 99)]


def test_one_team_score_over_all_tracks():
    """a: 90 in one track and 70 in the other; b: 85 and 80."""
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体, tracks: together, unbroken: draw}
awards: [{id: first, title: 团体一等奖, to: team, stage: one, ranks: [1, 1]}]
"""
    text = rules(body).text
    law_ = load(text.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}"))
    given = entries(["a1", "b1"]) + entries(["a2", "b2"], track="duo")
    marks = scores({"a1": "90", "b1": "85"}) + scores({"a2": "70", "b2": "80"}, track="duo")
    outcome = decide(law_, entries=given, scores=marks)
    assert teams(outcome, "all") == [(1, "b", 165), (2, "a", 160)]
    assert won(outcome, "first") == ["b"]


def test_a_tie_of_teams_at_an_award_blocks():
    award = "{id: first, title: 团体一等奖, to: team, stage: one, ranks: [1, 1]}"
    outcome = run(law("{title: 团体, top: 2, unbroken: draw}", awards=award), TABLE)
    assert open_lines(outcome) == [("teams", "award:first", ("a", "b"), "draw")]


def test_honours_follow_awards_under_their_own_condition():
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
awards: [{id: top, title: 能手, to: person, stage: one, top: 2}]
honours:
  - {id: medal, title: 五一劳动奖章, kind: honour, stage: one, ranks: [1, 3],
     where: {is: {kind: grassroots, in: [是]}}}
  - {id: money, title: 奖金, kind: money, amount: "1000", awards: [top]}
"""
    known = facts(c1={"grassroots": "是"}, a1={"grassroots": "否"}, b1={"grassroots": "是"})
    outcome = run(rules(body), {"a1": "90", "b1": "85", "c1": "99", "d1": "1"}, facts=known)
    assert [(r.honour, r.holder, r.amount) for r in outcome.honours] == [
        ("medal", "c1", None), ("medal", "b1", None), ("money", "c1", 1000), ("money", "a1", 1000),
    ]  # fmt: skip


def test_a_team_without_its_own_figure_is_refused_where_others_have_one():
    events = PAPER + '  daily: {title: 日常学习, max: "100", decimals: 2}\n'
    more = scores({"a": "20", "b": "30"}, event="daily")
    with pytest.raises(Problems) as caught:
        run(law("{title: 团体, top: 2, plus: {daily: 50%}}", events=events), TABLE, more=more)
    assert [one.data["entry"] for one in caught.value.problems] == ["c"]


# ---- one team score over several tracks ----------------------------------------------------------

BOTH = """stages:
  zero:
    title: 预赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    advance: [{to: one, take: everyone}]
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: TEAM
"""


def together(team, table, more=(), events=PAPER, body=BOTH):
    """A table of ``{entry: (track, score)}``; stage ``zero`` has the same people with 1 each."""
    text = rules(body.replace("TEAM", team), events).text
    law_ = load(text.replace("{solo: {title: 个人赛}}", "{solo: {title: 甲}, duo: {title: 乙}}"))
    given, marks = [], [*more]
    for name, (track, text) in table.items():
        given += entries([name], "zero", track)
        marks += scores({name: "1"}, "zero", track=track)
        marks += scores({name: text}, track=track)
    return decide(law_, entries=given, scores=marks)


def test_the_best_of_both_tracks_counts_and_nothing_of_another_stage():
    """a: 90 before 70, which stands in the first track by name; b: 80. Only stage one counts."""
    table = {"a1": ("solo", "90"), "a2": ("duo", "70"), "b1": ("solo", "80")}
    for top, a_total, a_counted in ((1, 90, ("a1",)), (3, 160, ("a1", "a2"))):
        outcome = together(f"{{title: 团体, tracks: together, top: {top}}}", table)
        found = [row for row in outcome.teams if row.stage == "one"]
        assert [(row.delegation, row.total, row.counted) for row in found] == [
            ("a", a_total, a_counted),
            ("b", 80, ("b1",)),
        ]


def test_what_a_delegation_has_of_its_own_may_stand_in_one_track_only():
    """a has 5 of its own in the second track; the first has no such event."""
    events = PAPER + '  daily: {title: 日常学习, max: "100", decimals: 2}\n'
    table = {"a1": ("solo", "70"), "a2": ("duo", "20")}
    team = "{title: 团体, tracks: together, plus: {daily: 100%}}"
    outcome = together(team, table, scores({"a": "5"}, event="daily", track="duo"), events)
    assert [(row.delegation, row.total) for row in outcome.teams if row.stage == "one"] == [
        ("a", 95)
    ]


def test_a_delegation_that_came_as_a_team_in_one_track_is_one_over_both():
    """a is the best team of the second track, b of the first: both are teams of the final."""
    body = BOTH.replace(
        "    advance: [{to: one, take: everyone}]\n",
        "    team: {title: 团体, unbroken: draw}\n"
        "    advance: [{to: one, as: team, teams: 1, members: 1}]\n",
    )
    table = {"a1": ("duo", "70"), "b1": ("solo", "20")}
    outcome = together("{title: 团体, tracks: together, of: advanced}", table, body=body)
    assert teams(outcome, "all") == [(1, "a", 70), (2, "b", 20)]


# ---- keys ----------------------------------------------------------------------------------------


def test_the_best_of_a_team_are_the_best_of_its_board_and_are_compared_from_the_best_down():
    """a and b are ranked by practice first: the best two of each are not those of the best totals.

    a: a1 (practice 9, total 9 + 1) and a2 (8, 8 + 12); a3 (7, 7 + 50) does not count: 30.
    b: b1 (9, 9 + 5) and b2 (8, 8 + 8): 30. From the best down: a 20, 10; b 16, 14.
    """
    body = """stages:
  one:
    title: 初赛
    events: [paper, skill]
    ranking: {keys: [paper, total], unbroken: share}
    team: {title: 团体, top: 2, keys: [total, members], unbroken: share}
"""
    events = PAPER + '  skill: {title: 实操, max: "100", decimals: 2}\n'
    paper = {"a1": "9", "a2": "8", "a3": "7", "b1": "9", "b2": "8"}
    skill = {"a1": "1", "a2": "12", "a3": "50", "b1": "5", "b2": "8"}
    outcome = run(rules(body, events), paper, more=scores(skill, event="skill"))
    assert teams(outcome) == [(1, "a", 30), (2, "b", 30)]
    assert [row.counted for row in outcome.teams] == [("a1", "a2"), ("b1", "b2")]
    told = outcome.teams[0].decided_by
    assert (told.code, told.data["nth"]) == ("member_above", 1)
    assert (told.data["mine"], told.data["other"]) == ("20.00", "16.00")


def test_who_has_no_seat_counts_nought_in_it():
    """Level at 1; a's first seat has half a point, b has nobody in it."""
    known = facts(a1={"slot": "1"}, b1={"slot": "2"})
    one = law("{title: 团体, keys: [total, 'slot:1'], unbroken: share}")
    outcome = run(one, {"a1": "0.5", "a2": "0.5", "b1": "0.5", "b2": "0.5"}, facts=known)
    assert teams(outcome) == [(1, "a", 1), (2, "b", 1)]
    assert codes(outcome) == []
    assert (outcome.teams[0].decided_by.data["mine"], outcome.teams[0].decided_by.data["other"]) \
        == ("0.50", "0.00")  # fmt: skip


@pytest.mark.parametrize("known", [{}, {"a1": {"group": "1"}}])
def test_seats_about_which_nothing_is_given_are_noted(known):
    one = law("{title: 团体, keys: [total, 'slot:1'], unbroken: share}")
    outcome = run(one, {"a1": "9", "b1": "8"}, facts=facts(**known))
    assert codes(outcome) == [("teams", "slots_unknown")]
    seated = run(one, {"a1": "9", "b1": "8"}, facts=facts(a1={"group": "1", "slot": "3"}))
    assert codes(seated) == []


def test_a_key_that_counts_at_lines_too_is_added_once():
    """a took 5 + 5 seconds, b 4 + 4, both 10 points: the sum of seconds is 10 and 8."""
    body = """stages:
  one:
    title: 初赛
    events: [skill]
    ranking: {keys: [skill.seconds], at_lines: [skill.seconds], unbroken: share}
    team: {title: 团体, keys: [total, 'sum:skill.seconds'], unbroken: share}
"""
    table = {"a1": "5", "a2": "5", "b1": "5", "b2": "5"}
    outcome = decide(
        rules(body, "events:\n" + SKILL),
        entries=entries(table),
        scores=scores(table, event="skill", seconds={"a1": 5, "a2": 5, "b1": 4, "b2": 4}),
    )
    assert teams(outcome) == [(1, "b", 10), (2, "a", 10)]
    told = outcome.teams[0].decided_by.data
    assert (told["mine"], told["other"]) == ("8", "10")
