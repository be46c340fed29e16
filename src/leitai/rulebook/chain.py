"""The chain of keys by which a stage ranks: what each key is called and how its figures read."""

from dataclasses import dataclass

from leitai.rulebook.model import Better, Event, Rulebook, Stage

TOTAL = "total"


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


def chain(rules: Rulebook, stage: Stage) -> tuple[Key, ...]:
    """Give the keys of a contest's ranking in order."""
    names = stage.ranking.keys if stage.ranking else ()
    return tuple(_key(rules, stage, name) for name in names)


def total_decimals(rules: Rulebook, stage: Stage) -> int:
    """Give the places of a stage's total: the most that one of its events has."""
    return max((rules.events[name].decimals for name in stage.events), default=0)


def event_key(name: str) -> tuple[str, str]:
    """Split ``exam.multiple`` into event and key; a bare event has the key ``""``."""
    event, _, key = name.partition(".")
    return event, key


def _key(rules: Rulebook, stage: Stage, name: str) -> Key:
    if name == TOTAL:
        return Key(name, "", "", total_decimals(rules, stage), "higher")
    event_name, key_name = event_key(name)
    event: Event = rules.events[event_name]
    if not key_name:
        return Key(name, event.title, "", event.decimals, "higher")
    key = event.keys[key_name]
    return Key(name, key.title, key.unit, key.decimals, key.better)
