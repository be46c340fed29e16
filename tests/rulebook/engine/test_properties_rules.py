"""What holds for every rule of ranking, teams, advancement and awards, on random rulebooks."""

import copy
import os
from fractions import Fraction
from itertools import combinations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.rulebook.engine.oracle import Season
from tests.rulebook.engine.oracle_figures import share
from tests.rulebook.engine.strategies import seasons, settled
from tests.rulebook.engine.test_oracle import engine, played

SOME = settings(
    max_examples=int(os.environ.get("LEITAI_EXAMPLES", "80")) // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
CHANCE = st.randoms(use_true_random=False)
BEST = {"unit": "u1", "age": "40", "born": "1990-01-01"}  # of equal facts no key can tell apart
AT = ("one", "solo", "main")


def whole(found, random):
    """Play a season to its end with random answers: (law, outcome, what was given)."""
    law, rules, people, strict = found
    season = played(law, rules, people, strict, random)
    return law, engine(rules, season), season


def plain(found, *, keys=("total", "paper"), **stage):
    """Make the first stage plain enough that what is promised is promised: no facts, no at_lines."""
    law, (entries, scores, _) = copy.deepcopy((found[0], found[2]))
    rule = law["stages"]["one"]
    for key in ("bars", "figures", "boards", "held", "qualify"):
        rule.pop(key, None)
    rule["ranking"] = {"keys": list(keys), "unbroken": rule["ranking"]["unbroken"]}
    for key, value in stage.items():
        rule[key] = value
    law["stages"] = {"one": rule}
    law["tracks"] = {"solo": {"title": "个人赛"}}
    rule["advance"] = [one for one in rule["advance"] if one["to"] == "up"] or [
        {"to": "up", "top": 2}
    ]
    for one in (*rule["advance"], *law["awards"]):
        for key in ("cap", "where", "tracks", "board", "confirm"):
            one.pop(key, None)
        if law["delegations"]["also"][3].get("guest"):
            one.setdefault("guests", "skip")
    law["awards"] = [one for one in law["awards"] if one["stage"] == "one"]
    for one in law["awards"]:
        one["unless"] = [
            name for name in one.get("unless", []) if name in [a["id"] for a in law["awards"]]
        ]
        if not one["unless"]:
            del one["unless"]
    if "team" in rule:
        rule["team"] = {"title": "团体", "unbroken": "share", **{
            key: rule["team"][key] for key in ("top", "score", "who", "fewer") if key in rule["team"]
        }}  # fmt: skip
    law, rules = settled(law)
    people = [one for one in entries if one[1] == "solo"]
    people = [("one", *one[1:]) for one in people]
    given_ = {
        at: rows for at, rows in scores.items() if at[:2] == ("one", "solo") and at[2] != "daily"
    }
    names = [one[2] for one in people]
    facts = {name: dict(BEST, group=name[0]) for name in names}
    return law, rules, Season(list("abcg"), people, given_, facts)


def ranks(outcome, board="main"):
    return {row.entry: row.rank for row in outcome.standings if row.board == board}


@given(seasons(), CHANCE)
@SOME
def test_the_order_of_inputs_changes_nothing(found, random):
    law, outcome, season = whole(found, random)
    _, rules = settled(law)
    again = engine(rules, season, lambda rows: random.sample(list(rows), len(rows)))
    assert again == outcome


@given(seasons(), CHANCE)
@SOME
def test_a_better_score_never_lowers_a_rank(found, random):
    _, rules, season = plain(found)
    before = engine(rules, season)
    names = sorted(ranks(before))
    if not names:
        return
    name = random.choice(names)
    better = raised(season, name)
    after = engine(rules, better)
    for board in ("main", f"team:{name[0]}"):
        assert ranks(after, board)[name] <= ranks(before, board)[name]
    team = {row.delegation: row.rank for row in before.teams}
    if name[0] in team:
        assert {row.delegation: row.rank for row in after.teams}[name[0]] <= team[name[0]]


def raised(season, name):
    better = copy.deepcopy(season)
    status, value, keys = better.scores["one", "solo", "paper"][name]
    better.scores["one", "solo", "paper"][name] = (status, value + 5, keys)
    return better


@given(seasons(short=True), CHANCE)
@SOME
def test_a_better_score_never_loses_a_place(found, random):
    """For the first rule, and awards that begin at the top; others look at whoever is left."""
    law, _, _ = plain(found)
    rule = law["stages"]["one"]["advance"][0]
    rule.pop("reserves", None)
    law["awards"] = [one for one in law["awards"] if "ranks" not in one or one["ranks"][0] == 1]
    for one in law["awards"]:
        one.pop("unless", None)
    law["awards"] = [one for one in law["awards"] if one["to"] == "person"][:1]
    law["stages"]["one"]["advance"] = [rule]
    law, rules = settled(law)
    season = plain(found)[2]
    before = engine(rules, season)
    for name in ranks(before):
        after = engine(rules, raised(season, name))
        if not after.blocked and "teams" not in rule:
            assert (name in {r.entry for r in before.advancement}) <= (
                name in {r.entry for r in after.advancement}
            )
        if not after.blocked:
            assert (name in {r.holder for r in before.awards}) <= (
                name in {r.holder for r in after.awards}
            )


@given(seasons(short=True))
@SOME
def test_an_event_in_which_all_have_nought_changes_nothing(found):
    law, rules, season = plain(found)
    before = engine(rules, season)
    stage = law["stages"]["one"]
    if "skill" in stage["events"]:
        return
    stage["events"] = ["paper", "skill"]
    if "sum" in stage.get("total", {}):
        stage["total"]["sum"] = ["paper", "skill"]
    law, rules = settled(law)
    names = [one[2] for one in season.entries]
    nought = {name: ("ok", Fraction(0), {"seconds": 30, "multiple": 0}) for name in names}
    season.scores["one", "solo", "skill"] = nought
    assert engine(rules, season) == before


@given(seasons(short=True))
@SOME
def test_one_more_with_nought_changes_no_other_rank(found):
    """And no sum of a team: nought is the least that anybody has here."""
    law, _, season = plain(found)
    stage = law["stages"]["one"]
    stage.get("total", {}).pop("base", None)
    if stage.get("team", {}).get("score") == "mean":
        stage["team"].pop("score")
    stage.get("team", {}).pop("fewer", None)
    law["awards"], stage["advance"] = [], [{"to": "up", "take": "everyone"}]
    law, rules = settled(law)
    before = engine(rules, season)
    season.entries.append(("one", "solo", "a9", "a", "individual"))
    for event in stage["events"]:
        keys = {"seconds": Fraction(99), "multiple": Fraction(0)} if event == "skill" else {}
        season.scores.setdefault(("one", "solo", event), {})["a9"] = ("ok", Fraction(0), keys)
    after = engine(rules, season)
    assert {**ranks(after), **ranks(before)} == ranks(after)
    totals = {row.delegation: row.total for row in after.teams}
    assert {**totals, **{row.delegation: row.total for row in before.teams}} == totals


@given(seasons(), CHANCE)
@SOME
def test_replay_is_batch(found, random):
    """What was decided early stands as it was when all is decided at once from the beginning."""
    law, rules, people, strict = found
    steps = []
    season = played(law, rules, people, strict, random, steps)
    last = engine(rules, season)
    late = {(r.stage, r.to_stage, r.track, r.entry, r.as_) for r in last.advancement}
    for outcome in steps:
        early = {(r.stage, r.to_stage, r.track, r.entry, r.as_) for r in outcome.advancement}
        assert early <= late
        ranked = {(r.stage, r.track, r.board, r.entry): r.total for r in outcome.standings}
        totals = {(r.stage, r.track, r.board, r.entry): r.total for r in last.standings}
        assert {**totals, **ranked} == totals
    assert engine(rules, season) == last


@given(seasons(), CHANCE)
@SOME
def test_entries_that_follow_from_advancement_may_be_given_as_well(found, random):
    law, outcome, season = whole(found, random)
    _, rules = settled(law)
    going = [row for row in outcome.advancement if row.to_stage == "two"]
    given_ = copy.deepcopy(season)
    given_.entries += [("two", r.track, r.entry, r.delegation, r.as_) for r in going]
    again = engine(rules, given_)
    for part in ("standings", "teams", "advancement", "awards", "reserves", "blocked"):
        assert getattr(again, part) == getattr(outcome, part)


@given(seasons(short=True))
@SOME
def test_the_sum_of_the_best_is_the_greatest_of_all_sums(found):
    team = {"title": "团体", "top": 2, "unbroken": "share", "plus": {"daily": "50%"}}
    law, rules, season = plain(found, team=team)
    law["stages"]["one"]["team"]["plus"] = {"daily": "50%"}
    law, rules = settled(law)
    nought = dict.fromkeys("bcg", ("void", Fraction(0), {}))
    season.scores["one", "solo", "daily"] = {"a": ("ok", Fraction(7), {}), **nought}
    outcome = engine(rules, season)
    inside = {}
    for row in outcome.standings:
        if row.board == "main":
            inside.setdefault(row.delegation, []).append(row.total)
    assert {row.delegation for row in outcome.teams} == set(inside)
    for row in outcome.teams:
        totals = inside[row.delegation]
        sums = [sum(some) for some in combinations(totals, min(2, len(totals)))]
        own = share("50%") * 7 if row.delegation == "a" else 0
        assert row.total == max(sums) + own
        assert row.rank == 1 + sum(other.total > row.total for other in outcome.teams)


@given(seasons(), CHANCE)
@SOME
def test_succession_never_gives_one_holder_two_awards_that_exclude_each_other(found, random):
    law, outcome, _ = whole(found, random)
    held = {}
    for row in outcome.awards:
        held.setdefault(row.award, []).append((row.basis.split("/")[1], row.holder))
    for award in law["awards"]:
        mine = held.get(award["id"], [])
        assert len(mine) == len(set(mine))  # a team may win an award in each of two tracks
        for other in award.get("unless", []):
            assert not {name for _, name in mine} & {name for _, name in held.get(other, [])}


@given(seasons(), CHANCE)
@SOME
def test_no_more_go_on_than_there_are_places_unless_the_tied_share_them(found, random):
    law, outcome, _ = whole(found, random)
    for stage, rule in law["stages"].items():
        for track in law["tracks"]:
            gone = [r for r in outcome.advancement if (r.stage, r.track) == (stage, track)]
            reserves = {r.entry for r in outcome.reserves if (r.stage, r.track) == (stage, track)}
            assert len({(r.to_stage, r.entry) for r in gone}) == len(gone)
            rules = rule.get("advance", [])
            if len(rules) == 1 and "top" in rules[0] and "per" not in rules[0]:
                how = rules[0].get("unbroken")
                if how and how != "share":
                    assert len(gone) <= rules[0]["top"]
                assert not reserves & {r.entry for r in gone}


@given(seasons())
@SOME
def test_what_is_open_has_no_rows(found):
    law, rules, (entries, scores, facts), _ = found
    given_ = {at: rows for at, rows in scores.items() if at[0] == "one"}
    if "pick" in law["stages"] or "bars" in law["stages"]["one"]:
        return
    facts = {
        name: {k: v for k, v in known.items() if k != "withdrawn"} for name, known in facts.items()
    }
    outcome = engine(rules, Season(list("abcg"), entries, given_, facts))
    awards = {(row.award, row.basis.split("/")[1]) for row in outcome.awards}
    for row in outcome.blocked:
        if row.line.startswith("award:"):
            assert (row.line.removeprefix("award:"), row.track) not in awards
