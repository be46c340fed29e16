"""Awards, one rule at a time: who has them, who is passed over, what a body decides."""

import pytest

from leitai.kernel.errors import Problems
from leitai.rulebook import decide, load
from tests.rulebook.engine.seasons import (
    HEAD,
    PAPER,
    answer,
    codes,
    entries,
    open_lines,
    run,
    scores,
    won,
)
from tests.rulebook.engine.test_oracle_findings import law, person, two_tracks

FIVE = {"a1": "90", "b1": "80", "c1": "70", "d1": "60", "e1": "50"}


def reason(outcome, award, at=0):
    return [row for row in outcome.awards if row.award == award][at].reason


def test_an_award_may_stand_before_the_one_that_it_must_not_coincide_with():
    """second is written first: it still waits for first, which a1 has."""
    two = ", ".join([
        person("second", "top: 1, unless: [first]"),
        person("first", "top: 1"),
    ])  # fmt: skip
    outcome = run(law(awards=two), FIVE)
    assert [(row.award, row.holder) for row in outcome.awards] == [
        ("second", "b1"),
        ("first", "a1"),
    ]


def test_only_the_awards_that_are_named_stand_in_the_way():
    """a1 has both first awards, b1 the second: third must not go with first alone."""
    three = ", ".join([
        person("first", "ranks: [1, 1]"),
        person("second", "ranks: [2, 2]"),
        person("third", "top: 2, unless: [first], stacks: true"),
    ])  # fmt: skip
    outcome = run(law(awards=three), FIVE)
    assert won(outcome, "third") == ["b1", "c1"]
    assert reason(outcome, "third").data["titles"] == ("first",)


def test_an_open_award_of_another_track_holds_up_nobody_who_is_not_in_it():
    """b1 and b2 are level in the second track; the first one has others."""
    both = two_tracks(awards=", ".join([
        person("first", "ranks: [1, 1]"), person("second", "top: 1, unless: [first]"),
    ]))  # fmt: skip
    given = entries(["a1", "a2"]) + entries(["b1", "b2"], track="duo")
    marks = scores({"a1": "90", "a2": "80"}) + scores({"b1": "70", "b2": "70"}, track="duo")
    outcome = decide(both, entries=given, scores=marks)
    assert (won(outcome, "first"), won(outcome, "second")) == (["a1"], ["a2"])
    assert [(row.track, row.entries) for row in outcome.blocked] == [("duo", ("b1", "b2"))]
    waits = [one for one in outcome.notes if one.reason.code == "award_waits"]
    assert [(one.track, one.subject, one.reason.data["other"]) for one in waits] == [
        ("duo", "second", "first")
    ]


def test_an_open_award_of_another_track_holds_up_who_is_in_both():
    """a1 is in both tracks, under one id: whether it has the first award is not known yet."""
    both = two_tracks(awards=", ".join([
        person("first", "ranks: [1, 1]"), person("second", "top: 1, unless: [first]"),
    ]))  # fmt: skip
    given = entries(["a1", "a2"]) + entries(["a1", "b2"], track="duo")
    marks = scores({"a1": "90", "a2": "80"}) + scores({"a1": "70", "b2": "70"}, track="duo")
    outcome = decide(both, entries=given, scores=marks)
    assert (won(outcome, "first"), won(outcome, "second")) == (["a1"], [])


def test_the_titles_of_those_passed_over_are_in_order():
    """a1 to e1 hold 戊, 丁, 丙, 乙 and 甲: f1 is told of all five, by their titles' order."""
    titles = ["t5", "t4", "t3", "t2", "t1"]
    six = [person(name, f"ranks: [{at}, {at}]") for at, name in enumerate(titles, start=1)]
    six.append(person("last", f"top: 1, unless: [{', '.join(titles)}]"))
    outcome = run(law(awards=", ".join(six)), {**FIVE, "f1": "40"})
    assert won(outcome, "last") == ["f1"]
    assert reason(outcome, "last").data["titles"] == ("t1", "t2", "t3", "t4", "t5")
    assert reason(outcome, "last").data["passed"] == (1, 2, 3, 4, 5)


def test_where_a_place_stays_empty_nobody_is_said_to_be_passed_over():
    two = ", ".join([
        person("first", "ranks: [1, 1]"),
        person("best", "top: 2, unless: [first], succession: none"),
    ])  # fmt: skip
    outcome = run(law(awards=two), FIVE)
    assert won(outcome, "best") == ["b1"]
    assert "passed" not in reason(outcome, "best").data
    assert (reason(outcome, "best").data["rank"], reason(outcome, "best").data["place"]) == (2, 2)


def test_a_place_that_is_shared_on_one_board_is_not_on_another():
    """On all and on same a1 and b1 are first. The award of all shares, that of same leaves out."""
    boards = (
        "    boards:\n      all: {title: 总榜, keys: [paper]}\n"
        "      same: {title: 另榜, keys: [total]}\n"
    )
    two = ", ".join([
        person("first", "ranks: [1, 1], board: all, unbroken: share"),
        person("rest", "ranks: [2, 3], board: same, unbroken: out, stacks: true"),
    ])  # fmt: skip
    table = {"a1": "90", "b1": "90", "c1": "80", "d1": "70"}
    outcome = run(law(awards=two, more=boards), table)
    assert won(outcome, "first") == ["a1", "b1"]
    assert won(outcome, "rest") == ["a1", "b1", "c1"]


# ---- what a body decides -------------------------------------------------------------------------

DECIDED = person("noble", "decided: jury")


def decided(named, board="main", award=DECIDED, *, bodies=True, **options):
    text = law(awards=award).text
    if bodies:
        text = text.replace("events:\n", "bodies: {jury: {title: 评审委员会}}\nevents:\n", 1)
    said = [answer(board, "award:noble", named, "jury")] if named else []
    return run(load(text, name="decided.yaml"), FIVE, resolutions=said, **options)


def test_a_body_names_the_holders_in_its_own_order():
    outcome = decided("c1 a1")
    rows = [(row.holder, row.delegation, row.basis) for row in outcome.awards]
    assert rows == [("c1", "c", "one/solo/main/0"), ("a1", "a", "one/solo/main/0")]
    assert outcome.awards[0].reason.code == "award_decided"
    assert outcome.awards[0].reason.data["by"] == "评审委员会"
    assert outcome.awards[0].holder_kind == "person"
    assert codes(outcome) == []


def test_a_body_need_not_name_the_board():
    assert decided("b1", board="").awards[0].basis == "one/solo/main/0"
    assert decided("b1", board="other").awards[0].basis == "one/solo/other/0"


def test_a_body_that_is_not_declared_is_called_as_it_is_written():
    outcome = decided("b1", award=person("noble", "decided: 组委会"), bodies=False)
    assert outcome.awards[0].reason.data["by"] == "组委会"


def test_a_body_that_names_a_stranger_is_refused():
    with pytest.raises(Problems) as caught:
        decided("a1 z9")
    found = [(one.place, one.code, one.data) for one in caught.value.problems]
    assert found == [
        ("resolution one/solo/main/award:noble", "entry_unknown", {"entry": "z9"}),
    ]


def test_a_body_that_has_not_spoken_is_waited_for_only_if_we_are_strict():
    outcome = decided("")
    assert (outcome.awards, outcome.blocked) == ((), ())
    assert codes(outcome) == [("noble", "award_undecided")]
    assert outcome.notes[0].reason.data == {"title": "noble", "by": "评审委员会"}
    strict = decided("", strict=True)
    assert open_lines(strict) == [("main", "award:noble", (), "jury")]
    assert codes(strict) == []


def test_a_body_names_a_delegation_for_an_award_of_teams():
    body = """stages:
  one:
    title: 初赛
    events: [paper]
    ranking: {keys: [total], unbroken: share}
    team: {title: 团体}
awards: [{id: noble, title: 风尚奖, to: team, stage: one, decided: 组委会}]
"""
    rulebook = load(HEAD + PAPER + body, name="teams.yaml")
    said = [answer("teams", "award:noble", "c", "jury")]
    outcome = run(rulebook, FIVE, resolutions=said)
    rows = [(row.holder, row.delegation, row.holder_kind, row.basis) for row in outcome.awards]
    assert rows == [("c", "c", "team", "one/solo/teams/0")]
    with pytest.raises(Problems):
        run(rulebook, FIVE, resolutions=[answer("teams", "award:noble", "c1", "jury")])
