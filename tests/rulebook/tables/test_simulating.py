"""A synthetic season: the same from the same seed, and true to the rules it runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.rulebook import load, loading, packaged, simulating

SICHUAN = load(packaged("sichuan-2022"), name="sichuan-2022.yaml")


def test_the_same_seed_gives_the_same_season():
    once = simulating.simulate(SICHUAN, entrants=300, seed=7)
    again = simulating.simulate(SICHUAN, entrants=300, seed=7)
    assert simulating.text(once) == simulating.text(again)
    assert once.outcome == again.outcome
    other = simulating.simulate(SICHUAN, entrants=300, seed=8)
    assert once.outcome != other.outcome


def test_a_season_of_sichuan_has_its_places_and_awards():
    found = simulating.simulate(SICHUAN, entrants=2000, seed=1)
    selection, advancement, final = found.stages
    assert selection.entrants == 11 * 40  # ten invented delegations and the guest, 40 each
    assert selection.entrants == advancement.entrants == sum(selection.taken.values())
    assert final.entrants == sum(advancement.taken.values())
    assert (found.awards["特等奖"], found.awards["人社知识通"]) == (1, 15)
    assert found.open == ()


def test_too_few_entrants_leave_awards_empty():
    text = simulating.text(simulating.simulate(SICHUAN, entrants=3, seed=1))
    assert "三等奖：0，无人获得" in text
    assert "三等奖: 0, given to nobody" in simulating.text(
        simulating.simulate(SICHUAN, entrants=3, seed=1), "en"
    )


def test_ties_at_lines_are_counted_and_answered():
    rules = load(
        "rulebook: 1\ntitle: 竞赛\nevents: {quiz: {title: 抢答, max: 2, decimals: 0}}\n"
        "stages:\n  heat: {title: 初赛, events: [quiz], ranking: {unbroken: draw}, "
        "advance: [{to: final, top: 5}]}\n"
        "  final: {title: 决赛, events: [quiz], ranking: {unbroken: share}}\n"
    )
    found = simulating.simulate(rules, entrants=40, seed=1)
    assert found.stages[0].torn == ("advance:final",)
    assert dict(found.stages[0].taken) == {"final": 5}
    assert found.stages[0].level >= found.stages[0].ties > 0
    assert "界线advance:final处同分，须另行确定1次" in simulating.text(found)


@pytest.mark.parametrize("name", loading.library())
def test_every_rulebook_of_the_library_can_be_simulated(name):
    rules = load(packaged(name), name=f"{name}.yaml")
    found = simulating.simulate(rules, entrants=60, seed=2)
    assert {one.stage for one in found.stages} == set(rules.stages)
    assert simulating.text(found)
    assert simulating.text(found, "en")


@given(st.integers(-(2**70), 2**70), st.integers(-5, 60))
@settings(max_examples=20, deadline=None)
def test_any_seed_and_number_will_do(seed, entrants):
    found = simulating.simulate(SICHUAN, entrants=entrants, seed=seed)
    assert found.admitted <= max(entrants, 1)


INVENTED = """\
rulebook: 1
title: 竞赛
delegations: {also: [{unit: h, name: 东道主, guest: true}]}
facts:
  group: {title: 小组, values: [甲组, 乙组]}
  age: {title: 年龄}
  region: {title: 赛区, values: [东, 西]}
events: {quiz: {title: 答题}}
stages:
  heat:
    title: 初赛
    quota: {per: stage, count: 30}
    caps: [{per: group, count: 12}]
    bars:
      - {id: young, title: 年龄要求, require: {is: {kind: age, most: 35}}}
      - {id: star, title: 称号要求, refuse: {lacks: {kind: title, key: 日日学之星, year: 2022}}}
      - {id: old, title: 已获奖, refuse: {has: {kind: award, key: 一等奖}}}
    events: [quiz]
    ranking: {unbroken: draw}
    advance: [{to: final, top: 2, per: group, where: {is: {kind: region, in: [东]}}, guests: skip}]
  final: {title: 决赛, events: [quiz], ranking: {unbroken: share}}
"""


def test_what_rules_rank_inside_of_and_what_bars_ask_is_invented():
    found = simulating.simulate(load(INVENTED), entrants=100, seed=1)
    heat, final = found.stages
    assert heat.entrants == 24  # twelve of each of two groups, below the thirty of the stage
    assert heat.ranked == 24  # nobody is kept out
    assert heat.delegations > 1
    assert final.entrants == 4
    text = simulating.text(found)
    assert "虚拟代表队10支" in text
    assert "“小组”轮流取：甲组、乙组" in text
    assert "“赛区”轮流取：东、西" in text
    assert "假定人人符合参赛条件：年龄要求、称号要求" in text
    assert "10 invented delegations" in simulating.text(found, "en")


def test_a_quota_for_the_whole_stage_is_kept():
    rules = load(INVENTED.replace("count: 30", "count: 7"))
    assert simulating.simulate(rules, entrants=100, seed=1).stages[0].entrants == 7


def test_seats_of_teams_are_given_out():
    rules = load(packaged("school-team"), name="school-team.yaml")
    found = simulating.simulate(rules, entrants=60, seed=1)
    seats = {fact.value for fact in found.invented.facts if fact.kind == "slot"}
    assert seats == {"1", "2", "3"}
    assert not any(row.reason.code == "slots_unknown" for row in found.outcome.notes)
