"""Which rules hold at an instant: the first ones, and what each change put in their place."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from leitai.rulebook.model.practice import Act, Ledger, Practice
from leitai.rulebook.practice.periods import Moments


def ledger_of(practice: Practice, name: str | None) -> str:
    """Give a ledger's name; where none is said, it is the only one (or the first by name)."""
    return min(practice.ledgers) if name is None else name


class Rules:
    """Acts and ledgers as they stand at each instant.

    A change whose moment is not known yet has not come. Of changes at one instant the later in the
    rulebook wins.
    """

    def __init__(self, practice: Practice, moments: Moments) -> None:
        acts, ledgers = dict(practice.acts), dict(practice.ledgers)
        self._known: dict[str, Act] = {}
        known = [(moments.start(change.from_), change) for change in practice.changes]
        for change in reversed(practice.changes):
            self._known.update(change.acts)
        self._known.update(practice.acts)
        self._from: list[datetime] = []
        self._acts: list[Mapping[str, Act]] = [MappingProxyType(dict(acts))]
        self._ledgers: list[Mapping[str, Ledger]] = [MappingProxyType(dict(ledgers))]
        dated = [(at, change) for at, change in known if at is not None]
        for at, change in sorted(dated, key=lambda item: item[0]):
            acts.update(change.acts)
            ledgers.update(change.ledgers)
            for name in change.ends:
                acts.pop(name, None)
            self._from.append(at)
            self._acts.append(MappingProxyType(dict(acts)))
            self._ledgers.append(MappingProxyType(dict(ledgers)))
        every = [*practice.acts.values()]
        every += [act for change in practice.changes for act in change.acts.values()]
        self.undone = frozenset(act.takes_back.act for act in every if act.takes_back is not None)

    def knows(self, act: str) -> bool:
        """Say whether any of the rules has such an act."""
        return act in self._known

    def in_force(self, act: str, at: datetime) -> bool:
        """Say whether the rules of that instant have the act."""
        return act in self._acts[bisect_right(self._from, at)]

    def act(self, name: str, at: datetime) -> Act:
        """Give an act as it stands at an instant; one that is not in force as it first stood."""
        return self._acts[bisect_right(self._from, at)].get(name) or self._known[name]

    def ledger(self, name: str, at: datetime) -> Ledger:
        """Give a ledger as it stands at an instant."""
        return self._ledgers[bisect_right(self._from, at)][name]

    def title(self, act: str) -> str:
        """Give what an act is called."""
        return self._known[act].title if act in self._known else act
