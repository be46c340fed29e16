"""A stage's figures as exact columns: totals with weights and carry, events, keys, facts."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import numpy as np

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.chain import TOTAL, Key, event_key, fact_key, stage_key, summed
from leitai.rulebook.columns import Array, Column, column, combine, constant, fractions, rounded
from leitai.rulebook.data import FactIn
from leitai.rulebook.days import day
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Carry
from leitai.rulebook.scores import OK
from leitai.rulebook.state import State

PLACED: Final = ("playoff", "place")  # places of a live match: 1 is the best, 0 is none at all
_ONE = Fraction(1)


def figure(state: State, arena: Arena, name: str) -> Column:
    """Give the figures of a key for every entry of a stage, in the order of its roll."""
    if name == TOTAL:
        return total(state, arena)
    if earlier := stage_key(name):
        return brought(state, arena, earlier[0], earlier[1])
    if fact := fact_key(name):
        return _facts(state, arena, *fact)
    stage = state.rules.stages[arena[0]]
    if name in stage.figures:
        rule = stage.figures[name]
        return _added(state, arena, (*rule.sum, *rule.weights), rule.weights)
    event, key = event_key(name)
    scores = state.scores[arena][event]
    return scores.keys[key] if key else scores.figures


def ranked_figure(state: State, arena: Arena, key: Key) -> Column:
    """Give the figures of a key as they rank: where less is better, none is behind everybody."""
    figures = figure(state, arena, key.name)
    if key.better == "higher" or key.name == TOTAL:
        return figures
    lacking = _lacking(state, arena, key.name, figures)
    if not lacking.any() or lacking.all():
        return figures
    worst = int(figures.units[~lacking].max()) + figures.over
    return Column(np.where(lacking, worst, figures.units), figures.over)


def _lacking(state: State, arena: Arena, name: str, figures: Column) -> Array:
    """Say who has nothing to compare: was not in an earlier stage, was absent, had no playoff.

    A sum of figures and a fact have an answer for everybody.
    """
    nobody: Array = np.zeros(len(figures), dtype=bool)
    if earlier := stage_key(name):
        before = (earlier[0], arena[1])
        if not _decided(state, before):
            return nobody
        there = figure(state, before, earlier[1])
        lacked = ~state.ranked[before] | _lacking(state, before, earlier[1], there)
        index = state.rolls[before].index
        rows = [index.get(one, -1) for one in state.rolls[arena].ids]
        return np.array([row < 0 or lacked[row] for row in rows], dtype=bool)
    if name == TOTAL or fact_key(name) or name in state.rules.stages[arena[0]].figures:
        return nobody
    event, key = event_key(name)
    scores = state.scores[arena].get(event)
    if scores is None:
        return nobody
    absent: Array = scores.status != OK
    if state.rules.events[event].kind == "live" and key in PLACED:
        unplaced: Array = absent | (figures.units == 0)
        return unplaced
    return absent


def total(state: State, arena: Arena) -> Column:
    """Give the totals: events by weight, what is carried in, the base, rounded if it says so."""
    stage = state.rules.stages[arena[0]]
    rule = stage.total
    added = _added(state, arena, summed(stage), rule.weights if rule else {})
    if rule is None:
        return added
    count = len(state.rolls[arena])
    terms = [(added, _ONE), (constant(rule.base, count), _ONE)]
    terms += [(_carried(state, arena, carry), carry.share) for carry in rule.carry]
    return rounded(combine(terms, count), rule.round)


def brought(state: State, arena: Arena, stage: str, name: str) -> Column:
    """Give an earlier stage's figure for the entries of this one; nought for who was not in it."""
    earlier = (stage, arena[1])
    reported = state.scores[arena].get(stage)
    if reported is not None and name == TOTAL:  # the season begins here: it was given
        return reported.figures
    if not _decided(state, earlier):
        return column([0] * len(state.rolls[arena]))
    figures = figure(state, earlier, name)
    index, ids = state.rolls[earlier].index, state.rolls[arena].ids
    at = np.fromiter((index.get(name, -1) for name in ids), np.int64, len(ids))
    ranked = state.ranked.get(earlier)
    gone = (at < 0) if ranked is None else (at < 0) | ~ranked[at]
    units = np.where(gone, 0, figures.units[at]) if len(figures) else np.zeros(len(ids), np.int64)
    return Column(units, figures.over)


def _carried(state: State, arena: Arena, carry: Carry) -> Column:
    earlier = (carry.from_, arena[1])
    if carry.from_ in state.scores[arena]:
        return brought(state, arena, carry.from_, TOTAL)
    if not _decided(state, earlier):
        place = f"score {arena[0]}/{arena[1]}/{carry.from_}"
        raise Problems([Problem(place, "carry_missing", {"stage": carry.from_})])
    before = state.rolls[earlier]
    for entry, name in zip(state.rolls[arena].ids, state.rolls[arena].names, strict=True):
        if entry not in before:
            title = state.rules.stages[carry.from_].title
            state.note(arena, entry, "carry_nought", name=name, stage=title)
    return brought(state, arena, carry.from_, carry.of)


def _decided(state: State, arena: Arena) -> bool:
    return arena in state.ranked


def _added(
    state: State, arena: Arena, events: tuple[str, ...], weights: Mapping[str, Fraction]
) -> Column:
    names = tuple(dict.fromkeys(events))
    terms = [(figure(state, arena, name), weights.get(name, _ONE)) for name in names]
    return combine(terms, len(state.rolls[arena]))


def _facts(state: State, arena: Arena, kind: str, less: bool) -> Column:
    """Give figures or days among the facts; who has none stands behind everybody."""
    roll = state.rolls[arena]
    found = [
        [figure for fact in state.facts(person) if (figure := _figure(fact, kind)) is not None]
        for person in roll.persons
    ]
    known = [value for values in found for value in values]
    worst = (max(known, default=Fraction(0)) + 1) if less else min(known, default=Fraction(0)) - 1
    best = min if less else max
    return fractions([best(values, default=worst) for values in found])


def _figure(fact: FactIn, kind: str) -> Fraction | None:
    if fact.kind != kind:
        return None
    if numbers.is_decimal(fact.value):
        return numbers.parse(fact.value)
    found = day(fact.value)
    return Fraction(found.toordinal()) if found else None
