"""When numbers get names, by the layers that a rulebook draws them in."""

import pytest

from leitai.rulebook import load
from leitai.rulebook.procedure import names_open

RULES = """
rulebook: 1
id: small
title: 小赛
tracks:
  solo: {{title: 个人赛}}
  pair: {{title: 双人赛}}
events:
  show: {{title: 展示}}
  talk: {{title: 演讲}}
draws:
{draws}
stages:
  heat: {{title: 初赛, events: [show]}}
  final: {{title: 决赛, events: [show, talk]}}
"""
ORDER = "  order: {title: 顺序, of: order, layers: [{title: 号, unlock: appeals-over}]}"
STATION = "  station: {{title: 赛位, of: number, {where}layers: [{layers}]}}"


def opens(where, *unlocks, stage="final", event="show", track="solo"):
    layers = ", ".join(f"{{title: 号, unlock: {one}}}" for one in unlocks)
    draws = STATION.format(where=where, layers=layers) + "\n" + ORDER
    rules = load(RULES.format(draws=draws), name="small.yaml")
    return names_open(rules, stage=stage, event=event, track=track)


@pytest.mark.parametrize(
    ("unlocks", "last"),
    [
        (("score-announced",), "score-announced"),
        (("marks-entered", "marks-checked"), "marks-checked"),
        (("results-confirmed", "marks-checked"), "results-confirmed"),
        (("appeals-over", "score-announced"), "appeals-over"),
    ],
)
def test_every_layer_must_be_open(unlocks, last):
    assert opens("", *unlocks) == last


def test_a_draw_without_layers_says_nothing_and_an_order_has_no_names():
    draws = "  station: {title: 赛位, of: number}\n" + ORDER
    rules = load(RULES.format(draws=draws), name="small.yaml")
    assert names_open(rules, stage="final", event="show", track="solo") is None


@pytest.mark.parametrize(
    ("where", "stage", "event", "track", "said"),
    [
        ("stage: final, ", "final", "show", "solo", True),
        ("stage: heat, ", "final", "show", "solo", False),
        ("events: [talk], ", "final", "show", "solo", False),
        ("events: [talk], ", "final", "talk", "solo", True),
        ("tracks: [pair], ", "final", "show", "solo", False),
        ("tracks: [pair], ", "final", "show", "pair", True),
    ],
)
def test_a_draw_speaks_of_its_own_stage_event_and_track(where, stage, event, track, said):
    found = opens(where, "marks-checked", stage=stage, event=event, track=track)
    assert (found == "marks-checked") is said
