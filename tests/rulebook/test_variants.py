"""Rulebooks that differ from the mini one in a single rule."""

from leitai.rulebook import decide, load
from leitai.rulebook.data import EntryIn
from leitai.rulebook.reasons import render
from tests.rulebook.builders import (
    DELEGATIONS,
    FINAL,
    HEAT,
    MINI_TEXT,
    TRACK,
    advanced,
    blocked,
    board,
    draw,
    entries,
    holders,
    notes,
    run,
)

TEAM_RULE = "      - {to: final, as: team, teams: 2, members: 2, guests: skip}\n"
TOP_RULE = "      - {to: final, as: individual, top: 5, except: already, guests: include}\n"


def variant(*changes):
    text = MINI_TEXT
    for old, new in changes:
        assert text.count(old) >= 1
        text = text.replace(old, new)
    return load(text)


def without_teams():
    """Individuals only: no team score, no team awards."""
    lines = [
        line
        for line in MINI_TEXT.splitlines()
        if not line.startswith("    team: ") and "to: team" not in line
    ]
    text = "\n".join(lines) + "\n"
    text = text.replace(TEAM_RULE, "").replace("except: already, ", "")
    return load(text)


def test_individuals_alone_need_no_teams():
    outcome = run(rulebook=without_teams())
    assert outcome.teams == ()
    assert advanced(outcome) == dict.fromkeys(["g1", "g2", "a1", "b1", "a2"], "individual")


def test_guests_can_be_skipped_among_individuals():
    outcome = run(
        rulebook=variant(("except: already, guests: include", "except: already, guests: skip"))
    )
    # The first five that are no guests: a1 b1 a2 c1 b2; all but c1 are in already.
    assert advanced(outcome)["c1"] == "individual"
    assert "g1" not in advanced(outcome)
    said = next(row.reason for row in outcome.advancement if row.entry == "c1")
    assert render(said) == "个人总分80.00分，列第6名（可得名额者中第4），进入前5名"


def test_everyone_of_a_contest_may_go_on():
    rules = variant(
        (TEAM_RULE, ""),
        (TOP_RULE, "      - {to: final, as: individual, take: everyone}\n"),
        (", of: advanced", ""),
    )
    outcome = run(HEAT.replace("c3 74 30 3000", "c3 absent"), rulebook=rules)
    assert [row.entry for row in outcome.advancement] == [entry for _, entry in board(outcome)]
    assert len(outcome.advancement) == 10


def test_guest_teams_can_be_given_awards_where_the_rulebook_says_so():
    skip = variant((", of: advanced", ""))
    final = "a1 88\na2 86\nb1 92\nb2 90\ng1 99\ng2 98"
    outcome = run(final=final, rulebook=skip)
    assert (holders(outcome, "gold"), holders(outcome, "silver")) == (["b"], ["a"])
    said = next(row.reason for row in outcome.awards if row.award == "gold")
    assert render(said) == "总决赛团体总分182.00分，列第2名（可得名额者中第1），授予第1名"
    include = variant((", of: advanced", ""), ("ranks: [1, 1]}", "ranks: [1, 1], guests: include}"))
    outcome = run(final=final, rulebook=include)
    # Each award has its own places: 金奖 counts guests, 银奖 does not.
    assert (holders(outcome, "gold"), holders(outcome, "silver")) == (["g"], ["a"])


def test_an_event_can_be_a_key_of_its_own():
    rules = variant(("keys: [total, exam.multiple, exam.seconds]", "keys: [exam]"))
    outcome = run(rulebook=rules)
    assert board(outcome)[4:7] == [(5, "a2"), (5, "b2"), (5, "c1")]
    assert outcome.standings[0].values == (95,)


def test_team_awards_can_exclude_each_other():
    rules = variant(
        ("ranks: [2, 2]}", "ranks: [1, 1], unless: [gold]}"),
    )
    outcome = run(final=FINAL, rulebook=rules)
    assert (holders(outcome, "gold"), holders(outcome, "silver")) == (["b"], ["a"])


def test_an_answer_for_a_stage_that_is_not_there_yet_is_kept_quiet():
    answer = draw("main", "award:scholar", "b1 g1", stage="final")
    assert notes(run(resolutions=[answer])) == [("star", "award_waits")]


NOMINATION = (
    "stages:\n",
    (
        "stages:\n  names:\n    title: 报名\n    method: nomination\n"
        "    advance: [{to: heat, as: individual, take: everyone}]\n"
        "  others:\n    title: 推荐\n    method: nomination\n"
        "    advance: [{to: heat, as: individual, take: everyone}]\n"
    ),
)


def test_two_nominations_feed_one_stage():
    rules = variant(NOMINATION)
    assert rules.stage_order == ("names", "others", "heat", "final")
    first, second = entries("a1\na2", "names"), entries("b1\nb2", "others")
    outcome = decide(rules, entries=first + second, scores=(), delegations=DELEGATIONS)
    assert {(row.stage, row.entry) for row in outcome.advancement} == {
        ("names", "a1"), ("names", "a2"), ("others", "b1"), ("others", "b2"),
    }  # fmt: skip
    outcome = decide(rules, entries=first, scores=(), delegations=DELEGATIONS)
    assert [row.entry for row in outcome.advancement] == ["a1", "a2"]


def test_who_comes_twice_goes_on_once():
    rules = variant(NOMINATION)
    given = entries("a1", "names") + entries("a1", "others")
    outcome = decide(rules, entries=given, scores=(), delegations=DELEGATIONS)
    assert [(row.stage, row.entry) for row in outcome.advancement] == [("names", "a1")]


def test_tracks_are_decided_apart():
    rules = variant(
        (
            "  solo: {title: 个人赛, kind: person}",
            "  solo: {title: 个人赛, kind: person}\n  duo: {title: 另一赛, kind: person}",
        )
    )
    other = [EntryIn("x1", "heat", "duo", "另", "a", "p-a1")]
    outcome = run(rulebook=rules, given=entries(HEAT) + other)
    assert {row.track for row in outcome.standings} == {TRACK}
    assert blocked(outcome) == []
