"""Properties of judging: order, one's own marks, replay; and a plain second way to count."""

from dataclasses import replace
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from leitai.rulebook.judging import fold_ballots, fold_marks
from tests.rulebook.judging.builders import counted, judged, mark, marked, papers, vote, voted

COMBINE = st.sampled_from(
    [
        "{by: mean}",
        "{by: median}",
        "{by: trimmed, high: 1, low: 1, fewer: mean}",
        "{by: trimmed, high: 1, low: 1, from: 5, fewer: mean}",
        "{by: trimmed, high: 2, fewer: mean}",
    ]
)
PER = st.sampled_from(["sheet", "line"])
MODE = st.sampled_from(["half-up", "half-even", "down", "up"])
ROUND = st.one_of(
    st.just(""),
    st.builds(
        lambda where, decimals, mode: f"{where}: {{decimals: {decimals}, mode: {mode}}}",
        st.sampled_from(["sheet", "line", "result"]),
        st.integers(0, 2),
        MODE,
    ),
)
LINES = """
lines:
  talk: {title: 讲解, max: "60", decimals: 1}
  tone: {title: 语气, max: "80", decimals: 1, weight: 1/2}
least: 1
"""
TALK, TONE = st.integers(0, 600), st.integers(0, 800)  # tenths
SHEETS = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.tuples(TALK, TONE), min_size=1, max_size=7), min_size=1
)


def tenths(number):
    return f"{number // 10}.{number % 10}"


def marks_of(sheets):
    return [
        mark(entry, f"j{number}", line, tenths(points))
        for entry, those in sheets.items()
        for number, sheet in enumerate(those)
        for line, points in zip(("talk", "tone"), sheet, strict=True)
    ]


@st.composite
def rulebooks(draw):
    rounding = draw(ROUND)
    body = f"{LINES}combine: {draw(COMBINE)}\nper: {draw(PER)}"
    return judged(body + (f"\nround: {{{rounding}}}" if rounding else ""))


@given(rulebooks(), SHEETS, st.data())
def test_the_order_of_marks_does_not_matter(rules, sheets, data):
    marks = marks_of(sheets)
    again = data.draw(st.permutations(marks))
    assert fold_marks(rules, marks) == fold_marks(rules, again)


@given(rulebooks(), SHEETS, st.data())
def test_the_names_of_judges_do_not_matter(rules, sheets, data):
    turned = {entry: data.draw(st.permutations(those)) for entry, those in sheets.items()}
    assert fold_marks(rules, marks_of(sheets)) == fold_marks(rules, marks_of(turned))


@given(rulebooks(), SHEETS, st.data())
def test_a_better_mark_never_makes_a_worse_score(rules, sheets, data):
    marks = marks_of(sheets)
    at = data.draw(st.integers(0, len(marks) - 1))
    chosen = marks[at]
    most = 600 if chosen.line == "talk" else 800
    low = int(Fraction(chosen.mark) * 10)
    better = replace(chosen, mark=tenths(data.draw(st.integers(low, most))))
    before, after = marked(rules, marks), marked(rules, [*marks[:at], better, *marks[at + 1 :]])
    assert after[chosen.entry] >= before[chosen.entry]
    assert {e: v for e, v in after.items() if e != chosen.entry} == {
        e: v for e, v in before.items() if e != chosen.entry
    }


@given(rulebooks(), SHEETS)
def test_entries_folded_one_by_one_are_the_same(rules, sheets):
    alone = {}
    for entry, those in sheets.items():
        alone |= marked(rules, marks_of({entry: those}))
    assert alone == marked(rules, marks_of(sheets))


def plain_score(those):
    """Give the trimmed mean, half up to one decimal, in a way of its own: all in sixtieths."""
    sums = sorted(2 * talk + tone for talk, tone in those)  # twentieths of a point
    kept = sums[1:-1] if len(sums) >= 3 else sums
    return Fraction(floor(Fraction(10 * sum(kept), 20 * len(kept)) + Fraction(1, 2)), 10)


@given(SHEETS)
def test_a_plain_way_to_count_gives_the_same(sheets):
    rules = judged(
        LINES
        + "combine: {by: trimmed, high: 1, low: 1, fewer: mean}\nround: {result: {decimals: 1}}"
    )
    expected = {entry: plain_score(those) for entry, those in sheets.items()}
    assert marked(rules, marks_of(sheets)) == expected


@given(SHEETS, st.integers(0, 400), st.integers(0, 400))
def test_longer_over_time_never_gains(sheets, one, other):
    rules = judged(
        LINES
        + 'time: {max: 100, stop: 300, over: [{within: 20, deduct: "1"}, {deduct: "2", every: 30}]}'
    )

    def at(seconds):
        times = [mark(entry, "timer", "time", seconds) for entry in sheets]
        return marked(rules, marks_of(sheets) + times)

    shorter, longer = at(min(one, other)), at(max(one, other))
    assert all(longer[entry] <= shorter[entry] for entry in sheets)


PAPERS = st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=1, max_size=9)
NORMALISE = st.sampled_from(["none", "best", "cast"])


def ballots_of(those, kind=""):
    return papers("\n".join(f"{kind}v{n} {' '.join(sorted(p))}" for n, p in enumerate(those)))


def kinds(normalise):
    body = "kinds:\n  one: {title: 甲, weight: 70%}\n  two: {title: 乙, weight: 30%, tally: true}"
    maximum = None if normalise == "none" else "100"
    return voted(f"{body}\nnormalise: {normalise}", maximum=maximum)


TALLY = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 50))


@given(NORMALISE, PAPERS, TALLY, st.data())
def test_the_order_of_votes_does_not_matter(normalise, those, tally, data):
    rules = kinds(normalise)
    ballots = ballots_of(those, "one/") + [vote("two/x", e, n) for e, n in tally.items()]
    again = data.draw(st.permutations(ballots))
    assert fold_ballots(rules, ballots) == fold_ballots(rules, again)


@given(NORMALISE, PAPERS, TALLY, st.sampled_from("abcd"))
def test_one_more_vote_never_hurts(normalise, those, tally, entry):
    rules = kinds(normalise)
    ballots = ballots_of(those, "one/") + [vote("two/x", e, n) for e, n in tally.items()]
    before = counted(rules, ballots).get(entry, 0)
    assert counted(rules, [*ballots, vote("one/new", entry)])[entry] >= before
    more = {**tally, entry: tally.get(entry, 0) + 1}
    votes = ballots_of(those, "one/") + [vote("two/x", e, n) for e, n in more.items()]
    assert counted(rules, votes)[entry] >= before


@given(PAPERS, st.integers(1, 4))
def test_approvals_are_those_of_the_valid_papers(those, limit):
    valid = [paper for paper in those if len(paper) <= limit]
    expected = {e: sum(e in paper for paper in valid) for paper in those for e in paper}
    assert counted(voted(f"votes: {limit}"), ballots_of(those)) == expected
