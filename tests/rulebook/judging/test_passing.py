"""Ballots: who passes, out of how many, what is noted of who does not, and what is still needed."""

from fractions import Fraction

import pytest

from leitai.rulebook.data import EntryIn
from leitai.rulebook.judging import fold_ballots, fold_marks
from tests.rulebook.judging.builders import (
    WHOLE,
    counted,
    judged,
    mark,
    marked,
    notes,
    papers,
    vote,
    voted,
)


def told(found, code):
    return [(one.subject, dict(one.reason.data)) for one in found.notes if one.reason.code == code]


THREE = papers("e1 a b\ne2 a\ne3 a b c")


def test_who_does_not_pass_is_noted_with_its_figures():
    """Three papers: a has three, b two of them, c one; a half is needed."""
    found = fold_ballots(voted("threshold: {least: 1/2}"), THREE)
    assert told(found, "ballot_below") == [
        ("c", {"title": "展示", "yes": 1, "of": 3, "share": "0.5", "above": 0, "below": "void"}),
    ]
    assert [(row.entry, row.status, row.value) for row in found.scores] == [
        ("a", "ok", 300), ("b", "ok", 200), ("c", "void", 0),
    ]  # fmt: skip
    over = fold_ballots(voted("threshold: {above: 2/3, below: zero}"), THREE)
    assert told(over, "ballot_below") == [
        ("b", {"title": "展示", "yes": 2, "of": 3, "share": "2/3", "above": 1, "below": "zero"}),
        ("c", {"title": "展示", "yes": 1, "of": 3, "share": "2/3", "above": 1, "below": "zero"}),
    ]
    assert told(fold_ballots(voted("votes: 9"), THREE), "ballot_below") == []


@pytest.mark.parametrize("vacancy", ["allowed", "again"])
@pytest.mark.parametrize(("seats", "vacant"), [(1, False), (2, False), (3, True)])
def test_places_that_stay_empty(seats, vacant, vacancy):
    """a and b pass. With as many places as pass nothing is vacant and nobody is voted on again."""
    rules = voted(f"seats: {seats}\nthreshold: {{least: 1/2}}\nvacancy: {vacancy}")
    found = fold_ballots(rules, THREE)
    again = vacant and vacancy == "again"
    assert [row.entry for row in found.scores] == (["a", "b"] if again else ["a", "b", "c"])
    assert [(row.entries, row.detail.code) for row in found.blocked] == (
        [(("c",), "ballot_again")] if again else []
    )
    assert (("show", "ballot_vacant") in notes(found)) is (vacant and not again)


def test_without_places_none_is_vacant():
    found = fold_ballots(voted("threshold: {above: 99/100}"), papers("e1 a\ne2 b"))
    assert notes(found) == [
        ("a", "ballot_below"), ("b", "ballot_below"), ("show", "ballot_papers"),
    ]  # fmt: skip


def test_votes_for_and_against_are_all_the_votes():
    """Two for, one against, one abstains and one says nothing: two thirds of the votes."""
    ballots = [vote("e1", "a"), vote("e2", "a"), vote("e3", "a", "no"), vote("e4", "a", "abstain"),
               vote("e5", "b")]  # fmt: skip
    assert counted(voted("threshold: {least: 2/3, of: votes}"), ballots) == {"a": 2, "b": 1}
    assert counted(voted("threshold: {above: 2/3, of: votes}"), ballots) == {"a": "void", "b": 1}


def test_nobody_passes_out_of_none():
    """Nobody voted on b: out of no votes nothing is enough, for it."""
    rules = voted("threshold: {least: 1/2, of: votes}")
    found = fold_ballots(rules, [vote("e1", "a")], [EntryIn("b", "final", "solo", "b", "b", "b")])
    assert [(row.entry, row.status) for row in found.scores] == [("a", "ok"), ("b", "void")]


KINDS = "kinds: {expert: {title: 专家, weight: 60%, voters: 4}, hall: {title: 观众, weight: 40%, voters: 10}}"
MIXED = [vote("expert/1", "a"), vote("expert/2", "b"), vote("hall/1", "a"), vote("hall/2", "a"),
         vote("hall/3", "b"), vote("hall/4", "a")]  # fmt: skip


@pytest.mark.parametrize(
    ("threshold", "passing"),
    [
        ("{least: 1/2}", {"a"}),  # a four of six, b two of six
        ("{least: 1/2, kind: expert}", {"a", "b"}),  # one of two each
        ("{above: 1/2, kind: hall}", {"a"}),  # a three of four
        ("{least: 1/4, of: members, kind: expert}", {"a", "b"}),  # one of four each
        ("{above: 1/4, of: members, kind: expert}", set()),
        ("{least: 3/10, of: members, kind: hall}", {"a"}),  # a three of ten
        ("{least: 2/7, of: members}", {"a"}),  # four of fourteen
        ("{above: 2/7, of: members}", set()),
    ],
)
def test_a_threshold_of_one_kind_of_voters_or_of_all(threshold, passing):
    rules = voted(f"{KINDS}\nthreshold: {threshold}")
    found = {row.entry for row in fold_ballots(rules, MIXED).scores if row.status == "ok"}
    assert found == passing


def test_a_tally_is_neither_present_nor_a_member():
    """The net's votes come counted: two experts of four are there, both for a."""
    kinds = (
        "kinds: {expert: {title: 专家, voters: 4}, net: {title: 网络, tally: true, voters: 900}}"
    )
    ballots = [
        vote("expert/1", "a"),
        vote("expert/2", "a"),
        vote("net/1", "a", 300),
        vote("net/1", "b", 500),
    ]
    for threshold, status in (("{least: 100%}", "ok"), ("{least: 1/2, of: members}", "ok"),
                              ("{above: 1/2, of: members}", "void")):  # fmt: skip
        rules = voted(f"{kinds}\nthreshold: {threshold}")
        found = {row.entry: row.status for row in fold_ballots(rules, ballots).scores}
        assert found["a"] == status


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        # Of two and of three papers: 1/2 of 60 and 2/3 … each kind's papers are its whole.
        ("normalise: cast", {"a": 30 + 30, "b": 30 + 10}),
        ("normalise: best", {"a": 60 + 40, "b": 60 + Fraction(40, 3)}),
        ("normalise: none", {"a": Fraction("0.6") + Fraction("1.2"), "b": 1}),
        ('normalise: cast\nscale: "10"', {"a": 6, "b": 4}),
    ],
)  # fmt: skip
def test_what_each_kind_gave_as_a_share(body, figures):
    """Experts: one of two each; the hall: three of four and one of four."""
    assert counted(voted(f"{KINDS}\n{body}"), MIXED) == figures


def test_points_as_a_share_of_what_could_be_given():
    """Two papers of at most ten: 12 of 20 and 6 of 20; as a mean 6 of 10 and 3 of 10."""
    ballots = [vote("e1", "a", 8), vote("e2", "a", 4), vote("e1", "b", 1), vote("e2", "b", 5)]
    for combine in ("sum", "mean"):
        rules = voted(
            f'by: points\npoints: {{least: "0", most: "10", combine: {combine}}}\nnormalise: cast'
        )
        assert counted(rules, ballots) == {"a": 60, "b": 30}


def test_places_as_a_share_of_the_best_place_on_every_paper():
    """Two papers, five points for a first place: a 5 + 3 of 10, b 3 + 5."""
    rules = voted('by: places\npoints_for: ["5", "3"]\nnormalise: cast')
    ballots = [vote("e1", "a", 1), vote("e1", "b", 2), vote("e2", "a", 1), vote("e2", "b", 2)]
    assert counted(rules, ballots) == {"a": 100, "b": 60}


def test_further_ballots_are_figures_of_their_own():
    """a and b are level with two; in the second ballot b has both votes, c is not in it."""
    rules = voted("votes: 2\nrounds: 2")
    ballots = [*papers("e1 a b\ne2 a b\ne3 c"), *papers("e1 b\ne2 b\ne3 a", "show.2")]
    rows = fold_ballots(rules, ballots).scores
    assert [(row.entry, dict(row.keys)) for row in rows] == [
        ("a", {"yes": 2, "round2": 1}), ("b", {"yes": 2, "round2": 2}), ("c", {"yes": 1, "round2": 0}),
    ]  # fmt: skip


def test_the_points_of_a_kind_are_a_key_with_its_decimals():
    rules = voted(
        'by: points\nkinds: {expert: {title: 专家}}\npoints: {least: "0", most: "10", decimals: 1}'
    )
    (row,) = fold_ballots(rules, [vote("expert/1", "a", "7.5")]).scores
    assert dict(row.keys) == {"expert": 75}


# ---- judges of several kinds, gaps ---------------------------------------------------------------


def test_a_line_of_two_kinds_is_their_mean_by_weight():
    """Experts (75%) 80, the hall (25%) 60: the line is 75; one kind alone gives its own."""
    rules = judged(
        'lines:\n  talk: {title: 讲解, max: "100"}\n'
        "kinds: {expert: {title: 专家, weight: 75%, judges: 1}, hall: {title: 观众, weight: 25%, judges: 1}}\n"
        "round: {line: {decimals: 2}}"
    )  # fmt: skip
    (row,) = fold_marks(
        rules, [mark("a", "expert/1", "talk", 80), mark("a", "hall/1", "talk", 60)]
    ).scores
    assert (row.value, dict(row.keys)) == (7500, {"talk": 7500})


def test_a_share_of_what_a_kind_could_give_is_of_the_maximum_less_the_bonuses():
    """Marks of at most ten count as shares of 95: 8 is 76; with the bonus 81; of the best 95."""
    for normalise, figures in (
        ("full", {"a": 81, "b": 38}),
        ("best", {"a": 100, "b": Fraction("47.5")}),
    ):
        rules = judged(
            f'band: {{min: "0", max: "10"}}\nkinds: {{expert: {{title: 专家, normalise: {normalise}}}}}\n'
            'bonuses: {skill: {title: 特长, each: "5", most: "5"}}'
        )
        marks = [mark("a", "expert/1", "score", 8), mark("b", "expert/1", "score", 4),
                 mark("a", "desk", "bonus:skill", 1)]  # fmt: skip
        assert marked(rules, marks) == figures


@pytest.mark.parametrize("normalise", ["full", "best"])
def test_a_share_of_nothing_is_nothing(normalise):
    rules = judged(WHOLE + f"\nkinds: {{expert: {{title: 专家, normalise: {normalise}}}}}")
    assert marked(rules, [mark("a", "expert/1", "score", 0)]) == {"a": 0}


def test_sheets_that_lie_too_far_apart_say_how_far():
    rules = judged(WHOLE + '\njudges: 3\ngap: {above: "10", by: head}')
    marks = [mark("a", f"j{at}", "score", value) for at, value in enumerate((70, 85, 80), start=1)]
    waiting = fold_marks(rules, marks)
    (row,) = waiting.blocked
    assert (row.entries, row.detail.code, waiting.scores) == (("a",), "judged_gap", ())
    assert {name: row.detail.data[name] for name in ("high", "low", "above", "judge")} == {
        "high": "85.00", "low": "70.00", "above": "10", "judge": "head",
    }  # fmt: skip
    settled = fold_marks(rules, [*marks, mark("a", "head", "score", 77)])
    assert (marked(rules, [*marks, mark("a", "head", "score", 77)]), notes(settled)) == (
        {"a": 77}, [("a", "judged_arbiter")],
    )  # fmt: skip


def test_a_share_of_the_best_may_be_of_less_than_a_point():
    """The best has a half: it counts whole, a tenth counts a fifth."""
    rules = judged('band: {min: "0", max: "10"}\nkinds: {expert: {title: 专家, normalise: best}}')
    marks = [mark("a", "expert/1", "score", "0.5"), mark("b", "expert/1", "score", "0.1")]
    assert marked(rules, marks) == {"a": 100, "b": 20}
