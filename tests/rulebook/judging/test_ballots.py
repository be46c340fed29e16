"""What votes come to: approvals, points, places, kinds of voters, thresholds, further ballots."""

from fractions import Fraction

import pytest

from leitai.rulebook.data import EntryIn
from leitai.rulebook.judging import fold_ballots, without_votes
from tests.rulebook.judging.builders import counted, notes, papers, vote, voted

THREE = "e1 a b\ne2 a\ne3 a b c"


def test_approvals_are_counted():
    assert counted(voted("votes: 3"), papers(THREE)) == {"a": 3, "b": 2, "c": 1}


def test_a_paper_with_too_many_or_too_few_names_is_void():
    rules = voted("votes: 2\nleast_votes: 2")
    found = fold_ballots(rules, papers(THREE))
    assert counted(rules, papers(THREE)) == {"a": 1, "b": 1, "c": 0}
    reason = found.notes[0].reason
    assert dict(reason.data) == {"title": "展示", "papers": 3, "valid": 1, "void": 2}


def test_void_and_blank_papers():
    rules = voted("threshold: {least: 1/2, of: present}")
    ballots = [*papers("e1 a\ne2 a\ne4 a"), vote("e2", "", "void"), vote("e3", "", "blank")]
    # Four papers, one void: a has two of four.
    assert counted(rules, ballots) == {"a": 2}
    assert counted(rules, [*ballots, vote("e5", "", "blank")]) == {"a": "void"}


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        ("{least: 1/2, of: votes}", 2),
        ("{above: 1/2, of: votes}", "void"),
        ("{least: 1/2, of: present}", "void"),
        ("{least: 2/5, of: present}", 2),
        ("{above: 2/5, of: present}", "void"),
        ("{least: 1/4, of: members}", 2),
        ("{least: 1/3, of: members}", "void"),
        ("{above: 1/2, of: votes, below: zero}", 0),
        ("{above: 1/2, of: votes, below: note}", 2),
    ],
)
def test_thresholds(threshold, expected):
    ballots = [vote("e1", "a"), vote("e2", "a"), vote("e3", "a", "no"), vote("e4", "a", "no")]
    ballots += [vote("e5", "a", "abstain")]
    assert counted(voted(f"voters: 8\nthreshold: {threshold}"), ballots) == {"a": expected}


def test_without_a_quorum_there_is_no_result():
    rules = voted("voters: 5\nquorum: 2/3")
    found = fold_ballots(rules, papers(THREE))
    assert found.scores == ()
    row = found.blocked[0]
    assert (row.line, row.entries, row.needs) == ("ballot:show", ("a", "b", "c"), "ballot")
    assert counted(rules, papers(THREE + "\ne4 c")) == {"a": 3, "b": 2, "c": 2}


def test_a_quorum_that_is_just_reached():
    assert counted(voted("voters: 6\nquorum: 1/2"), papers(THREE)) == {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize("again", [False, True])
def test_fewer_that_pass_than_places(again):
    rules = voted(
        f"seats: 2\nthreshold: {{above: 2/3}}\nvacancy: {'again' if again else 'allowed'}"
    )
    found = fold_ballots(rules, papers(THREE))
    if again:
        assert [score.entry for score in found.scores] == ["a"]
        assert [(row.entries, row.detail.code) for row in found.blocked] == [
            (("b", "c"), "ballot_again")
        ]
    else:
        assert counted(rules, papers(THREE)) == {"a": 3, "b": "void", "c": "void"}
        assert ("show", "ballot_vacant") in notes(found)


POINTS = "by: points\npoints: {least: '1', most: '10', decimals: 1%s}"


@pytest.mark.parametrize(("more", "a"), [("", 16), (", combine: mean", 8)])
def test_points_are_added_up_or_their_mean_is_taken(more, a):
    ballots = [vote("e1", "a", "9.5"), vote("e2", "a", "6.5"), vote("e2", "b", "7")]
    assert counted(voted((POINTS % more).replace("'", '"')), ballots) == {"a": a, "b": 7}


def test_places_give_points():
    rules = voted('by: places\npoints_for: ["5", "3", "1"]')
    ballots = [vote("e1", "a", 1), vote("e1", "b", 2), vote("e2", "b", 1), vote("e2", "c", 2)]
    ballots += [vote("e3", "a", 1), vote("e3", "b", 1)]  # two first places: void
    assert counted(rules, ballots) == {"a": 5, "b": 8, "c": 3}


KINDS = """
normalise: %s
kinds:
  jury: {title: 评委, weight: 60%%}
  net: {title: 网络, weight: 40%%, tally: true}
"""
MIXED = [
    vote("jury/1", "a"), vote("jury/2", "a"), vote("jury/3", "b"), vote("jury/4", "b", "abstain"),
    vote("net/all", "a", 300), vote("net/all", "b", 500), vote("net/late", "b", 100),
]  # fmt: skip


def test_kinds_by_the_best():
    # Jury 2 : 1, net 300 : 600.
    assert counted(voted(KINDS % "best", maximum="100"), MIXED) == {"a": 80, "b": 70}


def test_kinds_by_the_votes_cast():
    # Jury 2/4 and 1/4 of the papers, net 300/900 and 600/900 of the votes.
    found = counted(voted(KINDS % "cast", maximum="100"), MIXED)
    assert found == {"a": 30 + Fraction(40, 3), "b": 15 + Fraction(80, 3)}


def test_each_kind_is_a_key():
    found = fold_ballots(voted(KINDS % "best", maximum="100", keys="[total, show.jury]"), MIXED)
    assert [dict(score.keys) for score in found.scores] == [
        {"yes": 2, "jury": 2, "net": 300},
        {"yes": 1, "jury": 1, "net": 600},
    ]


def test_a_further_ballot_among_those_who_tie():
    rules = voted("rounds: 3", keys="[total, show.round2, show.round3]")
    first = papers("e1 a\ne2 b\ne3 c\ne4 c")
    second = papers("e1 a\ne2 b\ne3 a", board="show.2")
    found = fold_ballots(rules, first + second)
    keys = {score.entry: (score.keys["round2"], score.keys["round3"]) for score in found.scores}
    assert keys == {"a": (2, 0), "b": (1, 0), "c": (0, 0)}


def test_nobody_votes_for_an_entry_that_stands():
    rules = voted("votes: 3")
    entries = [EntryIn(name, "final", "solo", name, name, name) for name in "abcd"]
    assert counted(rules, papers(THREE), entries=entries)["d"] == 0
    assert without_votes(rules, "final", "solo", "show", "d").status == "ok"
    strict = voted("threshold: {least: 1/2}")
    assert counted(strict, papers(THREE), entries=entries)["d"] == "void"
    assert without_votes(strict, "final", "solo", "show", "d").status == "void"
