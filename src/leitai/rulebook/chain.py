"""The chain of keys by which a stage ranks: what each key is called and how its figures read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Better, Board, Event, Rulebook, Stage

TOTAL: Final = "total"
STAGE: Final = "stage:"
FACT: Final = "fact:"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. An empty title is the total's; an empty unit is that of scores."""

    name: str
    title: str
    unit: str
    decimals: int
    better: Better

    def sortable(self, value: int) -> int:
        """Turn a figure so that the greater one is the better one."""
        return value if self.better == "higher" else -value


def chain(rules: Rulebook, stage: Stage, board: Board | None = None) -> tuple[Key, ...]:
    """Give the keys of a contest's ranking (or of one of its further boards) in order."""
    names = (board.keys if board else ()) or (stage.ranking.keys if stage.ranking else (TOTAL,))
    return tuple(key_of(rules, stage, name) for name in names)


def further(rules: Rulebook, stage: Stage) -> tuple[Key, ...]:
    """Give the keys that count only where a line runs through a tie."""
    names = stage.ranking.at_lines if stage.ranking else ()
    return tuple(key_of(rules, stage, name) for name in names)


def total_decimals(rules: Rulebook, stage: Stage) -> int:
    """Give the least places with which a stage's total is written: the most of its events."""
    if stage.total is not None and stage.total.round is not None:
        return stage.total.round.decimals
    return max((rules.events[name].decimals for name in stage.events), default=0)


def summed(stage: Stage) -> tuple[str, ...]:
    """Name the events that a stage's total adds up."""
    if stage.total is None:
        return stage.events
    if stage.total.sum or stage.total.weights:
        weighed = tuple(name for name in stage.total.weights if name not in stage.total.sum)
        return (*stage.total.sum, *weighed)
    return () if stage.total.carry else stage.events


def event_key(name: str) -> tuple[str, str]:
    """Split ``exam.multiple`` into event and key; a bare event has the key ``""``."""
    event, _, key = name.partition(".")
    return event, key


def fact_key(name: str) -> tuple[str, bool] | None:
    """Split ``fact:KIND`` or ``-fact:KIND`` into the kind and whether less is better."""
    bare = name.removeprefix("-")
    return (bare.removeprefix(FACT), bare != name) if bare.startswith(FACT) else None


def stage_key(name: str) -> tuple[str, str] | None:
    """Split ``stage:NAME.key`` into the stage and its key (``total`` where none stands)."""
    if not name.startswith(STAGE):
        return None
    stage, _, key = name.removeprefix(STAGE).partition(".")
    return stage, key or TOTAL


def known_keys(rules: Rulebook, stage: Stage) -> Mapping[str, str]:
    """Name every key that a ranking of this stage may use (but for facts), with its title."""
    known = {TOTAL: ""}
    for name in stage.events:
        if name in rules.events:
            event = rules.events[name]
            known[name] = event.title
            known |= {f"{name}.{key}": one.title for key, one in event_keys(event).items()}
    return known | {name: figure.title for name, figure in stage.figures.items()}


def key_of(rules: Rulebook, stage: Stage, name: str) -> Key:
    """Give one key by its name; raises KeyError for a name that leads nowhere."""
    if name == TOTAL:
        return Key(name, "", "", total_decimals(rules, stage), "higher")
    if earlier := stage_key(name):
        other = rules.stages[earlier[0]]
        found = key_of(rules, other, earlier[1])
        title = other.title + (found.title or "总分")
        return Key(name, title, found.unit, found.decimals, found.better)
    if fact := fact_key(name):
        kind = rules.facts.get(fact[0])
        title, unit = (kind.title, kind.unit) if kind else (fact[0], "")
        return Key(name, title, unit, 0, "lower" if fact[1] else "higher")
    if name in stage.figures:
        figure = stage.figures[name]
        return Key(name, figure.title, figure.unit, figure.decimals, figure.better)
    event_name, key_name = event_key(name)
    event: Event = rules.events[event_name]
    if not key_name:
        return Key(name, event.title, "", event.decimals, "higher")
    key = event_keys(event)[key_name]
    return Key(name, key.title, key.unit, key.decimals, key.better)
