"""What holds for every season: tried on random ones, against an oracle that shares no code."""

import dataclasses
from collections import Counter
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.rulebook import decide
from leitai.rulebook.chain import Key
from leitai.rulebook.choosing import Chooser
from leitai.rulebook.columns import column
from leitai.rulebook.ranking import Sheet, cut, rank
from leitai.rulebook.reasons import render
from tests.rulebook.builders import DELEGATIONS, MINI, TRACK, resolve_all
from tests.rulebook.strategies import Oracle, entries_of, scores_of, seasons

# The fixture is the one that every test has; nothing here writes into it.
SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def decided(season, *, shuffled=lambda rows: rows):
    """Play heat and final, answering each tie in the order of ids."""
    entries, heat = shuffled(entries_of(season)), scores_of(season, "heat")

    def play(scores, answers):
        return decide(
            MINI,
            entries=entries,
            scores=shuffled(scores),
            resolutions=shuffled(answers),
            delegations=shuffled(list(DELEGATIONS)),
        )

    _, first = resolve_all(lambda answers: play(heat, answers))
    middle = play(heat, first)
    both = heat + scores_of(season, "final", [row.entry for row in middle.advancement])
    outcome, _ = resolve_all(lambda answers: play(both, first + answers))
    return outcome


@given(seasons())
@settings(SOME, max_examples=120)
def test_the_engine_agrees_with_the_oracle(season):
    outcome, oracle = decided(season), Oracle(season)
    going = {(row.entry, row.as_) for row in outcome.advancement}
    assert going == {(name, "team") for name in oracle.as_team} | {
        (name, "individual") for name in oracle.as_individual
    }
    for stage, ranked, teams in (
        ("heat", oracle.heat, oracle.heat_teams),
        ("final", oracle.final, oracle.final_teams),
    ):
        standings = [row for row in outcome.standings if (row.stage, row.board) == (stage, "main")]
        assert [row.entry for row in standings] == ranked
        totals = [(row.delegation, row.total) for row in outcome.teams if row.stage == stage]
        assert totals == [
            (code, Fraction(oracle.team_total(ranked, code, stage))) for code in teams
        ]
    given_to = {award.id: [] for award in MINI.awards}
    for row in outcome.awards:
        given_to[row.award].append(row.holder)
    assert given_to == {
        "gold": oracle.gold,
        "silver": oracle.silver,
        "scholar": oracle.scholar,
        "star": oracle.star if oracle.as_team or oracle.as_individual else [],  # was there a final?
    }


@given(seasons())
@SOME
def test_ranks_share_and_leave_gaps(season):
    outcome, oracle = decided(season), Oracle(season)
    for stage in ("heat", "final"):
        rows = [row for row in outcome.standings if (row.stage, row.board) == (stage, "main")]
        shared = Counter(row.rank for row in rows)
        for row in rows:
            assert row.tied_with == shared[row.rank] - 1
            better = sum(oracle.key(o.entry, stage) < oracle.key(row.entry, stage) for o in rows)
            drawn = row.decided_by is not None and row.decided_by.code == "resolved"
            assert row.rank == better + (row.decided_by.data["position"] if drawn else 1)


@given(seasons(), st.randoms(use_true_random=False))
@SOME
def test_the_order_of_inputs_changes_nothing(season, random):
    def shuffled(rows):
        return random.sample(list(rows), len(rows))

    assert decided(season, shuffled=shuffled) == decided(season)


@given(seasons())
@SOME
def test_someone_absent_changes_nothing(season):
    with_one_more = {**season, "a9": ((90, 40, 3000), "absent", (90, 40, 3000), "ok")}
    without = decided(season)  # a stage in which nobody at all has a score is none: it has no notes
    assert dataclasses.replace(decided(with_one_more), notes=()) == dataclasses.replace(
        without, notes=()
    )


@given(seasons())
@SOME
def test_a_better_score_never_lowers_the_rank(season):
    names = [name for name, (_, status, *_) in season.items() if status == "ok"]
    if not names:
        return
    name = names[0]
    (total, multiple, seconds), *rest = season[name]
    better = {**season, name: ((total + 5, multiple, seconds), *rest)}

    def rank_of(some):
        outcome = decide(
            MINI,
            entries=entries_of(some),
            scores=scores_of(some, "heat"),
            delegations=DELEGATIONS,
        )
        return {r.board: r.rank for r in outcome.standings if r.entry == name}

    before, after = rank_of(season), rank_of(better)
    assert set(after) == {"main", f"team:{name[0]}"}
    assert all(after[board] <= before[board] for board in before)


@given(seasons())
@SOME
def test_nobody_holds_two_awards_that_exclude_each_other(season):
    outcome = decided(season)
    held = Counter(row.holder for row in outcome.awards if row.award in ("scholar", "star"))
    assert all(count == 1 for count in held.values())
    per_team = Counter(row.delegation for row in outcome.awards if row.award == "star")
    assert all(count == 1 for count in per_team.values())


@given(seasons())
@SOME
def test_every_reason_can_be_read_in_both_languages(season):
    outcome = decided(season)
    rows = [*outcome.advancement, *outcome.awards, *outcome.notes]
    reasons = [row.reason for row in rows]
    reasons += [r.decided_by for r in (*outcome.standings, *outcome.teams) if r.decided_by]
    for reason in reasons:
        assert render(reason)
        assert render(reason, "en")
        assert type(reason).from_plain(reason.plain()) == reason


@given(st.lists(st.integers(0, 4), max_size=9), st.integers(1, 4), st.integers(1, 9))
@SOME
def test_cut_takes_whole_groups_or_names_the_torn_one(keys, first, size):
    last = first + size - 1
    names = [f"e{n}" for n in range(len(keys))]
    total = column(keys)
    chain = (Key("total", "", "", 0, "higher"),)
    board = rank(Sheet(names, ["a"] * len(keys), total, chain, (total,)))
    found = cut(board, first, last, Chooser().admit)
    ordered = sorted(keys, reverse=True)
    sure = list(ordered[first - 1 : last])
    torn_keys = {torn.tie.total for torn in found.torn}
    outside = set(ordered[: first - 1]) | set(ordered[last:])
    assert torn_keys == {key for key in sure if key in outside}
    assert [keys[one.row] for one in found.taken] == [k for k in sure if k not in torn_keys]


def test_a_tie_between_persons_of_one_name_is_still_between_two():
    """Ids tell entries apart, names do not."""
    season = {"a0": ((90, 40, 3000), "ok", (90, 40, 3000), "ok")}
    entries = entries_of(season)
    twin = dataclasses.replace(entries[0], id="a1", person="p-a1")
    scores = scores_of(season, "heat")
    other = dataclasses.replace(scores[0], entry="a1")
    outcome = decide(
        MINI, entries=[*entries, twin], scores=[*scores, other], delegations=DELEGATIONS
    )
    ranks = [(r.entry, r.rank) for r in outcome.standings if r.board == "main"]
    assert ranks == [("a0", 1), ("a1", 1)]
    assert TRACK == "solo"
